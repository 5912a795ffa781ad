/** Type descriptors as bytes: a tag, then the parts. Nesting is bounded, so that neither side runs out of stack. */
import { BytecodeError } from "../errors.js";
import type { TypeBound, TypeDescriptor } from "../types/type-descriptor.js";
import type { ByteReader } from "./byte-reader.js";
import type { ByteWriter } from "./byte-writer.js";
import {
  CONTAINER_TYPES,
  FIRST_CONTAINER_TAG,
  MAX_TYPE_DEPTH,
  PRIMITIVE_TYPES,
  TYPE_BOUNDS,
  TYPE_TAG,
} from "./format.js";
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

export function readType(reader: ByteReader, strings: readonly string[], depth: number = 1): TypeDescriptor {
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
    return { kind: container, item: readType(reader, strings, depth + 1) };
  }
  switch (tag) {
    case TYPE_TAG.map: {
      const key = readType(reader, strings, depth + 1);
      return { kind: "map", key, value: readType(reader, strings, depth + 1) };
    }
    case TYPE_TAG.result: {
      const ok = readType(reader, strings, depth + 1);
      return { kind: "result", ok, error: readType(reader, strings, depth + 1) };
    }
    case TYPE_TAG.tuple:
      return { kind: "tuple", items: readTypes(reader, strings, depth + 1) };
    case TYPE_TAG.function: {
      const parameter = readType(reader, strings, depth + 1);
      return { kind: "function", parameter, result: readType(reader, strings, depth + 1) };
    }
    case TYPE_TAG.anonymous: {
      const fields: { label: string; type: TypeDescriptor }[] = [];
      for (let left = reader.count("fields"); left > 0; left -= 1) {
        const label = readText(reader, strings);
        fields.push({ label, type: readType(reader, strings, depth + 1) });
      }
      return { kind: "anonymous", fields };
    }
    case TYPE_TAG.named: {
      const definition = reader.unsigned();
      return { kind: "named", definition, args: readTypes(reader, strings, depth + 1) };
    }
    case TYPE_TAG.host:
      return { kind: "host", name: readText(reader, strings) };
    case TYPE_TAG.variable: {
      const name = readText(reader, strings);
      const bounds: TypeBound[] = [];
      for (let left = reader.count("bounds"); left > 0; left -= 1) {
        const at = reader.offset;
        const bound = TYPE_BOUNDS[reader.byte()];
        if (bound === undefined) {
          reader.fail("Unknown bound of a type variable", at);
        }
        bounds.push(bound);
      }
      return { kind: "variable", name, bounds };
    }
    default:
      return reader.fail(`Unknown kind of type ${tag}`, start);
  }
}

function readTypes(reader: ByteReader, strings: readonly string[], depth: number): readonly TypeDescriptor[] {
  const types: TypeDescriptor[] = [];
  for (let left = reader.count("types"); left > 0; left -= 1) {
    types.push(readType(reader, strings, depth));
  }
  return types;
}

/** A string of the pool by its number. */
export function readText(reader: ByteReader, strings: readonly string[]): string {
  const start = reader.offset;
  const number = reader.unsigned();
  const text = strings[number];
  if (text === undefined) {
    reader.fail(`String ${number} is not in the pool of ${strings.length}`, start);
  }
  return text;
}
