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

export interface OpcodeInfo {
  readonly name: string;
  readonly operands: readonly OperandKind[];
  /** Control never continues behind the instruction. */
  readonly terminal: boolean;
  readonly summary: string;
}

function op(name: string, operands: readonly OperandKind[], summary: string, terminal = false): OpcodeInfo {
  return { name, operands, terminal, summary };
}

export const opcodes = [
  // moves and constants
  op("move", ["dst", "src"], "dst := src"),
  op("load.const", ["dst", "const"], "dst := constant"),
  op("load.int", ["dst", "int"], "dst := immediate int"),
  op("load.unit", ["dst"], "dst := ()"),
  op("load.true", ["dst"], "dst := true"),
  op("load.false", ["dst"], "dst := false"),
  op("load.nil", ["dst"], "dst := []"),
  op("load.null", ["dst"], "dst := null"),
  op("load.fn", ["dst", "fn"], "dst := function of this module that captures nothing"),
  op("load.import", ["dst", "import"], "dst := host function or constant as a value"),
  op("load.global", ["dst", "global"], "dst := global variable"),
  op("store.global", ["global", "src"], "global variable := src"),
  op("load.capture", ["dst", "capture"], "dst := captured value of the running closure"),
  op("load.self", ["dst"], "dst := the running closure itself"),
  op("closure", ["dst", "fn", "srcs"], "dst := closure of fn over the values"),
  op(
    "set.capture",
    ["src", "capture", "src"],
    "captured value of the closure in the first register := second register (ties recursive closures)",
  ),
  op(
    "load.case",
    ["dst", "def", "tag"],
    "dst := a case with fields, as a function of one argument per field",
  ),
  // cells: ref cells and captured mutable variables
  op("cell.new", ["dst", "src"], "dst := new cell holding src"),
  op("cell.get", ["dst", "src"], "dst := contents of the cell"),
  op("cell.set", ["src", "src"], "contents of the first := second"),
  // int arithmetic: 64-bit, wrapping
  op("int.add", ["dst", "src", "src"], "dst := a + b"),
  op("int.sub", ["dst", "src", "src"], "dst := a - b"),
  op("int.mul", ["dst", "src", "src"], "dst := a * b"),
  op("int.div", ["dst", "src", "src"], "dst := a / b, towards zero; raises on zero"),
  op("int.rem", ["dst", "src", "src"], "dst := a % b, sign of a; raises on zero"),
  op("int.add.imm", ["dst", "src", "int"], "dst := a + immediate"),
  op("int.mul.imm", ["dst", "src", "int"], "dst := a * immediate"),
  op("int.div.imm", ["dst", "src", "int"], "dst := a / immediate; the immediate is not 0"),
  op("int.rem.imm", ["dst", "src", "int"], "dst := a % immediate; the immediate is not 0"),
  op("int.neg", ["dst", "src"], "dst := -a"),
  op("int.and", ["dst", "src", "src"], "dst := a &&& b"),
  op("int.or", ["dst", "src", "src"], "dst := a ||| b"),
  op("int.xor", ["dst", "src", "src"], "dst := a ^^^ b"),
  op("int.not", ["dst", "src"], "dst := ~~~a"),
  op("int.shl", ["dst", "src", "src"], "dst := a <<< (b modulo 64)"),
  op("int.shr", ["dst", "src", "src"], "dst := a >>> (b modulo 64), sign kept"),
  // float arithmetic
  op("float.add", ["dst", "src", "src"], "dst := a + b"),
  op("float.sub", ["dst", "src", "src"], "dst := a - b"),
  op("float.mul", ["dst", "src", "src"], "dst := a * b"),
  op("float.div", ["dst", "src", "src"], "dst := a / b, infinity or nan on zero"),
  op("float.rem", ["dst", "src", "src"], "dst := a % b, truncated"),
  op("float.pow", ["dst", "src", "src"], "dst := a ** b"),
  op("float.neg", ["dst", "src"], "dst := -a"),
  op("float.of.int", ["dst", "src"], "dst := nearest float of an int"),
  op("int.of.float", ["dst", "src"], "dst := float towards zero; raises outside 64 bits and on nan"),
  // comparison and logic
  op("not", ["dst", "src"], "dst := not a"),
  op("prim.eq", ["dst", "src", "src"], "dst := a = b, both int, float, bool, string, char"),
  op("prim.ne", ["dst", "src", "src"], "dst := a <> b"),
  op("prim.lt", ["dst", "src", "src"], "dst := a < b, both int, float, string, char"),
  op("prim.le", ["dst", "src", "src"], "dst := a <= b"),
  op("eq", ["dst", "src", "src"], "dst := a = b, structural; raises on functions"),
  op("ne", ["dst", "src", "src"], "dst := a <> b, structural"),
  op("lt", ["dst", "src", "src"], "dst := a < b by the structural order"),
  op("le", ["dst", "src", "src"], "dst := a <= b by the structural order"),
  op("compare", ["dst", "src", "src"], "dst := -1, 0 or 1 by the structural order"),
  // strings
  op("string.concat", ["dst", "src", "src"], "dst := a + b"),
  op("string.join", ["dst", "srcs"], "dst := all strings in one"),
  op("string.length", ["dst", "src"], "dst := number of UTF-16 units"),
  op("string.get", ["dst", "src", "src"], "dst := char at an index; raises outside"),
  op("text", ["dst", "src"], "dst := text form of any value"),
  op("structured", ["dst", "src", "type"], "dst := structured form (%A) of a value of the type"),
  // arrays
  op("array.new", ["dst", "srcs"], "dst := array of the values"),
  op("array.length", ["dst", "src"], "dst := length"),
  op("array.get", ["dst", "src", "src"], "dst := element; raises outside"),
  op("array.set", ["src", "src", "src"], "array.[index] := value; raises outside"),
  op(
    "array.with",
    ["dst", "src", "src", "src"],
    "dst := copy of the array with array.[index] = value; raises outside",
  ),
  // lists
  op("list.cons", ["dst", "src", "src"], "dst := head :: tail"),
  op("list.new", ["dst", "srcs"], "dst := list of the values"),
  op("list.head", ["dst", "src"], "dst := head; the list is known not to be empty, else raises"),
  op("list.tail", ["dst", "src"], "dst := tail; the list is known not to be empty, else raises"),
  op("list.append", ["dst", "src", "src"], "dst := a @ b"),
  // tuples, records, unions, exceptions
  op("tuple.new", ["dst", "srcs"], "dst := tuple of the values (two or more)"),
  op("record.new", ["dst", "def", "srcs"], "dst := record; one value a field, in declaration order"),
  op(
    "record.copy",
    ["dst", "src"],
    "dst := shallow copy of a record, to be changed by field.set before anyone else sees it",
  ),
  op("case.new", ["dst", "def", "tag", "srcs"], "dst := union case; one value a field"),
  op("exn.new", ["dst", "def", "srcs"], "dst := exception value of a declared exception or Failure"),
  op("field.get", ["dst", "src", "slot"], "dst := slot of a tuple, record or union case"),
  op("field.set", ["src", "slot", "src"], "slot of a record := value"),
  op(
    "field.named",
    ["dst", "src", "string"],
    "dst := field of a record whose type is not known, by label; raises when it has none",
  ),
  op("field.named.set", ["src", "string", "src"], "mutable field by label := value"),
  op(
    "record.with",
    ["dst", "src", "string", "src"],
    "dst := copy of a record whose type is not known, with the labelled field replaced or added (anonymous only)",
  ),
  op("exn.field", ["dst", "src", "slot"], "dst := field of a declared exception"),
  op("tag.get", ["dst", "src"], "dst := tag of a union case"),
  // dynamic values
  op("box.float", ["dst", "src"], "dst := float as any"),
  op("box.char", ["dst", "src"], "dst := char as any"),
  op("cast", ["dst", "src", "type"], "dst := any value checked and unboxed as the type; raises FUS0502"),
  op("type.test", ["dst", "src", "type"], "dst := the any value has the shape of the type"),
  op(
    "exn.test",
    ["dst", "src", "string"],
    "dst := the exception belongs to the class of this name (KeyNotFoundException, …)",
  ),
  op("dynamic", ["dst", "src", "src", "arith"], "dst := operator applied to two any values"),
  // calls
  op(
    "call",
    ["dst", "src", "srcs"],
    "dst := function value applied to one or more arguments (partial and over-application too)",
  ),
  op("call.fn", ["dst", "fn", "srcs"], "dst := function of this module that captures nothing, exact arity"),
  op("call.import", ["dst", "import", "srcs"], "dst := import, exact arity"),
  op("tail.call", ["src", "srcs"], "return the function value applied to the arguments, in this frame", true),
  op("tail.fn", ["fn", "srcs"], "return the function applied, in this frame", true),
  op(
    "tail.self",
    ["srcs"],
    "return the running function applied to new arguments with the same captures, in this frame",
    true,
  ),
  op("tail.import", ["import", "srcs"], "return the import applied, in this frame", true),
  op("return", ["src"], "leave the function with a result", true),
  // jumps
  op("jump", ["label"], "go to label", true),
  op("if", ["src", "label"], "go to label when true"),
  op("unless", ["src", "label"], "go to label when false"),
  op("unless.eq", ["src", "src", "label"], "go to label unless a = b, both primitive"),
  op("unless.ne", ["src", "src", "label"], "go to label unless a <> b"),
  op("unless.lt", ["src", "src", "label"], "go to label unless a < b"),
  op("unless.le", ["src", "src", "label"], "go to label unless a <= b"),
  op("unless.eq.imm", ["src", "int", "label"], "go to label unless the int a = immediate"),
  op("unless.ne.imm", ["src", "int", "label"], "go to label unless a <> immediate"),
  op("unless.lt.imm", ["src", "int", "label"], "go to label unless a < immediate"),
  op("unless.le.imm", ["src", "int", "label"], "go to label unless a <= immediate"),
  op("unless.gt.imm", ["src", "int", "label"], "go to label unless a > immediate"),
  op("unless.ge.imm", ["src", "int", "label"], "go to label unless a >= immediate"),
  op(
    "unless.string",
    ["src", "string", "label"],
    "go to label unless the string or char equals the constant",
  ),
  op("unless.cons", ["src", "label"], "go to label when the list is empty"),
  op("unless.tag", ["src", "int", "label"], "go to label unless the union case has this tag"),
  op("unless.exn", ["src", "def", "label"], "go to label unless the exception is of this definition"),
  op("switch.tag", ["src", "labels"], "go to labels[tag]; one label for every case of the union", true),
  op(
    "switch.int",
    ["src", "int", "labels", "label"],
    "go to labels[a - immediate], else to the last label",
    true,
  ),
  // failure
  op("raise", ["src"], "raise an exception value", true),
  op("reraise", ["src"], "raise a caught exception again, with its original position", true),
  op("match.fail", ["src"], "raise FUS0501 with the value that no clause matches", true),
  op("fail", ["string", "string"], "raise an exception with this code and message", true),
  // collections, continued
  op("list.reverse", ["dst", "src"], "dst := the list backwards"),
  op(
    "list.of",
    ["dst", "src"],
    "dst := elements of a list, array, string, Map (pairs), Set as a list; any values are asked for their kind",
  ),
  op("array.of.list", ["dst", "src"], "dst := array of the elements of a list"),
] as const satisfies readonly OpcodeInfo[];

export type OpcodeName = (typeof opcodes)[number]["name"];

/** Operators of the `dynamic` instruction, by operand value. */
export const dynamicOperators = ["+", "-", "*", "/", "%", "<", "<=", ">", ">="] as const;
