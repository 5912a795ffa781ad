/** Functions of the standard library as the generator uses them: types, and what the reference says they do. */
import {
  arrayOf,
  bool,
  char,
  float,
  functionFrom,
  int,
  listOf,
  mapOf,
  OPTION,
  optionOf,
  setOf,
  string,
  type Type,
  tupleOf,
  unit,
} from "./types.js";
import {
  ArrayValue,
  Char,
  type Closure,
  equal,
  failure,
  List,
  MapValue,
  mapOfEntries,
  order,
  Raised,
  SetValue,
  setOfItems,
  Tuple,
  text,
  Union,
  Unsuitable,
  type Value,
} from "./values.js";

export interface LibraryFunction {
  readonly name: string;
  readonly parameters: readonly Type[];
  readonly result: Type;
  readonly call: (args: readonly Value[]) => Value;
}

const a: Type = { kind: "variable", id: 0 };
const b: Type = { kind: "variable", id: 1 };
const c: Type = { kind: "variable", id: 2 };
const fn = (...types: readonly Type[]): Type =>
  functionFrom(types.slice(0, -1), types[types.length - 1] as Type);

export const none: Value = new Union(OPTION, 0, []);
export const some = (value: Value): Value => new Union(OPTION, 1, [value]);
const content = (value: Value): Value => (value as Union).fields[0];
const isSome = (value: Value): boolean => (value as Union).tag === 1;

export function apply(fn: Value, ...args: readonly Value[]): Value {
  return args.reduce((called, argument) => (called as Closure).call(argument), fn);
}

const items = (value: Value): readonly Value[] => (value as List | ArrayValue | SetValue).items;
const entries = (value: Value): MapValue["entries"] => (value as MapValue).entries;
const list = (values: readonly Value[]): List => {
  if (values.length > 2_000) throw new Unsuitable("list too long");
  return new List(values);
};
const array = (values: readonly Value[]): ArrayValue => new ArrayValue([...list(values).items]);
export const wrap = (value: bigint): bigint => BigInt.asIntN(64, value);
const size = (value: Value): bigint => BigInt(items(value).length);
const count = (value: Value): number => {
  if ((value as bigint) > 2_000n) throw new Unsuitable("count too large");
  return Number(value);
};
const range = (n: number): bigint[] => Array.from({ length: n }, (_, i) => BigInt(i));
const sorted = (values: readonly Value[], by: (x: Value, y: Value) => number = order): Value[] =>
  [...values].sort(by);
const keyed = (values: readonly Value[], key: Value): (readonly [Value, Value])[] =>
  values.map((item) => [apply(key, item), item]);
const empty = (): Raised => new Raised("FUS0506", "");
const missing = (): Raised => new Raised("FUS0505", "");
const invalid = (): Raised => new Raised("FUS0516", "");
function groups(values: readonly Value[], key: Value): (readonly [Value, Value[]])[] {
  const found: (readonly [Value, Value[]])[] = [];
  for (const [by, item] of keyed(values, key)) {
    const group = found.find(([other]) => order(other, by) === 0);
    if (group === undefined) found.push([by, [item]]);
    else group[1].push(item);
  }
  return found;
}
function whole(value: Value): bigint {
  const number = Math.trunc(value as number);
  if (!Number.isFinite(number) || Math.abs(number) > 9e18) throw new Unsuitable("no such int");
  return BigInt(number);
}
const shortText = (value: string): string => {
  if (value.length > 5_000) throw new Unsuitable("text too long");
  return value;
};

const of = (
  name: string,
  parameters: readonly Type[],
  result: Type,
  call: (args: readonly Value[]) => Value,
): LibraryFunction => ({ name, parameters, result, call });

