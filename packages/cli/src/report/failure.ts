import { CapabilityDeniedError, printable, SandboxViolationError } from "@fusabi/capabilities";
import {
  ApiVersionMismatchError,
  ArgumentError,
  CallAbortedError,
  DependencyError,
  FunctionNotFoundError,
  IncompatibleProfileError,
  InitializationError,
  InvalidProgramError,
  PluginError,
  PluginFileError,
} from "@fusabi/plugin";
import { AbortError, BytecodeError, LinkError } from "@fusabi/vm";
import { FindingsError, OutputError, UsageError } from "../errors.js";
import { JsonValueError } from "../exact-json.js";
import { type ExitCode, exitCodes } from "../exit-code.js";
import type { Terminal } from "../terminal.js";
import { exitStatus } from "./exit-status.js";
import { type Fault, findingOf, hintFor, ProgramFault, renderStack } from "./fault.js";
import { noTexts } from "./finding.js";
import { reportFindings } from "./render.js";
import { translate } from "./translate.js";
import { reportUsage } from "./usage.js";

/** Tells on standard error what went wrong, and answers the exit code that says so, too. */
export async function reportFailure(
  thrown: unknown,
  terminal: Terminal,
  command: string | undefined,
): Promise<ExitCode> {
  const error = translate(thrown, noTexts);
  if (error instanceof UsageError) return reportUsage(error, terminal, command);
  if (error instanceof FindingsError) {
    await reportFindings(error.findings, terminal);
    return error.exitCode;
  }
  if (error instanceof ProgramFault) return await reportFault(error, terminal);
  const status = exitStatus(error);
  if (status !== undefined) return reportExit(status, terminal);
  const code = plainCode(error);
  if (code === undefined || !(error instanceof Error)) return reportInternal(error, terminal);
  terminal.err(`fus: ${error.message}\n`);
  return code;
}

async function reportFault({ fault, texts }: ProgramFault, terminal: Terminal): Promise<ExitCode> {
  const finding = findingOf(fault, texts);
  if (finding === undefined) {
    const hint = hintFor(fault);
    const hinted = hint === undefined ? "" : `  hint: ${hint}\n`;
    terminal.err(`fus: error ${fault.code}: ${fault.message}\n${hinted}`);
  } else {
    await reportFindings([finding], terminal);
  }
  terminal.err(renderStack(fault.trace));
  return faultCode(fault);
}

function faultCode({ code }: Fault): ExitCode {
  if (code === "FUS0520" || code === "FUS0521") return exitCodes.denied;
  return /^FUS060[1-6]$/.test(code) ? exitCodes.limit : exitCodes.failed;
}

/** A program's own status would read as one of ours: 3 would say that it did not compile. */
function reportExit(status: number, terminal: Terminal): ExitCode {
  if (status === 0) return exitCodes.fine;
  terminal.err(`fus: the program ended with exit ${status}\n`);
  return exitCodes.failed;
}

/** The code for errors that one line says. */
function plainCode(error: unknown): ExitCode | undefined {
  if (error instanceof InitializationError) return plainCode(error.cause);
  for (const [code, types] of PLAIN) if (types.some((type) => error instanceof type)) return code;
  return undefined;
}

type ErrorType = abstract new (...args: never[]) => Error;

const PLAIN: readonly (readonly [ExitCode, readonly ErrorType[]])[] = [
  [exitCodes.usage, [FunctionNotFoundError, ArgumentError]],
  [
    exitCodes.invalid,
    [
      BytecodeError,
      LinkError,
      ApiVersionMismatchError,
      DependencyError,
      InvalidProgramError,
      PluginFileError,
    ],
  ],
  [exitCodes.denied, [CapabilityDeniedError, SandboxViolationError, IncompatibleProfileError]],
  [exitCodes.failed, [CallAbortedError, AbortError, JsonValueError, OutputError, PluginError]],
];

function reportInternal(error: unknown, terminal: Terminal): ExitCode {
  const summary = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const oneLine = printable(summary.replaceAll(/\s+/g, " "));
  terminal.err(`fus: internal error: ${oneLine}; please report it (FUS_DEBUG=1 shows more)\n`);
  if (process.env["FUS_DEBUG"] !== undefined && error instanceof Error) terminal.err(`${error.stack}\n`);
  return exitCodes.internal;
}
