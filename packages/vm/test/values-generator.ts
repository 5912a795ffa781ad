import fc from "fast-check";
import {
  error,
  List,
  NIL,
  NONE,
  OrderedMap,
  OrderedSet,
  ok,
  type RecordShape,
  recordShape,
  some,
  type TypeDescriptor,
  tupleShape,
  type UnionShape,
  unionShape,
  type Value,
} from "../src/index.js";

/** Ints of 64 bits, with those around the edges of the safe and of the whole range. */
export const wideInt: fc.Arbitrary<bigint> = fc.oneof(
  fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n),
  fc.bigInt(-20n, 20n),
  fc
    .tuple(
      fc.constantFrom(-(2n ** 63n), 2n ** 63n - 1n, -(2n ** 53n), 2n ** 53n, 2n ** 31n, 2n ** 32n),
      fc.bigInt(-3n, 3n),
    )
    .map(([edge, step]) => BigInt.asIntN(64, edge + step)),
);

export const POINT: RecordShape = recordShape({
  name: "Point",
  labels: ["y", "x"],
  anonymous: false,
  identity: false,
});
export const SHAPE: UnionShape = unionShape("Shape", [
  { name: "Dot", labels: [] },
  { name: "Circle", labels: [undefined] },
  { name: "Rect", labels: ["width", "height"] },
]);

export function listOf(...values: readonly Value[]): List {
  return values.reduceRight<List>((tail, head) => new List(head, tail), NIL);
}

export function tuple(...values: readonly Value[]): Value {
  return tupleShape(values.length).make(values);
}

export function caseOf(tag: number, ...fields: readonly Value[]): Value {
  const one = SHAPE.cases[tag];
  if (one === undefined) throw new RangeError(`no case ${tag}`);
  return one.make(fields);
}

/** A type whose values have an order, values of it, and a copy of each value that shares nothing with it. */
export interface TypedValues {
  readonly type: TypeDescriptor;
  readonly values: fc.Arbitrary<Value>;
}

const int: TypedValues = {
  type: { kind: "int" },
  values: wideInt.map((value) => (Number.isSafeInteger(Number(value)) ? Number(value) : value)),
};
const float: TypedValues = {
  type: { kind: "float" },
  values: fc.oneof(fc.double(), fc.constantFrom(0, -0, Number.NaN, 1, 2)),
};
const bool: TypedValues = { type: { kind: "bool" }, values: fc.boolean() };
const string: TypedValues = {
  type: { kind: "string" },
  values: fc.oneof(fc.string({ maxLength: 4 }), fc.constantFrom("", "a", "b", "\u{1F600}", "\uE000")),
};
const unit: TypedValues = { type: { kind: "unit" }, values: fc.constant(undefined) };
const char: TypedValues = { type: { kind: "char" }, values: fc.constantFrom("a", "b", "\n", "\uD800") };

function listsOf({ type, values }: TypedValues): TypedValues {
  return {
    type: { kind: "list", item: type },
    values: fc.array(values, { maxLength: 4 }).map((items) => listOf(...items)),
  };
}

function arraysOf({ type, values }: TypedValues): TypedValues {
  return { type: { kind: "array", item: type }, values: fc.array(values, { maxLength: 4 }) };
}

function optionsOf({ type, values }: TypedValues): TypedValues {
  return { type: { kind: "option", item: type }, values: fc.oneof(fc.constant(NONE), values.map(some)) };
}

function tuplesOf(first: TypedValues, second: TypedValues): TypedValues {
  return {
    type: { kind: "tuple", items: [first.type, second.type] },
    values: fc.tuple(first.values, second.values).map((items) => tuple(...items)),
  };
}

function resultsOf(first: TypedValues, second: TypedValues): TypedValues {
  return {
    type: { kind: "result", ok: first.type, error: second.type },
    values: fc.oneof(first.values.map(ok), second.values.map(error)),
  };
}

function setsOf({ type, values }: TypedValues): TypedValues {
  return {
    type: { kind: "set", item: type },
    values: fc.array(values, { maxLength: 4 }).map((items) => OrderedSet.of(items)),
  };
}

function mapsOf(key: TypedValues, value: TypedValues): TypedValues {
  return {
    type: { kind: "map", key: key.type, value: value.type },
    values: fc
      .array(fc.tuple(key.values, value.values), { maxLength: 4 })
      .map((entries) => OrderedMap.of(entries)),
  };
}

/** Anonymous records with the labels `__proto__` and `b`. */
function recordsOf(first: TypedValues, second: TypedValues): TypedValues {
  const shape = recordShape({ name: "", labels: ["__proto__", "b"], anonymous: true, identity: false });
  return {
    type: {
      kind: "anonymous",
      fields: [
        { label: "__proto__", type: first.type },
        { label: "b", type: second.type },
      ],
    },
    values: fc.tuple(first.values, second.values).map((fields) => shape.make(fields)),
  };
}

const leaves: readonly TypedValues[] = [int, float, bool, string, unit, char];

/** Types of bounded depth with values: containers of leaves, and containers of these. */
export const typedValues: fc.Arbitrary<TypedValues> = fc.letrec<{ type: TypedValues }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom(...leaves),
    tie("type").map(listsOf),
    tie("type").map(arraysOf),
    tie("type").map(optionsOf),
    tie("type").map(setsOf),
    fc.tuple(tie("type"), tie("type")).map(([a, b]) => tuplesOf(a, b)),
    fc.tuple(tie("type"), tie("type")).map(([a, b]) => resultsOf(a, b)),
    fc.tuple(tie("type"), tie("type")).map(([a, b]) => mapsOf(a, b)),
    fc.tuple(tie("type"), tie("type")).map(([a, b]) => recordsOf(a, b)),
  ),
})).type;
