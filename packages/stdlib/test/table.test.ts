import { readdirSync, readFileSync } from "node:fs";
import { compile, formatDiagnostic } from "@fusabi/compiler";
import { decodeModule, FusabiError, type HostModule, instantiate } from "@fusabi/vm";
import { describe, expect, test } from "vitest";
import { standardLibrary } from "../src/index.js";

/** A library whose time stands still. */
const library = standardLibrary({ clock: { now: () => 1_700_000_000_123.7, monotonic: () => 12.5 } });
const folder = new URL("cases/", import.meta.url);

interface Case {
  readonly expression: string;
  readonly expected: string;
  readonly line: number;
}

function casesOf(file: string): readonly Case[] {
  return readFileSync(new URL(file, folder), "utf8")
    .split("\n")
    .flatMap((text, index) => {
      if (text === "" || text.startsWith("#")) return [];
      const at = text.lastIndexOf(" => ");
      return [{ expression: text.slice(0, at), expected: text.slice(at + 4), line: index + 1 }];
    });
}

/** What the expression shows as `%A`, on one line, or `! CODE MESSAGE`. */
function evaluate(expression: string): string {
  const result = compile(`let shown () = sprintf "%A" (${expression})`, {
    fileName: "case.fsx",
    hostModules: library,
  });
  if (result.bytecode === undefined) return result.diagnostics.map((one) => formatDiagnostic(one)).join("\n");
  const instance = instantiate(decodeModule(result.bytecode), { imports: library });
  try {
    return String(instance.call("shown", [])).replaceAll("\n", "\\n");
  } catch (error) {
    if (error instanceof FusabiError) return `! ${error.code} ${error.message}`;
    throw error;
  }
}

const files = readdirSync(folder);

for (const file of files) {
  describe(file, () => {
    for (const { expression, expected, line } of casesOf(file)) {
      test(`line ${line}: ${expression}`, () => {
        expect(evaluate(expression)).toBe(expected);
      });
    }
  });
}

describe("every function has a case", () => {
  const cases = files.flatMap(casesOf).map((one) => one.expression);
  const without = (module: HostModule, name: string): boolean => {
    const called =
      module.name === "" ? name : module.name.startsWith("<") ? `.${name}` : `${module.name}.${name}`;
    const pattern = new RegExp(
      `${called.startsWith(".") ? "" : "(?<![\\w.])"}${called.replaceAll(".", "\\.")}(?!\\w)`,
    );
    return !cases.some((expression) => pattern.test(expression));
  };
  // What writes is looked at in the tests of output; `exit` and index helpers in their own. A failed cast has a case without its name.
  const elsewhere = /^(?:e?print|exit$|Item$|slice$|write|clear$|castFailure$)/;
  for (const module of library) {
    // Lower-case names of Char are the same members.
    if (module.name === "System.Char") continue;
    test(module.name === "" ? "core" : module.name, () => {
      const names = [...module.members]
        .filter(([name, member]) => !("hidden" in member && member.hidden === true) && !elsewhere.test(name))
        .map(([name]) => name);
      const own = module.name === "Char" ? names.filter((name) => /^[A-Z]/.test(name)) : names;
      expect(own.filter((name) => without(module, name))).toEqual([]);
    });
  }
});
