/** Modules written as text, for tests of the machine. One instruction a line, `@name:` before an instruction is a label. */
import { type FunctionData, type HandlerData, type ModuleData, opcodes } from "../src/index.js";

export interface FunctionText {
  readonly name: string;
  readonly arity?: number;
  readonly captures?: number;
  readonly code: string;
  /** Label names. */
  readonly handlers?: readonly {
    readonly kind?: HandlerData["kind"];
    readonly start: string;
    readonly end: string;
    readonly target: string;
    readonly register: number;
  }[];
}

/** Operands: `r1` registers, `f1` float registers, `@label` labels, `#3` counts of lists are left out (lists are written `[r1 r2]`), everything else plain numbers. */
export function assemble(functions: readonly FunctionText[], more: Partial<ModuleData> = {}): ModuleData {
  return {
    name: "test",
    imports: [],
    constants: [],
    definitions: [],
    types: [],
    entry: functions.length - 1,
    globals: 0,
    exports: [],
    files: ["test.fsx"],
    ...more,
    functions: functions.map(assembleFunction),
  };
}

function assembleFunction(fn: FunctionText): FunctionData {
  const labels = new Map<string, number>();
  const lines: string[] = [];
  for (const line of fn.code.split("\n").map((text) => text.trim())) {
    if (line.startsWith("@") && line.endsWith(":")) labels.set(line.slice(1, -1), lines.length);
    else if (line !== "") lines.push(line);
  }
  const labelOf = (name: string): number => {
    const at = labels.get(name);
    if (at === undefined) throw new Error(`no label ${name} in ${fn.name}`);
    return at;
  };
  let highest = (fn.arity ?? 0) - 1;
  let highestFloat = -1;
  const operand = (text: string): number => {
    if (text.startsWith("@")) return labelOf(text.slice(1));
    if (text.startsWith("f")) {
      const float = Number(text.slice(1));
      highestFloat = Math.max(highestFloat, float);
      return float;
    }
    if (!text.startsWith("r")) return Number(text);
    const register = Number(text.slice(1));
    highest = Math.max(highest, register);
    return register;
  };
  const code = lines.map((line) => {
    const [name = "", ...rest] = line.split(/\s+(?![^[]*\])/);
    const opcode = opcodes.findIndex((info) => info.name === name);
    if (opcode < 0) throw new Error(`no instruction ${name}`);
    const operands = rest.flatMap((text) => {
      if (!text.startsWith("[")) return [operand(text)];
      const items = text
        .slice(1, -1)
        .split(/\s+/)
        .filter((item) => item !== "");
      return [items.length, ...items.map(operand)];
    });
    return [opcode, ...operands];
  });
  const handlers = (fn.handlers ?? []).map((one) => {
    highest = Math.max(highest, one.register);
    return {
      kind: one.kind ?? "with",
      start: labelOf(one.start),
      end: labelOf(one.end),
      target: labelOf(one.target),
      register: one.register,
    };
  });
  return {
    name: fn.name,
    arity: fn.arity ?? 0,
    registers: highest + 1,
    floatRegisters: highestFloat + 1,
    captures: fn.captures ?? 0,
    code,
    handlers,
    positions: code.map((_, index) => ({ line: index + 1, column: 1 })),
    file: 0,
  };
}
