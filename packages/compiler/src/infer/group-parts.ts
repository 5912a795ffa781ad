/**
 * Members of a recursive group are generalised as soon as they can be, as in F#: one that uses no member of the group but those that are settled, or a
 * few that use each other only, is done before the rest of the group is looked at, and the rest may use it at several types.
 */
import type { Scope } from "../names/scope.js";
import type { TypedExpr, Variable } from "../typed/tree.js";
import { quantify, variablesOf } from "../types/scheme.js";
import type { Type, TypeVariable } from "../types/type.js";
import type { Checker, RecursiveGroup } from "./checker.js";

/** A member of a group, and what infers it. */
export interface GroupMember {
  readonly variable: Variable;
  readonly infer: () => TypedExpr;
}

/** Members that were generalised together. */
export interface GroupPart {
  readonly bindings: readonly { readonly variable: Variable; readonly value: TypedExpr }[];
  readonly quantified: readonly TypeVariable[];
}

/** The members of a group that are inferred and not yet generalised, with the other such members that each of them uses. */
type Waiting = Map<Variable, { readonly value: TypedExpr; readonly uses: ReadonlySet<Variable> }>;

/**
 * Infers the members in their order, inside the group. Gives the parts that could be generalised before the end, and what is left. `fixed`: types whose
 * variables belong to the whole group.
 */
export function inferInParts(
  checker: Checker,
  group: RecursiveGroup,
  members: readonly GroupMember[],
  scope: Scope,
  fixed: () => readonly Type[],
): { readonly parts: readonly GroupPart[]; readonly rest: GroupPart["bindings"] } {
  const parts: GroupPart[] = [];
  const waiting: Waiting = new Map();
  const open = new Set(members.map(({ variable }) => variable));
  // What its annotations have made polymorphic is checked against them at the end.
  const announced = new Set(members.map(({ variable }) => variable).filter(isPolymorphic));
  members.forEach(({ variable, infer }, i) => {
    const { uses: plain, polymorphic = [] } = group;
    const [plainBefore, polymorphicBefore] = [plain.length, polymorphic.length];
    const value = infer();
    const made = [...plain.slice(plainBefore), ...polymorphic.slice(polymorphicBefore)];
    const uses = new Set(made.map((use) => use.variable));
    waiting.set(variable, { value, uses });
    if (i === members.length - 1) return;
    const closed = closedAmong(waiting, open, announced);
    if (closed.length === 0) return;
    for (const one of closed) open.delete(one);
    const shared = [...fixed(), ...[...open].map(({ scheme }) => scheme.type)];
    const types = closed.map(({ scheme }) => scheme.type);
    checker.settleLabels(types, scope);
    const quantified = quantifyBut(shared, types, checker.level - 1);
    for (const one of closed) one.scheme = { quantified, type: one.scheme.type };
    for (const use of group.uses) if (closed.includes(use.variable)) use.instantiation = quantified;
    parts.push({ bindings: closed.map((one) => bindingOf(waiting, one)), quantified });
    for (const one of closed) waiting.delete(one);
  });
  return { parts, rest: [...waiting.keys()].map((one) => bindingOf(waiting, one)) };
}

function isPolymorphic({ scheme }: Variable): boolean {
  return scheme.quantified.length > 0;
}

function bindingOf(waiting: Waiting, variable: Variable): GroupPart["bindings"][number] {
  return { variable, value: (waiting.get(variable) as { readonly value: TypedExpr }).value };
}

/** The waiting members that use no open ones but each other. */
function closedAmong(
  waiting: Waiting,
  open: ReadonlySet<Variable>,
  announced: ReadonlySet<Variable>,
): readonly Variable[] {
  const closed = new Set([...waiting.keys()].filter((variable) => !announced.has(variable)));
  for (let size = -1; size !== closed.size; ) {
    size = closed.size;
    for (const variable of closed) {
      const uses = [...(waiting.get(variable)?.uses ?? [])];
      if (uses.some((used) => open.has(used) && !closed.has(used))) closed.delete(variable);
    }
  }
  return [...closed];
}

/** The variables of `types` that are owned deeper than `level` and stand in none of the `shared` types. */
function quantifyBut(
  shared: readonly Type[],
  types: readonly Type[],
  level: number,
): readonly TypeVariable[] {
  const levels = shared.flatMap(variablesOf).map((variable) => [variable, variable.level] as const);
  for (const [variable] of levels) variable.level = Math.min(variable.level, level);
  const quantified = quantify(types, level, () => true);
  for (const [variable, own] of levels.reverse()) variable.level = own;
  return quantified;
}
