/** The module `Json`. A JSON value is an `any`. */
import {
  arrayOfList,
  BoxedFloat,
  findEntry,
  type HostMember,
  type HostModule,
  hostModule,
  int64,
  isProduct,
  List,
  listOfArray,
  error as makeError,
  ok as makeOk,
  type NativeContext,
  NONE,
  OrderedMap,
  type Product,
  slotAt,
  type Value,
} from "@fusabi/vm";
import { allocateProducts } from "./allocation.js";
import { hidden, type Int, native, variants } from "./declaration.js";
import { JsonSyntaxError } from "./errors.js";
import { requireNotNegative } from "./failure.js";
import { parseJson } from "./json-parser.js";
import { writeJson } from "./json-writer.js";
import { anonymousRecord, optional, pair, some } from "./products.js";

const CAPABILITY = { capability: "serialize" } as const;

function parse(context: NativeContext, text: string): Value {
  try {
    return parseJson(context, text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) throw context.fail(error.code, error.message, error);
    throw error;
  }
}

function tryParse(context: NativeContext, text: string): Value {
  allocateProducts(context, 1, 1);
  try {
    return makeOk(parseJson(context, text));
  } catch (error) {
    if (error instanceof JsonSyntaxError) return makeError(error.message);
    throw error;
  }
}

function prettyPrint(context: NativeContext, value: Value, indent: Int): string {
  requireNotNegative(context, "Json.prettyPrint", indent, "indent");
  return writeJson(context, value, Number(indent));
}

/** The value under one key; undefined, which is also `null`, is told apart by the box. */
function lookup(value: Value, key: string): { readonly value: Value } | undefined {
  if (value instanceof OrderedMap) return findEntry(value, key);
  if (!isProduct(value) || value.shape.kind !== "record") return undefined;
  const slot = value.shape.indexOf.get(key);
  return slot === undefined ? undefined : { value: slotAt(value, slot) };
}

function get(context: NativeContext, key: string, value: Value): Value {
  const found = lookup(value, key);
  return found === undefined ? NONE : some(context, found.value);
}

/** Keys and array indexes between dots. */
function path(context: NativeContext, steps: string, value: Value): Value {
  let here: Value = value;
  for (const step of steps.split(".")) {
    context.charge(1);
    const found = Array.isArray(here) ? indexed(here as Value[], step) : lookup(here, step);
    if (found === undefined) return NONE;
    here = found.value;
  }
  return some(context, here);
}

function indexed(array: readonly Value[], step: string): { readonly value: Value } | undefined {
  if (!/^(?:0|[1-9][0-9]{0,9})$/.test(step) || Number(step) >= array.length) return undefined;
  return { value: array[Number(step)] };
}

function stringIn(value: Value): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function intIn(value: Value): Int | undefined {
  if (typeof value === "bigint" || Number.isInteger(value)) return value as Int;
  return value instanceof BoxedFloat && Number.isInteger(value.value)
    ? int64.ofFloat(value.value)
    : undefined;
}

function floatIn(value: Value): number | undefined {
  if (value instanceof BoxedFloat) return value.value;
  return typeof value === "number" || typeof value === "bigint" ? Number(value) : undefined;
}

function boolIn(context: NativeContext, value: Value): Value {
  return typeof value === "boolean" ? some(context, value) : NONE;
}

function toArray(context: NativeContext, value: Value): Value {
  if (value instanceof List) return some(context, value);
  return Array.isArray(value) ? some(context, listOfArray(value as Value[], context)) : NONE;
}

function toObject(context: NativeContext, value: Value): Value {
  const entries = entriesOf(value);
  if (entries === undefined) return NONE;
  return some(
    context,
    listOfArray(
      entries.map(([key, field]) => pair(context, key, field)),
      context,
    ),
  );
}

/** Keys and values of an object, by key. */
function entriesOf(value: Value): (readonly [string, Value])[] | undefined {
  if (value instanceof OrderedMap) {
    const entries = [...value].filter((entry): entry is [string, Value] => typeof entry[0] === "string");
    return entries.length === value.size ? entries : undefined;
  }
  if (!isProduct(value) || value.shape.kind !== "record") return undefined;
  const { indexOf, labels } = value.shape;
  return [...labels].sort().map((label) => [label, slotAt(value, indexOf.get(label) ?? 0)] as const);
}

