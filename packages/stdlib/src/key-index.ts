import { equals, hash, type NativeContext, type Value } from "@fusabi/vm";

/** Numbers keys in the order of their first appearance; keys that are equal get the same number. */
export class KeyIndex {
  readonly #primitives = new Map<Value, number>();
  /** Numbers of the keys with the same hash. */
  readonly #buckets = new Map<number, number[]>();
  /** Distinct keys, by number. */
  readonly keys: Value[] = [];

  /** The key's number; undefined when there is no such key. */
  find(context: NativeContext, key: Value): number | undefined {
    if (typeof key !== "object" || key === null)
      return Number.isNaN(key) ? undefined : this.#primitives.get(key);
    for (const number of this.#buckets.get(hash(key, (units) => context.charge(units))) ?? []) {
      // Keys that hash alike are compared one by one, which a program can provoke: it pays for it.
      context.charge(1);
      if (equals(this.keys[number], key, (units) => context.charge(units))) return number;
    }
    return undefined;
  }

  /** The number of the key, which is given one if it is new. */
  add(context: NativeContext, key: Value): number {
    const known = this.find(context, key);
    if (known !== undefined) return known;
    const number = this.keys.length;
    this.keys.push(key);
    if (typeof key !== "object" || key === null) {
      // NaN equals nothing, not even itself: each one is a key of its own that is never found again.
      if (!Number.isNaN(key)) this.#primitives.set(key, number);
      return number;
    }
    const code = hash(key, (units) => context.charge(units));
    const bucket = this.#buckets.get(code);
    if (bucket === undefined) this.#buckets.set(code, [number]);
    else bucket.push(number);
    return number;
  }
}
