/** The core functions, which programs reach without a module name. What only the compiler can provide (`raise`, `ignore`, `failwith`, …) is not here. */
import {
  arrayOfList,
  BoxedChar,
  BoxedFloat,
  compare,
  floatText,
  type HostMember,
  type HostModule,
  hash,
  hostModule,
  int64,
  kindOf,
  type List,
  type NativeContext,
  NONE,
  OrderedSet,
  type Product,
  type RefCell,
  slotAt,
  treeBytes,
  type Value,
} from "@fusabi/vm";
import { allocateString, chargeText } from "./allocation.js";
import { hidden, type Int, native, variants } from "./declaration.js";
import { dispose } from "./dispose.js";
import { ProgramExit } from "./errors.js";
import { exceptionMembers } from "./exceptions.js";
import { parseFloat64 } from "./float-parsing.js";
import { formattingMembers, textOf } from "./formatting.js";
import { formatList } from "./list-format.js";
import { absInt, roundHalfEven } from "./math.js";
import type { Prelude } from "./prelude.js";

type Stream = "stdout" | "stderr";

function printer(doc: string, stream: Stream, end: "" | "\n"): HostMember {
  return native(
    "'a -> unit",
    doc,
    (context: NativeContext, value: Value) => {
      context.write(stream, textOf(context, value) + end);
      return undefined;
    },
    { capability: `${stream}:write` },
  );
}

function float(doc: string, run: (x: number) => number): HostMember {
  return native("float -> float", doc, (_: NativeContext, x: number) => run(x));
}

// ------------------------------------------------------------------------------------------------ conversions

function intOf(context: NativeContext, value: number): Int {
  const int = int64.ofFloat(value);
  if (int === undefined) throw context.fail("FUS0516", `int: ${floatText(value)} is out of range`);
  return int;
}

function intOfText(context: NativeContext, text: string): Int {
  chargeText(context, text.length);
  const value = int64.parse(text);
  if (value === undefined) throw context.fail("FUS0515", `int: cannot parse "${text}"`);
  return value;
}

function floatOfText(context: NativeContext, text: string): number {
  chargeText(context, text.length);
  const value = parseFloat64(text);
  if (value === undefined) throw context.fail("FUS0515", `float: cannot parse "${text}"`);
  return value;
}

function charOf(context: NativeContext, code: Int): string {
  if (code < 0 || code > 0xffff) throw context.fail("FUS0516", `char: ${code} is not a UTF-16 code unit`);
  return String.fromCharCode(Number(code));
}

function charOfText(context: NativeContext, text: string): string {
  if (text.length !== 1) throw context.fail("FUS0515", `char: cannot parse "${text}"`);
  return text;
}

function mismatch(context: NativeContext, expected: string, value: Value): Error {
  return context.fail("FUS0502", `Type mismatch: expected ${expected}, got ${kindOf(value)}`);
}

function intOfAny(context: NativeContext, value: Value): Int {
  if (typeof value === "bigint" || Number.isInteger(value)) return value as Int;
  if (value instanceof BoxedFloat) return intOf(context, value.value);
  if (typeof value === "number") return intOf(context, value);
  if (value instanceof BoxedChar) return value.value.charCodeAt(0);
  if (typeof value === "string") return intOfText(context, value);
  throw mismatch(context, "int or float", value);
}

function floatOfAny(context: NativeContext, value: Value): number {
  if (value instanceof BoxedFloat) return value.value;
  if (typeof value === "number" || typeof value === "bigint") return Number(value);
  if (typeof value === "string") return floatOfText(context, value);
  throw mismatch(context, "int or float", value);
}

function charOfAny(context: NativeContext, value: Value): string {
  if (value instanceof BoxedChar) return value.value;
  if (typeof value === "string") return charOfText(context, value);
  if (typeof value === "bigint" || Number.isInteger(value)) return charOf(context, value as Int);
  throw mismatch(context, "string or int", value);
}

// ------------------------------------------------------------------------------------------------ numbers and order

function signOf(context: NativeContext, value: Int): number {
  if (Number.isNaN(value)) throw context.fail("FUS0516", "sign: not a number");
  if (value > 0) return 1;
  return value < 0 ? -1 : 0;
}

function numberIn(context: NativeContext, value: Value): Int {
  if (value instanceof BoxedFloat) return value.value;
  if (typeof value === "number" || typeof value === "bigint") return value;
  throw mismatch(context, "int or float", value);
}

