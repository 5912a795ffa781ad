/** Random modules: well formed by construction, from a seed, so that fast-check can replay and shrink them. */
import {
  type ConstantData,
  type DefinitionData,
  dynamicOperators,
  type ExportData,
  type FunctionData,
  type HandlerData,
  type ImportData,
  type Instruction,
  type ModuleData,
  type OpcodeInfo,
  opcodes,
  type TypeDescriptor,
} from "../src/index.js";

/** Number of an opcode by name. */
export function opcode(name: string): number {
  const number = opcodes.findIndex((info) => info.name === name);
  if (number < 0) {
    throw new Error(`There is no opcode ${name}`);
  }
  return number;
}

/** Deterministic random numbers (mulberry32). */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** 0 … bound-1. */
  below(bound: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (items.length === 0) {
      throw new Error("Nothing to pick from");
    }
    return item as T;
  }

  list<T>(most: number, make: (index: number) => T): T[] {
    return Array.from({ length: this.below(most + 1) }, (_, index) => make(index));
  }

  int32(): number {
    return this.chance(50) ? this.below(200) - 100 : (this.below(2 ** 31) * 2 + this.below(2)) | 0;
  }
}

const NAMES = [
  "x",
  "fib",
  "__proto__",
  "constructor",
  "Geometry.area",
  "",
  "naïve",
  "名前",
  "\ufeffbom",
  "a\u0000b",
  "\ud800",
  "x\udc00y",
  "😀",
  "l".repeat(200),
];

function type(dice: Dice, definitions: readonly number[], depth: number): TypeDescriptor {
  const inner = (): TypeDescriptor => type(dice, definitions, depth + 1);
  switch (depth > 3 ? 0 : dice.below(10)) {
    case 1:
    case 2:
      return {
        kind: dice.pick(["list", "array", "option", "seq", "set", "async", "ref", "lazy"] as const),
        item: inner(),
      };
    case 3:
      return { kind: "map", key: inner(), value: inner() };
    case 4:
      return { kind: "result", ok: inner(), error: inner() };
    case 5:
      return { kind: "tuple", items: [inner(), inner(), ...dice.list(2, inner)] };
    case 6:
      return { kind: "function", parameter: inner(), result: inner() };
    case 7: {
      const labels = [...new Set(dice.list(4, () => dice.pick(NAMES)))].sort();
      return { kind: "anonymous", fields: labels.map((label) => ({ label, type: inner() })) };
    }
    case 8: {
      if (definitions.length === 0) {
        return { kind: "host", name: dice.pick(NAMES) };
      }
      const definition = dice.below(definitions.length);
      return {
        kind: "named",
        definition,
        args: Array.from({ length: definitions[definition] as number }, inner),
      };
    }
    case 9:
      return {
        kind: "variable",
        name: dice.pick(NAMES),
        bounds: dice.list(3, () => dice.pick(["add", "num", "bits", "eq", "ord"] as const)),
      };
    default:
      return { kind: dice.pick(["unit", "int", "float", "bool", "string", "char", "any", "exn"] as const) };
  }
}

function constant(dice: Dice): ConstantData {
  switch (dice.below(4)) {
    case 0:
      return {
        kind: "float",
        value: dice.pick([0, -0, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 5e-324, -1.7976931348623157e308]),
      };
    case 1:
      return {
        kind: "int",
        value: dice.pick<number | bigint>([
          0,
          -1,
          2 ** 31,
          Number.MAX_SAFE_INTEGER,
          Number.MIN_SAFE_INTEGER,
          2n ** 53n,
          -(2n ** 53n),
          2n ** 63n - 1n,
          -(2n ** 63n),
        ]),
      };
    case 2:
      return { kind: "int", value: dice.int32() };
    default:
      return { kind: "string", value: dice.pick(NAMES) };
  }
}

function definition(dice: Dice, index: number, parameters: number, all: readonly number[]): DefinitionData {
  const labels = (): string[] => [...new Set(dice.list(5, () => dice.pick(NAMES)))];
  const caseFields = () =>
    labels().map((label) => ({ label: dice.chance(50) ? label : undefined, type: type(dice, all, 1) }));
  switch (index) {
    case 0:
      return { kind: "builtin", name: "Failure" };
    case 1:
      return { kind: "builtin", name: "option" };
    case 2:
      return { kind: "builtin", name: "Result" };
    case 3:
      return { kind: "exception", name: dice.pick(NAMES), fields: caseFields() };
    case 4:
      return {
        kind: "union",
        name: dice.pick(NAMES),
        params: parameters,
        cases: ["A", "B", "C"].map((name) => ({ name, fields: caseFields() })),
      };
    default:
      return {
        kind: "record",
        name: dice.pick(NAMES),
        params: parameters,
        anonymous: dice.chance(20),
        identity: dice.chance(20),
        fields: ["first", ...labels()].map((label) => ({
          label,
          mutable: dice.chance(50),
          type: type(dice, all, 1),
        })),
      };
  }
}

