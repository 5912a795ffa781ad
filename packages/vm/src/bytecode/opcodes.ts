/**
 * The instruction set, declared once: encoder, decoder, verifier and disassembler derive from this table. The position of
 * an entry is its number in the file format, so once a version is released, entries are only ever appended.
 */

/**
 * What an operand is. `dst` register written, `src` register read, `srcs` list of registers read, `fdst` float register written, `fsrc` float register
 * read, `int` signed immediate (safe integer within 32 bits), `const` constant, `string` constant that is a string, `float` constant that is a float, `fn` function, `import` import, `global` global variable, `capture` captured value,
 * `def` definition (record, or for `case` instructions union, or exception), `tag` case of the definition before it, `slot` field number, `type` type,
 * `label` instruction index, `labels` list of labels, `arith` operator of dynamic arithmetic (`dynamicOperators`).
 */
export type OperandKind =
  | "dst"
  | "src"
  | "srcs"
  | "fdst"
  | "fsrc"
  | "int"
  | "const"
  | "string"
  | "float"
  | "fn"
  | "import"
  | "global"
  | "capture"
  | "def"
  | "tag"
  | "slot"
  | "type"
  | "label"
  | "labels"
  | "arith";

/** One instruction of the instruction set: its name, and what its operands are. What it does: `opcodeSummaries`. */
export interface OpcodeInfo {
  readonly name: OpcodeName;
  readonly operands: readonly OperandKind[];
  /** Control never continues behind the instruction. */
  readonly terminal: boolean;
  /** Control may continue at an instruction that it names. */
  readonly jumps: boolean;
}

/** `true` at the end of a row: terminal. */
type Row = readonly [name: OpcodeName, operands: readonly OperandKind[], terminal?: true];

