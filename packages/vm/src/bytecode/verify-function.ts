/** The structural pass over one function: operands are inside their tables, list lengths agree with what they are given to. */
import { BytecodeError } from "../errors.js";
import { MAX_POSITION, MAX_REGISTERS } from "./format.js";
import type { DefinitionData, FunctionData, Instruction, ModuleData, SourcePosition } from "./module.js";
import { dynamicOperators, type OpcodeName, type OperandKind, opcodes } from "./opcodes.js";
import { printable } from "./printable.js";

/** The largest things of a module: bounds for operands whose table is known only at run time. */
export interface ModuleBounds {
  /** Most values that one of the functions captures. */
  readonly captures: number;
  /** Most fields of a record; of an exception. */
  readonly recordFields: number;
  readonly exceptionFields: number;
}

export function measureModule(data: ModuleData): ModuleBounds {
  let captures = 0;
  let recordFields = 0;
  let exceptionFields = 0;
  for (const item of data.functions) {
    captures = Math.max(captures, item.captures);
  }
  for (const definition of data.definitions) {
    if (definition.kind === "record") {
      recordFields = Math.max(recordFields, definition.fields.length);
    }
    exceptionFields = Math.max(exceptionFields, exceptionFieldCount(definition) ?? 0);
  }
  return { captures, recordFields, exceptionFields };
}

export function verifyFunction(
  data: ModuleData,
  bounds: ModuleBounds,
  item: FunctionData,
  index: number,
): void {
  new FunctionVerifier(data, bounds, item, index).verify();
}

/** `function 3 (fib), instruction 7 (int.add)`: how errors name a place. */
export function instructionPlace(item: FunctionData, index: number, at: number): string {
  const name = opcodes[item.code[at]?.[0] ?? -1]?.name ?? "unknown";
  return `Function ${index} (${printable(item.name)}), instruction ${at} (${name})`;
}

/** Fields of a declared or built-in exception; undefined when the definition is none. */
function exceptionFieldCount(definition: DefinitionData): number | undefined {
  if (definition.kind === "exception") {
    return definition.fields.length;
  }
  return definition.kind === "builtin" && definition.name === "Failure" ? 1 : undefined;
}

/** Number of fields of each case of a union; undefined when the definition is none. */
function caseFieldCount(definition: DefinitionData, tag: number): number | undefined {
  if (definition.kind === "union") {
    return definition.cases[tag]?.fields.length;
  }
  if (definition.kind !== "builtin" || definition.name === "Failure") {
    return undefined;
  }
  return (definition.name === "option" ? [0, 1] : [1, 1])[tag];
}

class FunctionVerifier {
  private at = 0;

  constructor(
    private readonly data: ModuleData,
    private readonly bounds: ModuleBounds,
    private readonly item: FunctionData,
    private readonly index: number,
  ) {}

  verify(): void {
    this.verifyHeader();
    this.verifyHandlers();
    const { code } = this.item;
    for (this.at = 0; this.at < code.length; this.at += 1) {
      this.verifyInstruction(code[this.at] as Instruction);
    }
    const last = code[code.length - 1]?.[0] ?? -1;
    if (opcodes[last]?.terminal !== true) {
      this.at = code.length - 1;
      this.refuse("control continues behind the last instruction");
    }
  }