/** The smaller (`sign` 1) or the larger (`sign` -1) of two values; NaN if either is. */
function chosen(sign: 1 | -1): (context: NativeContext, a: Value, b: Value) => Value {
  return (context, a, b) => {
    if (isNaNValue(a)) return a;
    if (isNaNValue(b)) return b;
    return compare(b, a, (units) => context.charge(units)) * sign < 0 ? b : a;
  };
}

function isNaNValue(value: Value): boolean {
  return Number.isNaN(value instanceof BoxedFloat ? value.value : value);
}

export function coreModule(prelude: Prelude): HostModule {
  return hostModule("", {
    ...natives,
    set: prelude.file("materialising")(
      "seq<'a> -> Set<'a> when 'a : ord",
      "The set of the elements.",
      "setOfSeq",
    ),
    // What `lazy e` makes of its expression.
    lazy: { ...prelude.file("lazy")("(unit -> 'a) -> Lazy<'a>", "", "make"), hidden: true },
    // What `for` and `yield!` walk through when its type does not tell how.
    enumerate: {
      ...prelude.file("enumeration")("seq<'a> -> (bool -> 'a option)", "", "enumerate"),
      hidden: true,
      arity: 1,
    },
  });
}

const natives: Readonly<Record<string, HostMember>> = {
  ...formattingMembers,
  print: printer("Writes the text form of a value.", "stdout", ""),
  printfn: printer("Writes the text form of a value and ends the line.", "stdout", "\n"),
  printf: printer("Writes the text form of a value.", "stdout", ""),
  eprint: {
    ...printer("Writes the text form of a value to the error stream.", "stderr", ""),
    hidden: true,
  } as HostMember,
  eprintf: printer("Writes the text form of a value to the error stream.", "stderr", ""),
  eprintfn: printer("Writes the text form of a value to the error stream and ends the line.", "stderr", "\n"),
  sprintf: native(
    "string -> any list -> string",
    "The format with its %s, %d and %f filled in from the list.",
    (context: NativeContext, format: string, args: List) =>
      formatList(context, format, arrayOfList(args, context)),
  ),
  toString: native("'a -> string", "The text form of a value.", (context: NativeContext, value: Value) => {
    const text = textOf(context, value);
    allocateString(context, text.length);
    return text;
  }),
  int: variants("'n -> int", "The int of a float (towards zero), a text or a char.", {
    int: "int.int",
    float: "int.float",
    string: "int.string",
    char: "int.char",
    any: "int.any",
  }),
  "int.int": hidden("int -> int", (_: NativeContext, value: Int) => value),
  "int.float": { ...hidden("float -> int", intOf), instruction: "int.of.float" },
  "int.string": hidden("string -> int", intOfText),
  "int.char": hidden("char -> int", (_: NativeContext, unit: string) => unit.charCodeAt(0)),
  "int.any": hidden("any -> int", intOfAny),
  float: variants("'n -> float", "The float of an int or a text.", {
    int: "float.int",
    float: "float.float",
    string: "float.string",
    any: "float.any",
  }),
  "float.int": hidden("int -> float", (_: NativeContext, value: Int) => Number(value)),
  "float.float": hidden("float -> float", (_: NativeContext, value: number) => value),
  "float.string": hidden("string -> float", floatOfText),
  "float.any": hidden("any -> float", floatOfAny),
  char: variants("'n -> char", "The char of a number or of a text of one unit.", {
    int: "char.int",
    string: "char.string",
    char: "char.char",
    any: "char.any",
  }),
  "char.int": hidden("int -> char", charOf),
  "char.string": hidden("string -> char", charOfText),
  "char.char": hidden("char -> char", (_: NativeContext, unit: string) => unit),
  "char.any": hidden("any -> char", charOfAny),
  abs: variants("'n -> 'n when 'n : num", "The magnitude of an int or a float.", {
    int: "abs.int",
    float: "abs.float",
    any: "abs.any",
  }),
  "abs.int": hidden("int -> int", (context: NativeContext, x: Int) => absInt(context, "abs", x)),
  "abs.float": {
    ...hidden("float -> float", (_: NativeContext, x: number) => Math.abs(x)),
    instruction: "float.abs",
  },
  "abs.any": hidden("any -> any", (context: NativeContext, x: Value) =>
    x instanceof BoxedFloat
      ? new BoxedFloat(Math.abs(x.value))
      : absInt(context, "abs", numberIn(context, x)),
  ),
  sign: variants("'n -> int when 'n : num", "-1, 0 or 1; raises for NaN.", {
    int: "sign.number",
    float: "sign.number",
    any: "sign.any",
  }),
  "sign.number": hidden("'n -> int", signOf),
  "sign.any": hidden("any -> int", (context: NativeContext, x: Value) =>
    signOf(context, numberIn(context, x)),
  ),
  pown: variants("'n -> int -> 'n when 'n : num", "A whole power of an int (wrapping) or a float.", {
    int: "pown.int",
    float: "pown.float",
    any: "pown.any",
  }),
  "pown.int": hidden("int -> int -> int", (_: NativeContext, base: Int, exponent: Int) =>
    int64.pow(base, exponent),
  ),
  "pown.float": hidden(
    "float -> int -> float",
    (_: NativeContext, base: number, exponent: Int) => base ** Number(exponent),
  ),
  "pown.any": hidden("any -> int -> any", (context: NativeContext, base: Value, exponent: Int) =>
    base instanceof BoxedFloat
      ? new BoxedFloat(base.value ** Number(exponent))
      : int64.pow(numberIn(context, base), exponent),
  ),
  min: native("'a -> 'a -> 'a when 'a : ord", "The smaller one; NaN if either is.", chosen(1)),
  max: native("'a -> 'a -> 'a when 'a : ord", "The larger one; NaN if either is.", chosen(-1)),
  hash: native(
    "'a -> int when 'a : eq",
    "A number that is the same for equal values, in every run.",
    (context: NativeContext, value: Value) => hash(value, (units) => context.charge(units)),
  ),
  floor: float("The largest whole number not above.", Math.floor),
  ceil: float("The smallest whole number not below.", Math.ceil),
  round: float("The nearest whole number; a half goes to the even one.", roundHalfEven),
  truncate: float("The whole number towards zero.", Math.trunc),
  sqrt: { ...float("The square root; NaN below zero.", Math.sqrt), instruction: "float.sqrt" },
  exp: float("e to the power.", Math.exp),
  log: float("The natural logarithm.", Math.log),
  log10: float("The logarithm to base 10.", Math.log10),
  sin: float("The sine of an angle in radians.", Math.sin),
  cos: float("The cosine of an angle in radians.", Math.cos),
  tan: float("The tangent of an angle in radians.", Math.tan),
  asin: float("The angle in radians whose sine this is.", Math.asin),
  acos: float("The angle in radians whose cosine this is.", Math.acos),
  atan: float("The angle in radians whose tangent this is.", Math.atan),
  atan2: native(
    "float -> float -> float",
    "The angle in radians of the point with this y and x.",
    (_: NativeContext, y: number, x: number) => Math.atan2(y, x),
  ),
  sinh: float("The hyperbolic sine.", Math.sinh),
  cosh: float("The hyperbolic cosine.", Math.cosh),
  tanh: float("The hyperbolic tangent.", Math.tanh),
  infinity: { type: "float", doc: "Positive infinity.", value: Number.POSITIVE_INFINITY },
  nan: { type: "float", doc: "Not a number.", value: Number.NaN },
  defaultArg: native(
    "'a option -> 'a -> 'a",
    "What is in the option, else the default: option first.",
    (_: NativeContext, option: Product, otherwise: Value) =>
      option === NONE ? otherwise : slotAt(option, 0),
  ),
  seq: native("seq<'a> -> seq<'a>", "The elements, as a seq.", (_: NativeContext, source: Value) => source),
  ...exceptionMembers,
  incr: native("int ref -> unit", "Adds 1 to what the cell holds.", (_: NativeContext, cell: RefCell) => {
    cell.contents = int64.add(cell.contents as Int, 1);
    return undefined;
  }),
  decr: native("int ref -> unit", "Takes 1 from what the cell holds.", (_: NativeContext, cell: RefCell) => {
    cell.contents = int64.sub(cell.contents as Int, 1);
    return undefined;
  }),
  exit: native(
    "int -> 'a",
    "Ends the current call of the host; cannot be caught.",
    (_: NativeContext, status: Int): Value => {
      throw new ProgramExit(status);
    },
  ),
  dispose: hidden("any -> unit", dispose),
  // The ends of ranges of chars, `['a' .. 'z']`.
  "range.code": hidden("char -> int", (_: NativeContext, unit: string) => unit.charCodeAt(0)),
  "range.char": hidden("int -> char", charOf),
};

/** A set of elements in any order. */
export function setOf(context: NativeContext, elements: readonly Value[]): OrderedSet {
  context.charge(elements.length * Math.ceil(Math.log2(elements.length + 1)));
  context.allocate(treeBytes(elements.length));
  return OrderedSet.of(
    elements,
    (units) => context.charge(units),
    () => context.checkTime(),
  );
}
