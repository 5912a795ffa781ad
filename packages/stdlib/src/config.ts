/** The module `Config`: settings of a program, each with a type and perhaps a default and a validator. */
import {
  type HostMember,
  type HostModule,
  hostModule,
  isFunction,
  isProduct,
  listOfArray,
  type NativeContext,
  NONE,
  type Product,
  type Value,
} from "@fusabi/vm";
import type { ConfigStore, Definition } from "./config-store.js";
import { CONFIG_TYPES, type ConfigType, configValueFor } from "./config-value.js";
import { internal, native } from "./declaration.js";
import { fieldOf, isSome, optionalField } from "./dynamic-record.js";
import type { Prelude } from "./prelude.js";
import { pair, some } from "./products.js";

const VALUE = "#ConfigValue";

function textField(context: NativeContext, schema: Value, label: "name" | "configType"): string {
  const field = fieldOf(context, schema, label);
  if (field === undefined) throw context.fail("FUS0517", `ConfigSchema missing '${label}' field`);
  if (typeof field.value !== "string")
    throw context.fail("FUS0502", "Type mismatch: expected string, got other");
  return field.value;
}

/** A schema read as a definition; it need not have more than a name and a type. */
function definitionOf(context: NativeContext, schema: Value): Definition {
  const name = textField(context, schema, "name");
  const word = textField(context, schema, "configType");
  const type = CONFIG_TYPES.find((one) => one === word);
  if (type === undefined)
    throw context.fail(
      "FUS0517",
      `Invalid configType '${word.slice(0, 80)}'. Must be one of: ${CONFIG_TYPES.join(", ")}`,
    );
  return { name, type, initial: initialOf(context, schema, type), validator: validatorOf(context, schema) };
}

/** The default; what is no option counts as missing. */
function initialOf(context: NativeContext, schema: Value, type: ConfigType): Product | undefined {
  const field = fieldOf(context, schema, "default");
  if (field === undefined || !isSome(field.value)) return undefined;
  const inside = optionalField(context, schema, "default");
  return configValueFor(context, type, inside?.value);
}

function validatorOf(context: NativeContext, schema: Value): Value | undefined {
  const field = optionalField(context, schema, "validator");
  return field !== undefined && isFunction(field.value) ? field.value : undefined;
}

export function configModule(store: ConfigStore, prelude: Prelude): HostModule {
  const callback = prelude.file("config");
  return hostModule("Config", {
    define: callback(
      "any -> unit",
      "Defines a setting: a record with name and configType, and perhaps default and validator.",
      "define",
    ),
    get: native(`string -> ${VALUE}`, "The value of a setting.", (context: NativeContext, name: string) => {
      const setting = store.find(context, name);
      if (setting === undefined) throw context.fail("FUS0505", `Configuration '${name}' not found`);
      if (setting.value === undefined)
        throw context.fail("FUS0505", `Configuration '${name}' has no value set and no default`);
      return setting.value;
    }),
    getOr: native(
      `string -> ${VALUE} -> ${VALUE}`,
      "The value of a setting, or a fallback: name, fallback.",
      (context: NativeContext, name: string, fallback: Value) => store.find(context, name)?.value ?? fallback,
    ),
    set: callback(`string -> ${VALUE} -> unit`, "Changes a setting: name, value.", "set"),
    has: native(
      "string -> bool",
      "Whether a setting is defined.",
      (context: NativeContext, name: string) => store.find(context, name) !== undefined,
    ),
    list: native(
      `unit -> (string * ${VALUE}) list`,
      "The settings that have a value, by name.",
      (context: NativeContext) =>
        listOfArray(
          store.list(context).map(([name, value]) => pair(context, name, value)),
          context,
        ),
    ),
    reset: native(
      "string -> unit",
      "Gives a setting its default again.",
      (context: NativeContext, name: string) => {
        const setting = store.find(context, name);
        if (setting === undefined) throw context.fail("FUS0505", `Configuration '${name}' not defined`);
        setting.value = setting.definition.initial;
        return undefined;
      },
    ),
  });
}

/** What the prelude calls before and after a validator. */
export function configNatives(store: ConfigStore): Readonly<Record<string, HostMember>> {
  return {
    configInitial: internal("any -> any option", (context: NativeContext, schema: Value) => {
      const { initial } = definitionOf(context, schema);
      return initial === undefined ? NONE : some(context, initial);
    }),
    configValidator: internal("any -> (any -> any) option", (context: NativeContext, schema: Value) => {
      const { validator } = definitionOf(context, schema);
      return validator === undefined ? NONE : some(context, validator);
    }),
    configName: internal("any -> string", (context: NativeContext, schema: Value) =>
      textField(context, schema, "name"),
    ),
    configDefine: internal("any -> unit", (context: NativeContext, schema: Value) => {
      store.define(context, definitionOf(context, schema));
      return undefined;
    }),
    configChecked: internal("string -> any -> any", (context: NativeContext, name: string, value: Value) =>
      store.checked(context, name, value),
    ),
    configValidatorOf: internal("string -> (any -> any) option", (context: NativeContext, name: string) => {
      const validator = store.find(context, name)?.definition.validator;
      return validator === undefined ? NONE : some(context, validator);
    }),
    configStore: internal("string -> any -> unit", (context: NativeContext, name: string, value: Value) => {
      const setting = store.find(context, name);
      if (setting !== undefined && isProduct(value)) setting.value = value;
      return undefined;
    }),
    configVerdict: internal("any -> bool", (context: NativeContext, verdict: Value) => {
      if (typeof verdict !== "boolean") throw context.fail("FUS0502", "Validator function must return bool");
      return verdict;
    }),
  };
}
