/** The module `Commands`: what a program offers to be called by name. */
import {
  arrayOfList,
  type FunctionValue,
  type HostMember,
  type HostModule,
  hostModule,
  isFunction,
  type List,
  listOfArray,
  type NativeContext,
  NONE,
  PRODUCT_BYTES,
  type Value,
} from "@fusabi/vm";
import { allocateProducts } from "./allocation.js";
import type { Command, CommandRegistry } from "./command-registry.js";
import { hidden, type Int, internal, native, overloaded } from "./declaration.js";
import { fieldOf } from "./dynamic-record.js";
import type { Prelude } from "./prelude.js";
import { some } from "./products.js";

const INFO = "{| category: string; description: string; handler: unit -> unit; id: string; name: string |}";
const TEXTS = ["id", "name", "description", "category"] as const;
const COMMAND_BYTES = 6 * PRODUCT_BYTES;

/** A record read as a command, with the original's words for what is missing. */
function readCommand(context: NativeContext, info: Value): Omit<Command, "number" | "fromHost"> {
  const text = (label: (typeof TEXTS)[number]): string => {
    const field = fieldOf(context, info, label);
    if (typeof field?.value !== "string")
      throw context.fail("FUS0517", `CommandInfo missing '${label}' field (string)`);
    return field.value;
  };
  const [id, name, description, category] = [text("id"), text("name"), text("description"), text("category")];
  const handler = fieldOf(context, info, "handler");
  if (handler === undefined) throw context.fail("FUS0517", "CommandInfo missing 'handler' field");
  if (!isFunction(handler.value))
    throw context.fail("FUS0517", "CommandInfo 'handler' must be a function or closure");
  context.allocate(COMMAND_BYTES);
  const shape = context.conversion.anonymousShapes.shapeOf([
    "category",
    "description",
    "handler",
    "id",
    "name",
  ]);
  const record = shape.make([category, description, handler.value, id, name]);
  return { id, name, description, category, handler: handler.value, record };
}

export function commandsModule(registry: CommandRegistry, prelude: Prelude): HostModule {
  const callback = prelude.file("commands");
  const unregister = (context: NativeContext, key: string | Int): boolean =>
    registry.unregister(context, typeof key === "string" ? key : Number(key));
  return hostModule("Commands", {
    register: native(
      "any -> int",
      "Offers a command: a record with id, name, description, category and handler; gives its number.",
      (context: NativeContext, info: Value) => registry.register(context, readCommand(context, info)),
      { keepsFunctions: true },
    ),
    registerMany: native(
      "any list -> int list",
      "Offers several commands, or none if one of them is no command; gives their numbers.",
      (context: NativeContext, infos: List) => {
        const commands = arrayOfList(infos, context).map((info) => readCommand(context, info));
        return listOfArray(
          commands.map((command) => registry.register(context, command)),
          context,
        );
      },
      { keepsFunctions: true },
    ),
    unregister: overloaded(
      "Takes a command back, by its number or its id; whether it was there.",
      "unregisterNumber",
      "unregisterId",
    ),
    unregisterNumber: hidden("int -> bool", unregister),
    unregisterId: hidden("string -> bool", unregister),
    list: native(`unit -> ${INFO} list`, "The program's commands, by id.", (context: NativeContext) =>
      listOfArray(
        registry.own(context).map(({ record }) => record),
        context,
      ),
    ),
    getById: native(
      `string -> ${INFO} option`,
      "The command with an id.",
      (context: NativeContext, id: string) => {
        const found = registry.find(context, id);
        return found === undefined ? NONE : some(context, found.record);
      },
    ),
    invoke: callback("string -> unit", "Runs the command with an id.", "invoke"),
  });
}

/** What the prelude calls: the handler of a command, or a function that runs a command of another plugin. */
export function commandNatives(registry: CommandRegistry): Readonly<Record<string, HostMember>> {
  return {
    ownCommand: internal("string -> (unit -> unit) option", (context: NativeContext, id: string): Value => {
      const handler: FunctionValue | undefined = registry.find(context, id)?.handler;
      if (handler === undefined) return NONE;
      allocateProducts(context, 1, 1);
      return some(context, handler);
    }),
    invokeElsewhere: internal(
      "string -> unit",
      (context: NativeContext, id: string): Promise<undefined> => {
        const found = registry.findElsewhere(context, id);
        if (found === undefined) throw context.fail("FUS0505", `Command not found: ${id}`);
        context.require("plugin:call");
        if (!context.canWait)
          throw context.fail("FUS0517", "Commands.invoke: cannot wait inside a synchronous call");
        const { plugin, command } = found;
        context.audit({
          capability: "plugin:call",
          operation: "Commands.invoke",
          target: `${plugin}/${id}`,
          decision: "allowed",
        });
        return command.fromHost().then(() => undefined);
      },
      { mode: "waits" },
    ),
  };
}