const accessors: Readonly<Record<string, HostMember>> = {
  String: native("any -> string option", "The text, if it is one.", (context: NativeContext, value: Value) =>
    optional(context, stringIn(value)),
  ),
  Int: native(
    "any -> int option",
    "The int, if it is one or a whole float.",
    (context: NativeContext, value: Value) => optional(context, intIn(value)),
  ),
  Float: native(
    "any -> float option",
    "The float, if it is a number.",
    (context: NativeContext, value: Value) => optional(context, floatIn(value)),
  ),
  Bool: native("any -> bool option", "The bool, if it is one.", boolIn),
  Array: native("any -> any list option", "The elements, if it is an array or a list.", toArray),
  Object: native("any -> (string * any) list option", "The entries by key, if it is an object.", toObject),
};

export const jsonModule: HostModule = hostModule("Json", {
  parse: native("string -> any", "The value of a JSON text; raises when it is none.", parse, CAPABILITY),
  tryParse: native(
    "string -> Result<any, string>",
    "The value of a JSON text, or what is wrong with it.",
    tryParse,
    CAPABILITY,
  ),
  stringify: native(
    "any -> string",
    "The value as JSON, without blanks, keys sorted.",
    (context: NativeContext, value: Value) => writeJson(context, value, undefined),
    CAPABILITY,
  ),
  stringifyPretty: native(
    "any -> string",
    "The value as JSON, indented by two blanks.",
    (context: NativeContext, value: Value) => writeJson(context, value, 2),
    CAPABILITY,
  ),
  prettyPrint: native(
    "any -> int -> string",
    "The value as JSON, indented by so many blanks.",
    prettyPrint,
    CAPABILITY,
  ),
  object: native(
    "(string * any) list -> any",
    "An object of the entries; the last of equal keys wins.",
    (context: NativeContext, list: List) => {
      const entries = new Map<string, Value>();
      for (const entry of arrayOfList(list, context) as Product[])
        entries.set(slotAt(entry, 0) as string, slotAt(entry, 1));
      context.charge(1 + entries.size);
      allocateProducts(context, 1, entries.size);
      return anonymousRecord(context, entries);
    },
  ),
  array: native("any list -> any", "An array of the elements.", (context: NativeContext, list: List) =>
    arrayOfList(list, context),
  ),
  string: native("string -> any", "A text.", (_: NativeContext, value: string) => value),
  int: native("int -> any", "An int.", (_: NativeContext, value: Int) => value),
  number: variants("'n -> any when 'n : num", "An int or a float.", {
    int: "number.int",
    float: "number.float",
    any: "number.any",
  }),
  "number.int": hidden("int -> any", (_: NativeContext, value: Int) => value),
  "number.float": hidden("float -> any", (_: NativeContext, value: number) => new BoxedFloat(value)),
  "number.any": hidden("any -> any", (_: NativeContext, value: Value) => value),
  bool: native("bool -> any", "A bool.", (_: NativeContext, value: boolean) => value),
  null: native("unit -> any", "Null.", () => undefined),
  isNull: native(
    "any -> bool",
    "Whether it is null.",
    (_: NativeContext, value: Value) => value === undefined || value === null,
  ),
  get: native("string -> any -> any option", "The value under a key, or None: key first.", get),
  path: native(
    "string -> any -> any option",
    'The value at a path such as "user.tags.0", or None: path first.',
    path,
  ),
  getString: native(
    "string -> any -> string option",
    "The text under a key, or None: key first.",
    (context: NativeContext, key: string, value: Value) =>
      optional(context, stringIn(lookup(value, key)?.value)),
  ),
  getInt: native(
    "string -> any -> int option",
    "The int under a key, or None: key first.",
    (context: NativeContext, key: string, value: Value) =>
      optional(context, intIn(lookup(value, key)?.value)),
  ),
  getBool: native(
    "string -> any -> bool option",
    "The bool under a key, or None: key first.",
    (context: NativeContext, key: string, value: Value) => boolIn(context, lookup(value, key)?.value),
  ),
  ...Object.fromEntries(
    Object.entries(accessors).flatMap(([name, member]) => [
      [`to${name}`, member],
      [`as${name}`, member],
    ]),
  ),
});
