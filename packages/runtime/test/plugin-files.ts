import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** A folder of the test's own, removed when the test ends; with files in it, by path. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "fusabi-runtime-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** One of the programs beside the tests. */
export function program(name: string): string {
  return readFileSync(new URL(`programs/${name}.fsx`, import.meta.url), "utf8");
}

/** A TOML manifest: what every plugin says, and the given lines. */
export function manifestText(name: string, ...lines: readonly string[]): string {
  const head = [
    `name = "${name}"`,
    'version = "1.0.0"',
    "api-version = { major = 0, minor = 21, patch = 0 }",
  ];
  const entry = lines.some((line) => /^(source|bytecode) /.test(line)) ? [] : ['source = "main.fsx"'];
  const api = lines.some((line) => line.startsWith("api-version")) ? head.slice(0, 2) : head;
  return `${[...api, ...entry, ...lines].join("\n")}\n`;
}

/** A folder with a plugin in it: `plugin.toml` with the given lines, and `main.fsx`. */
export function pluginFolder(name: string, source: string, ...lines: readonly string[]): string {
  return folderWith({ "plugin.toml": manifestText(name, ...lines), "main.fsx": source });
}
