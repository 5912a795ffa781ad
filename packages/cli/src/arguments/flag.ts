import type { BooleanArgDef, PositionalArgDef, StringArgDef } from "citty";

/** A flag or a positional argument: what the CLI library knows about it, and what it does not. */
export type Argument =
  | (BooleanArgDef & FlagExtras)
  | (StringArgDef & FlagExtras & { readonly repeatable?: true })
  | (PositionalArgDef & { readonly variadic?: true });

interface FlagExtras {
  /** Heading in the help under which the flag stands. */
  readonly group?: string;
}

/** The arguments of a command by name: positional ones in the order in which they are given. */
export type Arguments = Readonly<Record<string, Argument>>;

/** Other spellings of a flag. */
export function aliasesOf(argument: Argument): readonly string[] {
  if (!("alias" in argument) || argument.alias === undefined) return [];
  return typeof argument.alias === "string" ? [argument.alias] : argument.alias;
}
