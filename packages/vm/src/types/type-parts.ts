import type { TypeDescriptor } from "./type-descriptor.js";

const NONE: readonly TypeDescriptor[] = [];

/** The types that a type is made of, from left to right. */
export function partsOfType(type: TypeDescriptor): readonly TypeDescriptor[] {
  switch (type.kind) {
    case "map":
      return [type.key, type.value];
    case "result":
      return [type.ok, type.error];
    case "tuple":
      return type.items;
    case "function":
      return [type.parameter, type.result];
    case "anonymous":
      return type.fields.map((field) => field.type);
    case "named":
      return type.args;
    case "host":
      return type.args ?? NONE;
    default:
      return "item" in type ? [type.item] : NONE;
  }
}
