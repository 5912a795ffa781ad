/** Tuples, options and anonymous records. */
import { some as makeSome, type NativeContext, NONE, type Product, tupleShape, type Value } from "@fusabi/vm";
import { allocateProducts } from "./allocation.js";

export function some(context: NativeContext, value: Value): Product {
  allocateProducts(context, 1, 1);
  return makeSome(value);
}

/** `None` for undefined where the values themselves are never unit. */
export function optional(context: NativeContext, value: string | number | bigint | undefined): Product {
  return value === undefined ? NONE : some(context, value);
}

export function pair(context: NativeContext, first: Value, second: Value): Product {
  return tuple(context, [first, second]);
}

export function tuple(context: NativeContext, items: readonly Value[]): Product {
  allocateProducts(context, 1, items.length);
  return tupleShape(items.length).make(items);
}

/** A record of fields whose names are data. */
export function anonymousRecord(context: NativeContext, fields: ReadonlyMap<string, Value>): Product {
  const shape = context.conversion.anonymousShapes.shapeInOrder([...fields.keys()]);
  return shape.make(shape.labels.map((label) => fields.get(label)));
}