  private verifyHeader(): void {
    const { arity, registers, floatRegisters, captures, code, positions, file } = this.item;
    this.header(
      registers <= MAX_REGISTERS && isIndex(registers),
      () => `${registers} registers, at most ${MAX_REGISTERS}`,
    );
    this.header(
      floatRegisters <= MAX_REGISTERS && isIndex(floatRegisters),
      () => `${floatRegisters} float registers, at most ${MAX_REGISTERS}`,
    );
    this.header(
      isIndex(arity) && arity <= registers,
      () => `${arity} parameters do not fit into ${registers} registers`,
    );
    this.header(
      isIndex(captures) && captures <= MAX_REGISTERS,
      () => `${captures} captured values, at most ${MAX_REGISTERS}`,
    );
    this.header(code.length > 0, () => "there are no instructions");
    const files = this.data.files.length;
    this.header(
      isIndex(file) && (file < files || (file === 0 && files === 0)),
      () => `file ${file} of ${files}`,
    );
    if (positions !== undefined) {
      this.header(
        positions.length === code.length,
        () => `${positions.length} positions for ${code.length} instructions`,
      );
      let seen: SourcePosition | undefined;
      for (const position of positions) {
        // Neighbours share theirs.
        if (position === seen) continue;
        seen = position;
        const { line, column } = position;
        this.header(
          isIndex(line) && isIndex(column) && line <= MAX_POSITION && column <= MAX_POSITION,
          () => `there is no position ${line}:${column}`,
        );
      }
    }
  }

  private verifyHandlers(): void {
    const { code, handlers, registers } = this.item;
    handlers.forEach(({ start, end, target, register }, index) => {
      this.header(
        isIndex(start) && isIndex(end) && start < end && end <= code.length,
        () => `handler ${index} covers the instructions ${start} to ${end} of ${code.length}`,
      );
      this.header(
        isIndex(target) && target < code.length,
        () => `handler ${index} goes to ${target} of ${code.length}`,
      );
      this.header(
        isIndex(register) && register < registers,
        () => `handler ${index} writes register ${register} of ${registers}`,
      );
    });
  }

  private header(holds: boolean, problem: () => string): void {
    if (!holds) {
      throw new BytecodeError(`Function ${this.index} (${printable(this.item.name)}): ${problem()}`);
    }
  }

  private refuse(problem: string): never {
    throw new BytecodeError(`${instructionPlace(this.item, this.index, this.at)}: ${problem}`);
  }

  private verifyInstruction(instruction: Instruction): void {
    const opcode = instruction[0] ?? -1;
    const info = opcodes[opcode];
    if (info === undefined) {
      this.refuse(`there is no opcode ${opcode}`);
    }
    let at = 1;
    for (const kind of info.operands) {
      const operand = instruction[at];
      if (operand === undefined) {
        this.refuse(`operand ${at} is missing`);
      }
      at += 1;
      if (kind !== "srcs" && kind !== "labels") {
        this.verifyOperand(kind, operand);
        continue;
      }
      if (!isIndex(operand) || operand > instruction.length - at) {
        this.refuse(`a list of ${operand} operands is promised, ${instruction.length - at} are there`);
      }
      const element = kind === "srcs" ? "src" : "label";
      for (const end = at + operand; at < end; at += 1) {
        this.verifyOperand(element, instruction[at] as number);
      }
    }
    if (at !== instruction.length) {
      this.refuse(`${instruction.length - at} operands too many`);
    }
    rules[opcode]?.(this, instruction);
  }

  private verifyOperand(kind: OperandKind, operand: number): void {
    switch (kind) {
      case "src":
      case "dst":
        this.below(operand, this.item.registers, "register");
        return;
      case "fsrc":
      case "fdst":
        this.below(operand, this.item.floatRegisters, "float register");
        return;
      case "label":
        this.below(operand, this.item.code.length, "instruction");
        return;
      case "int":
        if ((operand | 0) !== operand || Object.is(operand, -0)) {
          this.refuse(`the immediate ${operand} is no int of 32 bits`);
        }
        return;
      case "const":
        this.below(operand, this.data.constants.length, "constant");
        return;
      case "string":
        this.below(operand, this.data.constants.length, "constant");
        if (this.data.constants[operand]?.kind !== "string") {
          this.refuse(`constant ${operand} is no string`);
        }
        return;
      case "float":
        this.below(operand, this.data.constants.length, "constant");
        if (this.data.constants[operand]?.kind !== "float") {
          this.refuse(`constant ${operand} is no float`);
        }
        return;
      case "fn":
        this.below(operand, this.data.functions.length, "function");
        return;
      case "import":
        this.below(operand, this.data.imports.length, "import");
        return;
      case "global":
        this.below(operand, this.data.globals, "global variable");
        return;
      case "def":
        this.below(operand, this.data.definitions.length, "definition");
        return;
      case "type":
        this.below(operand, this.data.types.length, "type");
        return;
      case "arith":
        this.below(operand, dynamicOperators.length, "operator");
        return;
      case "slot":
        // Tuples of any size come from host functions, too; instructions on records and exceptions have rules of their own.
        this.below(operand, MAX_REGISTERS, "slot");
        return;
      case "capture":
      case "tag":
        // Bounded by the rule of the instruction, which knows the closure or the union.
        return;
      case "srcs":
      case "labels":
        this.refuse("a list stands where one operand was expected");
    }
  }