// Rows of literals, because the names are a type and that type has to be readable from this file alone.
const table = [
  // moves and constants
  ["move", ["dst", "src"]],
  ["load.const", ["dst", "const"]],
  ["load.int", ["dst", "int"]],
  ["load.unit", ["dst"]],
  ["load.true", ["dst"]],
  ["load.false", ["dst"]],
  ["load.nil", ["dst"]],
  ["load.null", ["dst"]],
  ["load.fn", ["dst", "fn"]],
  ["load.import", ["dst", "import"]],
  ["load.global", ["dst", "global"]],
  ["store.global", ["global", "src"]],
  ["load.capture", ["dst", "capture"]],
  ["load.self", ["dst"]],
  ["closure", ["dst", "fn", "srcs"]],
  ["set.capture", ["src", "capture", "src"]],
  ["load.case", ["dst", "def", "tag"]],
  // float registers
  ["move.float", ["fdst", "fsrc"]],
  ["load.float", ["fdst", "float"]],
  ["move.to.float", ["fdst", "src"]],
  ["move.from.float", ["dst", "fsrc"]],
  // cells: ref cells and captured mutable variables
  ["cell.new", ["dst", "src"]],
  ["cell.get", ["dst", "src"]],
  ["cell.set", ["src", "src"]],
  // int arithmetic: 64-bit, wrapping
  ["int.add", ["dst", "src", "src"]],
  ["int.sub", ["dst", "src", "src"]],
  ["int.mul", ["dst", "src", "src"]],
  ["int.div", ["dst", "src", "src"]],
  ["int.rem", ["dst", "src", "src"]],
  ["int.add.imm", ["dst", "src", "int"]],
  ["int.mul.imm", ["dst", "src", "int"]],
  ["int.div.imm", ["dst", "src", "int"]],
  ["int.rem.imm", ["dst", "src", "int"]],
  ["int.neg", ["dst", "src"]],
  ["int.and", ["dst", "src", "src"]],
  ["int.or", ["dst", "src", "src"]],
  ["int.xor", ["dst", "src", "src"]],
  ["int.not", ["dst", "src"]],
  ["int.shl", ["dst", "src", "src"]],
  ["int.shr", ["dst", "src", "src"]],
  // float arithmetic
  ["float.add", ["fdst", "fsrc", "fsrc"]],
  ["float.sub", ["fdst", "fsrc", "fsrc"]],
  ["float.mul", ["fdst", "fsrc", "fsrc"]],
  ["float.div", ["fdst", "fsrc", "fsrc"]],
  ["float.rem", ["fdst", "fsrc", "fsrc"]],
  ["float.pow", ["fdst", "fsrc", "fsrc"]],
  ["float.neg", ["fdst", "fsrc"]],
  ["float.sqrt", ["fdst", "fsrc"]],
  ["float.abs", ["fdst", "fsrc"]],
  ["float.of.int", ["fdst", "src"]],
  ["int.of.float", ["dst", "fsrc"]],
  // comparison and logic
  ["not", ["dst", "src"]],
  ["prim.eq", ["dst", "src", "src"]],
  ["prim.ne", ["dst", "src", "src"]],
  ["prim.lt", ["dst", "src", "src"]],
  ["prim.le", ["dst", "src", "src"]],
  ["float.eq", ["dst", "fsrc", "fsrc"]],
  ["float.ne", ["dst", "fsrc", "fsrc"]],
  ["float.lt", ["dst", "fsrc", "fsrc"]],
  ["float.le", ["dst", "fsrc", "fsrc"]],
  ["eq", ["dst", "src", "src"]],
  ["ne", ["dst", "src", "src"]],
  ["lt", ["dst", "src", "src"]],
  ["le", ["dst", "src", "src"]],
  ["compare", ["dst", "src", "src"]],
  // strings
  ["string.concat", ["dst", "src", "src"]],
  ["string.join", ["dst", "srcs"]],
  ["string.length", ["dst", "src"]],
  ["string.get", ["dst", "src", "src"]],
  ["text", ["dst", "src"]],
  ["load.type", ["dst", "type"]],
  // arrays
  ["array.new", ["dst", "srcs"]],
  ["array.length", ["dst", "src"]],
  ["array.get", ["dst", "src", "src"]],
  ["array.set", ["src", "src", "src"]],
  ["array.get.float", ["fdst", "src", "src"]],
  ["array.set.float", ["src", "src", "fsrc"]],
  ["array.with", ["dst", "src", "src", "src"]],
  ["array.of.list", ["dst", "src"]],
  // lists
  ["list.cons", ["dst", "src", "src"]],
  ["list.new", ["dst", "srcs"]],
  ["list.head", ["dst", "src"]],
  ["list.tail", ["dst", "src"]],
  ["list.append", ["dst", "src", "src"]],
  ["list.reverse", ["dst", "src"]],
  ["list.of", ["dst", "src"]],
  // tuples, records, unions, exceptions
  ["tuple.new", ["dst", "srcs"]],
  ["record.new", ["dst", "def", "srcs"]],
  ["record.copy", ["dst", "src"]],
  ["case.new", ["dst", "def", "tag", "srcs"]],
  ["exn.new", ["dst", "def", "srcs"]],
  ["field.get", ["dst", "src", "slot"]],
  ["field.set", ["src", "slot", "src"]],
  ["field.get.float", ["fdst", "src", "slot"]],
  ["field.set.float", ["src", "slot", "fsrc"]],
  ["field.named", ["dst", "src", "string"]],
  ["field.named.set", ["src", "string", "src"]],
  ["record.with", ["dst", "src", "string", "src"]],
  ["exn.field", ["dst", "src", "slot"]],
  ["tag.get", ["dst", "src"]],
  // dynamic values
  ["box.float", ["dst", "fsrc"]],
  ["box.char", ["dst", "src"]],
  ["cast", ["dst", "src", "type"]],
  ["type.test", ["dst", "src", "type"]],
  ["exn.test", ["dst", "src", "string"]],
  ["dynamic", ["dst", "src", "src", "arith"]],
  // calls
  ["call", ["dst", "src", "srcs"]],
  ["call.fn", ["dst", "fn", "srcs"]],
  ["call.import", ["dst", "import", "srcs"]],
  ["tail.call", ["src", "srcs"], true],
  ["tail.fn", ["fn", "srcs"], true],
  ["tail.self", ["srcs"], true],
  ["tail.import", ["import", "srcs"], true],
  ["return", ["src"], true],
  // jumps
  ["jump", ["label"], true],
  ["if", ["src", "label"]],
  ["unless", ["src", "label"]],
  ["unless.eq", ["src", "src", "label"]],
  ["unless.ne", ["src", "src", "label"]],
  ["unless.lt", ["src", "src", "label"]],
  ["unless.le", ["src", "src", "label"]],
  ["unless.eq.imm", ["src", "int", "label"]],
  ["unless.ne.imm", ["src", "int", "label"]],
  ["unless.lt.imm", ["src", "int", "label"]],
  ["unless.le.imm", ["src", "int", "label"]],
  ["unless.gt.imm", ["src", "int", "label"]],
  ["unless.ge.imm", ["src", "int", "label"]],
  ["unless.float.eq", ["fsrc", "fsrc", "label"]],
  ["unless.float.ne", ["fsrc", "fsrc", "label"]],
  ["unless.float.lt", ["fsrc", "fsrc", "label"]],
  ["unless.float.le", ["fsrc", "fsrc", "label"]],
  ["if.float.lt", ["fsrc", "fsrc", "label"]],
  ["if.float.le", ["fsrc", "fsrc", "label"]],
  ["unless.string", ["src", "string", "label"]],
  ["unless.cons", ["src", "label"]],
  ["unless.tag", ["src", "int", "label"]],
  ["unless.exn", ["src", "def", "label"]],
  ["switch.tag", ["src", "labels"], true],
  ["switch.int", ["src", "int", "labels", "label"], true],
  // failure
  ["raise", ["src"], true],
  ["reraise", ["src"], true],
  ["match.fail", ["src"], true],
  ["fail", ["string", "string"], true],
] as const;

/** Name of an instruction, as the disassembler shows it: `load.const`, `int.add`. */
export type OpcodeName = (typeof table)[number][0];

/** The instructions by number. */
export const opcodes: readonly OpcodeInfo[] = table.map(([name, operands, terminal]: Row) => ({
  name,
  operands,
  terminal: terminal === true,
  jumps: operands.some((kind) => kind === "label" || kind === "labels"),
}));

/** Number of an instruction. */
export function opcodeOf(name: OpcodeName): number {
  return opcodes.findIndex((info) => info.name === name);
}

/** Operators of the `dynamic` instruction, by operand value. */
export const dynamicOperators = ["+", "-", "*", "/", "%", "<", "<=", ">", ">="] as const;
