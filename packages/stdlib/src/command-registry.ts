import type { FunctionValue, NativeContext, Product, TypeDescriptor } from "@fusabi/vm";
import { UnknownCommandError } from "./errors.js";
import { VisibleState } from "./instance-state.js";

/**
 * A command that a program offers.
 *
 * @example
 * ```ts
 * for (const { plugin, id, name } of commands.list()) menu.add(name, () => commands.invoke(plugin, id));
 * ```
 */
export interface CommandInfo {
  readonly plugin: string;
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly category: string;
}

/** A command as it is kept. */
export interface Command extends Omit<CommandInfo, "plugin"> {
  readonly number: number;
  readonly handler: FunctionValue;
  /** The record that programs get. */
  readonly record: Product;
  readonly fromHost: () => Promise<unknown>;
}

interface Commands {
  nextNumber: number;
  readonly byId: Map<string, Command>;
}

/** Commands that one program may offer. */
const MOST_COMMANDS = 10_000;
const HANDLER: TypeDescriptor = { kind: "function", parameter: { kind: "unit" }, result: { kind: "any" } };

/**
 * The commands that programs offer to their host, and to each other as far as they may call other plugins.
 *
 * @example
 * ```ts
 * const commands = new CommandRegistry();
 * const imports = nodeLibrary({ commands });
 * commands.list(); // after Commands.register { id = "greet"; name = "Greet"; ... }
 * await commands.invoke("greeter", "greet");
 * ```
 */
export class CommandRegistry {
  readonly #states = new VisibleState<Commands>(() => ({ nextNumber: 0, byId: new Map() }));

  /** All commands, or those of one plugin, by id. */
  list(plugin?: string): readonly CommandInfo[] {
    return this.#states.living(plugin).flatMap(({ plugin: owner, state }) =>
      sorted(state).map(({ id, name, description, category }) => ({
        plugin: owner,
        id,
        name,
        description,
        category,
      })),
    );
  }

  /**
   * Runs a command of a plugin, in a call of its own. Gives what its handler gives.
   *
   * @throws UnknownCommandError, and (as a rejection) what the call throws.
   */
  async invoke(plugin: string, id: string): Promise<unknown> {
    const command = this.#states.newest(plugin)?.byId.get(id);
    if (command === undefined) throw new UnknownCommandError(plugin, id);
    return await command.fromHost();
  }

  // ---------------------------------------------------------------------------------------------- for the module Commands

  /** @internal Keeps a command under a fresh number, in place of one with the same id. */
  register(context: NativeContext, command: Omit<Command, "number" | "fromHost">): number {
    const state = this.#states.of(context);
    if (state.byId.size >= MOST_COMMANDS && !state.byId.has(command.id))
      throw context.fail("FUS0516", `Commands.register: more than ${MOST_COMMANDS} commands`);
    const number = state.nextNumber++;
    const run = context.conversion.wrapWaiting(command.handler, HANDLER);
    state.byId.set(command.id, { ...command, number, fromHost: () => run() });
    return number;
  }

  /** @internal */
  unregister(context: NativeContext, key: string | number): boolean {
    const { byId } = this.#states.of(context);
    const found =
      typeof key === "string" ? byId.get(key) : [...byId.values()].find(({ number }) => number === key);
    return found !== undefined && byId.delete(found.id);
  }

  /** @internal */
  find(context: NativeContext, id: string): Command | undefined {
    return this.#states.of(context).byId.get(id);
  }

  /** @internal */
  own(context: NativeContext): readonly Command[] {
    return sorted(this.#states.of(context));
  }

  /** @internal A command of that id in the newest instance of another plugin. */
  findElsewhere(
    context: NativeContext,
    id: string,
  ): { readonly plugin: string; readonly command: Command } | undefined {
    for (const { plugin, state } of [...this.#states.living()].reverse()) {
      const command = state.byId.get(id);
      if (command !== undefined && plugin !== context.plugin) return { plugin, command };
    }
    return undefined;
  }
}

function sorted({ byId }: Commands): readonly Command[] {
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
