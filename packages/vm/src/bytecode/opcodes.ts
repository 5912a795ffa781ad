/**
 * The instruction set, declared once: encoder, decoder, verifier, disassembler and documentation derive from this table. The position of
 * an entry is its number in the file format, so entries are only ever appended.
 */

/**
 * What an operand is. `dst` register written, `src` register read, `srcs` list of registers read, `int` signed immediate (safe integer within 32 bits),
 * `const` constant, `string` constant that is a string, `fn` function, `import` import, `global` global variable, `capture` captured value,
 * `def` definition (record, or for `case` instructions union, or exception), `tag` case of the definition before it, `slot` field number, `type` type,
 * `label` instruction index, `labels` list of labels, `arith` operator of dynamic arithmetic (`dynamicOperators`).
 */
export type OperandKind =
  | "dst"
  | "src"
  | "srcs"
  | "int"
  | "const"
  | "string"
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

/** One instruction of the instruction set: its name, what its operands are, and in a sentence what it does. */
export interface OpcodeInfo {
  readonly name: OpcodeName;
  readonly operands: readonly OperandKind[];
  /** Control never continues behind the instruction. */
  readonly terminal: boolean;
  readonly summary: string;
}

/** `true` at the end of a row: terminal. */
type Row = readonly [name: OpcodeName, operands: readonly OperandKind[], summary: string, terminal?: true];

