import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exampleModuleId, type ReadmeContent, readmeContent, sessionSteps } from "./readme-examples.js";

const root = fileURLToPath(new URL("../../..", import.meta.url)).replace(/\/$/, "");

interface Readme extends ReadmeContent {
  readonly title: string;
  readonly path: string;
}

function readReadme(title: string, path: string): Readme {
  return { title, path, ...readmeContent(existsSync(path) ? readFileSync(path, "utf8") : "") };
}

function publicPackages(): readonly string[] {
  return readdirSync(join(root, "packages")).filter((name) => {
    const manifest = join(root, "packages", name, "package.json");
    return (
      existsSync(manifest) && !(JSON.parse(readFileSync(manifest, "utf8")) as { private?: boolean }).private
    );
  });
}

/** The guides, one page a topic; the pages that are generated have no examples. */
function guides(): readonly Readme[] {
  const folder = join(root, "docs/versions/vNEXT");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".md"))
    .map((name) => readReadme(`the guide ${name}`, join(folder, name)))
    .filter(({ examples }) => examples.length > 0);
}

const readmes: readonly Readme[] = [
  readReadme("the repository", join(root, "README.md")),
  ...publicPackages().map((name) => readReadme(`@fusabi/${name}`, join(root, "packages", name, "README.md"))),
  ...guides(),
];

/** What a shell prints in which `fus` is the one of this repository. */
function runSession(command: string): string {
  const fus = join(root, "packages/cli/bin/fus.cjs");
  if (!existsSync(join(root, "packages/cli/dist/index.js")))
    throw new Error("fus is not built: run `npm run build` before this test");
  // The session shows what a user sees, of both streams and whatever the exit code.
  const script = `fus() { "$NODE" "$FUS" "$@"; }\n{ ${command}\n} 2>&1 || true`;
  return execFileSync("sh", ["-c", script], {
    encoding: "utf8",
    env: { ...process.env, NODE: process.execPath, FUS: fus, NO_COLOR: "1" },
  }).trimEnd();
}

/** The complaints of the compiler about the examples, with the settings that the packages have. */
function typeErrors(): readonly string[] {
  const sources = new Map(
    readmes.flatMap(({ path, examples }) =>
      examples.flatMap(({ kind, line, code }) =>
        kind === "module" ? [[exampleModuleId(path, line), code] as const] : [],
      ),
    ),
  );
  const settings = ts.getParsedCommandLineOfConfigFile(
    join(root, "tsconfig.json"),
    { noUnusedLocals: false },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (problem) => expect(problem).toBeUndefined() },
  );
  if (settings === undefined) throw new Error("tsconfig.json cannot be read");
  const host = ts.createCompilerHost(settings.options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (name) => sources.has(name) || fileExists(name);
  host.readFile = (name) => sources.get(name) ?? readFile(name);
  host.getSourceFile = (name, options, ...rest) => {
    const code = sources.get(name);
    return code === undefined
      ? getSourceFile(name, options, ...rest)
      : ts.createSourceFile(name, code, {
          ...(options as ts.CreateSourceFileOptions),
          impliedNodeFormat: ts.ModuleKind.ESNext,
        });
  };
  const program = ts.createProgram([...sources.keys()], settings.options, host);
  return [...sources.keys()].flatMap((name) =>
    ts.getPreEmitDiagnostics(program, program.getSourceFile(name)).map((problem) => {
      const line = program.getSourceFile(name)?.getLineAndCharacterOfPosition(problem.start ?? 0).line ?? 0;
      const text = ts.flattenDiagnosticMessageText(problem.messageText, "\n");
      return `${name.slice(root.length + 1)}, line ${line + 1} of the example: ${text}`;
    }),
  );
}

describe.each(readmes.map((readme) => [readme.title, readme] as const))("README of %s", (_, readme) => {
  const { path, examples, files } = readme;
  let folder = "";

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "fusabi-readme-"));
    for (const [name, text] of files) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    process.chdir(folder);
  });

  afterAll(() => {
    process.chdir(root);
    rmSync(folder, { recursive: true });
  });

  test("has an example that is run", () => {
    expect(existsSync(path), `${path} exists`).toBe(true);
    expect(examples, "a ts block that imports node:assert, or a console block").not.toHaveLength(0);
  });

  for (const { kind, code, line } of examples) {
    if (kind === "module")
      test(`the example of line ${line} runs`, async () => {
        await import(exampleModuleId(path, line));
      });
    else
      test(`the session of line ${line} goes as shown`, () => {
        const steps = sessionSteps(code);
        expect(steps.map(({ command }) => ({ command, output: runSession(command) }))).toEqual(steps);
      });
  }
});

test("the examples satisfy the compiler", { timeout: 60_000 }, () => {
  expect(typeErrors()).toEqual([]);
});

test("a README's blocks are told apart", () => {
  const fence = "```";
  const markdown = [
    "# Title",
    `${fence}ts`,
    'import assert from "node:assert/strict";',
    fence,
    `${fence}ts`,
    "const shown = 1;",
    fence,
    `${fence}fsharp a/b.fsx`,
    "let a = 1",
    fence,
    `${fence}console`,
    "$ fus run a.fsx",
    "1",
    "$ fus check a.fsx",
    fence,
  ].join("\n");
  const { examples, files } = readmeContent(markdown);
  expect(examples.map(({ kind, line }) => [kind, line])).toEqual([
    ["module", 2],
    ["session", 11],
  ]);
  expect([...files]).toEqual([["a/b.fsx", "let a = 1\n"]]);
  expect(sessionSteps(examples[1]?.code ?? "")).toEqual([
    { command: "fus run a.fsx", output: "1" },
    { command: "fus check a.fsx", output: "" },
  ]);
  expect(() => readmeContent(`${fence}ts\nnever closed`)).toThrow("line 1");
  expect(() => sessionSteps("output first")).toThrow("starts with a command");
});
