/** What to write instead, told beside a type error. */
import {
  ARRAY,
  ASYNC,
  BOOL,
  CHAR,
  FLOAT,
  INT,
  isCollection,
  isConstructed,
  LIST,
  OPTION,
  REF,
  STRING,
  UNIT,
} from "../types/builtin.js";
import type { Type } from "../types/type.js";
import { prune } from "../types/type.js";

/** What joins values that `+` does not. */
export function additionHint(raw: Type): string {
  const type = prune(raw);
  if (isConstructed(type, LIST)) return "Join lists with `@`";
  if (isConstructed(type, ARRAY)) return "Join arrays with `Array.append`";
  if (type.kind === "function") return "This is a function; is an argument missing?";
  return "Works on int, float, string";
}

/** What to write in place of something that has no elements. */
export function iterationHint(raw: Type): string {
  const type = prune(raw);
  if (isConstructed(type, INT.constructor)) return "For a range of numbers write `1 .. n`";
  if (isConstructed(type, OPTION))
    return "Take the value out by `match ... with Some x -> ... | None -> ...`";
  if (type.kind === "function") return "This is a function; is an argument missing?";
  return "Lists, arrays, seqs, strings, maps and sets can be iterated";
}

/** What to write in place of something that has no positions. */
export function indexHint(raw: Type): string {
  const type = prune(raw);
  if (type.kind === "tuple") return "Take a tuple apart with a pattern: `let (a, b) = ...`";
  if (type.kind === "function")
    return "This is a function; is an argument missing, or a blank before the `[`?";
  return "Lists, arrays, strings and maps can be indexed";
}

function sameShape(a: Type, b: Type): boolean {
  const [left, right] = [prune(a), prune(b)];
  return (
    left.kind === "constructed" && right.kind === "constructed" && left.constructor === right.constructor
  );
}

/** What usually helps where one type stands in the place of another. */
export function conversionHint(expected: Type, actual: Type): string | undefined {
  if (expected.kind === "function" && actual.kind !== "function")
    return "Check for a missing parameter or an extra argument";
  if (actual.kind === "function" && expected.kind !== "function") return "Check for a missing argument";
  if (expected.kind !== "constructed" || actual.kind !== "constructed") return undefined;
  if (actual.constructor === UNIT.constructor)
    return "`()` is no value: is the last line of a block missing?";
  if (actual.constructor === OPTION && actual.args[0] !== undefined && sameShape(expected, actual.args[0]))
    return "It may be missing: take it out by `match`, or give `Option.defaultValue` what to use instead";
  if (
    expected.constructor === OPTION &&
    expected.args[0] !== undefined &&
    sameShape(expected.args[0], actual)
  )
    return "Wrap it in `Some`";
  if (expected.constructor === ASYNC)
    return "What follows `let!`, `do!` and `return!` is an Async; a plain value goes behind `let` or `return`";
  if (expected.constructor === LIST && actual.constructor === ARRAY) return "Convert with `List.ofArray`";
  if (expected.constructor === ARRAY && actual.constructor === LIST) return "Convert with `Array.ofList`";
  if (isCollection(expected) && expected.args[0] !== undefined && sameShape(expected.args[0], actual))
    return "A list of one element is written `[x]`";
  if (expected.constructor === REF && actual.constructor === BOOL.constructor)
    return "`!` reads a reference; the opposite of a bool is `not x`";
  if (expected.constructor === BOOL.constructor) return "Write a comparison, such as `x <> 0`";
  if (expected.constructor === CHAR.constructor && actual.constructor === STRING.constructor)
    return "A char stands between single quotes: 'x'";
  if (actual.args.length > 0 || actual.constructor.declaration !== undefined) return undefined;
  switch (expected.constructor) {
    case FLOAT.constructor:
      return "Convert with `float`";
    case INT.constructor:
      return actual.constructor === FLOAT.constructor
        ? "Convert with `int`, or make the other value a float"
        : "Convert with `int`";
    case STRING.constructor:
      return "Convert with `string`";
    default:
      return undefined;
  }
}
