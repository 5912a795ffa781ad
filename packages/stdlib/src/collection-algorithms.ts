/** What `List` and `Array` do without calling the program back, on the items of either. Every function gives fresh arrays. */
import { BoxedFloat, compare, equals, int64, kindOf, type NativeContext, type Value } from "@fusabi/vm";
import type { Int } from "./declaration.js";
import { differentLengths, requirePositive } from "./failure.js";
import { KeyIndex } from "./key-index.js";
import { filtered, inPieces, mapped, Pace } from "./pieces.js";

type Items = readonly Value[];

export function chunked(context: NativeContext, items: Items, size: number): Value[][] {
  const pace = new Pace(context);
  const chunks: Value[][] = [];
  for (let start = 0; start < items.length; start += size) {
    chunks.push(items.slice(start, start + size));
    pace.did(size);
  }
  return chunks;
}

/** At most `count` parts; lengths differ by at most one, longer ones first. */
export function splitEvenly(context: NativeContext, items: Items, count: number): Value[][] {
  const pace = new Pace(context);
  const parts = Math.min(count, items.length);
  const shorter = Math.floor(items.length / Math.max(parts, 1));
  const longer = items.length % Math.max(parts, 1);
  const result: Value[][] = [];
  for (let part = 0, start = 0; part < parts; part++) {
    const end = start + shorter + (part < longer ? 1 : 0);
    result.push(items.slice(start, end));
    pace.did(end - start);
    start = end;
  }
  return result;
}

export function windows(context: NativeContext, items: Items, size: number): Value[][] {
  const pace = new Pace(context);
  const result: Value[][] = [];
  for (let start = 0; start + size <= items.length; start++) {
    result.push(items.slice(start, start + size));
    pace.did(size);
  }
  return result;
}

/** Keeps first appearances; with keys, the first item of each key. */
export function distinct(context: NativeContext, items: Items, keys: Items = items): Value[] {
  const index = new KeyIndex();
  context.charge(items.length);
  return filtered(context, items, (_, place) => {
    const before = index.keys.length;
    return index.add(context, keys[place]) === before;
  });
}

/** Items that are not among the excluded ones, each once. */
export function except(context: NativeContext, excluded: Items, items: Items): Value[] {
  const index = new KeyIndex();
  inPieces(context, excluded.length, (from, to) => {
    for (let place = from; place < to; place++) index.add(context, excluded[place]);
  });
  context.charge(items.length);
  return filtered(context, items, (item) => {
    const before = index.keys.length;
    return index.add(context, item) === before;
  });
}

/** Groups in order of first appearance: the key, and its items in order. */
export function grouped(context: NativeContext, keys: Items, items: Items): [Value, Value[]][] {
  const index = new KeyIndex();
  const groups: [Value, Value[]][] = [];
  context.charge(items.length);
  inPieces(context, items.length, (from, to) => {
    for (let place = from; place < to; place++) {
      const group = groups[index.add(context, keys[place])];
      if (group === undefined) groups.push([keys[place], [items[place]]]);
      else group[1].push(items[place]);
    }
  });
  return groups;
}

export function counted(context: NativeContext, keys: Items): [Value, number][] {
  const index = new KeyIndex();
  const counts: [Value, number][] = [];
  context.charge(keys.length);
  inPieces(context, keys.length, (from, to) => {
    for (let place = from; place < to; place++) {
      const entry = counts[index.add(context, keys[place])];
      if (entry === undefined) counts.push([keys[place], 1]);
      else entry[1]++;
    }
  });
  return counts;
}

export function containsItem(context: NativeContext, wanted: Value, items: Items): boolean {
  const charge = (units: number): void => context.charge(units);
  const pace = new Pace(context);
  return items.some((item) => {
    pace.did(1);
    return equals(item, wanted, charge);
  });
}

/** The first of the smallest (`sign` 1) or of the largest (`sign` -1). */
export function extreme(context: NativeContext, items: Items, sign: 1 | -1): Value {
  const charge = (units: number): void => context.charge(units);
  let best = items[0];
  const pace = new Pace(context);
  for (let i = 1; i < items.length; i++) {
    if (compare(items[i], best, charge) * sign < 0) best = items[i];
    pace.did(1);
  }
  return best;
}

export function sumOfInts(context: NativeContext, items: Items): Int {
  let total: Int = 0;
  const pace = new Pace(context);
  for (const item of items) {
    total = int64.add(total, item as Int);
    pace.did(1);
  }
  return total;
}

export function sumOfFloats(context: NativeContext, items: Items): number {
  let total = 0;
  const pace = new Pace(context);
  for (const item of items) {
    total += item as number;
    pace.did(1);
  }
  return total;
}

/** Sums numbers whose kind only the values know: an int as long as all are ints. */
export function sumOfAny(context: NativeContext, items: Items): Value {
  let ints: Int = 0;
  let floats: number | undefined;
  const pace = new Pace(context);
  for (const item of items) {
    pace.did(1);
    if (typeof item === "bigint" || Number.isInteger(item)) {
      if (floats === undefined) ints = int64.add(ints, item as Int);
      else throw context.fail("FUS0502", "Type mismatch: expected float, got int");
    } else if (item instanceof BoxedFloat || typeof item === "number") {
      if (floats === undefined && ints !== 0)
        throw context.fail("FUS0502", "Type mismatch: expected int, got float");
      floats = (floats ?? 0) + (item instanceof BoxedFloat ? item.value : item);
    } else {
      throw context.fail("FUS0502", `Type mismatch: expected int or float, got ${kindOf(item)}`);
    }
  }
  return floats === undefined ? ints : new BoxedFloat(floats);
}

/** Rows to columns. */
export function transposed(context: NativeContext, name: string, rows: readonly Items[]): Value[][] {
  const width = rows[0]?.length ?? 0;
  for (const row of rows) if (row.length !== width) throw differentLengths(context, name, width, row.length);
  context.charge(width * rows.length);
  const pace = new Pace(context);
  return Array.from({ length: width }, (_, column) => {
    pace.did(rows.length);
    return mapped(context, rows, (row) => row[column]);
  });
}

/** Item `i` goes to place `places[i]`. */
export function permuted(
  context: NativeContext,
  name: string,
  places: readonly Int[],
  items: Items,
): Value[] {
  const result: Value[] = new Array<Value>(items.length);
  const taken = new Uint8Array(items.length);
  context.charge(items.length);
  inPieces(context, items.length, (start, end) => {
    for (let from = start; from < end; from++) {
      const place = places[from];
      if (typeof place !== "number" || taken[place] !== 0)
        throw context.fail("FUS0516", `${name}: not a permutation`);
      taken[place] = 1;
      result[place] = items[from];
    }
  });
  return result;
}

/** A positive size as a number; all sizes above the length mean the same. */
export function sizeWithin(context: NativeContext, name: string, size: Int, length: number): number {
  requirePositive(context, name, size);
  return size > length ? length + 1 : Number(size);
}