  private below(operand: number, bound: number, what: string): void {
    if (!isIndex(operand) || operand >= bound) {
      this.refuse(`there is no ${what} ${operand}, only ${bound}`);
    }
  }

  // Rules of single instructions; `instruction[n]` are the operands as `opcodes.ts` lists them.

  functionValue(fn: number): void {
    const callee = this.data.functions[fn] as FunctionData;
    if (callee.captures > 0) {
      this.refuse(
        `function ${fn} (${printable(callee.name)}) captures ${callee.captures} values and needs a closure`,
      );
    }
    this.applicable(callee, fn);
  }

  /** A function value is applied to one argument at least. */
  private applicable(callee: FunctionData, fn: number): void {
    if (callee.arity === 0) {
      this.refuse(`function ${fn} (${printable(callee.name)}) has no parameters and cannot be a value`);
    }
  }

  self(): void {
    this.applicable(this.item, this.index);
  }

  closure(fn: number, values: number): void {
    const callee = this.data.functions[fn] as FunctionData;
    this.applicable(callee, fn);
    if (values !== callee.captures) {
      this.refuse(
        `function ${fn} (${printable(callee.name)}) captures ${callee.captures} values, ${values} are given`,
      );
    }
  }

  callOfFunction(fn: number, args: number): void {
    const callee = this.data.functions[fn] as FunctionData;
    if (callee.captures > 0) {
      this.refuse(
        `function ${fn} (${printable(callee.name)}) captures ${callee.captures} values and needs a closure`,
      );
    }
    this.exactArguments(() => `function ${fn} (${printable(callee.name)})`, callee.arity, args);
  }

  callOfSelf(args: number): void {
    this.exactArguments(() => "the running function", this.item.arity, args);
  }

  callOfImport(number: number, args: number): void {
    const item = this.data.imports[number];
    const name = (): string => `import ${number} (${printable(item?.name ?? "")})`;
    if (item?.arity === 0) {
      this.refuse(`${name()} is a constant and cannot be called`);
    }
    this.exactArguments(name, item?.arity ?? 0, args);
  }

  private exactArguments(name: () => string, arity: number, args: number): void {
    if (args !== arity) {
      this.refuse(`${name()} has ${arity} parameters, ${args} arguments are given`);
    }
  }

  capture(number: number): void {
    this.below(number, this.item.captures, "captured value");
  }

  captureOfClosure(number: number): void {
    this.below(number, this.bounds.captures, "captured value");
  }

  recordSlot(slot: number): void {
    this.below(slot, this.bounds.recordFields, "slot of a record");
  }

  exceptionSlot(slot: number): void {
    this.below(slot, this.bounds.exceptionFields, "slot of an exception");
  }

  record(def: number, values: number): void {
    const definition = this.data.definitions[def];
    if (definition?.kind !== "record") {
      this.refuse(`definition ${def} is no record`);
    }
    this.fieldCount(definition.fields.length, values);
  }

  exception(def: number): number {
    const fields = exceptionFieldCount(this.data.definitions[def] as DefinitionData);
    if (fields === undefined) {
      this.refuse(`definition ${def} is no exception`);
    }
    return fields;
  }

