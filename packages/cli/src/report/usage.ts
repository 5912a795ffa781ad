import type { UsageError } from "../errors.js";
import { type ExitCode, exitCodes } from "../exit-code.js";
import type { Terminal } from "../terminal.js";

/** Tells what is wrong with the command line, and where the right one is explained. */
export function reportUsage(
  { message, hint }: UsageError,
  terminal: Terminal,
  command: string | undefined,
): ExitCode {
  const hinted = hint === undefined ? "" : `  hint: ${hint}\n`;
  const advice = command === undefined ? "fus --help" : `fus ${command} --help`;
  terminal.err(`fus: ${message}\n${hinted}  ${advice} explains the usage\n`);
  return exitCodes.usage;
}
