import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type CheckResult, type Completion, check } from "@fusabi/compiler";
import { nodeLibrary } from "@fusabi/stdlib/node";
import { describe, expect, test } from "vitest";

/** Programs with a `‸` where somebody's cursor is; the comments at the top say what an editor shows there. */
const folder = join(import.meta.dirname, "programs/editor");
const library = nodeLibrary();

interface Case {
  readonly checked: CheckResult;
  readonly line: number;
  readonly column: number;
  readonly comments: readonly string[];
}

function readCase(name: string): Case {
  const marked = readFileSync(join(folder, name), "utf8");
  const lines = marked.split("\n");
  const index = lines.findIndex((line) => line.includes("‸"));
  const column = [...((lines[index] ?? "").split("‸")[0] as string)].length + 1;
  const comments = lines
    .filter((line) => line.startsWith("// "))
    .map((line) => line.slice(3).replace("‸", ""));
  const text = marked.replace("‸", "");
  return {
    checked: check(text, { fileName: name, hostModules: library }),
    line: index + 1,
    column,
    comments,
  };
}

/** `label : type` or `label`. */
function shown({ label, type }: Completion): string {
  return type === undefined ? label : `${label} : ${type}`;
}

const names = readdirSync(folder).sort();

describe("an editor at a place of a program", () => {
  test.each(names)("%s", (name) => {
    const { checked, line, column, comments } = readCase(name);
    let asked = 0;
    for (const comment of comments) {
      const [, offers] = /^offers: (.*)$/.exec(comment) ?? [];
      const [, never] = /^never: (.*)$/.exec(comment) ?? [];
      const [, type, typeLine, typeColumn] = /^type: (.*) at (\d+):(\d+)$/.exec(comment) ?? [];
      const [, defLine, defColumn] = /^defined at (\d+):(\d+)$/.exec(comment) ?? [];
      const proposals = checked.completionsAt(line, column);
      if (comment === "offers nothing") expect(proposals).toEqual([]);
      else if (offers !== undefined) {
        const all = proposals.flatMap((proposal) => [proposal.label, shown(proposal)]);
        expect(all).toEqual(expect.arrayContaining(offers.split("; ")));
      } else if (never !== undefined) {
        const unwanted = never.split(", ");
        expect(proposals.map(({ label }) => label).filter((label) => unwanted.includes(label))).toEqual([]);
      } else if (type !== undefined) {
        const found = checked.typeAt(line, column);
        expect(found?.type).toBe(type);
        expect(found?.range.start).toEqual({ line: Number(typeLine), column: Number(typeColumn) });
      } else if (defLine !== undefined) {
        const start = checked.definitionAt(line, column)?.start;
        expect(start).toEqual({ line: Number(defLine), column: Number(defColumn) });
      } else continue;
      asked++;
    }
    expect(asked).toBeGreaterThan(0);
  });
});
