/** Type descriptors as bytes: a tag, then the parts. Nesting is bounded, so that neither side runs out of stack. */
import { BytecodeError } from "../errors.js";
import type { TypeBound, TypeDescriptor } from "../types/type-descriptor.js";
import type { ByteWriter } from "./byte-writer.js";
import {
  CONTAINER_TYPES,
  FIRST_CONTAINER_TAG,
  MAX_TYPE_DEPTH,
  PRIMITIVE_TYPES,
  TYPE_BOUNDS,
  TYPE_TAG,
} from "./format.js";
import type { SectionReader } from "./section-reader.js";
import type { StringPool } from "./string-pool.js";

export function writeType(
  writer: ByteWriter,
  pool: StringPool,
  type: TypeDescriptor,
  depth: number = 1,
): void {
  if (depth > MAX_TYPE_DEPTH) {
    throw new BytecodeError(`Cannot encode a type nested deeper than ${MAX_TYPE_DEPTH} levels`);
  }
  switch (type.kind) {
    case "unit":
    case "int":
    case "float":
    case "bool":
    case "string":
    case "char":
    case "any":
    case "exn":
      writer.byte(PRIMITIVE_TYPES.indexOf(type.kind));
      return;
    case "list":
    case "array":
    case "option":
    case "seq":
    case "set":
    case "async":
    case "ref":
    case "lazy":
      writer.byte(FIRST_CONTAINER_TAG + CONTAINER_TYPES.indexOf(type.kind));
      writeType(writer, pool, type.item, depth + 1);
      return;
    case "map":
      writer.byte(TYPE_TAG.map);
      writeType(writer, pool, type.key, depth + 1);
      writeType(writer, pool, type.value, depth + 1);
      return;
    case "result":
      writer.byte(TYPE_TAG.result);
      writeType(writer, pool, type.ok, depth + 1);
      writeType(writer, pool, type.error, depth + 1);
      return;
    case "tuple":
      writer.byte(TYPE_TAG.tuple);
      writeTypes(writer, pool, type.items, depth + 1);
      return;
    case "function":
      writer.byte(TYPE_TAG.function);
      writeType(writer, pool, type.parameter, depth + 1);
      writeType(writer, pool, type.result, depth + 1);
      return;
    case "anonymous":
      writer.byte(TYPE_TAG.anonymous);
      writer.unsigned(type.fields.length);
      for (const field of type.fields) {
        writer.unsigned(pool.number(field.label));
        writeType(writer, pool, field.type, depth + 1);
      }
      return;
    case "named":
      writer.byte(TYPE_TAG.named);
      writer.unsigned(type.definition);
      writeTypes(writer, pool, type.args, depth + 1);
      return;
    case "host":
      writer.byte(TYPE_TAG.host);
      writer.unsigned(pool.number(type.name));
      return;
    case "variable":
      writer.byte(TYPE_TAG.variable);
      writer.unsigned(pool.number(type.name));
      writer.unsigned(type.bounds.length);
      for (const bound of type.bounds) {
        writer.byte(TYPE_BOUNDS.indexOf(bound));
      }
      return;
  }
}

function writeTypes(
  writer: ByteWriter,
  pool: StringPool,
  types: readonly TypeDescriptor[],
  depth: number,
): void {
  writer.unsigned(types.length);
  for (const type of types) {
    writeType(writer, pool, type, depth);
  }
}

export function readType(reader: SectionReader, depth: number = 1): TypeDescriptor {
  if (depth > MAX_TYPE_DEPTH) {
    reader.fail(`A type is nested deeper than ${MAX_TYPE_DEPTH} levels`);
  }
  const start = reader.offset;
  const tag = reader.byte();
  const primitive = PRIMITIVE_TYPES[tag];
  if (primitive !== undefined) {
    return { kind: primitive };
  }
  const container = CONTAINER_TYPES[tag - FIRST_CONTAINER_TAG];
  if (container !== undefined) {
    return { kind: container, item: readType(reader, depth + 1) };
  }
  switch (tag) {
    case TYPE_TAG.map: {
      const key = readType(reader, depth + 1);
      return { kind: "map", key, value: readType(reader, depth + 1) };
    }
    case TYPE_TAG.result: {
      const ok = readType(reader, depth + 1);
      return { kind: "result", ok, error: readType(reader, depth + 1) };
    }
    case TYPE_TAG.tuple:
      return { kind: "tuple", items: readTypes(reader, depth + 1) };
    case TYPE_TAG.function: {
      const parameter = readType(reader, depth + 1);
      return { kind: "function", parameter, result: readType(reader, depth + 1) };
    }
    case TYPE_TAG.anonymous: {
      const fields = reader.list("fields", () => ({
        label: reader.text(),
        type: readType(reader, depth + 1),
      }));
      return { kind: "anonymous", fields };
    }
    case TYPE_TAG.named: {
      const definition = reader.unsigned();
      return { kind: "named", definition, args: readTypes(reader, depth + 1) };
    }
    case TYPE_TAG.host:
      return { kind: "host", name: reader.text() };
    case TYPE_TAG.variable: {
      const name = reader.text();
      const bounds = reader.list("bounds", readBound);
      return { kind: "variable", name, bounds };
    }
    default:
      return reader.fail(`Unknown kind of type ${tag}`, start);
  }
}

function readTypes(reader: SectionReader, depth: number): readonly TypeDescriptor[] {
  return reader.list("types", () => readType(reader, depth));
}

function readBound(reader: SectionReader): TypeBound {
  const at = reader.offset;
  return TYPE_BOUNDS[reader.byte()] ?? reader.fail("Unknown bound of a type variable", at);
}
