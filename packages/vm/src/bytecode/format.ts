/** Numbers of the module format, version 2: magic, sections, tags and bounds. `docs/fzb-v2.md` describes them byte by byte. */

import type { ContainerKind, PrimitiveKind, TypeBound } from "../types/type-descriptor.js";
import type { DefinitionData } from "./module.js";
import type { OperandKind } from "./opcodes.js";

/** The four bytes that every `.fzb` begins with; the version byte follows. */
export const MAGIC: readonly number[] = [0x46, 0x5a, 0x42, 0x01];
export const FORMAT_VERSION = 2;

/** Sections stand in ascending order of these numbers; a reader skips numbers that it does not know. */
export const SECTION: {
  readonly meta: 1;
  readonly strings: 2;
  readonly imports: 3;
  readonly constants: 4;
  readonly definitions: 5;
  readonly types: 6;
  readonly functions: 7;
  readonly exports: 8;
  readonly debug: 9;
  readonly reach: 10;
} = {
  meta: 1,
  strings: 2,
  imports: 3,
  constants: 4,
  definitions: 5,
  types: 6,
  functions: 7,
  exports: 8,
  debug: 9,
  reach: 10,
};
export type SectionName = keyof typeof SECTION;

export const CONSTANT_TAG: { readonly int: 0; readonly float: 1; readonly string: 2 } = {
  int: 0,
  float: 1,
  string: 2,
};

export const DEFINITION_TAG: {
  readonly record: 0;
  readonly union: 1;
  readonly exception: 2;
  readonly builtin: 3;
} = {
  record: 0,
  union: 1,
  exception: 2,
  builtin: 3,
};

/** Built-in definitions by their number in the file. */
export const BUILTIN_DEFINITIONS: readonly Extract<DefinitionData, { kind: "builtin" }>["name"][] = [
  "option",
  "Result",
  "Failure",
];

/** Types of one byte: the position is the tag. */
export const PRIMITIVE_TYPES: readonly PrimitiveKind[] = [
  "unit",
  "int",
  "float",
  "bool",
  "string",
  "char",
  "any",
  "exn",
];
/** Types of one item: tag `FIRST_CONTAINER_TAG` + position. */
export const CONTAINER_TYPES: readonly ContainerKind[] = [
  "list",
  "array",
  "option",
  "seq",
  "set",
  "async",
  "ref",
  "lazy",
];
export const FIRST_CONTAINER_TAG = 16;
export const TYPE_TAG: {
  readonly map: 32;
  readonly result: 33;
  readonly tuple: 34;
  readonly function: 35;
  readonly anonymous: 36;
  readonly named: 37;
  readonly host: 38;
  readonly variable: 39;
} = { map: 32, result: 33, tuple: 34, function: 35, anonymous: 36, named: 37, host: 38, variable: 39 };
export const TYPE_BOUNDS: readonly TypeBound[] = ["add", "num", "bits", "eq", "ord"];

/** All kinds of types that can be written. */
export const TYPE_KINDS: ReadonlySet<string> = new Set([
  ...PRIMITIVE_TYPES,
  ...CONTAINER_TYPES,
  ...Object.keys(TYPE_TAG),
]);

/** Levels that a type may be nested. */
export const MAX_TYPE_DEPTH = 64;
/** Registers of a function, and slots, parameters, captured values and global variables. */
export const MAX_REGISTERS = 65_535;
/** Lines and columns of debug positions are at most this. */
export const MAX_POSITION = 0x7fff_ffff;

/** How an operand is written: an unsigned number, a zigzagged signed one, or a list of unsigned numbers behind its length. */
export type OperandCoding = "unsigned" | "signed" | "list";

/** The coding of every kind of operand. */
export function codingOf(kind: OperandKind): OperandCoding {
  if (kind === "int") {
    return "signed";
  }
  return kind === "srcs" || kind === "labels" ? "list" : "unsigned";
}
