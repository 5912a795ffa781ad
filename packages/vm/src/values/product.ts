/**
 * Shapes of tuples, records and union cases. The values of one shape are instances of one class with fixed slots, so that the engine sees one hidden
 * class for each tuple size, each record type and each (union, number of fields). The classes come from class expressions: no code is generated
 * from text, which a page's content-security policy could forbid, and no name of a program becomes a property name.
 */
import {
  type CaseShape,
  type Product,
  type ProductFactory,
  type RecordShape,
  slotName,
  type TupleShape,
  type UnionShape,
  type Value,
} from "./value.js";

/** The slots that have a property of their own in a class; products with more get theirs in a loop. */
const FIXED_SLOTS = 8;
/** Shapes of tuples up to this size are kept; a larger one is made for every use. */
const KEPT_TUPLE_SIZES = 1024;

/** Slots of products as properties. */
export interface FixedSlots {
  f0: Value;
  f1: Value;
  f2: Value;
  f3: Value;
  f4: Value;
  f5: Value;
  f6: Value;
  f7: Value;
}

/** What a class expression gives; the shape is put on its prototype afterwards. */
interface ProductClass {
  readonly prototype: object;
  readonly make: (fields: readonly Value[]) => object;
}

// ------------------------------------------------------------------------------------------------ shapes

/**
 * The shape that all tuples of `size` values share.
 *
 * @example
 * tupleShape(2).make([1, "one"]); // (1, "one")
 */
export function tupleShape(size: number): TupleShape {
  const known = tupleShapes[size];
  if (known !== undefined) return known;
  const shape = makeTupleShape(size);
  if (size <= KEPT_TUPLE_SIZES) tupleShapes[size] = shape;
  return shape;
}

/**
 * The shape of a record type, or of the objects of a class (`identity`). Labels in declaration order; of an anonymous record, in ascending order.
 *
 * @example
 * const point = recordShape({ name: "Point", labels: ["x", "y"], anonymous: false, identity: false });
 * point.make([1, 2]); // { x = 1; y = 2 }
 */
export function recordShape(type: {
  readonly name: string;
  readonly labels: readonly string[];
  readonly anonymous: boolean;
  readonly identity: boolean;
}): RecordShape {
  const made = plainClass(type.labels.length);
  const shape: RecordShape = {
    kind: "record",
    name: type.name,
    labels: [...type.labels],
    anonymous: type.anonymous,
    identity: type.identity,
    make: made.make as ProductFactory,
    indexOf: new Map(type.labels.map((label, index) => [label, index])),
  };
  setShape(made, shape);
  return shape;
}

/**
 * The shape of a union type; tags follow the order of the cases.
 *
 * @example
 * const shape = unionShape("Shape", [{ name: "Dot", labels: [] }, { name: "Circle", labels: [undefined] }]);
 * shape.cases[1]?.make([2]); // Circle(2)
 */
export function unionShape(
  name: string,
  cases: readonly { readonly name: string; readonly labels: readonly (string | undefined)[] }[],
): UnionShape {
  const shapes: CaseShape[] = [];
  const shape: UnionShape = { kind: "union", name, cases: shapes };
  const classes = new Map<number, CaseClass>();
  cases.forEach((one, tag) => {
    const size = one.labels.length;
    let made = classes.get(size);
    if (made === undefined) {
      made = caseClass(size);
      setShape(made, shape);
      classes.set(size, made);
    }
    shapes.push({ name: one.name, tag, size, labels: [...one.labels], make: caseFactory(made, tag, size) });
  });
  return shape;
}

/** A factory for the values of one case; of a case without fields, always the one value. */
function caseFactory(made: CaseClass, tag: number, size: number): ProductFactory {
  if (size > 0) return (fields) => made.make(tag, fields) as Product;
  const only = made.make(tag, []) as Product;
  return () => only;
}

function makeTupleShape(size: number): TupleShape {
  const made = plainClass(size);
  const shape: TupleShape = { kind: "tuple", size, make: made.make as ProductFactory };
  setShape(made, shape);
  return shape;
}

function setShape(made: { readonly prototype: object }, shape: TupleShape | RecordShape | UnionShape): void {
  Object.defineProperty(made.prototype, "shape", { value: shape });
}

/** By size; filled on demand. It holds nothing of any program. */
const tupleShapes: (TupleShape | undefined)[] = [];

// ------------------------------------------------------------------------------------------------ the prelude's unions

/** The union `option`: `None`, `Some of 'a`. */
export const OPTION: UnionShape = unionShape("option", [
  { name: "None", labels: [] },
  { name: "Some", labels: [undefined] },
]);

