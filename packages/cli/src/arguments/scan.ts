import { nearestWord, printable } from "@fusabi/capabilities";
import { UsageError } from "../errors.js";
import { type Argument, type Arguments, aliasesOf } from "./flag.js";

/** A command line taken apart by the rules of its command. */
export interface ScannedArguments {
  /** The values of each flag that was given, in order; of a switch, none. */
  readonly flags: ReadonlyMap<string, readonly string[]>;
  readonly positionals: readonly string[];
}

/**
 * Takes a command line apart, strictly: an unknown flag, a missing or superfluous value, a missing or superfluous
 * argument and a flag given twice are errors. (The CLI library accepts all of them, and keeps one value per flag.)
 *
 * @throws UsageError
 */
export function scanArguments(args: readonly string[], known: Arguments): ScannedArguments {
  const flags = new Map<string, string[]>();
  const positionals: string[] = [];
  const queue = [...args];
  for (let arg = queue.shift(); arg !== undefined; arg = queue.shift()) {
    if (arg === "--") {
      positionals.push(...queue.splice(0));
    } else if (!isFlag(arg)) {
      positionals.push(arg);
    } else {
      const { name, spelling, inline } = takeFlag(arg, known);
      const values = valuesFor(name, spelling, inline, queue, known);
      const before = flags.get(name);
      if (before !== undefined && values.length > 0 && !isRepeatable(known[name])) {
        throw new UsageError(`${spelling} is given twice`);
      }
      flags.set(name, [...(before ?? []), ...values]);
    }
  }
  checkPositionals(positionals, known);
  return { flags, positionals };
}

/** The same command line in the one form that the CLI library cannot misread. */
export function canonicalArguments({ flags, positionals }: ScannedArguments): string[] {
  const given = [...flags].map(([name, values]) =>
    values.length === 0 ? `--${name}` : `--${name}=${values.at(-1)}`,
  );
  return [...given, "--", ...positionals];
}

/** A lone `-` and negative numbers are values. */
function isFlag(arg: string): boolean {
  return /^-[^\d.]/.test(arg);
}

function takeFlag(
  arg: string,
  known: Arguments,
): { readonly name: string; readonly spelling: string; readonly inline: string | undefined } {
  const long = arg.startsWith("--");
  const equals = arg.indexOf("=");
  const spelling = long ? (equals < 0 ? arg : arg.slice(0, equals)) : arg.slice(0, 2);
  const rest = arg.slice(spelling.length);
  const name = long ? longFlag(spelling.slice(2), known) : shortFlag(spelling.slice(1), known);
  if (name === undefined || (!long && rest !== "" && known[name]?.type !== "string")) {
    throw unknownFlag(long ? spelling : arg, known);
  }
  // `-e1+1` and `-e=1+1`, `--out=x`.
  return { name, spelling, inline: rest === "" ? undefined : rest.replace(/^=/, "") };
}

function longFlag(word: string, known: Arguments): string | undefined {
  const argument = Object.hasOwn(known, word) ? known[word] : undefined;
  return argument === undefined || argument.type === "positional" ? undefined : word;
}

function shortFlag(letter: string, known: Arguments): string | undefined {
  return Object.keys(known).find((name) => {
    const argument = known[name];
    return argument !== undefined && aliasesOf(argument).includes(letter);
  });
}

function unknownFlag(spelling: string, known: Arguments): UsageError {
  const names = Object.keys(known).filter((name) => known[name]?.type !== "positional");
  const nearest = nearestWord(spelling.replace(/^-+/, ""), [...names, "help"]);
  return new UsageError(
    `unknown flag ${printable(spelling)}`,
    nearest === undefined ? undefined : `did you mean --${nearest}?`,
  );
}

function valuesFor(
  name: string,
  spelling: string,
  inline: string | undefined,
  queue: string[],
  known: Arguments,
): readonly string[] {
  const argument = known[name];
  if (argument?.type !== "string") {
    if (inline !== undefined) throw new UsageError(`${spelling} takes no value`);
    return [];
  }
  if (inline !== undefined) return [inline];
  const next = queue[0];
  if (next === undefined || isKnownFlag(next, known)) {
    throw new UsageError(`${spelling} needs a value: ${spelling} ${argument.valueHint ?? "VALUE"}`);
  }
  queue.shift();
  return [next];
}

/** An expression may begin with a minus; a flag of this command is no value. */
function isKnownFlag(word: string, known: Arguments): boolean {
  const long = /^--([a-z-]+)/.exec(word)?.[1];
  return long !== undefined && longFlag(long, known) !== undefined;
}

function isRepeatable(argument: Argument | undefined): boolean {
  return argument !== undefined && "repeatable" in argument && argument.repeatable === true;
}

function checkPositionals(given: readonly string[], known: Arguments): void {
  const places = Object.entries(known).filter(([, argument]) => argument.type === "positional");
  const required = places.filter(([, argument]) => argument.required !== false);
  const missing = required[given.length];
  if (missing !== undefined) {
    const [name, { description }] = missing;
    throw new UsageError(
      `missing ${name.toUpperCase()}${description === undefined ? "" : `: ${description}`}`,
    );
  }
  const variadic = places.some(([, argument]) => "variadic" in argument && argument.variadic === true);
  const superfluous = given[places.length];
  if (!variadic && superfluous !== undefined) {
    throw new UsageError(`unexpected argument ${printable(superfluous)}`);
  }
}
