/** Declared types of a generated program: records and unions, with type parameters or with members. */
import { indent } from "./code.js";
import type { Generator } from "./generator.js";
import { memberLines } from "./members.js";
import { type Declaration, int, listOf, type Member, string, type Type, write } from "./types.js";

export function typeDeclaration(g: Generator, index: number): readonly string[] {
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
    const members: Member[] = [];
    made = { kind: "record", name, parameters, fields, members };
    g.declarations.push(made);
    return [
      head,
      ...fields.map(
        ({ label, type, mutable }, i) =>
          `    ${i === 0 ? "{" : " "} ${mutable ? "mutable " : ""}${label}: ${write(type)}${i === fields.length - 1 ? " }" : ""}`,
      ),
      ...indent(memberLines(g, made, members)),
    ];
  }
  const cases = choices.many(1, 4, (i) => ({
    name: `C${index}${"abcd"[i]}`,
    fields: choices.many(0, 2, field) as Type[],
  }));
  const members: Member[] = [];
  made = { kind: "union", name, parameters, cases, members };
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
    ...indent(memberLines(g, made, members)),
  ];
}
