/** Built-in operators by the type of their operands, and conversions between types. */
import { dynamicOperators, type OpcodeName, opcodes } from "@fusabi/vm";
import type { ComparisonOperator, Core } from "../core/core.js";
import { CompilerBug } from "../errors.js";
import { intValue } from "../match/pattern.js";
import type { Span } from "../source/source.js";
import type { BuiltinOperator, OperatorExpr } from "../typed/tree.js";
import { isAny } from "../types/builtin.js";
import type { Type } from "../types/type.js";
import type { Lowerer } from "./lowerer.js";
import { declaredOperator } from "./open-members.js";
import { comparisonMode, type TypeClass } from "./type-class.js";

export function primitive(
  op: OpcodeName,
  args: readonly Core[],
  span: Span,
  extra: readonly number[] = [],
): Core {
  if (FLOAT_OPERANDS.has(op)) noteFloats(args);
  return { kind: "primitive", op, args, extra, span };
}

/** Instructions of which all operands that come from Core are floats. */
const FLOAT_OPERANDS: ReadonlySet<OpcodeName> = new Set(
  opcodes
    .filter(({ operands }) => operands.includes("fsrc") && !operands.includes("src"))
    .map(({ name }) => name),
);

function noteFloats(args: readonly Core[]): void {
  for (const arg of args) if (arg.kind === "local") arg.local.floatUses++;
}

const INT_OPCODES: Readonly<Partial<Record<BuiltinOperator, OpcodeName>>> = {
  "+": "int.add",
  "-": "int.sub",
  "*": "int.mul",
  "/": "int.div",
  "%": "int.rem",
  "&&&": "int.and",
  "|||": "int.or",
  "^^^": "int.xor",
  "<<<": "int.shl",
  ">>>": "int.shr",
};
const FLOAT_OPCODES: Readonly<Partial<Record<BuiltinOperator, OpcodeName>>> = {
  "+": "float.add",
  "-": "float.sub",
  "*": "float.mul",
  "/": "float.div",
  "%": "float.rem",
  "**": "float.pow",
};

export function lowerOperator(lowerer: Lowerer, expr: OperatorExpr): Core {
  const { operator, span } = expr;
  const member = declaredOperator(lowerer, expr);
  if (member !== undefined) return lowerer.expression(member);
  const left = lowerer.expression(expr.left);
  if (expr.right === undefined) return lowerUnary(lowerer, expr, left);
  const right = lowerer.expression(expr.right);
  switch (operator) {
    case "::":
      return primitive("list.cons", [left, right], span);
    case "@":
      return primitive("list.append", [left, right], span);
    case ":=":
      lowerer.noteStore(expr.right.type, "variable");
      return primitive("cell.set", [left, right], span);
    default:
  }
  const kind = lowerer.classOf(expr.operandType);
  return binary(
    operator,
    kind,
    asOperand(lowerer, left, expr.left.type, kind, expr.operandType),
    asOperand(lowerer, right, expr.right.type, kind, expr.operandType),
    operatorSpan(operator, expr.left.span, expr.right.span) ?? span,
  );
}

/** Where the operator itself stands: what fails at run time is it, and not its left operand. */
function operatorSpan(operator: string, left: Span, right: Span): Span | undefined {
  const { source, end } = left;
  if (right.source !== source || right.start <= end) return undefined;
  const start = source.text.indexOf(operator, end);
  return start < 0 || start >= right.start ? undefined : { source, start, end: start + operator.length };
}

/** An operand whose own type is `any`, or not `any` where the operation is, is brought to the type of the operation. */
function asOperand(lowerer: Lowerer, operand: Core, own: Type, wanted: TypeClass, wantedType: Type): Core {
  const kind = lowerer.classOf(own);
  if (kind === wanted || kind === "open" || wanted === "open") return operand;
  if (kind === "any" || wanted === "any") return convert(lowerer, operand, own, wantedType, operand.span);
  return operand;
}

function lowerUnary(lowerer: Lowerer, expr: OperatorExpr, operand: Core): Core {
  const { operator, span } = expr;
  switch (operator) {
    case "!":
      lowerer.noteStoredRead(expr.type);
      return primitive("cell.get", [operand], span);
    case "~~~":
      return primitive(
        "int.not",
        [asOperand(lowerer, operand, expr.left.type, "int", expr.operandType)],
        span,
      );
    case "~-": {
      const kind = lowerer.classOf(expr.operandType);
      if (kind === "any") {
        return primitive("dynamic", [{ kind: "int", value: -1, span }, operand], span, [
          dynamicOperators.indexOf("*"),
        ]);
      }
      const value = asOperand(lowerer, operand, expr.left.type, kind, expr.operandType);
      if (kind === "float")
        return value.kind === "float"
          ? { ...value, value: -value.value, span }
          : primitive("float.neg", [value], span);
      if (value.kind === "int" && typeof value.value === "number")
        return { ...value, value: 0 - value.value, span };
      return primitive("int.neg", [value], span);
    }
    default:
      throw new CompilerBug(`operator '${operator}' needs two operands`, span);
  }
}

function binary(operator: BuiltinOperator, kind: TypeClass, left: Core, right: Core, span: Span): Core {
  switch (operator) {
    case "=":
    case "<>":
    case "<":
    case "<=":
    case ">":
    case ">=":
      return compare(operator, kind, left, right, span);
    default:
  }
  if (kind === "any" && operator !== "&&&") {
    const dynamic = dynamicOperators.indexOf(operator as (typeof dynamicOperators)[number]);
    if (dynamic >= 0) return primitive("dynamic", [left, right], span, [dynamic]);
  }
  if (operator === "+" && (kind === "string" || kind === "char")) return concat(left, right, span);
  const float = FLOAT_OPCODES[operator];
  if (float !== undefined && (kind === "float" || operator === "**"))
    return primitive(float, [left, right], span);
  const int = INT_OPCODES[operator];
  if (int === undefined) throw new CompilerBug(`operator '${operator}' on ${kind}`, span);
  return intArithmetic(int, left, right, span);
}

