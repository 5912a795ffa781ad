import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { formatDiagnostic } from "@fusabi/compiler";
import { describe, expect, test } from "vitest";
import { type DiagnosticPage, parseDiagnosticPage, reportsOf } from "../src/index.js";

const packages = join(import.meta.dirname, "../..");
const folder = join(packages, "../docs/diagnostics");

interface PageFile {
  readonly path: string;
  readonly page: DiagnosticPage;
}

const pages: readonly PageFile[] = readdirSync(folder)
  .filter((name) => name !== "README.md")
  .sort()
  .map((name) => {
    const path = join(folder, name);
    const page = parseDiagnosticPage(readFileSync(path, "utf8"));
    if (name !== `${page.code}.md`) throw new Error(`${name} is about ${page.code}`);
    return { path, page };
  });

describe("pages of the diagnostics", () => {
  test.each(pages.map((file) => [file.page.code, file] as const))("%s", async (code, { path, page }) => {
    const texts: string[] = [];
    for (const { wrong, corrected } of page.examples) {
      const reports = await reportsOf(wrong);
      expect(reports[0]?.code, wrong.shown).toBe(code);
      texts.push(reports.map((report) => formatDiagnostic(report)).join("\n"));
      const after = (await reportsOf(corrected)).map((report) => formatDiagnostic(report));
      expect(after, "the corrected program has nothing to report").toEqual([]);
    }
    // `vitest -u` writes what is printed into the page.
    await expect(page.withPrinted(texts)).toMatchFileSnapshot(path);
  });

  test("every code has a page, every page a code", () => {
    const codes = new Set<string>();
    for (const name of ["compiler", "vm", "stdlib"]) {
      for (const file of readdirSync(join(packages, name, "src"), { recursive: true, encoding: "utf8" })) {
        if (!file.endsWith(".ts")) continue;
        const source = readFileSync(join(packages, name, "src", file), "utf8");
        // `["FUS0510", SHAPE]` names a code in a table, and does not raise it.
        for (const [, code = ""] of source.matchAll(/(?<!\[)"(FUS0\d{3})"/g)) codes.add(code);
      }
    }
    expect(pages.map(({ page }) => page.code)).toEqual([...codes].sort());
  });

  test("the index lists them all", async () => {
    const rows = await Promise.all(
      pages.map(async ({ page: { code, title, examples } }) => {
        const [report] = examples[0] === undefined ? [] : await reportsOf(examples[0].wrong);
        const severity = examples[0]?.wrong.command.name === "run" ? "run time" : report?.severity;
        return `| [${code}](${code}.md) | ${severity} | ${title.replaceAll("|", "\\|")} |`;
      }),
    );
    await expect(`${preface}${rows.join("\n")}\n`).toMatchFileSnapshot(join(folder, "README.md"));
  });
});

const preface = `<!-- Generated from the pages by packages/conformance/test/diagnostics.test.ts. -->

# Diagnostics

What the compiler and a running program can report, each with a program that gives it and the same program without the mistake.
Codes are stable: a code is never used for anything else. An *error* keeps a program from running, a *warning* and an *info* do
not; \`#nowarn "FUS0410"\` silences one of these two in a file. *Run time* marks what stops a program that is running.

| code | kind | about |
| --- | --- | --- |
`;
