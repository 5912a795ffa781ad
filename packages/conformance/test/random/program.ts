/** A whole generated program, and what it does according to the language reference. */
import { activePattern } from "./active-patterns.js";
import { behind, type Statement } from "./blocks.js";
import { Choices } from "./choices.js";
import { classDeclaration } from "./classes.js";
import type { Environment, Scope } from "./code.js";
import { stepsBuilder } from "./computations.js";
import { typeDeclaration } from "./declarations.js";
import { Generator } from "./generator.js";
import { grammar } from "./statements.js";
import { write } from "./types.js";
import { Raised, Unsuitable } from "./values.js";

export interface RandomProgram {
  readonly text: string;
  /** What it prints, and the code of the exception that ends it; undefined when it is of no use as a test. */
  readonly run: () => { readonly output: string; readonly code: string | undefined } | undefined;
}

/** The program that the numbers choose; the same numbers give the same program. */
export function randomProgram(tape: readonly number[]): RandomProgram {
  const g = new Generator(new Choices(tape), grammar);
  const lines = ["let trace value =", '    printf "<%s>" (string value)', "    value"];
  for (const index of g.choices.many(0, 3, (i) => i)) lines.push(...typeDeclaration(g, index));
  for (const index of g.choices.many(0, 2, (i) => i)) {
    const fields = g.choices.many(0, 2, () => g.dataType(1));
    g.exceptions.push({ name: `Error${index}`, fields });
    lines.push(`exception Error${index}${fields.length === 0 ? "" : ` of ${fields.map(write).join(" * ")}`}`);
  }
  for (const index of g.choices.many(0, 2, (i) => i)) lines.push(...classDeclaration(g, index));
  let scope: Scope = { variables: [], recognisers: [], inLoop: false, top: true };
  const statements: Statement[] = [];
  const first = g.choices.below(3);
  for (let i = 0; i < 12 && !g.choices.exhausted; i++) {
    const next = i < first ? activePattern(g, scope, 1) : grammar.statement(g, scope, 2);
    statements.push(next);
    lines.push(...next.lines);
    scope = behind(scope, next);
  }
  const declared = lines.some((line) => line.includes("steps {")) ? stepsBuilder : [];
  return {
    text: `${[...declared, ...lines].join("\n")}\n`,
    run: () => {
      let code: string | undefined;
      try {
        statements.reduce<Environment | undefined>((e, item) => item.run(e), undefined);
      } catch (error) {
        if (error instanceof Unsuitable) return undefined;
        if (!(error instanceof Raised)) throw error;
        code = error.code;
      }
      return { output: g.trace.output, code };
    },
  };
}
