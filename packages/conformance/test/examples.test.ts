import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";

/**
 * The examples, run as a user runs them: their `start` script, against the built packages. What each prints stands beside it in
 * `expected.txt`; a line `...` there stands for any number of lines.
 */
const root = fileURLToPath(new URL("../../..", import.meta.url));
const examples = readdirSync(join(root, "examples")).filter((name) =>
  existsSync(join(root, "examples", name, "package.json")),
);
/** It serves until it is ended, so that it has a test of its own. */
const SERVES = "vm-only";

function startScript(example: string): string {
  const text = readFileSync(join(root, "examples", example, "package.json"), "utf8");
  const { scripts } = JSON.parse(text) as { readonly scripts: { readonly start: string } };
  return scripts.start;
}

function start(example: string, environment: Readonly<Record<string, string>> = {}): ChildProcess {
  if (!existsSync(join(root, "packages/runtime/dist/index.js")))
    throw new Error("the packages are not built: run `npm run build` before this test");
  const folder = join(root, "examples", example);
  // `exec`, so that the shell is not between this test and the program that it ends.
  return spawn("sh", ["-c", `exec ${startScript(example)}`], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      NO_COLOR: "1",
      PATH: [join(folder, "node_modules/.bin"), process.env["PATH"]].join(delimiter),
      ...environment,
    },
  });
}

interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly complaints: string;
}

function ended(child: ChildProcess): Promise<Ended> {
  const output: Buffer[] = [];
  const complaints: Buffer[] = [];
  child.stdout?.on("data", (chunk: Buffer) => output.push(chunk));
  child.stderr?.on("data", (chunk: Buffer) => complaints.push(chunk));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ code, output: String(Buffer.concat(output)), complaints: String(Buffer.concat(complaints)) });
    });
  });
}

/** What is expected, with each `...` filled in by what stands there, if the output fits; else as it is. */
function filledIn(expected: string, output: string): string {
  const pattern = expected
    .split(/^\.\.\.\n/m)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join("(?:.*\\n)*?");
  return new RegExp(`^${pattern}$`).test(output) ? output : expected;
}

describe("the example", () => {
  test.each(examples.filter((name) => name !== SERVES))(
    "%s prints what stands in its expected.txt",
    async (name) => {
      const { code, output, complaints } = await ended(start(name));
      expect(complaints).toBe("");
      const expected = readFileSync(join(root, "examples", name, "expected.txt"), "utf8");
      expect(output).toBe(filledIn(expected, output));
      expect(code).toBe(0);
    },
  );

  test("vm-only runs in a browser, under a policy that lets no text become code", async () => {
    const browser = findBrowser();
    const server = start(SERVES, { PORT: "0" });
    onTestFinished(() => void server.kill());
    const dom = await domOf(browser, await addressOf(server));
    const [, state, said] = /<output data-state="(\w+)">([^<]*)<\/output>/.exec(dom) ?? [
      undefined,
      undefined,
      dom,
    ];
    expect(said).toBe(
      readFileSync(join(root, "examples", SERVES, "expected.txt"), "utf8").replaceAll(">", "&gt;"),
    );
    expect(state).toBe("done");
  });
});

test("what is filled in is only what the three dots stand for", () => {
  expect(filledIn("a\n...\nd\n", "a\nb\nc\nd\n")).toBe("a\nb\nc\nd\n");
  expect(filledIn("a\n...\nd\n", "a\nd\n")).toBe("a\nd\n");
  expect(filledIn("a\n...\nd\n", "a\nb\ne\n")).toBe("a\n...\nd\n");
  expect(filledIn("a.c\n", "abc\n")).toBe("a.c\n");
});

/** A Chromium, or the one that `CHROMIUM` names. Throws if there is none: this test does not pass by not running. */
function findBrowser(): string {
  const named = process.env["CHROMIUM"];
  if (named !== undefined) return named;
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  for (const name of ["chromium", "chromium-browser", "google-chrome", "chrome"]) {
    const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
    if (found !== undefined) return found;
  }
  throw new Error(
    "NO BROWSER: install Chromium (Debian: `apt-get install chromium`), or name one with CHROMIUM=/path/to/chrome",
  );
}

/** The address that the server says it serves at. */
async function addressOf(server: ChildProcess): Promise<string> {
  if (server.stdout === null) throw new Error("the server's output is not read");
  const said: string[] = [];
  server.stderr?.on("data", (chunk: Buffer) => said.push(String(chunk)));
  for await (const line of createInterface(server.stdout)) {
    if (line.startsWith("http://")) return line;
    said.push(line);
  }
  throw new Error(`the server ended without an address:\n${said.join("\n")}`);
}

/** What a page has become when its scripts have run. */
async function domOf(browser: string, address: string): Promise<string> {
  const profile = mkdtempSync(join(tmpdir(), "fusabi-browser-"));
  onTestFinished(() => rmSync(profile, { recursive: true, maxRetries: 5 }));
  const options = ["--headless", "--disable-gpu", "--disable-dev-shm-usage", `--user-data-dir=${profile}`];
  // Its own sandbox is not to be had as root, as in many containers; the page is ours.
  if (process.getuid?.() === 0) options.push("--no-sandbox");
  const { stdout } = await promisify(execFile)(
    browser,
    [...options, "--virtual-time-budget=20000", "--dump-dom", address],
    { timeout: 100_000 },
  );
  return stdout;
}