/** Functions that lists and arrays have in common; `T` is List or Array. */
function sequences(
  module: string,
  seq: (of: Type) => Type,
  make: (values: readonly Value[]) => Value,
): LibraryFunction[] {
  return [
    of(`${module}.length`, [seq(a)], int, ([xs]) => size(xs)),
    of(`${module}.rev`, [seq(a)], seq(a), ([xs]) => make([...items(xs)].reverse())),
    of(`${module}.map`, [fn(a, b), seq(a)], seq(b), ([f, xs]) => make(items(xs).map((x) => apply(f, x)))),
    of(`${module}.mapi`, [fn(int, a, b), seq(a)], seq(b), ([f, xs]) =>
      make(items(xs).map((x, i) => apply(f, BigInt(i), x))),
    ),
    of(`${module}.filter`, [fn(a, bool), seq(a)], seq(a), ([f, xs]) =>
      make(items(xs).filter((x) => apply(f, x))),
    ),
    of(`${module}.append`, [seq(a), seq(a)], seq(a), ([xs, ys]) => make([...items(xs), ...items(ys)])),
    of(`${module}.fold`, [fn(b, a, b), b, seq(a)], b, ([f, start, xs]) =>
      items(xs).reduce((sum, x) => apply(f, sum, x), start),
    ),
    of(`${module}.foldBack`, [fn(a, b, b), seq(a), b], b, ([f, xs, start]) =>
      items(xs).reduceRight((sum, x) => apply(f, x, sum), start),
    ),
    of(`${module}.sum`, [seq(int)], int, ([xs]) =>
      items(xs).reduce<bigint>((sum, x) => wrap(sum + (x as bigint)), 0n),
    ),
    of(`${module}.sumBy`, [fn(a, int), seq(a)], int, ([f, xs]) =>
      items(xs).reduce<bigint>((sum, x) => wrap(sum + (apply(f, x) as bigint)), 0n),
    ),
    of(`${module}.exists`, [fn(a, bool), seq(a)], bool, ([f, xs]) => items(xs).some((x) => apply(f, x))),
    of(`${module}.forall`, [fn(a, bool), seq(a)], bool, ([f, xs]) => items(xs).every((x) => apply(f, x))),
    of(`${module}.contains`, [a, seq(a)], bool, ([x, xs]) => items(xs).some((y) => equal(x, y))),
    of(`${module}.isEmpty`, [seq(a)], bool, ([xs]) => size(xs) === 0n),
    of(`${module}.tryFind`, [fn(a, bool), seq(a)], optionOf(a), ([f, xs]) => {
      for (const x of items(xs)) if (apply(f, x)) return some(x);
      return none;
    }),
    of(`${module}.find`, [fn(a, bool), seq(a)], a, ([f, xs]) => {
      for (const x of items(xs)) if (apply(f, x)) return x;
      throw missing();
    }),
    of(`${module}.tryHead`, [seq(a)], optionOf(a), ([xs]) => (size(xs) === 0n ? none : some(items(xs)[0]))),
    of(`${module}.head`, [seq(a)], a, ([xs]) => {
      if (size(xs) === 0n) throw empty();
      return items(xs)[0];
    }),
    of(`${module}.last`, [seq(a)], a, ([xs]) => {
      if (size(xs) === 0n) throw empty();
      return items(xs).at(-1);
    }),
    of(`${module}.sort`, [seq(a)], seq(a), ([xs]) => make(sorted(items(xs)))),
    of(`${module}.sortBy`, [fn(a, b), seq(a)], seq(a), ([f, xs]) =>
      make(
        keyed(items(xs), f)
          .sort(([x], [y]) => order(x, y))
          .map(([, x]) => x),
      ),
    ),
    of(`${module}.collect`, [fn(a, seq(b)), seq(a)], seq(b), ([f, xs]) =>
      make(items(xs).flatMap((x) => items(apply(f, x)))),
    ),
    of(`${module}.choose`, [fn(a, optionOf(b)), seq(a)], seq(b), ([f, xs]) =>
      make(
        items(xs)
          .map((x) => apply(f, x))
          .filter(isSome)
          .map(content),
      ),
    ),
    of(`${module}.init`, [int, fn(int, a)], seq(a), ([n, f]) => {
      if ((n as bigint) < 0n) throw invalid();
      return make(range(count(n)).map((i) => apply(f, i)));
    }),
    of(`${module}.zip`, [seq(a), seq(b)], seq(tupleOf(a, b)), ([xs, ys]) => {
      if (size(xs) !== size(ys)) throw invalid();
      return make(items(xs).map((x, i) => new Tuple([x, items(ys)[i]])));
    }),
    of(`${module}.partition`, [fn(a, bool), seq(a)], tupleOf(seq(a), seq(a)), ([f, xs]) => {
      const parts = [[], []] as [Value[], Value[]];
      for (const x of items(xs)) parts[apply(f, x) ? 0 : 1].push(x);
      return new Tuple(parts.map(make));
    }),
    of(`${module}.max`, [seq(a)], a, ([xs]) => {
      if (size(xs) === 0n) throw empty();
      return items(xs).reduce((x, y) => (order(y, x) > 0 ? y : x));
    }),
    of(`${module}.reduce`, [fn(a, a, a), seq(a)], a, ([f, xs]) => {
      if (size(xs) === 0n) throw empty();
      return items(xs).reduce((x, y) => apply(f, x, y));
    }),
    of(`${module}.iter`, [fn(a, unit), seq(a)], unit, ([f, xs]) => {
      for (const x of items(xs)) apply(f, x);
      return undefined;
    }),
    of(`${module}.distinct`, [seq(a)], seq(a), ([xs]) =>
      make(items(xs).filter((x, i) => items(xs).findIndex((y) => order(x, y) === 0) === i)),
    ),
    of(`${module}.groupBy`, [fn(a, b), seq(a)], seq(tupleOf(b, seq(a))), ([f, xs]) =>
      make(groups(items(xs), f).map(([key, group]) => new Tuple([key, make(group)]))),
    ),
    of(`${module}.countBy`, [fn(a, b), seq(a)], seq(tupleOf(b, int)), ([f, xs]) =>
      make(groups(items(xs), f).map(([key, group]) => new Tuple([key, BigInt(group.length)]))),
    ),
    of(`${module}.pairwise`, [seq(a)], seq(tupleOf(a, a)), ([xs]) =>
      make(
        items(xs)
          .slice(1)
          .map((x, i) => new Tuple([items(xs)[i], x])),
      ),
    ),
    of(`${module}.truncate`, [int, seq(a)], seq(a), ([n, xs]) =>
      make(items(xs).slice(0, Math.max(0, Number(n)))),
    ),
    of(`${module}.take`, [int, seq(a)], seq(a), ([n, xs]) => {
      if ((n as bigint) < 0n || (n as bigint) > size(xs)) throw invalid();
      return make(items(xs).slice(0, Number(n)));
    }),
    of(`${module}.scan`, [fn(b, a, b), b, seq(a)], seq(b), ([f, start, xs]) => {
      const states = [start];
      for (const x of items(xs)) states.push(apply(f, states.at(-1), x));
      return make(states);
    }),
    of(`${module}.takeWhile`, [fn(a, bool), seq(a)], seq(a), ([f, xs]) => {
      const end = items(xs).findIndex((x) => !apply(f, x));
      return make(end < 0 ? items(xs) : items(xs).slice(0, end));
    }),
    of(`${module}.tryFindIndex`, [fn(a, bool), seq(a)], optionOf(int), ([f, xs]) => {
      const at = items(xs).findIndex((x) => apply(f, x));
      return at < 0 ? none : some(BigInt(at));
    }),
    of(`${module}.indexed`, [seq(a)], seq(tupleOf(int, a)), ([xs]) =>
      make(items(xs).map((x, i) => new Tuple([BigInt(i), x]))),
    ),
    of(`${module}.unzip`, [seq(tupleOf(a, b))], tupleOf(seq(a), seq(b)), ([xs]) => {
      const pairs = items(xs) as readonly Tuple[];
      return new Tuple([make(pairs.map((pair) => pair.items[0])), make(pairs.map((pair) => pair.items[1]))]);
    }),
    of(`${module}.map2`, [fn(a, b, c), seq(a), seq(b)], seq(c), ([f, xs, ys]) => {
      if (size(xs) !== size(ys)) throw invalid();
      return make(items(xs).map((x, i) => apply(f, x, items(ys)[i])));
    }),
    of(`${module}.tryItem`, [int, seq(a)], optionOf(a), ([n, xs]) =>
      (n as bigint) < 0n || (n as bigint) >= size(xs) ? none : some(items(xs)[Number(n)]),
    ),
  ];
}

