import { nearestWord, printable } from "@fusabi/capabilities";
import { commands, findCommand } from "./commands.js";
import { UsageError } from "./errors.js";
import { type ExitCode, exitCodes } from "./exit-code.js";
import { commandHelp, overview } from "./help.js";
import { reportUsage } from "./report/usage.js";
import { Terminal } from "./terminal.js";
import { readVersion } from "./version.js";

/**
 * Runs `fus` with the arguments behind its name, on the process's own streams. Everything that can go wrong is reported
 * on standard error and told by the exit code; nothing is thrown.
 *
 * @example
 * ```ts
 * process.exitCode = await main(["run", "-e", "1 + 1"]); // prints 2
 * ```
 */
export async function main(args: readonly string[]): Promise<ExitCode> {
  const terminal = new Terminal();
  const [name, ...rest] = args;
  try {
    return await dispatch(name, rest, terminal);
  } catch (error) {
    const known = name === undefined ? undefined : findCommand(name)?.name;
    if (error instanceof UsageError) return reportUsage(error, terminal, known);
    const { reportFailure } = await import("./report/failure.js");
    return await reportFailure(error, terminal, known);
  }
}

async function dispatch(
  name: string | undefined,
  rest: readonly string[],
  terminal: Terminal,
): Promise<ExitCode> {
  if (name === undefined) {
    terminal.err(overview(terminal.colour));
    return exitCodes.usage;
  }
  if (name === "--help" || name === "-h") return print(overview(terminal.outputColour), terminal);
  if (name === "--version" || name === "-V") return print(`fus ${await readVersion()}\n`, terminal);
  if (name === "help") return await help(rest, terminal);
  const found = findCommand(name) ?? unknownCommand(name);
  const command = await found.load();
  if (asksForHelp(rest)) return print(commandHelp(found, command, terminal.outputColour), terminal);
  return await command.execute(rest, terminal);
}

async function help(rest: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [name] = rest;
  if (name === undefined) return print(overview(terminal.outputColour), terminal);
  const found = findCommand(name) ?? unknownCommand(name);
  return print(commandHelp(found, await found.load(), terminal.outputColour), terminal);
}

function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return args.slice(0, end < 0 ? args.length : end).some((arg) => arg === "--help" || arg === "-h");
}

function print(text: string, terminal: Terminal): ExitCode {
  terminal.out(text);
  return exitCodes.fine;
}

function unknownCommand(name: string): never {
  const names = commands.flatMap((one) => [one.name, ...one.aliases]);
  const nearest = nearestWord(name, [...names, "help"]);
  if (name.startsWith("-")) throw new UsageError(`unknown flag ${printable(name)}`);
  throw new UsageError(
    `unknown command ${printable(name)}`,
    nearest === undefined ? undefined : `did you mean fus ${nearest}?`,
  );
}