/** The union `Result`: `Ok of 'a`, `Error of 'e`. */
export const RESULT: UnionShape = unionShape("Result", [
  { name: "Ok", labels: [undefined] },
  { name: "Error", labels: [undefined] },
]);

/** The one value `None`. */
export const NONE: Product = makeCase(OPTION, 0, []);

/**
 * `Some value`.
 *
 * @example
 * display(some(1)); // "Some(1)"
 */
export function some(value: Value): Product {
  return makeCase(OPTION, 1, [value]);
}

/**
 * `Ok value`.
 *
 * @example
 * display(ok(1)); // "Ok(1)"
 */
export function ok(value: Value): Product {
  return makeCase(RESULT, 0, [value]);
}

/**
 * `Error value`.
 *
 * @example
 * display(error("no such file")); // "Error(no such file)"
 */
export function error(value: Value): Product {
  return makeCase(RESULT, 1, [value]);
}

function makeCase(union: UnionShape, tag: number, fields: readonly Value[]): Product {
  const shape = union.cases[tag];
  if (shape === undefined) throw new RangeError(`union ${union.name} has no case ${tag}`);
  return shape.make(fields);
}

// ------------------------------------------------------------------------------------------------ looking into products

/** The shape of a tuple, record or union case; undefined for other objects. */
export function shapeOf(value: object): Product["shape"] | undefined {
  const shape = (value as Partial<Product>).shape;
  // An exception has a shape too, of another sort.
  return shape?.kind === undefined ? undefined : shape;
}

/**
 * Whether the value is a tuple, a record or a union case.
 *
 * @example
 * isProduct(some(1)); // true
 * isProduct([1, 2]); // false: an array
 */
export function isProduct(value: Value): value is Product {
  return typeof value === "object" && value !== null && shapeOf(value) !== undefined;
}

/**
 * Number of slots.
 *
 * @example
 * sizeOf(tupleShape(2).make([1, "one"])); // 2
 */
export function sizeOf(product: Product): number {
  const shape = product.shape;
  switch (shape.kind) {
    case "tuple":
      return shape.size;
    case "record":
      return shape.labels.length;
    case "union":
      return shape.cases[product.tag ?? 0]?.size ?? 0;
  }
}

/**
 * The value in slot `index`, from 0; undefined (which is unit) outside.
 *
 * @example
 * slotAt(tupleShape(2).make([1, "one"]), 1); // "one"
 */
export function slotAt(product: Product, index: number): Value {
  const slots = product as unknown as FixedSlots;
  switch (index) {
    case 0:
      return slots.f0;
    case 1:
      return slots.f1;
    case 2:
      return slots.f2;
    case 3:
      return slots.f3;
    case 4:
      return slots.f4;
    case 5:
      return slots.f5;
    case 6:
      return slots.f6;
    case 7:
      return slots.f7;
    default:
      return product[slotName(index) as `f${number}`];
  }
}

/** Assigns a slot that exists. */
export function setSlot(product: Product, index: number, value: Value): void {
  const slots = product as unknown as FixedSlots;
  switch (index) {
    case 0:
      slots.f0 = value;
      break;
    case 1:
      slots.f1 = value;
      break;
    case 2:
      slots.f2 = value;
      break;
    case 3:
      slots.f3 = value;
      break;
    case 4:
      slots.f4 = value;
      break;
    case 5:
      slots.f5 = value;
      break;
    case 6:
      slots.f6 = value;
      break;
    case 7:
      slots.f7 = value;
      break;
    default:
      product[slotName(index) as `f${number}`] = value;
  }
}

/**
 * All slots in order, in an array of their own.
 *
 * @example
 * fieldsOf(tupleShape(2).make([1, "one"])); // [1, "one"]
 */
export function fieldsOf(product: Product): Value[] {
  const size = sizeOf(product);
  const fields: Value[] = [];
  for (let index = 0; index < size; index++) fields.push(slotAt(product, index));
  return fields;
}

/** A record with the same fields that nobody else holds. */
export function copyRecord(record: Product): Product {
  const shape = record.shape;
  if (shape.kind !== "record") throw new TypeError(`not a record but a ${shape.kind}`);
  return shape.make(fieldsOf(record));
}

// ------------------------------------------------------------------------------------------------ classes

