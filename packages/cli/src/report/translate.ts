import { printable } from "@fusabi/capabilities";
import { ManifestFileError } from "@fusabi/loader";
import { ManifestError } from "@fusabi/manifest";
import {
  ApiVersionMismatchError,
  CompilationError,
  ExecutionError,
  InitializationError,
  InvalidProgramError,
  MissingCapabilityError,
  type PluginError,
  UndeclaredCapabilityError,
} from "@fusabi/plugin";
import { FusabiError, LimitError } from "@fusabi/vm";
import { FindingsError, UsageError } from "../errors.js";
import { type ExitCode, exitCodes } from "../exit-code.js";
import { flagGranting } from "../permissions.js";
import { exitStatus } from "./exit-status.js";
import { type Fault, ProgramFault } from "./fault.js";
import { type Finding, manifestFinding, parsePlace, type SourceTexts, withText } from "./finding.js";

/**
 * The errors of the other packages in the terms of this one: findings at places of files, or the fault of a running program,
 * both with the texts for their code frames. Every other error as it is.
 */
export function translate(error: unknown, texts: SourceTexts): unknown {
  const fault = faultOf(error);
  if (fault !== undefined) return new ProgramFault(fault, texts, { cause: error });
  if (error instanceof ManifestFileError) return new UsageError(error.message, undefined, { cause: error });
  const found = findingsOf(error);
  if (found === undefined) return error;
  return new FindingsError(
    found.findings.map((finding) => withText(finding, texts)),
    found.code,
    { cause: error },
  );
}

function faultOf(error: unknown): Fault | undefined {
  if (exitStatus(error) !== undefined) return undefined;
  if (error instanceof InitializationError) return faultOf(error.cause);
  if (error instanceof ExecutionError) return error.fault;
  return error instanceof FusabiError || error instanceof LimitError ? error : undefined;
}

interface Found {
  readonly findings: readonly Finding[];
  readonly code: ExitCode;
}

function findingsOf(error: unknown): Found | undefined {
  if (error instanceof ManifestError) {
    const file = error.fileName ?? "manifest";
    return { findings: error.problems.map((one) => manifestFinding(one, file)), code: exitCodes.invalid };
  }
  if (error instanceof CompilationError) return { findings: error.diagnostics, code: exitCodes.invalid };
  if (error instanceof MissingCapabilityError) return { findings: missing(error), code: exitCodes.denied };
  if (error instanceof UndeclaredCapabilityError)
    return { findings: undeclared(error), code: exitCodes.denied };
  if (error instanceof ApiVersionMismatchError || error instanceof InvalidProgramError) {
    const finding = placed(error);
    return finding === undefined ? undefined : { findings: [finding], code: exitCodes.invalid };
  }
  return undefined;
}

function missing(error: MissingCapabilityError): readonly Finding[] {
  return error.missing.map(({ capability, place }) => ({
    ...placeOr(error, place),
    severity: "error",
    code: error.code,
    message: `plugin ${printable(error.plugin)}: missing required capability: ${capability}`,
    hint: `${flagGranting(capability)} grants it`,
  }));
}

function undeclared(error: UndeclaredCapabilityError): readonly Finding[] {
  return error.uses.map(({ capability, operation, place }) => ({
    ...placeOr(error, place),
    severity: "error",
    code: error.code,
    message: `plugin ${printable(error.plugin)}: capability not declared in manifest: ${capability} (needed by ${printable(operation)})`,
    hint: `add "${capability}" to the capabilities of the manifest`,
  }));
}

/** An error whose message begins with the place, behind the name of the plugin at most. */
function placed({ code, message }: PluginError): Finding | undefined {
  const [, start = "", place, problem] =
    /^(plugin \S+ cannot be loaded: )?(.+?:\d+:\d+): (.+)$/s.exec(message) ?? [];
  const found = parsePlace(place);
  if (found === undefined || problem === undefined) return undefined;
  return { ...found, severity: "error", code, message: `${start}${problem}` };
}

function placeOr(error: PluginError, place: string | undefined): Pick<Finding, "file" | "line" | "column"> {
  return parsePlace(place) ?? { file: error.plugin, line: 0, column: 0 };
}
