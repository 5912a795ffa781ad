/** The module `Time`: milliseconds since 1970-01-01T00:00:00Z, and their written forms. */
import { type HostModule, hostModule, type NativeContext } from "@fusabi/vm";
import { allocateString, chargeText } from "./allocation.js";
import { type Int, internal, native } from "./declaration.js";
import { BadTimeFormat } from "./errors.js";
import { deferred } from "./library-function.js";
import { sleep } from "./native-async.js";
import { optional } from "./products.js";
import { formatTime, parseIso, parseTime, toIso } from "./time-format.js";

/** Where the time comes from; a host may give a fixed one for repeatable runs. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /** Milliseconds from an unnamed start, never going back. */
  monotonic(): number;
}

const CAPABILITY = { capability: "time:read" } as const;

function written(context: NativeContext, write: () => string): string {
  try {
    const text = write();
    allocateString(context, text.length);
    return text;
  } catch (error) {
    if (error instanceof BadTimeFormat)
      throw context.fail(
        error.message === "Invalid timestamp" ? "FUS0516" : error.code,
        error.message,
        error,
      );
    throw error;
  }
}

const sleepLater = deferred(
  "Time.sleep",
  internal("int -> unit -> unit", sleep, { ...CAPABILITY, mode: "waits" }),
);

export function timeModule(clock: Clock): HostModule {
  return hostModule("Time", {
    now: native(
      "unit -> int",
      "Milliseconds since 1970-01-01T00:00:00Z.",
      () => Math.floor(clock.now()),
      CAPABILITY,
    ),
    nowSeconds: native(
      "unit -> int",
      "Whole seconds since 1970-01-01T00:00:00Z.",
      () => Math.floor(clock.now() / 1000),
      CAPABILITY,
    ),
    monotonic: native(
      "unit -> float",
      "Milliseconds from an unnamed start, never going back; for measuring.",
      () => clock.monotonic(),
      CAPABILITY,
    ),
    sleep: native(
      "int -> Async<unit>",
      "Work that waits so many milliseconds.",
      (context: NativeContext, milliseconds: Int) => {
        if (milliseconds < 0) throw context.fail("FUS0516", "time.sleep: milliseconds must be non-negative");
        return sleepLater(context, milliseconds);
      },
      { ...CAPABILITY, mode: "async" },
    ),
    format: native(
      "string -> int -> string",
      "A time written as the format says: %Y %m %d %H %M %S.",
      (context: NativeContext, format: string, time: Int) => {
        chargeText(context, format.length);
        return written(context, () => formatTime(format, Number(time)));
      },
    ),
    parse: native(
      "string -> string -> int option",
      "The time that a text is in a format: format, text.",
      (context: NativeContext, format: string, text: string) => {
        chargeText(context, format.length);
        return optional(context, parseTime(format, text));
      },
    ),
    toIso: native(
      "int -> string",
      "A time as 2024-02-29T23:59:59.000Z.",
      (context: NativeContext, time: Int) => written(context, () => toIso(Number(time))),
    ),
    ofIso: native(
      "string -> int option",
      "The time of an RFC 3339 text with a zone.",
      (context: NativeContext, text: string) => {
        chargeText(context, text.length);
        return optional(context, parseIso(text));
      },
    ),
  });
}
