/** The module `Events`: handlers of the program's own events, the host's events, and messages of other plugins. */
import {
  type FunctionValue,
  type HostMember,
  type HostModule,
  hostModule,
  listOfArray,
  type NativeContext,
  NONE,
  PRODUCT_BYTES,
  type Value,
} from "@fusabi/vm";
import { type Int, internal, native } from "./declaration.js";
import type { EventHub } from "./event-hub.js";
import { deferred } from "./library-function.js";
import type { Prelude } from "./prelude.js";
import { pair, some } from "./products.js";

const MESSAGE = "{| data: any; topic: string |}";
/** What a handler takes beside its own value. */
const HANDLER_BYTES = 4 * PRODUCT_BYTES;

/** `prelude` runs the handlers, with {@link eventNatives} of the same hub. */
export function eventsModule(hub: EventHub, prelude: Prelude): HostModule {
  const callback = prelude.file("events");
  const registering = (doc: string, times: "always" | "once"): HostMember =>
    native(
      "string -> (any -> unit) -> int",
      doc,
      (context: NativeContext, name: string, run: FunctionValue) => {
        context.allocate(HANDLER_BYTES);
        return hub.on(context, name, run, times);
      },
      { keepsFunctions: true },
    );
  const nextEvent = deferred(
    "Events.nextAsync",
    internal("unit -> string * any", (context: NativeContext) => next(context, hub), { mode: "waits" }),
  );
  return hostModule("Events", {
    on: registering(
      "Calls a function at every event of a name; gives the handler's id: name, handler.",
      "always",
    ),
    once: registering(
      "Calls a function at the next event of a name; gives the handler's id: name, handler.",
      "once",
    ),
    off: native(
      "int -> bool",
      "Takes a handler off; whether it was there.",
      (context: NativeContext, id: Int) => hub.off(context, Number(id)),
    ),
    emit: callback(
      "string -> any -> unit",
      "Calls the handlers of an event, in their order: name, value.",
      "emit",
    ),
    emitAsync: callback(
      "string -> any -> Async<unit>",
      "Work that calls the handlers of an event: name, value.",
      "emitAsync",
    ),
    clear: native(
      "string -> unit",
      "Takes all handlers of a name off.",
      (context: NativeContext, name: string) => {
        hub.clear(context, name);
        return undefined;
      },
    ),
    clearAll: native("unit -> unit", "Takes all handlers off.", (context: NativeContext) => {
      hub.clear(context, undefined);
      return undefined;
    }),
    handlers: native(
      "string -> int",
      "How many handlers a name has.",
      (context: NativeContext, name: string) => hub.handlersOf(context, name).length,
    ),
    list: native("unit -> string list", "The names that have a handler, sorted.", (context: NativeContext) =>
      listOfArray(hub.names(context), context),
    ),
    nextAsync: native(
      "unit -> Async<string * any>",
      "Waits for the next event of the host.",
      (context: NativeContext) => nextEvent(context),
    ),
    subscribe: native(
      `string -> (${MESSAGE} -> unit) -> int`,
      "Calls a function at every message of a topic, in which a star stands for one segment; gives the handler's id: topic, handler.",
      (context: NativeContext, topic: string, run: FunctionValue) => {
        context.allocate(HANDLER_BYTES);
        return hub.subscribe(context, topic, run);
      },
      { capability: "plugin:message", keepsFunctions: true },
    ),
  });
}

async function next(context: NativeContext, hub: EventHub): Promise<Value> {
  if (!context.canWait)
    throw context.fail("FUS0517", "Events.nextAsync: cannot wait inside a synchronous call");
  const { name, value } = await hub.next(context);
  return pair(context, name, value);
}

/** What the prelude calls: which handlers there are, and each of them when its turn comes. */
export function eventNatives(hub: EventHub): Readonly<Record<string, HostMember>> {
  return {
    eventHandlers: internal("string -> int list", (context: NativeContext, name: string) =>
      listOfArray(hub.handlersOf(context, name), context),
    ),
    eventHandler: internal("int -> (any -> unit) option", (context: NativeContext, id: number) => {
      const run = hub.take(context, id);
      return run === undefined ? NONE : some(context, run);
    }),
    tellHost: internal("string -> any -> unit", (context: NativeContext, name: string, value: Value) => {
      hub.tell(context, name, value);
      return undefined;
    }),
  };
}
