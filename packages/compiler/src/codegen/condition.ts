/** Conditions as jumps: comparison and branch in one instruction, through `&&`, `||` and `not`. */
import type { OpcodeName } from "@fusabi/vm";
import type { Comparison, ComparisonOperator, Core } from "../core/core.js";
import { isImmediate } from "../lower/operators.js";
import type { Label } from "./assembler.js";
import type { Emitter } from "./emitter.js";

/** Goes to `label` when the condition is `when`, else on. */
export function emitConditionally(emitter: Emitter, condition: Core, label: Label, when: boolean): void {
  const { code } = emitter;
  if (!code.reachable) return;
  switch (condition.kind) {
    case "bool":
      if (condition.value === when) code.emit("jump", label);
      return;
    case "and":
    case "or": {
      // `a && b` is false as soon as a is; `a || b` true as soon as a is.
      const decisive = condition.kind === "or";
      if (when === decisive) {
        emitConditionally(emitter, condition.left, label, when);
        emitConditionally(emitter, condition.right, label, when);
      } else {
        const skip = emitter.label();
        emitConditionally(emitter, condition.left, skip, decisive);
        emitConditionally(emitter, condition.right, label, when);
        code.bind(skip);
      }
      return;
    }
    case "primitive":
      if (condition.op === "not" && condition.args[0] !== undefined) {
        emitConditionally(emitter, condition.args[0], label, !when);
        return;
      }
      break;
    case "compare":
      if (emitFused(emitter, condition, label, when)) return;
      break;
    default:
      break;
  }
  const register = emitter.operand(condition);
  code.span = condition.span;
  code.emit(when ? "if" : "unless", register, label);
  emitter.registers.release(register);
}

const OPPOSITE: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  "=": "<>",
  "<>": "=",
  "<": ">=",
  "<=": ">",
  ">": "<=",
  ">=": "<",
};
const MIRRORED: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  "=": "=",
  "<>": "<>",
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
};

const UNLESS: Readonly<Record<"=" | "<>" | "<" | "<=", OpcodeName>> = {
  "=": "unless.eq",
  "<>": "unless.ne",
  "<": "unless.lt",
  "<=": "unless.le",
};
const UNLESS_IMMEDIATE: Readonly<Record<ComparisonOperator, OpcodeName>> = {
  "=": "unless.eq.imm",
  "<>": "unless.ne.imm",
  "<": "unless.lt.imm",
  "<=": "unless.le.imm",
  ">": "unless.gt.imm",
  ">=": "unless.ge.imm",
};

/** False: the comparison has no form that jumps. */
function emitFused(emitter: Emitter, core: Comparison, label: Label, when: boolean): boolean {
  const { mode } = core;
  if (mode === "structural" || mode === "dynamic") return false;
  if (mode === "float") {
    emitFloats(emitter, core, label, when);
    return true;
  }
  // The instructions jump when the comparison is false; to jump when it is true, the opposite is asked.
  const operator = when ? OPPOSITE[core.operator] : core.operator;
  if (mode === "int") {
    if (core.right.kind === "int" && isImmediate(core.right.value))
      return emitImmediate(emitter, core, core.left, operator, core.right.value, label);
    if (core.left.kind === "int" && isImmediate(core.left.value)) {
      return emitImmediate(emitter, core, core.right, MIRRORED[operator], core.left.value, label);
    }
  }
  if (mode === "text" && operator === "=") {
    if (core.right.kind === "string") return emitTextTest(emitter, core, core.left, core.right.value, label);
    if (core.left.kind === "string") return emitTextTest(emitter, core, core.right, core.left.value, label);
  }
  const [left, right] = emitter.operands([core.left, core.right]) as [number, number];
  emitter.code.span = core.span;
  if (operator === ">") emitter.code.emit(UNLESS["<"], right, left, label);
  else if (operator === ">=") emitter.code.emit(UNLESS["<="], right, left, label);
  else emitter.code.emit(UNLESS[operator], left, right, label);
  emitter.release([left, right]);
  return true;
}

/** Of nan, `<` and `>=` are both false, so that to jump when a comparison holds takes instructions of its own. */
function emitFloats(emitter: Emitter, core: Comparison, label: Label, when: boolean): void {
  const operands = emitter.operands([core.left, core.right], () => true);
  const [left, right] = operands as [number, number];
  const { code } = emitter;
  code.span = core.span;
  switch (core.operator) {
    case "=":
      code.emit(when ? "unless.float.ne" : "unless.float.eq", left, right, label);
      break;
    case "<>":
      code.emit(when ? "unless.float.eq" : "unless.float.ne", left, right, label);
      break;
    case "<":
      code.emit(when ? "if.float.lt" : "unless.float.lt", left, right, label);
      break;
    case "<=":
      code.emit(when ? "if.float.le" : "unless.float.le", left, right, label);
      break;
    case ">":
      code.emit(when ? "if.float.lt" : "unless.float.lt", right, left, label);
      break;
    case ">=":
      code.emit(when ? "if.float.le" : "unless.float.le", right, left, label);
      break;
  }
  emitter.release(operands);
}

function emitImmediate(
  emitter: Emitter,
  core: Comparison,
  value: Core,
  operator: ComparisonOperator,
  immediate: number,
  label: Label,
): true {
  const register = emitter.operand(value);
  emitter.code.span = core.span;
  emitter.code.emit(UNLESS_IMMEDIATE[operator], register, immediate, label);
  emitter.registers.release(register);
  return true;
}

function emitTextTest(emitter: Emitter, core: Comparison, value: Core, text: string, label: Label): true {
  const register = emitter.operand(value);
  emitter.code.span = core.span;
  emitter.code.emit("unless.string", register, emitter.module.tables.string(text), label);
  emitter.registers.release(register);
  return true;
}
