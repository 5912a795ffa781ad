/** Warnings about matches that do not cover their type and clauses that never match (language reference 4.12). */
import type { DiagnosticBag } from "../diagnostics/diagnostic.js";
import type { Span } from "../source/source.js";
import type { TypedPattern, TypedRule } from "../typed/tree.js";
import { type Space, spaceOf } from "./space.js";
import { Usefulness } from "./usefulness.js";

const ALL: Space = { kind: "all" };

/** FUS0401 and FUS0402 for the rules of a match. */
export function checkCoverage(bag: DiagnosticBag, rules: readonly TypedRule[], span: Span): void {
  reportUncovered(bag, checkRedundancy(bag, rules), span);
}

/** FUS0402 alone: handlers need not be complete. Gives what the rules cover. */
export function checkRedundancy(bag: DiagnosticBag, rules: readonly TypedRule[]): Usefulness {
  const covered = new Usefulness();
  for (const rule of rules) {
    const space = spaceOf(rule.pattern);
    if (covered.covers(space))
      bag.warning("FUS0402", rule.pattern.span, "This clause never matches", "Earlier clauses cover it");
    else if (rule.guard === undefined) covered.add(space);
  }
  return covered;
}

/** FUS0401 for a pattern of a `let`, a parameter or a loop. */
export function checkIrrefutable(bag: DiagnosticBag, pattern: TypedPattern): void {
  const space = spaceOf(pattern);
  if (space.kind === "all") return;
  const covered = new Usefulness();
  covered.add(space);
  reportUncovered(bag, covered, pattern.span);
}

function reportUncovered(bag: DiagnosticBag, covered: Usefulness, span: Span): void {
  const witness = covered.witness(ALL);
  if (witness === undefined) return;
  bag.warning("FUS0401", span, `This match does not cover, for example, ${witness}`, "Add a clause or `_`");
}
