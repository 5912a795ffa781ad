import { readFileSync } from "node:fs";
import { compile } from "@fusabi/compiler";
import { AbortError, signatureOf } from "@fusabi/vm";
import { describe, expect, test } from "vitest";
import { generatePrelude } from "../scripts/generate-prelude.js";
import { ProgramExit, standardLibrary } from "../src/index.js";
import { nodeLibrary } from "../src/node/index.js";
import { run, thrownBy } from "./program.js";

describe("modules", () => {
  test("are the same ones every time, so that what is kept with them serves every program", () => {
    expect(standardLibrary()).toBe(standardLibrary());
    expect(nodeLibrary()).toBe(nodeLibrary());
    const [core] = standardLibrary({ random: () => 0 });
    expect(core).toBe(standardLibrary()[0]);
  });

  test("have signatures that can be read, and a sentence for each public name", () => {
    for (const module of nodeLibrary()) {
      for (const [name, member] of module.members) {
        const place = `${module.name}.${name}`;
        if (!("forms" in member)) expect(signatureOf(member), place).toBeDefined();
        if ("hidden" in member && member.hidden === true) continue;
        expect(member.doc, place).toMatch(/^\S.*\.$/);
      }
    }
  });

  test("name only members that exist as forms and variants", () => {
    for (const module of nodeLibrary()) {
      for (const [name, member] of module.members) {
        const names =
          "forms" in member ? member.forms : "variants" in member ? Object.values(member.variants) : [];
        for (const one of names) expect(module.members.has(one), `${module.name}.${name}: ${one}`).toBe(true);
      }
    }
  });

  test("have every name that a program can count on", () => {
    const known = new Set(
      nodeLibrary().flatMap((module) =>
        [...module.members]
          .filter(([, member]) => !("hidden" in member && member.hidden === true))
          .map(([name]) => `${module.name}.${name}`),
      ),
    );
    const text = readFileSync(new URL("fixtures/names.txt", import.meta.url), "utf8");
    const names = text.split("\n").flatMap((line) => {
      const [module = "", members = ""] = line.split(": ");
      return members.split(" ").map((name) => (module === "(core)" ? `.${name}` : `${module}.${name}`));
    });
    expect(names.length).toBeGreaterThan(700);
    // Core names that are not there are the compiler's own.
    const missing = names.filter((name) => name !== "." && !known.has(name));
    expect(missing.filter((name) => !name.startsWith("."))).toEqual([]);
    const program = missing.map((name, index) => `let value${index} () = ${name.slice(1)}\n`).join("");
    expect(compile(program, { hostModules: nodeLibrary() }).diagnostics).toEqual([]);
  });

  test("do not show the helpers of the prelude", () => {
    expect(standardLibrary().map((module) => module.name)).not.toContain("Native");
  });

  test("link every function that is written in the language", () => {
    for (const module of standardLibrary()) {
      for (const [name, member] of module.members) {
        if ("code" in member)
          expect(member.code().code.arity, `${module.name}.${name}`).toBe(signatureOf(member).arity);
      }
    }
  });
});

test("the compiled prelude is up to date; else run `pnpm --filter @fusabi/stdlib generate`", () => {
  expect(readFileSync(new URL("../src/generated/prelude.ts", import.meta.url), "utf8")).toBe(
    generatePrelude(),
  );
});

describe("output", () => {
  const printed = (source: string): readonly string[] => {
    const written: string[] = [];
    run(source, standardLibrary(), { onOutput: (text, stream) => written.push(`${stream}:${text}`) });
    return written;
  };

  test("goes to the stream that the function names", () => {
    const source =
      'print [1.0; 2.5]\nprintfn (Some "x")\nprintf "%d" 3\neprintfn "%s" "e"\neprintf "%d" 4\nConsole.write "w"\nConsole.writeLine "l"\nConsole.clear ()';
    expect(printed(source)).toEqual([
      "stdout:[1; 2.5]",
      "stdout:Some(x)\n",
      "stdout:3",
      "stderr:e\n",
      "stderr:4",
      "stdout:w",
      "stdout:l\n",
      "stdout:\u001b[2J\u001b[H",
    ]);
  });

  test("needs its capability, which a program can find out", () => {
    const source = 'let r = try (printfn "x"; "printed") with e -> e.Message';
    const instance = run(source, standardLibrary(), { capabilities: { has: () => false } });
    expect(instance.get("r")).toBe("capability denied: stdout:write");
  });

  test("is limited", () => {
    const error = thrownBy(() =>
      run('printfn (String.replicate 100 "é")', standardLibrary(), { limits: { maxOutputBytes: 100 } }),
    );
    expect(error).toMatchObject({ code: "FUS0606", limit: "maxOutputBytes", actual: 201 });
  });
});

describe("exit", () => {
  test("ends the call and cannot be caught", () => {
    const instance = run("let stop n = try (exit n: int) with _ -> 0\nlet go () = 1", standardLibrary());
    const error = thrownBy(() => instance.call("stop", [3]));
    expect(error).toBeInstanceOf(ProgramExit);
    expect(error).toBeInstanceOf(AbortError);
    expect(error).toMatchObject({ message: "exit 3", status: 3 });
    expect(instance.call("go", [])).toBe(1);
  });
});

describe("repeatable runs", () => {
  test("take their chance from the host", () => {
    const library = standardLibrary({ random: () => 0.5 });
    const source =
      "let all = (Random.int 0 10, Random.float (), Random.bool (), Random.choice [1; 2; 3; 4], Random.shuffle [1; 2; 3])";
    expect(run(source, library).get("all")).toEqual([5, 0.5, false, 3, [1, 3, 2]]);
  });

  test("a source that never gets into the range meets a limit", () => {
    const library = standardLibrary({ random: () => 0.9999999999 });
    const source = "let n = Random.int 0 4611686018427387905";
    expect(thrownBy(() => run(source, library, { limits: { maxInstructions: 1_000_000 } }))).toMatchObject({
      code: "FUS0601",
    });
  });
});