const strings: LibraryFunction[] = [
  of("String.length", [string], int, ([s]) => BigInt((s as string).length)),
  of("String.concat", [string, listOf(string)], string, ([by, xs]) =>
    shortText(items(xs).join(by as string)),
  ),
  of("String.replicate", [int, string], string, ([n, s]) => {
    if ((n as bigint) < 0n) throw invalid();
    if (Number(n) * (s as string).length > 5_000) throw new Unsuitable("text too long");
    return (s as string).repeat(Number(n));
  }),
  of("String.exists", [fn(char, bool), string], bool, ([f, s]) =>
    (s as string).split("").some((u) => apply(f, new Char(u))),
  ),
  of("String.forall", [fn(char, bool), string], bool, ([f, s]) =>
    (s as string).split("").every((u) => apply(f, new Char(u))),
  ),
  of("String.map", [fn(char, char), string], string, ([f, s]) =>
    (s as string)
      .split("")
      .map((u) => (apply(f, new Char(u)) as Char).unit)
      .join(""),
  ),
  of("String.filter", [fn(char, bool), string], string, ([f, s]) =>
    (s as string)
      .split("")
      .filter((u) => apply(f, new Char(u)))
      .join(""),
  ),
  of("String.collect", [fn(char, string), string], string, ([f, s]) =>
    shortText(
      (s as string)
        .split("")
        .map((u) => apply(f, new Char(u)))
        .join(""),
    ),
  ),
];

