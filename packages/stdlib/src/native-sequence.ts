/** What the prelude needs to make and to walk through seqs, and the parts of functions over seqs that run no code of the program. */
import {
  CONS_BYTES,
  type FunctionValue,
  type HostMember,
  kindOf,
  List,
  type NativeContext,
  OrderedCollection,
  PRODUCT_BYTES,
  Sequence,
  SLOT_BYTES,
  type Value,
} from "@fusabi/vm";
import { allocateArray } from "./allocation.js";
import { ARRAY, concatenated, elementsOf, LIST } from "./collection.js";
import { type Int, internal } from "./declaration.js";
import { requireNotNegative, requirePositive, tooShort } from "./failure.js";
import { KeyIndex } from "./key-index.js";
import { join } from "./string-operations.js";

/** How a value is walked through, as `enumeration.fsx` tells them apart. */
const LAZY = 0;
const CELLS = 1;
const INDEXED = 2;
const COPIED = 3;

function enumerationOf(context: NativeContext, source: Value): number {
  if (source instanceof List) return CELLS;
  if (Array.isArray(source)) return INDEXED;
  if (source instanceof Sequence) return LAZY;
  if (typeof source === "string" || source instanceof OrderedCollection) return COPIED;
  throw context.fail("FUS0502", `Type mismatch: expected seq, got ${kindOf(source)}`);
}

function makeSequence(context: NativeContext, start: FunctionValue, generator?: FunctionValue): Sequence {
  context.allocate(PRODUCT_BYTES + 2 * SLOT_BYTES);
  return new Sequence(start, generator);
}

export const sequenceNatives: Readonly<Record<string, HostMember>> = {
  seq: internal("(unit -> bool -> 'a option) -> seq<'a>", (context: NativeContext, start: FunctionValue) =>
    makeSequence(context, start),
  ),
  generated: internal(
    "(unit -> bool -> 'a option) -> ((bool -> 'a option) ref -> (bool -> 'a option) -> 'a option) -> seq<'a>",
    (context: NativeContext, start: FunctionValue, generator: FunctionValue) =>
      makeSequence(context, start, generator),
  ),
  isGenerated: internal(
    "seq<'a> -> bool",
    (_: NativeContext, source: Value) => source instanceof Sequence && source.generator !== undefined,
  ),
  generatorOf: internal(
    "seq<'a> -> ((bool -> 'a option) ref -> (bool -> 'a option) -> 'a option)",
    (_: NativeContext, source: Sequence) => source.generator,
    { arity: 1 },
  ),
  enumerationOf: internal("seq<'a> -> int", enumerationOf),
  startOf: internal(
    "seq<'a> -> (unit -> bool -> 'a option)",
    (_: NativeContext, source: Sequence) => source.start,
    { arity: 1 },
  ),
  /** The same value, by a type that the checker cannot know it has. */
  retyped: internal("'a -> 'b", (_: NativeContext, value: Value) => value),
  /** Of anything but a lazy seq, in an array that nobody else has. */
  elements: internal("seq<'a> -> 'a array", (context: NativeContext, source: Value) => {
    const items = elementsOf(context, source);
    allocateArray(context, items.length);
    return items;
  }),
  indexNotNegative: internal("string -> int -> unit", (context: NativeContext, name: string, index: Int) => {
    requireNotNegative(context, name, index, "index");
    return undefined;
  }),
  positive: internal("string -> int -> unit", (context: NativeContext, name: string, count: Int) => {
    requirePositive(context, name, count);
    return undefined;
  }),
  tooShort: internal(
    "string -> int -> int -> 'a",
    (context: NativeContext, name: string, needed: Int, actual: number): Value => {
      throw tooShort(context, name, needed, actual);
    },
  ),
  /** The window one further: without its first item, with a new last one. */
  shifted: internal("'a array -> 'a -> 'a array", (context: NativeContext, window: Value[], item: Value) => {
    context.charge(window.length);
    allocateArray(context, window.length);
    return [...window.slice(1), item];
  }),
  newKeys: internal("unit -> Set<'k>", () => new KeyIndex()),
  /** Whether the key is a new one. */
  addKey: internal("'k -> Set<'k> -> bool", (context: NativeContext, key: Value, keys: KeyIndex) => {
    const before = keys.keys.length;
    context.charge(1);
    const isNew = keys.add(context, key) === before;
    if (isNew) context.allocate(CONS_BYTES);
    return isNew;
  }),
  joinWith: internal(
    "string -> seq<string> -> string",
    (context: NativeContext, separator: string, texts: Value) =>
      join(context, separator, elementsOf(context, texts)),
  ),
  concatLists: internal("seq<'a list> -> 'a list", (context: NativeContext, parts: Value) =>
    concatenated(context, LIST, parts),
  ),
  concatArrays: internal("seq<'a array> -> 'a array", (context: NativeContext, parts: Value) =>
    concatenated(context, ARRAY, parts),
  ),
};