// Rows of literals, because the names are a type and that type has to be readable from this file alone.
const table = [
  // moves and constants
  ["move", ["dst", "src"], "dst := src"],
  ["load.const", ["dst", "const"], "dst := constant"],
  ["load.int", ["dst", "int"], "dst := immediate int"],
  ["load.unit", ["dst"], "dst := ()"],
  ["load.true", ["dst"], "dst := true"],
  ["load.false", ["dst"], "dst := false"],
  ["load.nil", ["dst"], "dst := []"],
  ["load.null", ["dst"], "dst := null"],
  ["load.fn", ["dst", "fn"], "dst := function of this module that captures nothing"],
  ["load.import", ["dst", "import"], "dst := host function or constant as a value"],
  ["load.global", ["dst", "global"], "dst := global variable"],
  ["store.global", ["global", "src"], "global variable := src"],
  ["load.capture", ["dst", "capture"], "dst := captured value of the running closure"],
  ["load.self", ["dst"], "dst := the running closure itself"],
  ["closure", ["dst", "fn", "srcs"], "dst := closure of fn over the values"],
  [
    "set.capture",
    ["src", "capture", "src"],
    "captured value of the closure in the first register := second register (ties recursive closures)",
  ],
  ["load.case", ["dst", "def", "tag"], "dst := a case with fields, as a function of one argument per field"],
  // cells: ref cells and captured mutable variables
  ["cell.new", ["dst", "src"], "dst := new cell holding src"],
  ["cell.get", ["dst", "src"], "dst := contents of the cell"],
  ["cell.set", ["src", "src"], "contents of the first := second"],
  // int arithmetic: 64-bit, wrapping
  ["int.add", ["dst", "src", "src"], "dst := a + b"],
  ["int.sub", ["dst", "src", "src"], "dst := a - b"],
  ["int.mul", ["dst", "src", "src"], "dst := a * b"],
  ["int.div", ["dst", "src", "src"], "dst := a / b, towards zero; raises on zero"],
  ["int.rem", ["dst", "src", "src"], "dst := a % b, sign of a; raises on zero"],
  ["int.add.imm", ["dst", "src", "int"], "dst := a + immediate"],
  ["int.mul.imm", ["dst", "src", "int"], "dst := a * immediate"],
  ["int.div.imm", ["dst", "src", "int"], "dst := a / immediate; the immediate is not 0"],
  ["int.rem.imm", ["dst", "src", "int"], "dst := a % immediate; the immediate is not 0"],
  ["int.neg", ["dst", "src"], "dst := -a"],
  ["int.and", ["dst", "src", "src"], "dst := a &&& b"],
  ["int.or", ["dst", "src", "src"], "dst := a ||| b"],
  ["int.xor", ["dst", "src", "src"], "dst := a ^^^ b"],
  ["int.not", ["dst", "src"], "dst := ~~~a"],
  ["int.shl", ["dst", "src", "src"], "dst := a <<< (b modulo 64)"],
  ["int.shr", ["dst", "src", "src"], "dst := a >>> (b modulo 64), sign kept"],
  // float arithmetic
  ["float.add", ["dst", "src", "src"], "dst := a + b"],
  ["float.sub", ["dst", "src", "src"], "dst := a - b"],
  ["float.mul", ["dst", "src", "src"], "dst := a * b"],
  ["float.div", ["dst", "src", "src"], "dst := a / b, infinity or nan on zero"],
  ["float.rem", ["dst", "src", "src"], "dst := a % b, truncated"],
  ["float.pow", ["dst", "src", "src"], "dst := a ** b"],
  ["float.neg", ["dst", "src"], "dst := -a"],
  ["float.of.int", ["dst", "src"], "dst := nearest float of an int"],
  ["int.of.float", ["dst", "src"], "dst := float towards zero; raises outside 64 bits and on nan"],
  // comparison and logic
  ["not", ["dst", "src"], "dst := not a"],
  ["prim.eq", ["dst", "src", "src"], "dst := a = b, both int, float, bool, string, char"],
  ["prim.ne", ["dst", "src", "src"], "dst := a <> b"],
  ["prim.lt", ["dst", "src", "src"], "dst := a < b, both int, float, string, char"],
  ["prim.le", ["dst", "src", "src"], "dst := a <= b"],
  ["eq", ["dst", "src", "src"], "dst := a = b, structural; raises on functions"],
  ["ne", ["dst", "src", "src"], "dst := a <> b, structural"],
  ["lt", ["dst", "src", "src"], "dst := a < b by the structural order"],
  ["le", ["dst", "src", "src"], "dst := a <= b by the structural order"],
  ["compare", ["dst", "src", "src"], "dst := -1, 0 or 1 by the structural order"],
  // strings
  ["string.concat", ["dst", "src", "src"], "dst := a + b"],
  ["string.join", ["dst", "srcs"], "dst := all strings in one"],
  ["string.length", ["dst", "src"], "dst := number of UTF-16 units"],
  ["string.get", ["dst", "src", "src"], "dst := char at an index; raises outside"],
  ["text", ["dst", "src"], "dst := text form of any value"],
  ["structured", ["dst", "src", "type"], "dst := structured form (%A) of a value of the type"],
  // arrays
  ["array.new", ["dst", "srcs"], "dst := array of the values"],
  ["array.length", ["dst", "src"], "dst := length"],
  ["array.get", ["dst", "src", "src"], "dst := element; raises outside"],
  ["array.set", ["src", "src", "src"], "array.[index] := value; raises outside"],
  [
    "array.with",
    ["dst", "src", "src", "src"],
    "dst := copy of the array with array.[index] = value; raises outside",
  ],
  // lists
  ["list.cons", ["dst", "src", "src"], "dst := head :: tail"],
  ["list.new", ["dst", "srcs"], "dst := list of the values"],
  ["list.head", ["dst", "src"], "dst := head; the list is known not to be empty, else raises"],
  ["list.tail", ["dst", "src"], "dst := tail; the list is known not to be empty, else raises"],
  ["list.append", ["dst", "src", "src"], "dst := a @ b"],
  // tuples, records, unions, exceptions
  ["tuple.new", ["dst", "srcs"], "dst := tuple of the values (two or more)"],
  ["record.new", ["dst", "def", "srcs"], "dst := record; one value a field, in declaration order"],
  [
    "record.copy",
    ["dst", "src"],
    "dst := shallow copy of a record, to be changed by field.set before anyone else sees it",
  ],
  ["case.new", ["dst", "def", "tag", "srcs"], "dst := union case; one value a field"],
  ["exn.new", ["dst", "def", "srcs"], "dst := exception value of a declared exception or Failure"],
  ["field.get", ["dst", "src", "slot"], "dst := slot of a tuple, record or union case"],
  ["field.set", ["src", "slot", "src"], "slot of a record := value"],
  [
    "field.named",
    ["dst", "src", "string"],
    "dst := field of a record whose type is not known, by label; raises when it has none",
  ],
  ["field.named.set", ["src", "string", "src"], "mutable field by label := value"],
  [
    "record.with",
    ["dst", "src", "string", "src"],
    "dst := copy of a record whose type is not known, with the labelled field replaced or added (anonymous only)",
  ],
  ["exn.field", ["dst", "src", "slot"], "dst := field of a declared exception"],
  ["tag.get", ["dst", "src"], "dst := tag of a union case"],
  // dynamic values
  ["box.float", ["dst", "src"], "dst := float as any"],
  ["box.char", ["dst", "src"], "dst := char as any"],
  ["cast", ["dst", "src", "type"], "dst := any value checked and unboxed as the type; raises FUS0502"],
  ["type.test", ["dst", "src", "type"], "dst := the any value has the shape of the type"],
  [
    "exn.test",
    ["dst", "src", "string"],
    "dst := the exception belongs to the class of this name (KeyNotFoundException, …)",
  ],
  ["dynamic", ["dst", "src", "src", "arith"], "dst := operator applied to two any values"],
  // calls
  [
    "call",
    ["dst", "src", "srcs"],
    "dst := function value applied to one or more arguments (partial and over-application too)",
  ],
  ["call.fn", ["dst", "fn", "srcs"], "dst := function of this module that captures nothing, exact arity"],
  ["call.import", ["dst", "import", "srcs"], "dst := import, exact arity"],
  ["tail.call", ["src", "srcs"], "return the function value applied to the arguments, in this frame", true],
  ["tail.fn", ["fn", "srcs"], "return the function applied, in this frame", true],
  [
    "tail.self",
    ["srcs"],
    "return the running function applied to new arguments with the same captures, in this frame",
    true,
  ],
  ["tail.import", ["import", "srcs"], "return the import applied, in this frame", true],
  ["return", ["src"], "leave the function with a result", true],
  // jumps
  ["jump", ["label"], "go to label", true],
  ["if", ["src", "label"], "go to label when true"],
  ["unless", ["src", "label"], "go to label when false"],
  ["unless.eq", ["src", "src", "label"], "go to label unless a = b, both primitive"],
  ["unless.ne", ["src", "src", "label"], "go to label unless a <> b"],
  ["unless.lt", ["src", "src", "label"], "go to label unless a < b"],
  ["unless.le", ["src", "src", "label"], "go to label unless a <= b"],
  ["unless.eq.imm", ["src", "int", "label"], "go to label unless the int a = immediate"],
  ["unless.ne.imm", ["src", "int", "label"], "go to label unless a <> immediate"],
  ["unless.lt.imm", ["src", "int", "label"], "go to label unless a < immediate"],
  ["unless.le.imm", ["src", "int", "label"], "go to label unless a <= immediate"],
  ["unless.gt.imm", ["src", "int", "label"], "go to label unless a > immediate"],
  ["unless.ge.imm", ["src", "int", "label"], "go to label unless a >= immediate"],
  ["unless.string", ["src", "string", "label"], "go to label unless the string or char equals the constant"],
  ["unless.cons", ["src", "label"], "go to label when the list is empty"],
  ["unless.tag", ["src", "int", "label"], "go to label unless the union case has this tag"],
  ["unless.exn", ["src", "def", "label"], "go to label unless the exception is of this definition"],
  ["switch.tag", ["src", "labels"], "go to labels[tag]; one label for every case of the union", true],
  [
    "switch.int",
    ["src", "int", "labels", "label"],
    "go to labels[a - immediate], else to the last label",
    true,
  ],
  // failure
  ["raise", ["src"], "raise an exception value", true],
  ["reraise", ["src"], "raise a caught exception again, with its original position", true],
  ["match.fail", ["src"], "raise FUS0501 with the value that no clause matches", true],
  ["fail", ["string", "string"], "raise an exception with this code and message", true],
  // collections, continued
  ["list.reverse", ["dst", "src"], "dst := the list backwards"],
  [
    "list.of",
    ["dst", "src"],
    "dst := elements of a list, array, string, Map (pairs), Set as a list; any values are asked for their kind",
  ],
  ["array.of.list", ["dst", "src"], "dst := array of the elements of a list"],
] as const;

/** Name of an instruction, as the disassembler shows it: `load.const`, `int.add`. */
export type OpcodeName = (typeof table)[number][0];

/** The instructions by number. */
export const opcodes: readonly OpcodeInfo[] = table.map(([name, operands, summary, terminal]: Row) => ({
  name,
  operands,
  summary,
  terminal: terminal === true,
}));

/** Operators of the `dynamic` instruction, by operand value. */
export const dynamicOperators = ["+", "-", "*", "/", "%", "<", "<=", ">", ">="] as const;
