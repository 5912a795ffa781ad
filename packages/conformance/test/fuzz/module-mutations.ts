/** Changes of modules that keep their structure, so that many get past the decoder and some past the verifier. */
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
  type OperandKind,
  opcodes,
  type TypeDescriptor,
} from "@fusabi/vm";
import type { Dice } from "./dice.js";

/** A module with one or a few changes. */
export function mutated(original: ModuleData, dice: Dice): ModuleData {
  let module = original;
  for (let left = 1 + dice.below(3); left > 0; left--) module = changeModule(module, dice);
  return module;
}

const NAMES = ["__proto__", "constructor", "toString", "print", "List.map", "", "f0", "shape", "\ud800"];

function changeModule(module: ModuleData, dice: Dice): ModuleData {
  switch (dice.below(16)) {
    case 0:
      return { ...module, constants: changed(module.constants, dice, (one) => changeConstant(one, dice)) };
    case 1:
      return {
        ...module,
        definitions: changed(module.definitions, dice, (one) => changeDefinition(one, module, dice)),
      };
    case 2:
      return { ...module, types: changed(module.types, dice, () => anyType(module, dice, 0)) };
    case 3:
      return { ...module, exports: changed(module.exports, dice, (one) => changeExport(one, module, dice)) };
    case 4:
      return { ...module, imports: changed(module.imports, dice, (one) => changeImport(one, dice)) };
    case 5:
      return dice.chance(50)
        ? { ...module, entry: dice.below(module.functions.length + 1) }
        : { ...module, globals: dice.below(module.globals + 2) };
    default: {
      const index = dice.below(module.functions.length);
      const functions = module.functions.map((one, at) =>
        at === index ? changeFunction(one, module, dice) : one,
      );
      return { ...module, functions };
    }
  }
}

/** One element changed, removed, doubled or put elsewhere. */
function changed<T>(items: readonly T[], dice: Dice, change: (item: T) => T): T[] {
  const copy = [...items];
  if (copy.length === 0) return copy;
  const at = dice.below(copy.length);
  const item = copy[at] as T;
  switch (dice.below(8)) {
    case 0:
      copy.splice(at, 1);
      break;
    case 1:
      copy.splice(dice.below(copy.length), 0, item);
      break;
    case 2: {
      const other = dice.below(copy.length);
      copy[at] = copy[other] as T;
      copy[other] = item;
      break;
    }
    default:
      copy[at] = change(item);
  }
  return copy;
}

function changeConstant(constant: ConstantData, dice: Dice): ConstantData {
  switch (dice.below(4)) {
    case 0:
      return { kind: "string", value: dice.pick(NAMES) };
    case 1:
      return { kind: "float", value: dice.pick([Number.NaN, -0, 1e308, Number.NEGATIVE_INFINITY, 0.5]) };
    case 2:
      return { kind: "int", value: dice.pick([0, -1, 2 ** 53 - 1, -(2n ** 63n), 2n ** 63n - 1n]) };
    default:
      return constant;
  }
}

function changeDefinition(definition: DefinitionData, module: ModuleData, dice: Dice): DefinitionData {
  const type = (): TypeDescriptor => anyType(module, dice, 0);
  switch (definition.kind) {
    case "record":
      if (dice.chance(20)) return { ...definition, identity: !definition.identity };
      if (dice.chance(20)) return { ...definition, anonymous: !definition.anonymous };
      return {
        ...definition,
        fields: changed(definition.fields, dice, (field) => ({
          ...field,
          ...(dice.chance(50) ? { label: dice.pick(NAMES) } : { type: type() }),
        })),
      };
    case "union":
      return {
        ...definition,
        cases: changed(definition.cases, dice, (one) => ({
          ...one,
          fields: changed(one.fields, dice, (field) => ({ ...field, type: type() })),
        })),
      };
    case "exception":
      return {
        ...definition,
        fields: changed(definition.fields, dice, (field) => ({ ...field, type: type() })),
      };
    case "builtin":
      return { ...definition, name: dice.pick(["option", "Result", "Failure"] as const) };
  }
}

function changeExport(one: ExportData, module: ModuleData, dice: Dice): ExportData {
  switch (dice.below(4)) {
    case 0:
      return { ...one, arity: dice.below(4) };
    case 1:
      return { ...one, type: anyType(module, dice, 0) };
    case 2:
      return { ...one, global: dice.below(module.globals + 1) };
    default:
      return { ...one, name: dice.pick(NAMES) };
  }
}

