import { PRODUCT_BYTES, treeBytes } from "../../values/size.js";
import { runtimeError } from "../failure.js";
import type { LibraryContext } from "../library-context.js";
import { MapValue, NONE, some, sortedEntries, Tuple, type Value } from "../value.js";
import { asMap, asString, callingBack, elementsOf, type Functions, fn, newList } from "./declaration.js";

/** Keys are strings. Where the original visits the pairs in no fixed order, they come sorted here. */
export const mapFunctions: Functions = {
  "Map.empty": fn(1, () => new MapValue(new Map())),
  "Map.add": fn(3, (context, key, value, map) => {
    const name = asString(key);
    return new MapValue(copyOf(context, asMap(map)).set(name, value));
  }),
  "Map.remove": fn(2, (context, key, map) => {
    const name = asString(key);
    const entries = copyOf(context, asMap(map));
    entries.delete(name);
    return new MapValue(entries);
  }),
  "Map.find": fn(2, (_, key, map) => {
    const name = asString(key);
    const entries = asMap(map);
    if (!entries.has(name)) throw runtimeError(`Map key not found: ${name}`, "FUS0505");
    return entries.get(name);
  }),
  "Map.tryFind": fn(2, (_, key, map) => {
    const name = asString(key);
    const entries = asMap(map);
    return entries.has(name) ? some(entries.get(name)) : NONE;
  }),
  "Map.containsKey": fn(2, (_, key, map) => {
    const name = asString(key);
    return asMap(map).has(name);
  }),
  "Map.isEmpty": fn(1, (_, map) => asMap(map).size === 0),
  "Map.count": fn(1, (_, map) => asMap(map).size),
  "Map.ofList": fn(1, (context, list) => {
    const entries = new Map<string, Value>();
    for (const pair of elementsOf(context, list)) {
      if (!(pair instanceof Tuple)) throw runtimeError("Map.ofList expects list of tuples", "FUS0502");
      if (pair.items.length !== 2) throw runtimeError("Map.ofList expects list of 2-tuples", "FUS0502");
      entries.set(asString(pair.items[0]), pair.items[1]);
    }
    context.meter.allocate(treeBytes(entries.size));
    return new MapValue(entries);
  }),
  "Map.toList": fn(1, (context, map) => {
    const entries = sorted(context, asMap(map));
    context.meter.allocate(entries.length * PRODUCT_BYTES * 2);
    return newList(
      context,
      entries.map(([key, value]) => new Tuple([key, value])),
    );
  }),
  // The value only.
  "Map.map": callingBack("Map.map", 2, (context, f, map) => {
    const entries = sorted(context, asMap(map));
    context.meter.allocate(treeBytes(entries.length));
    return new MapValue(new Map(entries.map(([key, value]) => [key, context.call(f, [value])])));
  }),
  "Map.iter": callingBack("Map.iter", 2, (context, f, map) => {
    for (const [key, value] of sorted(context, asMap(map))) context.call(f, [key, value]);
    return undefined;
  }),
};

function copyOf(context: LibraryContext, entries: ReadonlyMap<string, Value>): Map<string, Value> {
  context.meter.charge(entries.size >> 2);
  context.meter.allocate(treeBytes(entries.size + 1));
  return new Map(entries);
}

function sorted(context: LibraryContext, entries: ReadonlyMap<string, Value>): [string, Value][] {
  context.meter.charge(entries.size * 2);
  return sortedEntries(entries);
}
