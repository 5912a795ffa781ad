import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { bundle, type Outcome, run } from "./fus.js";

/** A copy of the package that has not run yet. */
function freshCopy(): { readonly executable: string; readonly code: string } {
  const folder = mkdtempSync(join(tmpdir(), "fus-start-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(bundle.folder, folder, { recursive: true });
  rmSync(join(folder, "dist/code"), { recursive: true, force: true });
  return { executable: join(folder, "bin/fus.cjs"), code: join(folder, "dist/code") };
}

const three: Outcome = { code: 0, out: "3\n", err: "" };

test("the compiled form of a command is kept when it has run, once for each command", async () => {
  const { executable, code } = freshCopy();
  expect(await run(executable, ["run", "-e", "1 + 2"])).toEqual(three);
  const [kept = ""] = readdirSync(code);
  expect(kept).toMatch(/^[\da-f]{16}-v[\d.]+-[a-z\d]+-run$/);
  const bytes = readFileSync(join(code, kept));
  expect(await run(executable, ["run", "-e", "1 + 2"])).toEqual(three);
  expect(readFileSync(join(code, kept)).equals(bytes)).toBe(true);
  expect((await run(executable, ["check", "nowhere.fsx"])).code).toBe(2);
  expect((await run(executable, ["--version"])).code).toBe(0);
  expect(readdirSync(code)).toEqual([kept]);
});

test("damaged code is made anew, and code of other versions is given up", async () => {
  const { executable, code } = freshCopy();
  await run(executable, ["run", "-e", "1"]);
  const [kept = ""] = readdirSync(code);
  const path = join(code, kept);
  const whole = readFileSync(path);
  writeFileSync(join(code, "0123456789abcdef-v1.0.0-x64-run"), "");
  writeFileSync(`${path}.4711`, "");
  const zeroed = Buffer.from(whole).fill(0, 4096, 8192);
  for (const damaged of [Buffer.alloc(0), whole.subarray(0, 3), whole.subarray(0, 50_000), zeroed]) {
    writeFileSync(path, damaged);
    expect(await run(executable, ["run", "-e", "1 + 2"])).toEqual(three);
    expect(readFileSync(path).length).toBeGreaterThan(100_000);
    expect(readdirSync(code)).toEqual([kept]);
  }
});

test("nothing is kept where that is switched off or impossible", async () => {
  const { executable, code } = freshCopy();
  expect(await run(executable, ["run", "-e", "1 + 2"], { env: { NODE_DISABLE_COMPILE_CACHE: "1" } })).toEqual(
    three,
  );
  expect(() => readdirSync(code)).toThrow(/ENOENT/);
  writeFileSync(code, "in the way");
  expect(await run(executable, ["run", "-e", "1 + 2"])).toEqual(three);
});