const options: LibraryFunction[] = [
  of("Option.map", [fn(a, b), optionOf(a)], optionOf(b), ([f, x]) =>
    isSome(x) ? some(apply(f, content(x))) : none,
  ),
  of("Option.bind", [fn(a, optionOf(b)), optionOf(a)], optionOf(b), ([f, x]) =>
    isSome(x) ? apply(f, content(x)) : none,
  ),
  of("Option.defaultValue", [a, optionOf(a)], a, ([d, x]) => (isSome(x) ? content(x) : d)),
  of("Option.isSome", [optionOf(a)], bool, ([x]) => isSome(x)),
  of("Option.isNone", [optionOf(a)], bool, ([x]) => !isSome(x)),
  of("Option.get", [optionOf(a)], a, ([x]) => {
    if (!isSome(x)) throw new Raised("FUS0507", "");
    return content(x);
  }),
  of("Option.filter", [fn(a, bool), optionOf(a)], optionOf(a), ([f, x]) =>
    isSome(x) && apply(f, content(x)) ? x : none,
  ),
  of("Option.toList", [optionOf(a)], listOf(a), ([x]) => list(isSome(x) ? [content(x)] : [])),
  of("Option.exists", [fn(a, bool), optionOf(a)], bool, ([f, x]) => isSome(x) && apply(f, content(x))),
  of("Option.fold", [fn(b, a, b), b, optionOf(a)], b, ([f, start, x]) =>
    isSome(x) ? apply(f, start, content(x)) : start,
  ),
  of("Option.orElse", [optionOf(a), optionOf(a)], optionOf(a), ([other, x]) => (isSome(x) ? x : other)),
  of("Option.defaultWith", [fn(unit, a), optionOf(a)], a, ([f, x]) =>
    isSome(x) ? content(x) : apply(f, undefined),
  ),
];

const found = (key: Value, map: Value): readonly [Value, Value] | undefined =>
  entries(map).find(([other]) => order(other, key) === 0);