  caseFields(def: number, tag: number): number {
    const fields = caseFieldCount(this.data.definitions[def] as DefinitionData, tag);
    if (fields === undefined) {
      this.refuse(`definition ${def} is no union with a case of tag ${tag}`);
    }
    return fields;
  }

  fieldCount(fields: number, values: number): void {
    if (fields !== values) {
      this.refuse(`there are ${fields} fields, ${values} values are given`);
    }
  }

  atLeast(minimum: number, count: number, what: string): void {
    if (count < minimum) {
      this.refuse(`${count} ${what}, at least ${minimum} expected`);
    }
  }

  atMost(maximum: number, count: number, what: string): void {
    if (count > maximum) {
      this.refuse(`${count} ${what}, at most ${maximum} expected`);
    }
  }

  divisor(immediate: number): void {
    if (immediate === 0) {
      this.refuse("the immediate divisor is 0");
    }
  }

  unionTag(tag: number): void {
    if (tag < 0) {
      this.refuse(`${tag} is no tag`);
    }
  }
}

/** A whole number from 0 to 2^32 - 1. */
function isIndex(value: number): boolean {
  return value >>> 0 === value;
}

/** One rule: `word(n)` is the n-th number of the instruction, all of which passed the checks of their kind. */
type Rule = (verifier: FunctionVerifier, word: (index: number) => number) => void;

const ruleOf: ReadonlyMap<OpcodeName, Rule> = new Map<OpcodeName, Rule>([
  ["load.fn", (verifier, word) => verifier.functionValue(word(2))],
  ["load.capture", (verifier, word) => verifier.capture(word(2))],
  ["load.self", (verifier) => verifier.self()],
  ["closure", (verifier, word) => verifier.closure(word(2), word(3))],
  ["set.capture", (verifier, word) => verifier.captureOfClosure(word(2))],
  [
    "load.case",
    (verifier, word) => verifier.atLeast(1, verifier.caseFields(word(2), word(3)), "fields of the case"),
  ],
  ["int.div.imm", (verifier, word) => verifier.divisor(word(3))],
  ["int.rem.imm", (verifier, word) => verifier.divisor(word(3))],
  [
    "tuple.new",
    (verifier, word) => {
      verifier.atLeast(2, word(2), "items of a tuple");
      verifier.atMost(MAX_REGISTERS, word(2), "items of a tuple");
    },
  ],
  ["record.new", (verifier, word) => verifier.record(word(2), word(3))],
  ["case.new", (verifier, word) => verifier.fieldCount(verifier.caseFields(word(2), word(3)), word(4))],
  ["exn.new", (verifier, word) => verifier.fieldCount(verifier.exception(word(2)), word(3))],
  ["field.set", (verifier, word) => verifier.recordSlot(word(2))],
  ["field.set.float", (verifier, word) => verifier.recordSlot(word(2))],
  ["exn.field", (verifier, word) => verifier.exceptionSlot(word(3))],
  ["call", (verifier, word) => verifier.atLeast(1, word(3), "arguments")],
  ["call.fn", (verifier, word) => verifier.callOfFunction(word(2), word(3))],
  ["call.import", (verifier, word) => verifier.callOfImport(word(2), word(3))],
  ["tail.call", (verifier, word) => verifier.atLeast(1, word(2), "arguments")],
  ["tail.fn", (verifier, word) => verifier.callOfFunction(word(1), word(2))],
  ["tail.self", (verifier, word) => verifier.callOfSelf(word(1))],
  ["tail.import", (verifier, word) => verifier.callOfImport(word(1), word(2))],
  ["unless.tag", (verifier, word) => verifier.unionTag(word(2))],
  ["unless.exn", (verifier, word) => void verifier.exception(word(2))],
  ["switch.tag", (verifier, word) => verifier.atLeast(1, word(2), "labels")],
]);

const rules: readonly (((verifier: FunctionVerifier, instruction: Instruction) => void) | undefined)[] =
  opcodes.map((info) => {
    const rule = ruleOf.get(info.name);
    return rule && ((verifier, instruction) => rule(verifier, (index) => instruction[index] as number));
  });
