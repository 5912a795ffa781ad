import type { NativeContext, Product, TypeDescriptor, Value } from "@fusabi/vm";
import { toScript } from "@fusabi/vm";
import { type ConfigType, configValueFor, hostContent, madeOf } from "./config-value.js";
import { ConfigSettingError } from "./errors.js";
import { VisibleState } from "./instance-state.js";

/** A setting as a program has defined it. */
export interface Definition {
  readonly name: string;
  readonly type: ConfigType;
  readonly initial: Product | undefined;
  readonly validator: Value | undefined;
}

interface Setting {
  readonly definition: Definition;
  value: Product | undefined;
  /** What the host sees of the value now. */
  readonly shown: () => unknown;
  /** A value of the host for this setting. */
  readonly ofHost: (content: unknown) => Product;
}

/** Settings that one program may define. */
const MOST_SETTINGS = 10_000;

const TYPES: Readonly<Record<ConfigType, TypeDescriptor>> = {
  string: { kind: "string" },
  int: { kind: "int" },
  bool: { kind: "bool" },
  list: { kind: "list", item: { kind: "any" } },
  map: { kind: "map", key: { kind: "string" }, value: { kind: "any" } },
};

/**
 * The settings of programs, as their host sees them: it may fill in values before a program defines them, change them later, and read them.
 *
 * @example
 * ```ts
 * const config = new ConfigStore();
 * config.preset("greeter", { greeting: "Servus" }); // in place of the default of Config.define
 * const imports = nodeLibrary({ config });
 * config.set("greeter", "greeting", "Moin");
 * config.values("greeter"); // Map { "greeting" => "Moin" }
 * ```
 */
export class ConfigStore {
  readonly #states = new VisibleState<Map<string, Setting>>(() => new Map());
  readonly #presets = new Map<string, ReadonlyMap<string, unknown>>();

  /** Values that settings of a plugin start with, in place of their defaults; one that does not fit its definition fails that definition. */
  preset(plugin: string, values: Readonly<Record<string, unknown>>): void {
    this.#presets.set(plugin, new Map(Object.entries(values)));
  }

  /**
   * Changes a setting of the newest instance of a plugin. The plugin's validator is not asked: the host decides.
   *
   * @throws ConfigSettingError when there is no such setting, or the value is of another type.
   */
  set(plugin: string, name: string, value: unknown): void {
    const setting = this.#states.newest(plugin)?.get(name);
    if (setting === undefined) throw new ConfigSettingError(plugin, name, "is not defined");
    try {
      setting.value = setting.ofHost(value);
    } catch (cause) {
      throw new ConfigSettingError(plugin, name, `is of type ${setting.definition.type}`, { cause });
    }
  }

  /** The values that the settings of a plugin have now, by name. */
  values(plugin: string): ReadonlyMap<string, unknown> {
    const settings = [...(this.#states.newest(plugin) ?? [])].filter(([, { value }]) => value !== undefined);
    return new Map(settings.map(([name, { shown }]) => [name, shown()]));
  }

  // ---------------------------------------------------------------------------------------------- for the module Config

  /** @internal */
  define(context: NativeContext, definition: Definition): void {
    const settings = this.#states.of(context);
    const { name, type } = definition;
    if (settings.size >= MOST_SETTINGS && !settings.has(name))
      throw context.fail("FUS0516", `Config.define: more than ${MOST_SETTINGS} settings`);
    const { conversion } = context;
    const setting: Setting = {
      definition,
      value: definition.initial,
      shown: () => (setting.value === undefined ? undefined : hostContent(context, setting.value)),
      ofHost: (content) => madeOf(type, toScript(content, TYPES[type], conversion, name)),
    };
    const presets = this.#presets.get(context.plugin);
    if (presets?.has(name) === true) setting.value = setting.ofHost(presets.get(name));
    settings.set(name, setting);
  }

  /** @internal */
  find(context: NativeContext, name: string): Setting | undefined {
    return this.#states.of(context).get(name);
  }

  /** @internal Those with a value, by name. */
  list(context: NativeContext): readonly (readonly [string, Product])[] {
    const settings = [...this.#states.of(context)].sort(([a], [b]) => (a < b ? -1 : 1));
    return settings.flatMap(([name, { value }]) => (value === undefined ? [] : [[name, value] as const]));
  }

  /** @internal */
  checked(context: NativeContext, name: string, value: Value): Product {
    const setting = this.find(context, name);
    if (setting === undefined) throw context.fail("FUS0505", `Configuration '${name}' not defined`);
    return configValueFor(context, setting.definition.type, value);
  }
}
