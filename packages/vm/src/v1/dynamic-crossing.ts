/**
 * Values on their way to library functions of version 2 that take or give `any`, which see the kinds of values: floats stay floats, lists lists, and cases cases, where the detour
 * over values of the host would lose that.
 */
import type { AnonymousShapes } from "../values/anonymous-shapes.js";
import { labelStep, Place } from "../values/conversion.js";
import { OrderedMap } from "../values/ordered-map.js";
import { fieldsOf, isProduct, tupleShape, unionShape } from "../values/product.js";
import {
  BoxedFloat,
  NIL as EMPTY,
  HostObject,
  List,
  type Product,
  type Value as ScriptValue,
} from "../values/value.js";
import {
  Cons,
  Float,
  isInt,
  listOf,
  MapValue,
  MutableArray,
  NIL,
  OpaqueValue,
  RecordValue,
  Tuple,
  type Value,
  Variant,
} from "./value.js";

/** For values that have to go the other way: functions, and what only version 2 knows. */
type Rest<From, To> = (value: From) => To;

/** @throws ConversionError for a value that contains itself, or is nested too deeply or too large. */
export function toDynamic(
  value: Value,
  shapes: AnonymousShapes,
  functionOf: Rest<Value, ScriptValue>,
  root: string,
): ScriptValue {
  const place = new Place(root);
  const part = (step: string | number, inner: Value): ScriptValue => {
    place.enter(step);
    const converted = convert(inner);
    place.leave();
    return converted;
  };
  const all = (items: readonly Value[]) => items.map((item, index) => part(index, item));
  const convert = (whole: Value): ScriptValue => {
    if (typeof whole !== "object") return whole;
    if (whole instanceof Float) return new BoxedFloat(whole.value);
    if (whole instanceof MutableArray) return all(whole.items);
    if (whole instanceof Tuple) return tupleShape(whole.items.length).make(all(whole.items));
    if (whole === NIL || whole instanceof Cons) {
      const items: Value[] = [];
      let rest: Value = whole;
      for (; rest instanceof Cons; rest = rest.tail) items.push(rest.head);
      if (rest !== NIL) throw place.error("a list that does not end in [] has no form outside");
      let list = EMPTY;
      for (const item of all(items).reverse()) list = new List(item, list);
      return list;
    }
    if (whole instanceof RecordValue) {
      const labels = [...whole.fields.keys()].sort();
      const fields = labels.map((label) => part(labelStep(label), whole.fields.get(label)));
      return shapes.shapeOf(labels).make(fields);
    }
    if (whole instanceof MapValue)
      return OrderedMap.of([...whole.entries].map(([key, held]) => [key, part(labelStep(key), held)]));
    if (whole instanceof Variant) {
      const { typeName, caseName, fields } = whole;
      const shape = unionShape(typeName, [{ name: caseName, labels: fields.map(() => undefined) }]);
      return shape.cases[0]?.make(all(fields));
    }
    if (whole instanceof OpaqueValue) return new HostObject(whole.typeName, whole.object);
    return functionOf(whole);
  };
  return convert(value);
}

/** @throws ConversionError as `toDynamic`. */
export function fromDynamic(value: ScriptValue, otherwise: Rest<ScriptValue, Value>): Value {
  const place = new Place("$");
  const part = (step: string | number, inner: ScriptValue): Value => {
    place.enter(step);
    const converted = convert(inner);
    place.leave();
    return converted;
  };
  const all = (items: readonly ScriptValue[]) => items.map((item, index) => part(index, item));
  const product = (whole: Product): Value => {
    const { shape } = whole;
    const fields = fieldsOf(whole);
    if (shape.kind === "tuple") return new Tuple(all(fields));
    if (shape.kind === "record")
      return new RecordValue(
        new Map(shape.labels.map((label, index) => [label, part(labelStep(label), fields[index])])),
      );
    return otherwise(whole);
  };
  const convert = (whole: ScriptValue): Value => {
    if (typeof whole === "number") return isWhole(whole) ? whole : new Float(whole);
    if (whole === undefined || typeof whole === "boolean" || typeof whole === "string") return whole;
    if (typeof whole === "bigint" && isInt(whole)) return whole;
    if (whole instanceof BoxedFloat) return new Float(whole.value);
    if (Array.isArray(whole)) return new MutableArray(all(whole));
    if (whole instanceof List) {
      const items: ScriptValue[] = [];
      for (let rest = whole; rest !== EMPTY; rest = rest.tail) items.push(rest.head);
      return listOf(all(items));
    }
    return isProduct(whole) ? product(whole) : otherwise(whole);
  };
  return convert(value);
}

function isWhole(value: number): boolean {
  return Number.isSafeInteger(value) && !Object.is(value, -0);
}
