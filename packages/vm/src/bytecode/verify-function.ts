/** The structural pass over one function: operands are inside their tables, list lengths agree with what they are given to. */
import { BytecodeError } from "../errors.js";
import { MAX_POSITION, MAX_REGISTERS } from "./format.js";
import { infoOf } from "./instruction.js";
import type {
  DefinitionData,
  FunctionData,
  ImportData,
  Instruction,
  ModuleData,
  SourcePosition,
} from "./module.js";
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

/** Where the pass is. */
interface Site {
  readonly data: ModuleData;
  readonly bounds: ModuleBounds;
  readonly item: FunctionData;
  readonly index: number;
  at: number;
}

export function verifyFunction(
  data: ModuleData,
  bounds: ModuleBounds,
  item: FunctionData,
  index: number,
): void {
  const { code } = item;
  verifyHeader(data, item, index);
  const site: Site = { data, bounds, item, index, at: 0 };
  for (; site.at < code.length; site.at += 1) {
    verifyInstruction(site, code[site.at] as Instruction);
  }
  site.at = code.length - 1;
  if (!infoOf(code[site.at] as Instruction).terminal) {
    refuse(site, "control continues behind the last instruction");
  }
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

function refuse({ item, index, at }: Site, problem: string): never {
  throw new BytecodeError(`${instructionPlace(item, index, at)}: ${problem}`);
}

/** What the function says about itself, and its handlers. */
function verifyHeader(data: ModuleData, item: FunctionData, index: number): void {
  const { arity, registers, floatRegisters, captures, code, positions, file, handlers } = item;
  const wrong = (problem: string): never => {
    throw new BytecodeError(`Function ${index} (${printable(item.name)}): ${problem}`);
  };
  const bounded = (count: number, what: string): void => {
    if (!isIndex(count) || count > MAX_REGISTERS) wrong(`${count} ${what}, at most ${MAX_REGISTERS}`);
  };
  bounded(registers, "registers");
  bounded(floatRegisters, "float registers");
  bounded(captures, "captured values");
  if (!isIndex(arity) || arity > registers) {
    wrong(`${arity} parameters do not fit into ${registers} registers`);
  }
  if (code.length === 0) {
    wrong("there are no instructions");
  }
  if (!isIndex(file) || file >= Math.max(1, data.files.length)) {
    wrong(`file ${file} of ${data.files.length}`);
  }
  if (positions !== undefined && positions.length !== code.length) {
    wrong(`${positions.length} positions for ${code.length} instructions`);
  }
  let seen: SourcePosition | undefined;
  for (const position of positions ?? []) {
    // Neighbours share theirs.
    if (position === seen) continue;
    seen = position;
    const { line, column } = position;
    if (!isIndex(line) || !isIndex(column) || Math.max(line, column) > MAX_POSITION) {
      wrong(`there is no position ${line}:${column}`);
    }
  }
  handlers.forEach(({ start, end, target, register }, number) => {
    if (!isIndex(start) || !isIndex(end) || start >= end || end > code.length) {
      wrong(`handler ${number} covers the instructions ${start} to ${end} of ${code.length}`);
    }
    if (!isIndex(target) || target >= code.length) {
      wrong(`handler ${number} goes to ${target} of ${code.length}`);
    }
    if (!isIndex(register) || register >= registers) {
      wrong(`handler ${number} writes register ${register} of ${registers}`);
    }
  });
}

function verifyInstruction(site: Site, instruction: Instruction): void {
  const opcode = instruction[0] ?? -1;
  const info = opcodes[opcode];
  if (info === undefined) {
    refuse(site, `there is no opcode ${opcode}`);
  }
  let at = 1;
  for (const kind of info.operands) {
    const operand = instruction[at];
    if (operand === undefined) {
      refuse(site, `operand ${at} is missing`);
    }
    at += 1;
    if (kind !== "srcs" && kind !== "labels") {
      verifyOperand(site, kind, operand);
      continue;
    }
    if (!isIndex(operand) || operand > instruction.length - at) {
      refuse(site, `a list of ${operand} operands is promised, ${instruction.length - at} are there`);
    }
    const element = kind === "srcs" ? "src" : "label";
    for (const end = at + operand; at < end; at += 1) {
      verifyOperand(site, element, instruction[at] as number);
    }
  }
  if (at !== instruction.length) {
    refuse(site, `${instruction.length - at} operands too many`);
  }
  rules[opcode]?.(
    site,
    instruction[1] as number,
    instruction[2] as number,
    instruction[3] as number,
    instruction[4] as number,
  );
}

function verifyOperand(site: Site, kind: Exclude<OperandKind, "srcs" | "labels">, operand: number): void {
  const { data, item } = site;
  switch (kind) {
    case "src":
    case "dst":
      return below(site, operand, item.registers, "register");
    case "fsrc":
    case "fdst":
      return below(site, operand, item.floatRegisters, "float register");
    case "label":
      return below(site, operand, item.code.length, "instruction");
    case "int":
      if ((operand | 0) !== operand || Object.is(operand, -0)) {
        refuse(site, `the immediate ${operand} is no int of 32 bits`);
      }
      return;
    case "const":
      return below(site, operand, data.constants.length, "constant");
    case "string":
    case "float":
      below(site, operand, data.constants.length, "constant");
      if (data.constants[operand]?.kind !== kind) {
        refuse(site, `constant ${operand} is no ${kind}`);
      }
      return;
    case "fn":
      return below(site, operand, data.functions.length, "function");
    case "import":
      return below(site, operand, data.imports.length, "import");
    case "global":
      return below(site, operand, data.globals, "global variable");
    case "def":
      return below(site, operand, data.definitions.length, "definition");
    case "type":
      return below(site, operand, data.types.length, "type");
    case "arith":
      return below(site, operand, dynamicOperators.length, "operator");
    case "slot":
      // Tuples of any size come from host functions, too; instructions on records and exceptions have rules of their own.
      return below(site, operand, MAX_REGISTERS, "slot");
    case "capture":
    case "tag":
      // Bounded by the rule of the instruction, which knows the closure or the union.
      return;
  }
}

function below(site: Site, operand: number, bound: number, what: string): void {
  if (!isIndex(operand) || operand >= bound) {
    refuse(site, `there is no ${what} ${operand}, only ${bound}`);
  }
}

/** A whole number from 0 to 2^32 - 1. */
function isIndex(value: number): boolean {
  return value >>> 0 === value;
}

// ---------------------------------------------------------------------------------------------- rules of single instructions

function functionAt({ data }: Site, fn: number): FunctionData {
  return data.functions[fn] as FunctionData;
}

function functionName(site: Site, fn: number): string {
  return `function ${fn} (${printable(functionAt(site, fn).name)})`;
}

/** A function value is applied to one argument at least. */
function applicable(site: Site, fn: number): void {
  if (functionAt(site, fn).arity === 0) {
    refuse(site, `${functionName(site, fn)} has no parameters and cannot be a value`);
  }
}

function needsNoClosure(site: Site, fn: number): void {
  const { captures } = functionAt(site, fn);
  if (captures > 0) {
    refuse(site, `${functionName(site, fn)} captures ${captures} values and needs a closure`);
  }
}

function callOfFunction(site: Site, fn: number, args: number): void {
  needsNoClosure(site, fn);
  const { arity } = functionAt(site, fn);
  if (args !== arity) {
    refuse(site, wrongCount(functionName(site, fn), arity, args));
  }
}

function callOfImport(site: Site, number: number, args: number): void {
  const { name, arity } = site.data.imports[number] as ImportData;
  if (arity > 0 && args === arity) return;
  const shown = `import ${number} (${printable(name)})`;
  refuse(site, arity === 0 ? `${shown} is a constant and cannot be called` : wrongCount(shown, arity, args));
}

function wrongCount(callee: string, arity: number, args: number): string {
  return `${callee} has ${arity} parameters, ${args} arguments are given`;
}

function exceptionFields(site: Site, def: number): number {
  return (
    exceptionFieldCount(site.data.definitions[def] as DefinitionData) ??
    refuse(site, `definition ${def} is no exception`)
  );
}

function caseFields(site: Site, def: number, tag: number): number {
  return (
    caseFieldCount(site.data.definitions[def] as DefinitionData, tag) ??
    refuse(site, `definition ${def} is no union with a case of tag ${tag}`)
  );
}

function fieldCount(site: Site, fields: number, values: number): void {
  if (fields !== values) {
    refuse(site, `there are ${fields} fields, ${values} values are given`);
  }
}

function atLeast(site: Site, minimum: number, count: number, what: string): void {
  if (count < minimum) {
    refuse(site, `${count} ${what}, at least ${minimum} expected`);
  }
}

function atLeastOneArgument(site: Site, count: number): void {
  atLeast(site, 1, count, "arguments");
}

function divisor(site: Site, _: number, __: number, immediate: number): void {
  if (immediate === 0) {
    refuse(site, "the immediate divisor is 0");
  }
}

function recordSlot(site: Site, _: number, slot: number): void {
  below(site, slot, site.bounds.recordFields, "slot of a record");
}

/** One rule, given the first four numbers behind the opcode; all have passed the checks of their kind. */
type Rule = (site: Site, a: number, b: number, c: number, d: number) => void;

const ruleOf: ReadonlyMap<OpcodeName, Rule> = new Map<OpcodeName, Rule>([
  [
    "load.fn",
    (site, _, fn) => {
      needsNoClosure(site, fn);
      applicable(site, fn);
    },
  ],
  ["load.capture", (site, _, capture) => below(site, capture, site.item.captures, "captured value")],
  ["load.self", (site) => applicable(site, site.index)],
  [
    "closure",
    (site, _, fn, values) => {
      applicable(site, fn);
      const { captures } = functionAt(site, fn);
      if (values !== captures) {
        refuse(site, `${functionName(site, fn)} captures ${captures} values, ${values} are given`);
      }
    },
  ],
  ["set.capture", (site, _, capture) => below(site, capture, site.bounds.captures, "captured value")],
  ["load.case", (site, _, def, tag) => atLeast(site, 1, caseFields(site, def, tag), "fields of the case")],
  ["int.div.imm", divisor],
  ["int.rem.imm", divisor],
  [
    "tuple.new",
    (site, _, items) => {
      atLeast(site, 2, items, "items of a tuple");
      if (items > MAX_REGISTERS) {
        refuse(site, `${items} items of a tuple, at most ${MAX_REGISTERS} expected`);
      }
    },
  ],
  [
    "record.new",
    (site, _, def, values) => {
      const definition = site.data.definitions[def];
      if (definition?.kind !== "record") {
        refuse(site, `definition ${def} is no record`);
      }
      fieldCount(site, definition.fields.length, values);
    },
  ],
  ["case.new", (site, _, def, tag, values) => fieldCount(site, caseFields(site, def, tag), values)],
  ["exn.new", (site, _, def, values) => fieldCount(site, exceptionFields(site, def), values)],
  ["field.set", recordSlot],
  ["field.set.float", recordSlot],
  [
    "exn.field",
    (site, _, __, slot) => below(site, slot, site.bounds.exceptionFields, "slot of an exception"),
  ],
  ["call", (site, _, __, args) => atLeastOneArgument(site, args)],
  ["call.fn", (site, _, fn, args) => callOfFunction(site, fn, args)],
  ["call.import", (site, _, number, args) => callOfImport(site, number, args)],
  ["tail.call", (site, _, args) => atLeastOneArgument(site, args)],
  ["tail.fn", callOfFunction],
  [
    "tail.self",
    (site, args) => {
      const { arity } = site.item;
      if (args !== arity) {
        refuse(site, wrongCount("the running function", arity, args));
      }
    },
  ],
  ["tail.import", callOfImport],
  [
    "unless.tag",
    (site, _, tag) => {
      if (tag < 0) {
        refuse(site, `${tag} is no tag`);
      }
    },
  ],
  ["unless.exn", (site, _, def) => void exceptionFields(site, def)],
  ["switch.tag", (site, _, labels) => atLeast(site, 1, labels, "labels")],
]);

const rules: readonly (Rule | undefined)[] = opcodes.map((info) => ruleOf.get(info.name));
