import { spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

export const cliFolder: string = fileURLToPath(new URL("..", import.meta.url));
export const packagesFolder: string = fileURLToPath(new URL("../..", import.meta.url));
export const examplesFolder: string = fileURLToPath(new URL("../../../examples", import.meta.url));

/** Where the executable under test is; the global setup makes it. */
export const bundle: { readonly folder: string; readonly executable: string } = {
  folder: `${cliFolder}node_modules/.cache/fus`,
  executable: `${cliFolder}node_modules/.cache/fus/bin/fus.cjs`,
};

export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  /** Default: the folder of the package. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Ends standard output after the first piece, as `head` does. */
  readonly closeOutput?: boolean;
  /** A file that takes standard output. */
  readonly outputTo?: string;
}

/** Runs the executable under test to its end. */
export function fus(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  return run(bundle.executable, args, options);
}

/** Runs an executable to its end. */
export function run(
  executable: string,
  args: readonly string[],
  { cwd = cliFolder, env = {}, closeOutput = false, outputTo }: RunOptions = {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const target = outputTo === undefined ? undefined : openSync(outputTo, "w");
    const child = spawn(process.execPath, [executable, ...args], {
      cwd,
      env: { PATH: process.env["PATH"], ...env },
      stdio: ["ignore", target ?? "pipe", "pipe"],
    });
    if (target !== undefined) closeSync(target);
    let out = "";
    let err = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      out += text;
      if (closeOutput) child.stdout?.destroy();
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      err += text;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out, err }));
  });
}

/** A folder with these files in it, removed after the test. */
export async function folderWith(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "fus-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  return folder;
}

/** A manifest of a plugin whose program is `main.fsx`. */
export function manifest(name: string): string {
  return `name = "${name}"\nversion = "1.0.0"\napi-version = { major = 0, minor = 21, patch = 0 }\nsource = "main.fsx"\n`;
}