function changeImport(one: ImportData, dice: Dice): ImportData {
  switch (dice.below(4)) {
    case 0:
      return { ...one, arity: dice.below(4) };
    case 1:
      return { ...one, name: dice.pick(NAMES) };
    case 2:
      return { ...one, module: dice.pick(["", "List", "File", "__proto__", "Native"]) };
    default:
      return { ...one, capability: dice.pick([undefined, "fs:read", "__proto__"]) };
  }
}

function changeFunction(code: FunctionData, module: ModuleData, dice: Dice): FunctionData {
  switch (dice.below(24)) {
    case 0:
      return { ...code, arity: dice.below(code.arity + 3) };
    case 1:
      return { ...code, registers: dice.below(code.registers + 3) };
    case 2:
      return { ...code, captures: dice.below(code.captures + 3) };
    case 3:
      return { ...code, handlers: changed(code.handlers, dice, (one) => changeHandler(one, code, dice)) };
    case 4: {
      const positions = undefined;
      const instructions = changed(code.code, dice, (one) => one);
      return { ...code, positions, code: instructions };
    }
    default: {
      const at = dice.below(code.code.length);
      const instructions = code.code.map((one, index) =>
        index === at ? changeInstruction(one, code, module, dice) : one,
      );
      return { ...code, code: instructions };
    }
  }
}

function changeHandler(handler: HandlerData, { code, registers }: FunctionData, dice: Dice): HandlerData {
  const at = (): number => dice.below(code.length + 1);
  return dice.pick([
    { ...handler, kind: handler.kind === "with" ? "finally" : "with" },
    { ...handler, start: at() },
    { ...handler, end: at() },
    { ...handler, target: at() },
    { ...handler, register: dice.below(registers + 1) },
  ]);
}

function changeInstruction(
  instruction: Instruction,
  code: FunctionData,
  module: ModuleData,
  dice: Dice,
): Instruction {
  const [number = 0, ...operands] = instruction;
  const kinds = opcodes[number]?.operands ?? [];
  // Another instruction that takes the same operands.
  if (dice.chance(30)) {
    const wanted = kinds.join(" ");
    const alike = opcodes.flatMap((info, at) => (info.operands.join(" ") === wanted ? [at] : []));
    return [dice.pick(alike), ...operands];
  }
  const flat = kinds.some((kind) => kind === "srcs" || kind === "labels");
  const at = dice.below(operands.length);
  const kind: OperandKind = flat && at >= kinds.length - 1 ? "src" : (kinds[at] ?? "src");
  return [
    number,
    ...operands.map((value, index) => (index === at ? operandOf(kind, value, code, module, dice) : value)),
  ];
}

/** An operand that is in range, or just outside. */
function operandOf(
  kind: OperandKind,
  value: number,
  code: FunctionData,
  module: ModuleData,
  dice: Dice,
): number {
  const below = (count: number): number => dice.below(count + (dice.chance(10) ? 1 : 0));
  switch (kind) {
    case "const":
    case "string":
    case "float":
      return below(module.constants.length);
    case "fn":
      return below(module.functions.length);
    case "import":
      return below(module.imports.length);
    case "global":
      return below(module.globals);
    case "capture":
      return below(code.captures);
    case "def":
      return below(module.definitions.length);
    case "type":
      return below(module.types.length);
    case "label":
    case "labels":
      return below(code.code.length);
    case "arith":
      return below(dynamicOperators.length);
    case "tag":
    case "slot":
      return below(4);
    case "int":
      return dice.pick([0, -1, value + 1, 2 ** 31 - 1, -(2 ** 31)]);
    default:
      return below(code.registers);
  }
}

const PRIMITIVES = ["unit", "int", "float", "bool", "string", "char", "any", "exn"] as const;
const CONTAINERS = ["list", "array", "option", "seq", "set", "async", "ref", "lazy"] as const;

function anyType(module: ModuleData, dice: Dice, depth: number): TypeDescriptor {
  const part = (): TypeDescriptor => anyType(module, dice, depth + 1);
  if (depth > 3) return { kind: dice.pick(PRIMITIVES) };
  switch (dice.below(10)) {
    case 0:
    case 1:
      return { kind: dice.pick(CONTAINERS), item: part() };
    case 2:
      return { kind: "tuple", items: dice.list(3, part) };
    case 3:
      return { kind: "function", parameter: part(), result: part() };
    case 4:
      return { kind: "map", key: part(), value: part() };
    case 5:
      return { kind: "result", ok: part(), error: part() };
    case 6:
      return {
        kind: "named",
        definition: dice.below(module.definitions.length + 1),
        args: dice.list(2, part),
      };
    case 7:
      return { kind: "host", name: dice.pick(NAMES) };
    default:
      return { kind: dice.pick(PRIMITIVES) };
  }
}