function compare(operator: ComparisonOperator, kind: TypeClass, left: Core, right: Core, span: Span): Core {
  const mode = comparisonMode(kind);
  if (mode === "float") noteFloats([left, right]);
  // Equality of dynamic values is the structural one, which knows what is boxed.
  const own = mode === "dynamic" && (operator === "=" || operator === "<>") ? "structural" : mode;
  return {
    kind: "compare",
    operator,
    mode: own === "bool" && operator !== "=" && operator !== "<>" ? "structural" : own,
    left,
    right,
    span,
  };
}

/** Longer texts are not joined before the program runs: repeated joining could make a small source into a huge module. */
const MAX_FOLDED_TEXT = 1024;

function concat(left: Core, right: Core, span: Span): Core {
  if (
    left.kind === "string" &&
    right.kind === "string" &&
    left.value.length + right.value.length <= MAX_FOLDED_TEXT
  ) {
    return { kind: "string", value: left.value + right.value, span };
  }
  return primitive("string.concat", [left, right], span);
}

/** Whether an instruction can carry the number. */
export function isImmediate(value: number | bigint): value is number {
  return typeof value === "number" && value >= -0x80000000 && value <= 0x7fffffff;
}

function intArithmetic(op: OpcodeName, left: Core, right: Core, span: Span): Core {
  if (left.kind === "int" && right.kind === "int") {
    const folded = foldInts(op, left.value, right.value);
    if (folded !== undefined) return { kind: "int", value: folded, span };
  }
  const right32 = right.kind === "int" && isImmediate(right.value) ? right.value : undefined;
  const left32 = left.kind === "int" && isImmediate(left.value) ? left.value : undefined;
  switch (op) {
    case "int.add":
      if (right32 !== undefined) return primitive("int.add.imm", [left], span, [right32]);
      if (left32 !== undefined) return primitive("int.add.imm", [right], span, [left32]);
      break;
    case "int.sub":
      if (right32 !== undefined && isImmediate(-right32))
        return primitive("int.add.imm", [left], span, [0 - right32]);
      break;
    case "int.mul":
      if (right32 !== undefined) return primitive("int.mul.imm", [left], span, [right32]);
      if (left32 !== undefined) return primitive("int.mul.imm", [right], span, [left32]);
      break;
    case "int.div":
      if (right32 !== undefined && right32 !== 0) return primitive("int.div.imm", [left], span, [right32]);
      break;
    case "int.rem":
      if (right32 !== undefined && right32 !== 0) return primitive("int.rem.imm", [left], span, [right32]);
      break;
    default:
  }
  return primitive(op, [left, right], span);
}

/** Folds what needs no thought: sums, differences and products of small numbers. */
function foldInts(op: OpcodeName, a: number | bigint, b: number | bigint): number | undefined {
  if (typeof a !== "number" || typeof b !== "number") return undefined;
  const result = op === "int.add" ? a + b : op === "int.sub" ? a - b : op === "int.mul" ? a * b : Number.NaN;
  return Number.isSafeInteger(result) ? result + 0 : undefined;
}

/** A value of one type as a value of another. */
export function convert(lowerer: Lowerer, value: Core, from: Type, to: Type, span: Span): Core {
  const source = lowerer.classOf(from);
  const target = lowerer.classOf(to);
  if (source === target) {
    return hasOpenPart(lowerer, from, to) ? primitive("cast", [value], span, [lowerer.typeIndex(to)]) : value;
  }
  if (target === "any") return boxed(value, source, span);
  if (source === "any")
    return target === "open" ? value : primitive("cast", [value], span, [lowerer.typeIndex(to)]);
  if (source === "int" && target === "float") return floatOfInt(value, span);
  return value;
}

/** Somewhere inside, the one type is `any` and the other is not: what is there has to be checked. */
function hasOpenPart(lowerer: Lowerer, rawFrom: Type, rawTo: Type): boolean {
  const from = lowerer.resolve(rawFrom);
  const to = lowerer.resolve(rawTo);
  if (from === to || isAny(to) || to.kind === "variable") return false;
  if (isAny(from)) return true;
  const parts = partsOf(from);
  return partsOf(to).some((part, index) => {
    const other = parts[index];
    return other !== undefined && hasOpenPart(lowerer, other, part);
  });
}

/** The types inside a type whose values are inside its values. */
function partsOf(type: Type): readonly Type[] {
  switch (type.kind) {
    case "constructed":
      return type.args;
    case "tuple":
      return type.items;
    case "anonymous":
      return type.types;
    default:
      return [];
  }
}

export function floatOfInt(value: Core, span: Span): Core {
  if (value.kind === "int" && typeof value.value === "number")
    return { kind: "float", value: value.value, span };
  return primitive("float.of.int", [value], span);
}

/** A value as `any`: floats and chars are told apart from ints and strings. */
export function boxed(value: Core, kind: TypeClass, span: Span): Core {
  if (kind === "float") return primitive("box.float", [value], span);
  if (kind === "char") return primitive("box.char", [value], span);
  return value;
}

export function intConstant(value: bigint, span: Span): Core {
  return { kind: "int", value: intValue(value), span };
}
