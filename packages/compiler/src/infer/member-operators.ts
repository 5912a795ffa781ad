/** Operators that a declared type has as static members, `static member (+) (a: V, b: V) = …` (language reference 4.8). */
import type { Span } from "../source/source.js";
import type { Name } from "../syntax/ast.js";
import type { TypedExpr } from "../typed/tree.js";
import { declarationOf, functionType, isConstructed, SET, tupleOf } from "../types/builtin.js";
import { formatType } from "../types/format.js";
import { trialCopy } from "../types/scheme.js";
import type { MemberInfo, Type } from "../types/type.js";
import { prune } from "../types/type.js";
import { applyToInferred } from "./call.js";
import type { Checker } from "./checker.js";

/** Names under which .NET knows the operators. */
const OPERATOR_NAMES: ReadonlyMap<string, string> = new Map([
  ["op_Addition", "+"],
  ["op_Subtraction", "-"],
  ["op_Multiply", "*"],
  ["op_Division", "/"],
  ["op_Modulus", "%"],
  ["op_Exponentiation", "**"],
  ["op_UnaryNegation", "~-"],
  ["op_UnaryPlus", "~+"],
  ["op_BitwiseAnd", "&&&"],
  ["op_BitwiseOr", "|||"],
  ["op_ExclusiveOr", "^^^"],
  ["op_LeftShift", "<<<"],
  ["op_RightShift", ">>>"],
  ["op_LogicalNot", "~~~"],
]);

/** The operator that a member of this name is. */
export function operatorOfMember(name: string): string | undefined {
  return /^[!%&*+\-./<=>?@^|~$:]+$/.test(name) ? name : OPERATOR_NAMES.get(name);
}

/** The operator applied to operands of which one has a type that declares it; undefined: none has. */
export function memberOperator(
  checker: Checker,
  name: Name,
  operator: string,
  operands: readonly TypedExpr[],
  span: Span,
): TypedExpr | undefined {
  const ofSets = setOperator(checker, operator, operands, span);
  if (ofSets !== undefined) return ofSets;
  const candidates: MemberInfo[] = [];
  for (const operand of operands) {
    for (const member of declarationOf(prune(operand.type))?.operators.get(operator) ?? [])
      if (!candidates.includes(member)) candidates.push(member);
  }
  if (candidates.length === 0) return undefined;
  const member = candidates.find((candidate) => fits(checker, candidate, operands));
  if (member === undefined) {
    checker.error(
      "FUS0303",
      name.span,
      `'${name.text}' does not work on ${operands.map(({ type }) => formatType(type)).join(" and ")}`,
      `Works on ${candidates.map((candidate) => operandText(candidate)).join(", ")}`,
    );
    return checker.broken(span, operands);
  }
  const use = checker.use(member.variable, name.span);
  const [only] = operands;
  const argument: TypedExpr =
    operands.length === 1 && only !== undefined
      ? only
      : { kind: "tuple", items: operands, type: operandType(operands), span };
  return applyToInferred(checker, use, [argument], span);
}

/** Union and difference of sets, which F# writes as a sum and a difference. */
function setOperator(
  checker: Checker,
  operator: string,
  operands: readonly TypedExpr[],
  span: Span,
): TypedExpr | undefined {
  const [first, second] = operands;
  const name = operator === "+" ? "union" : operator === "-" ? "difference" : undefined;
  if (name === undefined || first === undefined || second === undefined) return undefined;
  if (!isConstructed(prune(first.type), SET)) return undefined;
  const entry = checker.host.member("Set", name);
  if (entry === undefined) return undefined;
  const use = checker.useHost(entry, span);
  return applyToInferred(checker, use, operands, span);
}

function operandType(operands: readonly TypedExpr[]): Type {
  const [only] = operands;
  return operands.length === 1 && only !== undefined ? only.type : tupleOf(operands.map(({ type }) => type));
}

function operandText({ variable }: MemberInfo): string {
  const type = prune(variable.scheme.type);
  return formatType(type.kind === "function" ? type.parameter : type);
}

function fits(checker: Checker, member: MemberInfo, operands: readonly TypedExpr[]): boolean {
  const given = trialCopy(operandType(operands), checker.unifier, new Map());
  return checker.unifier.unify(checker.members.operatorType(member), functionType(given, checker.fresh()));
}

/** Open operands of an operator that exactly one declared type has: that type. */
export function fixByOperator(checker: Checker, { text, span }: Name, operands: readonly TypedExpr[]): void {
  if (operands.some(({ type }) => prune(type).kind !== "variable")) return;
  const owners = checker.declarations.filter(({ operators }) => operators.has(text));
  const [owner] = owners;
  const [first] = operands;
  if (owner === undefined || owners.length > 1 || first === undefined) return;
  checker.unify(first.type, checker.members.freshType(owner), span);
}
