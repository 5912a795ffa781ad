/**
 * The module `Regex`. The engine is one of its own whose time grows linearly with the text: JavaScript's could be stopped by neither fuel nor deadline while a
 * hostile pattern makes it try everything.
 */
import { type HostModule, hostModule, listOfArray, type NativeContext, NONE, type Value } from "@fusabi/vm";
import { allocateString, chargeText } from "./allocation.js";
import { native } from "./declaration.js";
import { BadPattern } from "./errors.js";
import { InstanceState } from "./instance-state.js";
import { inPieces, joinedTexts } from "./pieces.js";
import { some } from "./products.js";
import { type Match, Matcher } from "./regex/matcher.js";
import { compilePattern, type Program } from "./regex/program.js";
import { parsePattern } from "./regex/syntax.js";

/** Patterns that an instance keeps compiled. */
const MOST_KEPT = 32;

const compiled = new InstanceState(() => new Map<string, Program>());

function programOf(context: NativeContext, pattern: string): Program {
  const kept = compiled.of(context);
  const known = kept.get(pattern);
  if (known !== undefined) return known;
  chargeText(context, pattern.length);
  try {
    const program = compilePattern(parsePattern(pattern, (units) => context.charge(units)));
    context.charge(program.instructions.length);
    const [oldest] = kept.keys();
    if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    kept.set(pattern, program);
    return program;
  } catch (error) {
    if (error instanceof BadPattern) throw context.fail(error.code, error.message, error);
    throw error;
  }
}

/** All matches without overlap. After an empty one the search goes on a unit later. */
function* matchesOf(context: NativeContext, program: Program, text: string): Generator<Match> {
  const matcher = new Matcher(program, (units) => context.charge(units));
  for (let from = 0; from <= text.length; ) {
    const match = matcher.find(text, from);
    if (match === undefined) return;
    yield match;
    from = endOf(match) > startOf(match) ? endOf(match) : endOf(match) + 1;
  }
}

const startOf = (match: Match): number => match[0] as number;
const endOf = (match: Match): number => match[1] as number;

/** What a group matched; nothing if it took no part. */
function groupOf(match: Match, index: number, text: string): string {
  const [start, end] = [match[2 * index] as number, match[2 * index + 1] as number];
  return start < 0 || end < 0 ? "" : text.slice(start, end);
}

function textsOf(context: NativeContext, texts: readonly string[]): Value {
  inPieces(context, texts.length, (from, to) => {
    for (let place = from; place < to; place++) allocateString(context, texts[place]?.length ?? 0);
  });
  return listOfArray(texts, context);
}

function tryFind(context: NativeContext, pattern: string, text: string): Value {
  const program = programOf(context, pattern);
  const match = new Matcher(program, (units) => context.charge(units)).find(text, 0);
  if (match === undefined) return NONE;
  const groups = Array.from({ length: program.slots / 2 }, (_, index) => groupOf(match, index, text));
  return some(context, textsOf(context, groups));
}

/** `$1`, `${1}`, `${name}`, `$0` and `$&` for the whole match, `$$` for a dollar; a reference to no group is text. */
function replacementFor(template: string, program: Program): (match: Match, text: string) => string {
  const parts: ((match: Match, text: string) => string)[] = [];
  let from = 0;
  for (const found of template.matchAll(/\$(?:(\$)|(&)|(\d{1,3})|\{(\w{1,32})\})/g)) {
    const [whole, dollar, all, digits, name] = found;
    const written = digits ?? (name !== undefined && /^\d+$/.test(name) ? name : undefined);
    const group =
      all === undefined ? (written === undefined ? program.names.get(name ?? "") : Number(written)) : 0;
    if (dollar === undefined && (group === undefined || group >= program.slots / 2)) continue;
    const literal = template.slice(from, found.index) + (dollar ?? "");
    parts.push(() => literal);
    if (dollar === undefined && group !== undefined) parts.push((match, text) => groupOf(match, group, text));
    from = found.index + whole.length;
  }
  const rest = template.slice(from);
  return (match, text) => parts.map((part) => part(match, text)).join("") + rest;
}

function replace(context: NativeContext, pattern: string, template: string, text: string): string {
  const program = programOf(context, pattern);
  chargeText(context, template.length);
  const replacement = replacementFor(template, program);
  const pieces: string[] = [];
  let from = 0;
  for (const match of matchesOf(context, program, text)) {
    const piece = text.slice(from, startOf(match)) + replacement(match, text);
    allocateString(context, piece.length);
    pieces.push(piece);
    from = endOf(match);
  }
  if (pieces.length === 0) return text;
  pieces.push(text.slice(from));
  allocateString(
    context,
    pieces.reduce((units, piece) => units + piece.length, 0),
  );
  return joinedTexts(context, pieces, "");
}

function split(context: NativeContext, pattern: string, text: string): Value {
  const pieces: string[] = [];
  let from = 0;
  for (const match of matchesOf(context, programOf(context, pattern), text)) {
    pieces.push(text.slice(from, startOf(match)));
    from = endOf(match);
  }
  pieces.push(text.slice(from));
  return textsOf(context, pieces);
}

export const regexModule: HostModule = hostModule("Regex", {
  isMatch: native(
    "string -> string -> bool",
    "Whether the pattern matches somewhere in the text: pattern, text.",
    (context: NativeContext, pattern: string, text: string) =>
      new Matcher(programOf(context, pattern), (units) => context.charge(units)).find(text, 0) !== undefined,
  ),
  tryFind: native(
    "string -> string -> string list option",
    "The first match and what its groups matched: pattern, text.",
    tryFind,
  ),
  matches: native(
    "string -> string -> string list",
    "All matches without overlap: pattern, text.",
    (context: NativeContext, pattern: string, text: string) =>
      textsOf(
        context,
        Array.from(matchesOf(context, programOf(context, pattern), text), (match) => groupOf(match, 0, text)),
      ),
  ),
  replace: native(
    "string -> string -> string -> string",
    "The text with every match replaced; $1 is what the first group matched: pattern, replacement, text.",
    replace,
  ),
  split: native("string -> string -> string list", "The pieces between the matches: pattern, text.", split),
});