/** A class for tuples and records. Every call makes a new one, and with it a hidden class of its own. */
function plainClass(size: number): ProductClass {
  switch (size) {
    case 0: {
      const Empty = class {};
      return { prototype: Empty.prototype, make: () => new Empty() };
    }
    case 1: {
      const One = class {
        constructor(public f0: Value) {}
      };
      return { prototype: One.prototype, make: (v) => new One(v[0]) };
    }
    case 2: {
      const Two = class {
        constructor(
          public f0: Value,
          public f1: Value,
        ) {}
      };
      return { prototype: Two.prototype, make: (v) => new Two(v[0], v[1]) };
    }
    case 3: {
      const Three = class {
        constructor(
          public f0: Value,
          public f1: Value,
          public f2: Value,
        ) {}
      };
      return { prototype: Three.prototype, make: (v) => new Three(v[0], v[1], v[2]) };
    }
    case 4: {
      const Four = class {
        constructor(
          public f0: Value,
          public f1: Value,
          public f2: Value,
          public f3: Value,
        ) {}
      };
      return { prototype: Four.prototype, make: (v) => new Four(v[0], v[1], v[2], v[3]) };
    }
    case 5: {
      const Five = class {
        constructor(
          public f0: Value,
          public f1: Value,
          public f2: Value,
          public f3: Value,
          public f4: Value,
        ) {}
      };
      return { prototype: Five.prototype, make: (v) => new Five(v[0], v[1], v[2], v[3], v[4]) };
    }
    case 6: {
      const Six = class {
        constructor(
          public f0: Value,
          public f1: Value,
          public f2: Value,
          public f3: Value,
          public f4: Value,
          public f5: Value,
        ) {}
      };
      return { prototype: Six.prototype, make: (v) => new Six(v[0], v[1], v[2], v[3], v[4], v[5]) };
    }
    case 7: {
      const Seven = class {
        constructor(
          public f0: Value,
          public f1: Value,
          public f2: Value,
          public f3: Value,
          public f4: Value,
          public f5: Value,
          public f6: Value,
        ) {}
      };
      return { prototype: Seven.prototype, make: (v) => new Seven(v[0], v[1], v[2], v[3], v[4], v[5], v[6]) };
    }
    case FIXED_SLOTS: {
      const Eight = class {
        constructor(
          public f0: Value,
          public f1: Value,
          public f2: Value,
          public f3: Value,
          public f4: Value,
          public f5: Value,
          public f6: Value,
          public f7: Value,
        ) {}
      };
      return {
        prototype: Eight.prototype,
        make: (v) => new Eight(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7]),
      };
    }
    default: {
      const Many = class {
        [slot: string]: Value;
        constructor(fields: readonly Value[]) {
          for (let index = 0; index < size; index++) this[slotName(index)] = fields[index];
        }
      };
      return { prototype: Many.prototype, make: (v) => new Many(v) };
    }
  }
}

interface CaseClass {
  readonly prototype: object;
  readonly make: (tag: number, fields: readonly Value[]) => object;
}

/** A class for the cases of a union that have `size` fields. */
function caseClass(size: number): CaseClass {
  switch (size) {
    case 0: {
      const Nullary = class {
        constructor(readonly tag: number) {}
      };
      return { prototype: Nullary.prototype, make: (tag) => new Nullary(tag) };
    }
    case 1: {
      const One = class {
        constructor(
          readonly tag: number,
          public f0: Value,
        ) {}
      };
      return { prototype: One.prototype, make: (tag, v) => new One(tag, v[0]) };
    }
    case 2: {
      const Two = class {
        constructor(
          readonly tag: number,
          public f0: Value,
          public f1: Value,
        ) {}
      };
      return { prototype: Two.prototype, make: (tag, v) => new Two(tag, v[0], v[1]) };
    }
    case 3: {
      const Three = class {
        constructor(
          readonly tag: number,
          public f0: Value,
          public f1: Value,
          public f2: Value,
        ) {}
      };
      return { prototype: Three.prototype, make: (tag, v) => new Three(tag, v[0], v[1], v[2]) };
    }
    case 4: {
      const Four = class {
        constructor(
          readonly tag: number,
          public f0: Value,
          public f1: Value,
          public f2: Value,
          public f3: Value,
        ) {}
      };
      return { prototype: Four.prototype, make: (tag, v) => new Four(tag, v[0], v[1], v[2], v[3]) };
    }
    default: {
      const Many = class {
        [slot: string]: Value;
        readonly tag: number;
        constructor(tag: number, fields: readonly Value[]) {
          this.tag = tag;
          for (let index = 0; index < size; index++) this[slotName(index)] = fields[index];
        }
      };
      return { prototype: Many.prototype, make: (tag, v) => new Many(tag, v) };
    }
  }
}
