/** The module `Random`. Where the randomness comes from is the host's matter, so that runs can be repeated. */
import {
  arrayOfList,
  type HostModule,
  hostModule,
  int64,
  type List,
  listOfArray,
  type NativeContext,
  NIL,
  type Value,
} from "@fusabi/vm";
import { type Int, native } from "./declaration.js";
import { emptyInput } from "./failure.js";

/** Gives a float from 0 (inclusive) to 1 (exclusive), as `Math.random` does. */
export type RandomSource = () => number;

const CAPABILITY = { capability: "random" } as const;
const TWO_TO_32 = 2 ** 32;

/** A whole number from 0 to below `count`, evenly. */
function below(source: RandomSource, count: number): number {
  return Math.min(Math.floor(source() * count), count - 1);
}

/** As `below`, for counts that do not fit a number: draws 64 bits until they are in range. */
function belowBig(context: NativeContext, source: RandomSource, count: bigint): bigint {
  const bits = count.toString(2).length;
  for (;;) {
    // A source that never gets into the range must meet a limit.
    context.charge(1);
    const high = BigInt(below(source, TWO_TO_32));
    const drawn = BigInt.asUintN(bits, (high << 32n) | BigInt(below(source, TWO_TO_32)));
    if (drawn < count) return drawn;
  }
}

/** Counts up to here keep every result of a 53-bit float equally likely, near enough. */
const DIRECT = TWO_TO_32;

function between(context: NativeContext, source: RandomSource, low: Int, high: Int): Int {
  if (low >= high) throw context.fail("FUS0516", "Random.int: empty range");
  const count = BigInt(high) - BigInt(low);
  if (count <= DIRECT) return int64.normalise(BigInt(low) + BigInt(below(source, Number(count))));
  return int64.normalise(BigInt(low) + belowBig(context, source, count));
}

function shuffled(context: NativeContext, source: RandomSource, list: List): List {
  const items = arrayOfList(list, context);
  for (let last = items.length - 1; last > 0; last--) {
    const other = below(source, last + 1);
    const item = items[last];
    items[last] = items[other];
    items[other] = item;
  }
  return listOfArray(items, context);
}

export function randomModule(source: RandomSource): HostModule {
  return hostModule("Random", {
    int: native(
      "int -> int -> int",
      "A whole number from low (inclusive) to high (exclusive).",
      (context: NativeContext, low: Int, high: Int) => between(context, source, low, high),
      CAPABILITY,
    ),
    float: native(
      "unit -> float",
      "A number from 0 (inclusive) to 1 (exclusive).",
      () => source(),
      CAPABILITY,
    ),
    bool: native("unit -> bool", "One of true and false.", () => source() < 0.5, CAPABILITY),
    choice: native(
      "'a list -> 'a",
      "An element of the list.",
      (context: NativeContext, list: List): Value => {
        if (list === NIL) throw emptyInput(context, "Random.choice");
        const items = arrayOfList(list, context);
        return items[below(source, items.length)];
      },
      CAPABILITY,
    ),
    shuffle: native(
      "'a list -> 'a list",
      "The elements in another order, each order equally likely.",
      (context: NativeContext, list: List) => shuffled(context, source, list),
      CAPABILITY,
    ),
  });
}