/** Signature of a function before its code exists. */
interface Head {
  readonly arity: number;
  readonly captures: number;
  readonly registers: number;
  readonly floatRegisters: number;
}

/** A module that verifies. `size` grows the code. */
export function randomModule(seed: number, size: number): ModuleData {
  const dice = new Dice(seed);
  const parameters = [0, 1, 2, 0, ...dice.list(4, () => dice.below(3))];
  const definitions = parameters.map((count, index) => definition(dice, index, count, parameters));
  const files = dice.list(3, (index) => `${dice.pick(NAMES)}${index}.fsx`);
  const imports = [
    ...dice.list(3, (): ImportData => {
      const position =
        files.length === 0 || dice.chance(30)
          ? undefined
          : { file: dice.below(files.length), line: dice.below(9000), column: dice.below(200) };
      return {
        module: dice.pick(["", "List", "File"]),
        name: dice.pick(NAMES),
        arity: dice.below(4),
        capability: dice.pick([undefined, "fs:read"]),
        position,
      };
    }),
  ];
  const heads: Head[] = [
    { arity: 0, captures: 0, registers: 1 + dice.below(12), floatRegisters: dice.below(4) },
    ...dice.list(4, () => {
      const arity = 1 + dice.below(3);
      return {
        arity,
        captures: dice.below(3),
        registers: arity + 1 + dice.below(12),
        floatRegisters: dice.below(4),
      };
    }),
  ];
  const context: Context = {
    dice,
    constants: [...dice.list(6, () => constant(dice)), { kind: "string", value: "FUS0501" }],
    definitions,
    types: dice.list(4, () => type(dice, parameters, 1)),
    imports,
    globals: dice.below(5),
    heads,
  };
  const functions = heads.map((_, index) => randomFunction(context, index, size, files.length));
  const exports =
    context.globals === 0
      ? []
      : dice.list(3, (index): ExportData => {
          const arity = dice.below(4);
          return {
            name: `${dice.pick(NAMES)}${index}`,
            global: dice.below(context.globals),
            arity,
            parameterNames: Array.from({ length: dice.below(arity + 1) }, () => dice.pick(NAMES)),
            type: type(dice, parameters, 1),
            doc: dice.pick([undefined, "Doc.", ""]),
            capabilities: dice.pick([[], ["fs:read"], ["fs:read", "time:read"]]),
          };
        });
  const { constants, types, globals } = context;
  return {
    name: dice.pick(NAMES),
    imports,
    constants,
    definitions,
    types,
    functions,
    entry: 0,
    globals,
    exports,
    files,
  };
}

interface Context {
  readonly dice: Dice;
  readonly constants: readonly ConstantData[];
  readonly definitions: readonly DefinitionData[];
  readonly types: readonly TypeDescriptor[];
  readonly imports: readonly ImportData[];
  readonly globals: number;
  readonly heads: readonly Head[];
}

function randomFunction(context: Context, index: number, size: number, files: number): FunctionData {
  const { dice } = context;
  const head = context.heads[index] as Head;
  const writer = new CodeWriter(context, head);
  writer.statements(size, new Set(Array.from({ length: head.arity }, (_, register) => register)));
  const { code, handlers } = writer;
  let line = 1;
  const positions = dice.chance(70)
    ? code.map(() => {
        line = dice.chance(60) ? line : Math.max(0, line + dice.below(100) - 20);
        return { line, column: dice.pick([1, 5, 5000]) };
      })
    : undefined;
  return {
    name: dice.pick(NAMES),
    ...head,
    code,
    handlers,
    positions,
    file: files === 0 ? 0 : dice.below(files),
  };
}

/** Writes code as a random tree of statements and keeps the set of registers that are assigned on every path so far; float registers are numbered behind the others. */
class CodeWriter {
  readonly code: number[][] = [];
  readonly handlers: HandlerData[] = [];
  /** Registers assigned before each instruction, for jumps backwards. */
  readonly #before: ReadonlySet<number>[] = [];
  readonly #dice: Dice;
  readonly #head: Head;

