/** A whole generated program, and what it does according to the language reference. */
import { activePattern } from "./active-patterns.js";
import { behind, type Statement, statement } from "./blocks.js";
import { Choices } from "./choices.js";
import type { Environment, Scope } from "./code.js";
import { Generator } from "./generator.js";
import { type Declaration, int, listOf, string, type Type, write } from "./types.js";
import { Raised, Unsuitable } from "./values.js";

export interface RandomProgram {
  readonly text: string;
  /** What it prints, and the code of the exception that ends it; undefined when it is of no use as a test. */
  readonly run: () => { readonly output: string; readonly code: string | undefined } | undefined;
}

/** The program that the numbers choose; the same numbers give the same program. */
export function randomProgram(tape: readonly number[]): RandomProgram {
  const g = new Generator(new Choices(tape));
  const lines: string[] = [];
  for (const index of g.choices.many(0, 3, (i) => i)) lines.push(...declaration(g, index));
  for (const index of g.choices.many(0, 2, (i) => i)) {
    const fields = g.choices.many(0, 2, () => g.dataType(1));
    g.exceptions.push({ name: `Error${index}`, fields });
    lines.push(`exception Error${index}${fields.length === 0 ? "" : ` of ${fields.map(write).join(" * ")}`}`);
  }
  lines.push("let trace value =", '    printf "<%s>" (string value)', "    value");
  let scope: Scope = { variables: [], recognisers: [], inLoop: false, top: true };
  const statements: Statement[] = [];
  const first = g.choices.below(3);
  for (let i = 0; i < 12 && !g.choices.exhausted; i++) {
    const next = i < first ? activePattern(g, scope, 1) : statement(g, scope, 2);
    statements.push(next);
    lines.push(...next.lines);
    scope = behind(scope, next);
  }
  return {
    text: `${lines.join("\n")}\n`,
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

function declaration(g: Generator, index: number): readonly string[] {
  const { choices } = g;
  const parameters = choices.below(2);
  const own: Type[] = Array.from({ length: parameters }, (_, id) => ({ kind: "variable", id }));
  const field = (): Type => choices.one([int, string, ...own, ...own.map(listOf), g.dataType(1)]);
  const name = `T${index}`;
  const head = `type ${name}${parameters === 0 ? "" : `<${own.map(write).join(", ")}>`} =`;
  let made: Declaration;
  if (choices.once(2)) {
    const fields = choices.many(1, 3, (i) => ({
      label: `L${index}${"abc"[i]}`,
      type: field(),
      mutable: choices.once(4),
    }));
    made = { kind: "record", name, parameters, fields };
    g.declarations.push(made);
    return [
      head,
      ...fields.map(
        ({ label, type, mutable }, i) =>
          `    ${i === 0 ? "{" : " "} ${mutable ? "mutable " : ""}${label}: ${write(type)}${i === fields.length - 1 ? " }" : ""}`,
      ),
    ];
  }
  const cases = choices.many(1, 4, (i) => ({
    name: `C${index}${"abcd"[i]}`,
    fields: choices.many(0, 2, field) as Type[],
  }));
  made = { kind: "union", name, parameters, cases };
  const self: Type = { kind: "declared", declaration: made, args: own };
  for (const { fields } of cases.slice(1))
    if (choices.once(3)) fields.push(choices.one([self, listOf(self)]));
  g.declarations.push(made);
  return [
    head,
    ...cases.map(
      (item) =>
        `    | ${item.name}${item.fields.length === 0 ? "" : ` of ${item.fields.map(write).join(" * ")}`}`,
    ),
  ];
}
