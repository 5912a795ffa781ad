/** Active patterns: a total one yields a case of a hidden union, a partial one an option (language reference 3.8). */
import type { Scope } from "../names/scope.js";
import type { Binding } from "../syntax/ast.js";
import type { Variable } from "../typed/tree.js";
import { emptyUnion } from "../types/declare.js";
import type { CaseInfo, TypeVariable, UnionDeclaration } from "../types/type.js";
import { GENERIC_LEVEL } from "../types/type.js";
import type { Checker } from "./checker.js";

type FunctionHead = Binding["head"] & { readonly kind: "function" };

/** The hidden union of a total active pattern: one type parameter a case, for its payload. */
export function activeUnion(
  checker: Checker,
  head: FunctionHead,
  scope: Scope,
): UnionDeclaration | undefined {
  if (head.active === undefined || head.active.partial) return undefined;
  const { cases } = head.active;
  const params = cases.map(
    (_, i): TypeVariable => ({ ...checker.unifier.fresh(GENERIC_LEVEL), name: `p${i}` }),
  );
  const name = `(|${cases.map((item) => item.text).join("|")}|)`;
  const prefix = scope.module === undefined ? "" : checker.file.prefix;
  const union = emptyUnion(name, params, head.name.span, prefix);
  union.cases = cases.map(
    (item, tag): CaseInfo => ({ name: item.text, tag, union, fields: [], span: item.span }),
  );
  checker.declarations.push(union);
  return union;
}

/** Inside the body the cases are constructors; one that is given an argument has a payload. */
export function defineActiveCases(scope: Scope, union: UnionDeclaration): void {
  for (const info of union.cases) {
    scope.defineValue(info.name, { kind: "active-case", info });
  }
}

/** Gives a case its payload, when the first use with an argument is met. */
export function givePayload(info: CaseInfo): void {
  if (info.fields.length > 0) return;
  info.fields = [{ label: undefined, type: info.union.params[info.tag] as TypeVariable }];
}

/** After the definition the cases are patterns; in a recursive group from its beginning. */
export function defineActivePattern(
  scope: Scope,
  head: FunctionHead,
  recogniser: Variable,
  union: UnionDeclaration | undefined,
): void {
  const parameters = head.params.length - 1;
  for (const [i, item] of (head.active?.cases ?? []).entries()) {
    if (item.text === "_") continue;
    scope.definePattern(item.text, { kind: "active", recogniser, parameters, info: union?.cases[i] });
  }
}
