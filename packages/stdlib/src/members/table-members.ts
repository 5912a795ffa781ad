/** The members of maps, of their entries, and of sets. */
import {
  type HostModule,
  hostModule,
  type NativeContext,
  type OrderedMap,
  type OrderedSet,
  type Product,
  slotAt,
  type Value,
} from "@fusabi/vm";
import { native } from "../declaration.js";
import { mapAdd, mapFind, mapHas, mapKeyList, mapRemove, mapTryFind, mapValueList } from "../map.js";
import { setAdd, setHas, setRemove } from "../set.js";

export const mapMembers: HostModule = hostModule("<map>", {
  Count: native("Map<'k, 'v> -> int", "Number of entries.", (_: NativeContext, map: OrderedMap) => map.size),
  IsEmpty: native(
    "Map<'k, 'v> -> bool",
    "Whether there are no entries.",
    (_: NativeContext, map: OrderedMap) => map.size === 0,
  ),
  Keys: native("Map<'k, 'v> -> 'k list", "The keys, ascending.", mapKeyList),
  Values: native("Map<'k, 'v> -> 'v list", "The values, in the order of their keys.", mapValueList),
  Item: native(
    "Map<'k, 'v> -> 'k -> 'v",
    "The value of a key; raises when there is none.",
    (context: NativeContext, map: OrderedMap, key: Value) => mapFind(context, key, map),
  ),
  ContainsKey: native(
    "Map<'k, 'v> -> 'k -> bool",
    "Whether the key has a value.",
    (context: NativeContext, map: OrderedMap, key: Value) => mapHas(context, key, map),
  ),
  TryFind: native(
    "Map<'k, 'v> -> 'k -> 'v option",
    "The value of a key, or None.",
    (context: NativeContext, map: OrderedMap, key: Value) => mapTryFind(context, key, map),
  ),
  Add: native(
    "Map<'k, 'v> -> 'k -> 'v -> Map<'k, 'v>",
    "With the entry.",
    (context: NativeContext, map: OrderedMap, key: Value, value: Value) => mapAdd(context, key, value, map),
  ),
  Remove: native(
    "Map<'k, 'v> -> 'k -> Map<'k, 'v>",
    "Without the key.",
    (context: NativeContext, map: OrderedMap, key: Value) => mapRemove(context, key, map),
  ),
});

export const entryMembers: HostModule = hostModule("<pair>", {
  Key: native("'k * 'v -> 'k", "The key of an entry of a map.", (_: NativeContext, entry: Product) =>
    slotAt(entry, 0),
  ),
  Value: native("'k * 'v -> 'v", "The value of an entry of a map.", (_: NativeContext, entry: Product) =>
    slotAt(entry, 1),
  ),
});

export const setMembers: HostModule = hostModule("<set>", {
  Count: native("Set<'a> -> int", "Number of elements.", (_: NativeContext, set: OrderedSet) => set.size),
  IsEmpty: native(
    "Set<'a> -> bool",
    "Whether there are no elements.",
    (_: NativeContext, set: OrderedSet) => set.size === 0,
  ),
  Contains: native(
    "Set<'a> -> 'a -> bool",
    "Whether the element is in the set.",
    (context: NativeContext, set: OrderedSet, element: Value) => setHas(context, element, set),
  ),
  Add: native(
    "Set<'a> -> 'a -> Set<'a>",
    "With the element.",
    (context: NativeContext, set: OrderedSet, element: Value) => setAdd(context, element, set),
  ),
  Remove: native(
    "Set<'a> -> 'a -> Set<'a>",
    "Without the element.",
    (context: NativeContext, set: OrderedSet, element: Value) => setRemove(context, element, set),
  ),
});
