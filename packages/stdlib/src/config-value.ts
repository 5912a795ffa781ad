/** The union `ConfigValue`: what a setting can be. The compiler knows the type by the same name and the same cases, in this order. */
import {
  BoxedFloat,
  isProduct,
  kindOf,
  type NativeContext,
  OrderedMap,
  type Product,
  slotAt,
  type TypeDescriptor,
  toHost,
  type UnionShape,
  unionShape,
  type Value,
} from "@fusabi/vm";

/** Words of `configType`, in the order of the cases. */
export const CONFIG_TYPES = ["string", "int", "bool", "list", "map"] as const;
/** A word of `configType`. */
export type ConfigType = (typeof CONFIG_TYPES)[number];

const CASES = ["String", "Int", "Bool", "List", "Map"] as const;
const SHAPE: UnionShape = unionShape(
  "ConfigValue",
  CASES.map((name) => ({ name, labels: [undefined] })),
);
const ANY: TypeDescriptor = { kind: "any" };

const CONTENT: Readonly<Record<ConfigType, (value: Value) => boolean>> = {
  string: (value) => typeof value === "string",
  int: (value) => typeof value === "bigint" || (typeof value === "number" && Number.isInteger(value)),
  bool: (value) => typeof value === "boolean",
  list: (value) => kindOf(value) === "list",
  map: (value) => value instanceof OrderedMap,
};
const CONTENT_WORDS: Readonly<Record<ConfigType, string>> = {
  string: "a string",
  int: "an int",
  bool: "a bool",
  list: "a list",
  map: "a map",
};

/** A value of the union for a setting of this type, whatever union case the program has made it with. Fails with the texts of `Config.set`. */
export function configValueFor(context: NativeContext, type: ConfigType, value: Value): Product {
  if (!isProduct(value) || value.shape.kind !== "union")
    throw context.fail("FUS0502", `Type mismatch: expected ConfigValue variant, got ${kindOf(value)}`);
  const name = value.shape.cases[value.tag ?? 0]?.name ?? "";
  const tag = CONFIG_TYPES.indexOf(type);
  const expected = CASES[tag];
  if (name !== expected)
    throw context.fail(
      "FUS0517",
      `Type mismatch: expected ConfigValue.${type} for configType '${type}', got ConfigValue.${name}`,
    );
  const content = contentOf(value);
  if (!CONTENT[type](content))
    throw context.fail("FUS0517", `ConfigValue.${name} expects ${CONTENT_WORDS[type]} value`);
  return madeOf(type, content);
}

/** The value of a type around its content. */
export function madeOf(type: ConfigType, content: Value): Product {
  const made = SHAPE.cases[CONFIG_TYPES.indexOf(type)]?.make([content]);
  if (made === undefined) throw new RangeError(`no case for ${type}`);
  return made;
}

/** What is inside a value of the union. */
function contentOf(value: Product): Value {
  const content = slotAt(value, 0);
  return content instanceof BoxedFloat ? content.value : content;
}

/** The content as the host sees it. */
export function hostContent(context: NativeContext, value: Product): unknown {
  return toHost(slotAt(value, 0), ANY, context.conversion);
}
