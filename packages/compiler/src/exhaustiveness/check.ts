/** Warnings about matches that do not cover their type and clauses that never match (language reference 4.12). */
import type { DiagnosticBag } from "../diagnostics/diagnostic.js";
import type { Span } from "../source/source.js";
import type { TypedPattern, TypedRule } from "../typed/tree.js";
import { type Space, spaceOf } from "./space.js";
import { Usefulness } from "./usefulness.js";

const ALL: readonly Space[] = [{ kind: "all" }];

/** FUS0401 and FUS0402 for the rules of a match. */
export function checkCoverage(bag: DiagnosticBag, rules: readonly TypedRule[], span: Span): void {
  const matrix = checkRedundancy(bag, rules);
  reportUncovered(bag, matrix, span);
}

/** FUS0402 alone: handlers need not be complete. Gives the rows that count as covering. */
export function checkRedundancy(
  bag: DiagnosticBag,
  rules: readonly TypedRule[],
): readonly (readonly Space[])[] {
  const matrix: (readonly Space[])[] = [];
  for (const rule of rules) {
    const row = [spaceOf(rule.pattern)];
    if (matrix.length > 0) {
      const usefulness = new Usefulness();
      if (usefulness.witness(matrix, row) === undefined && !usefulness.exhausted) {
        bag.warning("FUS0402", rule.pattern.span, "This clause never matches", "Earlier clauses cover it");
        continue;
      }
    }
    if (rule.guard === undefined) matrix.push(row);
  }
  return matrix;
}

/** FUS0401 for a pattern of a `let`, a parameter or a loop. */
export function checkIrrefutable(bag: DiagnosticBag, pattern: TypedPattern): void {
  const space = spaceOf(pattern);
  if (space.kind !== "all") reportUncovered(bag, [[space]], pattern.span);
}

function reportUncovered(bag: DiagnosticBag, matrix: readonly (readonly Space[])[], span: Span): void {
  const usefulness = new Usefulness();
  const witness = usefulness.witness(matrix, ALL);
  if (witness === undefined) return;
  bag.warning(
    "FUS0401",
    span,
    `This match does not cover, for example, ${witness[0] ?? "_"}`,
    "Add a clause or `_`",
  );
}