  constructor(
    private readonly context: Context,
    head: Head,
  ) {
    this.#dice = context.dice;
    this.#head = head;
  }

  /** Up to `size` statements and an end. */
  statements(size: number, assigned: Set<number>): void {
    this.#straight(assigned);
    for (let left = size; left > 0; left -= 1) {
      this.#statement(Math.floor(left / 2), assigned);
    }
    this.#end(assigned);
  }

  #emit(instruction: number[], assigned: Set<number>): void {
    this.#before.push(new Set(assigned));
    this.code.push(instruction);
    const written = opcodes[instruction[0] as number]?.operands[0];
    if (written === "dst") assigned.add(instruction[1] as number);
    else if (written === "fdst") assigned.add(this.#head.registers + (instruction[1] as number));
  }

  #statement(size: number, assigned: Set<number>): void {
    switch (this.#dice.below(size > 0 ? 5 : 1)) {
      case 1:
        this.#conditional(size, assigned);
        return;
      case 2:
        this.#loop(size, assigned);
        return;
      case 3:
        this.#protected(size, assigned);
        return;
      case 4:
        this.#switch(size, assigned);
        return;
      default:
        this.#straight(assigned);
        return;
    }
  }

  #body(size: number, assigned: Set<number>): void {
    for (let left = this.#dice.below(3) + 1; left > 0; left -= 1) {
      this.#statement(Math.floor(size / 3), assigned);
    }
  }

  /** Ends a piece of code in one of the ways that control never leaves, or by jumping back where enough is assigned. */
  #end(assigned: Set<number>): void {
    const back = this.#before.findIndex((before) => [...before].every((register) => assigned.has(register)));
    if (back >= 0 && this.#dice.chance(20)) {
      this.#emit([opcode("jump"), back], assigned);
      return;
    }
    this.#instruction(
      (info) => info.terminal && !info.operands.includes("label") && !info.operands.includes("labels"),
      assigned,
    );
  }

  #straight(assigned: Set<number>): void {
    this.#instruction((info) => !info.terminal && !info.operands.includes("label"), assigned);
  }

  #conditional(size: number, assigned: Set<number>): void {
    if (assigned.size === 0) {
      this.#straight(assigned);
      return;
    }
    const branch = this.#branch(assigned);
    const otherwise = new Set(assigned);
    this.#body(size, assigned);
    if (this.#dice.chance(30)) {
      this.#end(assigned);
      this.#patch(branch);
      this.#replace(assigned, otherwise);
      return;
    }
    const jump = this.#jump(assigned);
    this.#patch(branch);
    this.#body(size, otherwise);
    this.#patch(jump);
    this.#keepCommon(assigned, otherwise);
    this.#straight(assigned);
  }

  #loop(size: number, assigned: Set<number>): void {
    const start = this.code.length;
    if (assigned.size === 0) {
      this.#straight(assigned);
      return;
    }
    const branch = this.#branch(assigned);
    const outside = new Set(assigned);
    this.#body(size, assigned);
    this.#emit([opcode("jump"), start], assigned);
    this.#patch(branch);
    this.#replace(assigned, outside);
    this.#straight(assigned);
  }

  #protected(size: number, assigned: Set<number>): void {
    const start = this.code.length;
    const register = this.#dice.below(this.#head.registers);
    const atHandler = new Set(assigned).add(register);
    this.#straight(assigned);
    this.#body(size, assigned);
    const end = this.code.length;
    const jump = this.#jump(assigned);
    const kind = this.#dice.below(2) === 0 ? "with" : "finally";
    this.handlers.push({ kind, start, end, target: this.code.length, register });
    this.#body(size, atHandler);
    this.#patch(jump);
    this.#keepCommon(assigned, atHandler);
    this.#straight(assigned);
  }

  #switch(size: number, assigned: Set<number>): void {
    const generic = [...assigned].filter((register) => register < this.#head.registers);
    if (generic.length === 0) {
      this.#straight(assigned);
      return;
    }
    const at = this.code.length;
    const register = this.#dice.pick(generic);
    const arms = 1 + this.#dice.below(3);
    const tagged = this.#dice.chance(50);
    const labels = Array.from({ length: arms }, () => -1);
    this.#emit(
      tagged
        ? [opcode("switch.tag"), register, arms, ...labels]
        : [opcode("switch.int"), register, this.#dice.int32(), arms, ...labels, -1],
      assigned,
    );
    const entry = new Set(assigned);
    const instruction = this.code[at] as number[];
    for (let position = tagged ? 3 : 4; position < instruction.length; position += 1) {
      instruction[position] = this.code.length;
      const arm = new Set(entry);
      this.#body(Math.floor(size / 2), arm);
      this.#end(arm);
    }
    // Control arrives behind the switch through one more jump only.
    instruction[tagged ? 3 : 4] = this.code.length;
    this.#replace(assigned, entry);
    this.#straight(assigned);
  }

  #replace(target: Set<number>, source: ReadonlySet<number>): void {
    target.clear();
    for (const register of source) {
      target.add(register);
    }
  }

  #keepCommon(target: Set<number>, other: ReadonlySet<number>): void {
    for (const register of [...target]) {
      if (!other.has(register)) {
        target.delete(register);
      }
    }
  }

  #jump(assigned: Set<number>): number {
    this.#emit([opcode("jump"), -1], assigned);
    return this.code.length - 1;
  }

  /** A conditional jump whose label `#patch` fills in. */
  #branch(assigned: Set<number>): number {
    this.#instruction((info) => !info.terminal && info.operands.includes("label"), assigned);
    return this.code.length - 1;
  }

  #patch(at: number): void {
    const instruction = this.code[at] as number[];
    instruction[instruction.length - 1] = this.code.length;
  }

  /** A random instruction of those wanted; tries until one can be given valid operands. */
  #instruction(wanted: (info: OpcodeInfo) => boolean, assigned: Set<number>): void {
    for (;;) {
      const number = this.#dice.below(opcodes.length);
      const info = opcodes[number] as OpcodeInfo;
      if (!wanted(info)) {
        continue;
      }
      const operands = this.#operands(info, assigned);
      if (operands !== undefined) {
        this.#emit([number, ...operands], assigned);
        return;
      }
    }
  }

  #operands(info: OpcodeInfo, assigned: ReadonlySet<number>): number[] | undefined {
    const dice = this.#dice;
    const { constants, definitions, types, imports, globals, heads } = this.context;
    const operands: number[] = [];
    const { registers, floatRegisters } = this.#head;
    const readable = [...assigned].filter((register) => register < registers);
    const floats = [...assigned].filter((register) => register >= registers);
    const put = (count: number): boolean => {
      if (count === 0) {
        return false;
      }
      operands.push(dice.below(count));
      return true;
    };
    const sources = (count: number): boolean => {
      if (readable.length === 0 && count > 0) {
        return false;
      }
      operands.push(count, ...Array.from({ length: count }, () => dice.pick(readable)));
      return true;
    };
    const calledFunction = (): Head => heads[operands[operands.length - 1] as number] as Head;
    const lastDefinition = (): DefinitionData =>
      definitions[operands[operands.length - 1] as number] as DefinitionData;
    for (const kind of info.operands) {
      let filled = true;
      switch (kind) {
        case "dst":
          operands.push(dice.below(this.#head.registers));
          break;
        case "src":
          filled = readable.length > 0;
          operands.push(filled ? dice.pick(readable) : 0);
          break;
        case "fdst":
          filled = put(floatRegisters);
          break;
        case "fsrc":
          filled = floats.length > 0;
          operands.push(filled ? dice.pick(floats) - registers : 0);
          break;
        case "float": {
          const found = [...constants.keys()].filter((index) => constants[index]?.kind === "float");
          filled = found.length > 0;
          operands.push(filled ? dice.pick(found) : 0);
          break;
        }
        case "srcs":
          switch (info.name) {
            case "call":
            case "tail.call":
              filled = sources(1 + dice.below(3));
              break;
            case "tuple.new":
              filled = sources(2 + dice.below(9));
              break;
            case "closure": {
              const callee = calledFunction();
              filled = callee.arity > 0 && sources(callee.captures);
              break;
            }
            case "call.fn":
            case "tail.fn": {
              const callee = calledFunction();
              filled = callee.captures === 0 && sources(callee.arity);
              break;
            }
            case "tail.self":
              filled = sources(this.#head.arity);
              break;
            case "call.import":
            case "tail.import": {
              const arity = imports[operands[operands.length - 1] as number]?.arity ?? 0;
              filled = arity > 0 && sources(arity);
              break;
            }
            case "record.new": {
              const definition = lastDefinition();
              filled = definition.kind === "record" && sources(definition.fields.length);
              break;
            }
            case "exn.new": {
              const definition = lastDefinition();
              filled =
                definition.kind === "exception"
                  ? sources(definition.fields.length)
                  : definition.kind === "builtin" && definition.name === "Failure" && sources(1);
              break;
            }
            case "case.new":
              filled = sources(caseSize(definitions, operands));
              break;
            default:
              filled = sources(dice.below(4));
          }
          break;
        case "int":
          operands.push(info.name === "unless.tag" ? dice.below(5) : dice.int32() || 1);
          break;
        case "const":
          filled = put(constants.length);
          break;
        case "string":
          operands.push(
            dice.pick([...constants.keys()].filter((index) => constants[index]?.kind === "string")),
          );
          break;
        case "fn":
          filled =
            put(heads.length) &&
            (info.name !== "load.fn" || (calledFunction().captures === 0 && calledFunction().arity > 0));
          break;
        case "import":
          filled = put(imports.length);
          break;
        case "global":
          filled = put(globals);
          break;
        case "capture":
          filled = put(
            info.name === "load.capture"
              ? this.#head.captures
              : Math.max(...heads.map((head) => head.captures)),
          );
          break;
        case "def":
          filled = put(definitions.length);
          if (info.name === "unless.exn") {
            const definition = lastDefinition();
            filled =
              definition.kind === "exception" ||
              (definition.kind === "builtin" && definition.name === "Failure");
          }
          break;
        case "tag": {
          const count = caseCount(lastDefinition());
          filled = put(count) && (info.name !== "load.case" || caseSize(definitions, operands) > 0);
          break;
        }
        case "slot": {
          const most = info.name.startsWith("field.get") ? 9 : 1;
          const exists =
            !info.name.startsWith("field.set") || definitions.some((item) => item.kind === "record");
          filled = exists && put(most);
          break;
        }
        case "type":
          filled = put(types.length);
          break;
        case "arith":
          operands.push(dice.below(dynamicOperators.length));
          break;
        case "label":
          operands.push(-1);
          break;
        case "labels":
          filled = false;
      }
      if (!filled) {
        return undefined;
      }
    }
    if (info.name === "load.self" && this.#head.arity === 0) {
      return undefined;
    }
    return operands;
  }
}

function caseCount(definition: DefinitionData): number {
  if (definition.kind === "union") {
    return definition.cases.length;
  }
  return definition.kind === "builtin" && definition.name !== "Failure" ? 2 : 0;
}

/** Fields of the case that the last two operands name. */
function caseSize(definitions: readonly DefinitionData[], operands: readonly number[]): number {
  const [def = 0, tag = 0] = operands.slice(-2);
  const definition = definitions[def];
  if (definition?.kind === "union") {
    return definition.cases[tag]?.fields.length ?? 0;
  }
  return definition?.kind === "builtin" && definition.name === "option" && tag === 0 ? 0 : 1;
}

/** Code with random jumps, handlers and register accesses: structurally right, definitely assigned or not. */
export function randomFlow(seed: number): FunctionData {
  const dice = new Dice(seed);
  const length = 1 + dice.below(12);
  const registers = 1 + dice.below(4);
  const arity = 0;
  const floatRegisters = 1 + dice.below(2);
  const register = (): number => dice.below(registers);
  const float = (): number => dice.below(floatRegisters);
  const label = (): number => dice.below(length);
  const code: Instruction[] = Array.from({ length }, (_, at) => {
    if (at === length - 1) {
      return dice.chance(50) ? [opcode("return"), register()] : [opcode("jump"), label()];
    }
    switch (dice.below(12)) {
      case 9:
        return [opcode("unless.float.lt"), float(), float(), label()];
      case 10:
        return [opcode("move.to.float"), float(), register()];
      case 11:
        return [opcode("move.from.float"), register(), float()];
      case 0:
        return [opcode("move"), register(), register()];
      case 1:
        return [opcode("if"), register(), label()];
      case 2:
        return [opcode("jump"), label()];
      case 3:
        return [opcode("switch.tag"), register(), 2, label(), label()];
      case 4:
        return [opcode("return"), register()];
      case 5:
        return [opcode("array.new"), register(), 2, register(), register()];
      default:
        return [opcode("load.unit"), register()];
    }
  });
  const handlers = dice.list(2, (): HandlerData => {
    const start = dice.below(length);
    const kind = dice.below(2) === 0 ? "with" : "finally";
    return {
      kind,
      start,
      end: start + 1 + dice.below(length - start),
      target: label(),
      register: register(),
    };
  });
  return {
    name: "flow",
    arity,
    registers,
    floatRegisters,
    captures: 0,
    code,
    handlers,
    positions: undefined,
    file: 0,
  };
}