const maps: LibraryFunction[] = [
  of("Map.ofList", [listOf(tupleOf(a, b))], mapOf(a, b), ([xs]) =>
    mapOfEntries((items(xs) as Tuple[]).map((x) => [x.items[0], x.items[1]])),
  ),
  of("Map.toList", [mapOf(a, b)], listOf(tupleOf(a, b)), ([m]) =>
    list(entries(m).map((pair) => new Tuple(pair))),
  ),
  of("Map.add", [a, b, mapOf(a, b)], mapOf(a, b), ([key, item, m]) =>
    mapOfEntries([...entries(m), [key, item]]),
  ),
  of(
    "Map.remove",
    [a, mapOf(a, b)],
    mapOf(a, b),
    ([key, m]) => new MapValue(entries(m).filter((x) => x !== found(key, m))),
  ),
  of("Map.tryFind", [a, mapOf(a, b)], optionOf(b), ([key, m]) => {
    const entry = found(key, m);
    return entry === undefined ? none : some(entry[1]);
  }),
  of("Map.find", [a, mapOf(a, b)], b, ([key, m]) => {
    const entry = found(key, m);
    if (entry === undefined) throw missing();
    return entry[1];
  }),
  of("Map.containsKey", [a, mapOf(a, b)], bool, ([key, m]) => found(key, m) !== undefined),
  of("Map.count", [mapOf(a, b)], int, ([m]) => BigInt(entries(m).length)),
  of(
    "Map.map",
    [fn(a, b, c), mapOf(a, b)],
    mapOf(a, c),
    ([f, m]) => new MapValue(entries(m).map(([key, item]) => [key, apply(f, key, item)])),
  ),
  of(
    "Map.filter",
    [fn(a, b, bool), mapOf(a, b)],
    mapOf(a, b),
    ([f, m]) => new MapValue(entries(m).filter(([key, item]) => apply(f, key, item))),
  ),
  of("Map.fold", [fn(c, a, b, c), c, mapOf(a, b)], c, ([f, start, m]) =>
    entries(m).reduce((sum, [key, item]) => apply(f, sum, key, item), start),
  ),
  of("Set.ofList", [listOf(a)], setOf(a), ([xs]) => setOfItems(items(xs))),
  of("Set.toList", [setOf(a)], listOf(a), ([xs]) => list(items(xs))),
  of("Set.contains", [a, setOf(a)], bool, ([x, xs]) => items(xs).some((y) => order(x, y) === 0)),
  of("Set.add", [a, setOf(a)], setOf(a), ([x, xs]) => setOfItems([...items(xs), x])),
  of("Set.union", [setOf(a), setOf(a)], setOf(a), ([xs, ys]) => setOfItems([...items(xs), ...items(ys)])),
  of(
    "Set.intersect",
    [setOf(a), setOf(a)],
    setOf(a),
    ([xs, ys]) => new SetValue(items(xs).filter((x) => items(ys).some((y) => order(x, y) === 0))),
  ),
  of(
    "Set.difference",
    [setOf(a), setOf(a)],
    setOf(a),
    ([xs, ys]) => new SetValue(items(xs).filter((x) => !items(ys).some((y) => order(x, y) === 0))),
  ),
  of("Set.map", [fn(a, b), setOf(a)], setOf(b), ([f, xs]) => setOfItems(items(xs).map((x) => apply(f, x)))),
  of(
    "Set.filter",
    [fn(a, bool), setOf(a)],
    setOf(a),
    ([f, xs]) => new SetValue(items(xs).filter((x) => apply(f, x))),
  ),
  of("Set.count", [setOf(a)], int, ([xs]) => size(xs)),
];

const core: LibraryFunction[] = [
  of("id", [a], a, ([x]) => x),
  of("fst", [tupleOf(a, b)], a, ([x]) => (x as Tuple).items[0]),
  of("snd", [tupleOf(a, b)], b, ([x]) => (x as Tuple).items[1]),
  of("not", [bool], bool, ([x]) => !x),
  of("abs", [int], int, ([x]) => wrap((x as bigint) < 0n ? -(x as bigint) : (x as bigint))),
  of("abs", [float], float, ([x]) => Math.abs(x as number)),
  of("max", [a, a], a, ([x, y]) => (order(x, y) < 0 ? y : x)),
  of("min", [a, a], a, ([x, y]) => (order(x, y) > 0 ? y : x)),
  of("string", [a], string, ([x]) => shortText(text(x))),
  of("float", [int], float, ([x]) => Number(x)),
  of("int", [float], int, ([x]) => whole(x)),
  of("int", [char], int, ([x]) => BigInt((x as Char).unit.charCodeAt(0))),
  of("sqrt", [float], float, ([x]) => Math.sqrt(x as number)),
  of("floor", [float], float, ([x]) => Math.floor(x as number)),
  of("ignore", [a], unit, () => undefined),
  of("failwith", [string], a, ([x]) => {
    throw failure(x as string);
  }),
  of("List.replicate", [int, a], listOf(a), ([n, x]) => {
    if ((n as bigint) < 0n) throw invalid();
    return list(range(count(n)).map(() => x));
  }),
  of("List.concat", [listOf(listOf(a))], listOf(a), ([xs]) => list(items(xs).flatMap(items))),
  of("List.tail", [listOf(a)], listOf(a), ([xs]) => {
    if (size(xs) === 0n) throw empty();
    return list(items(xs).slice(1));
  }),
  of("Array.ofList", [listOf(a)], arrayOf(a), ([xs]) => array(items(xs))),
  of("Array.toList", [arrayOf(a)], listOf(a), ([xs]) => list(items(xs))),
  of("List.toArray", [listOf(a)], arrayOf(a), ([xs]) => array(items(xs))),
  of("Array.copy", [arrayOf(a)], arrayOf(a), ([xs]) => array(items(xs))),
];

export const library: readonly LibraryFunction[] = [
  ...core,
  ...options,
  ...strings,
  ...maps,
  ...sequences("List", listOf, list),
  ...sequences("Array", arrayOf, array),
];
