/** Lenient mode: an undefined constructor builds an untyped union value, which patterns match by name (language reference 0.3). */
import { ANY, NOWHERE } from "../types/builtin.js";
import { emptyUnion } from "../types/declare.js";
import type { CaseInfo, UnionDeclaration } from "../types/type.js";
import type { Checker } from "./checker.js";

/** The case of a name and a number of fields; the same for all its uses in a program. */
export function untypedCase(checker: Checker, name: string, fieldCount: number): CaseInfo {
  const key = `${name}/${fieldCount}`;
  const known = checker.untyped.patterns.get(key);
  if (known?.kind === "case") return known.info;
  const union = untypedUnion(checker);
  const info: CaseInfo = {
    name,
    tag: union.cases.length,
    union,
    fields: Array.from({ length: fieldCount }, () => ({ label: undefined, type: ANY })),
    span: NOWHERE,
  };
  union.cases = [...union.cases, info];
  checker.untyped.patterns.set(key, { kind: "case", info });
  checker.untyped.patterns.set(name, { kind: "case", info });
  return info;
}

function untypedUnion(checker: Checker): UnionDeclaration {
  const known = checker.untyped.types.get("variant");
  if (known?.kind === "declared" && known.declaration.kind === "union") return known.declaration;
  const union = emptyUnion("variant", [], NOWHERE);
  checker.declarations.push(union);
  checker.untyped.types.set("variant", { kind: "declared", declaration: union });
  return union;
}
