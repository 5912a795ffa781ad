import { type ArgsDef, defineCommand, type ParsedArgs, runCommand } from "citty";
import type { ExitCode } from "../exit-code.js";
import type { Terminal } from "../terminal.js";
import type { Arguments } from "./flag.js";
import { canonicalArguments, type ScannedArguments, scanArguments } from "./scan.js";

/** What a command says about itself in the help. */
export interface CommandHelp {
  /** One sentence, more than the list of commands says. */
  readonly about: string;
  /** What follows the command's name. */
  readonly usage: string;
  /** Command lines to imitate, each with what it does. */
  readonly examples: readonly (readonly [line: string, effect: string])[];
  readonly notes?: readonly string[];
}

/** A command line that was understood. */
export interface Invocation<T extends Arguments> {
  /** Flags and arguments by name, typed. */
  readonly args: ParsedArgs<T & ArgsDef>;
  /** All values of a flag that may be repeated. */
  readonly all: (flag: keyof T & string) => readonly string[];
  readonly positionals: readonly string[];
  readonly terminal: Terminal;
}

/** One command of `fus`. */
export interface Command {
  readonly help: CommandHelp;
  readonly args: Arguments;
  /** @throws UsageError for a command line that makes no sense, and whatever the command throws */
  execute(args: readonly string[], terminal: Terminal): Promise<ExitCode>;
}

/** A command from what it takes and what it does. */
export function command<const T extends Arguments>(spec: {
  readonly help: CommandHelp;
  readonly args: T;
  readonly run: (invocation: Invocation<T>) => Promise<ExitCode>;
}): Command {
  const { help, args } = spec;
  return {
    help,
    args,
    async execute(given, terminal) {
      const scanned = scanArguments(given, args);
      const outcome: { code?: ExitCode } = {};
      const definition = defineCommand({
        args: args as T & ArgsDef,
        async run(context) {
          outcome.code = await spec.run(invocation(context.args, scanned, terminal));
        },
      });
      await runCommand(definition, { rawArgs: canonicalArguments(scanned) });
      if (outcome.code === undefined) throw new Error("the command has not run");
      return outcome.code;
    },
  };
}

function invocation<T extends Arguments>(
  args: ParsedArgs<T & ArgsDef>,
  { flags, positionals }: ScannedArguments,
  terminal: Terminal,
): Invocation<T> {
  return { args, all: (flag) => flags.get(flag) ?? [], positionals, terminal };
}
