import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "@fusabi/compiler";
import { nodeLibrary } from "@fusabi/stdlib/node";
import { hostModule } from "@fusabi/vm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LoaderOptions, type LoadWarning, PluginLoader } from "../src/index.js";
import { folderWith, manifestText, pluginFolder, program } from "./plugin-files.js";
import { buildHost, type Host } from "./processes/build-host.js";

const silent = { onOutput: () => undefined };

const entriesOf = (cache: string): readonly string[] =>
  readdirSync(cache).filter((name) => name.endsWith(".fusabi-cache"));

/** Loads the plugin of a folder, calls it, and says what was doubtful. */
async function greeting(folder: string, cache: string, options: LoaderOptions = {}) {
  const warnings: LoadWarning[] = [];
  const loader = new PluginLoader({
    ...silent,
    ...options,
    cache,
    onWarning: (warning) => void warnings.push(warning),
  });
  await using plugin = await loader.loadFromManifest(join(folder, "plugin.toml"));
  return { greeting: await plugin.call("greet", ["Ada"]), warnings };
}

/** A plugin whose `greet` says what `text.fsx`, which it loads, makes of it. */
function loadingFolder(text: string): string {
  return folderWith({
    "plugin.toml": manifestText("loading", 'exports = ["greet"]'),
    "main.fsx": '#load "text.fsx"\nlet greet (name: string) : string = Text.decorate name\n',
    "text.fsx": text,
  });
}

describe("what is compiled once", () => {
  test("is read the next time, with its warnings", async () => {
    const source = `${program("greeter")}\nlet odd (x: int option) = match x with Some y -> y\n`;
    const folder = pluginFolder("greeter", source, 'exports = ["greet"]');
    const cache = join(folderWith(), "deep", "cache");
    const first = await greeting(folder, cache);
    expect(first.greeting).toBe("Hello, Ada!");
    expect(first.warnings).toHaveLength(1);
    const [entry] = entriesOf(cache);
    const written = statSync(join(cache, entry ?? "")).mtimeMs;
    expect(await greeting(folder, cache)).toEqual(first);
    expect(entriesOf(cache)).toEqual([entry]);
    expect(statSync(join(cache, entry ?? "")).mtimeMs).toBe(written);
    expect(statSync(cache).mode & 0o077).toBe(0);
  });

  test("is compiled anew when anything that it was made of is another", async () => {
    const folder = pluginFolder("greeter", program("greeter"), 'exports = ["greet"]');
    const cache = folderWith();
    await greeting(folder, cache);
    const ask = (type: string) => hostModule("Host", { ask: { type, run: () => 1 } });
    const variants: LoaderOptions[] = [
      { mode: "lenient" },
      { hostModules: [ask("unit -> int")] },
      { hostModules: [ask("unit -> any")] },
    ];
    for (const [index, options] of variants.entries()) {
      await greeting(folder, cache, options);
      expect(entriesOf(cache)).toHaveLength(index + 2);
    }
    writeFileSync(join(folder, "main.fsx"), 'let greet (name: string) : string = "Bye, " + name\n');
    expect((await greeting(folder, cache)).greeting).toBe("Bye, Ada");
    expect(entriesOf(cache)).toHaveLength(5);
    await greeting(folder, cache, { hostModules: [ask("unit -> any")] });
    await greeting(folder, cache);
    expect(entriesOf(cache)).toHaveLength(6);
  });

  test("the files that it loads count, at whatever depth, and what they said before is still there", async () => {
    const folder = loadingFolder(
      '#load "mark.fsx"\nlet decorate (name: string) : string = name + Mark.mark\n',
    );
    const cache = folderWith();
    const mark = (text: string): void => writeFileSync(join(folder, "mark.fsx"), `let mark = "${text}"\n`);
    mark("!");
    expect((await greeting(folder, cache)).greeting).toBe("Ada!");
    expect(entriesOf(cache)).toHaveLength(2);
    mark("?");
    expect((await greeting(folder, cache)).greeting).toBe("Ada?");
    expect(entriesOf(cache)).toHaveLength(3);
    mark("!");
    expect((await greeting(folder, cache)).greeting).toBe("Ada!");
    expect(entriesOf(cache)).toHaveLength(3);
    writeFileSync(join(folder, "text.fsx"), "let decorate (name: string) : string = name + name\n");
    expect((await greeting(folder, cache)).greeting).toBe("AdaAda");
  });

  test("a loaded file that is gone is the compiler's to report", async () => {
    const folder = loadingFolder("let decorate (name: string) : string = name\n");
    const cache = folderWith();
    await greeting(folder, cache);
    writeFileSync(join(folder, "plugin.toml"), manifestText("loading", 'exports = ["greet"]'));
    rmSync(join(folder, "text.fsx"));
    await expect(greeting(folder, cache)).rejects.toThrow(/text\.fsx/);
  });
});

describe("an entry that does not hold", () => {
  const source = program("greeter");

  async function damaged(damage: (path: string) => void) {
    const folder = pluginFolder("greeter", source, 'exports = ["greet"]');
    const cache = folderWith();
    await greeting(folder, cache);
    const [name = ""] = entriesOf(cache);
    const path = join(cache, name);
    const sound = readFileSync(path);
    damage(path);
    const again = await greeting(folder, cache);
    expect(again.greeting).toBe("Hello, Ada!");
    expect(again.warnings.map(({ code, plugin }) => ({ code, plugin }))).toEqual([
      { code: "CACHE", plugin: "greeter" },
    ]);
    expect(readFileSync(path).equals(sound)).toBe(true);
    expect((await greeting(folder, cache)).warnings).toEqual([]);
    return again.warnings[0]?.message ?? "";
  }

  /** An entry whose digest is right, as somebody would make it who knows how. */
  function forged(head: unknown, bytecode: Uint8Array): Uint8Array {
    const content = Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), bytecode]);
    const digest = createHash("sha256").update(`${content.length}:`).update(content).digest("hex");
    return Buffer.concat([Buffer.from(`${digest}\n`), content]);
  }

  const keyIn = (path: string): string => /([0-9a-f]{64})\.fusabi-cache$/.exec(path)?.[1] ?? "";

  test.each<[string, (path: string) => void]>([
    ["is empty", (path) => writeFileSync(path, "")],
    ["was cut", (path) => writeFileSync(path, readFileSync(path).subarray(0, -7))],
    [
      "has one bit turned",
      (path) => {
        const bytes = readFileSync(path);
        bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1;
        writeFileSync(path, bytes);
      },
    ],
    [
      "is of another name",
      (path) =>
        writeFileSync(path, forged({ key: "0".repeat(64), warnings: [], loads: [] }, new Uint8Array())),
    ],
    [
      "has a head that is no JSON",
      (path) => writeFileSync(path, forged("x", new Uint8Array()).toString().replace('"x"', "x")),
    ],
    [
      "has loads that are none",
      (path) => writeFileSync(path, forged({ key: keyIn(path), warnings: [], loads: [1] }, new Uint8Array())),
    ],
    [
      "has warnings that are none",
      (path) =>
        writeFileSync(path, forged({ key: keyIn(path), warnings: [{}], loads: [] }, new Uint8Array())),
    ],
    [
      "has bytecode that is none",
      (path) =>
        writeFileSync(
          path,
          forged({ key: keyIn(path), warnings: [], loads: [] }, Buffer.from("FZB\x02 but not really")),
        ),
    ],
    [
      "has no bytecode",
      (path) => writeFileSync(path, forged({ key: keyIn(path), warnings: [], loads: [] }, new Uint8Array())),
    ],
  ])("%s: it is compiled anew", async (_, damage) => {
    expect(await damaged(damage)).toContain("does not hold");
  });

  test("a forged program passes the checks that all bytecode passes, or is refused", async () => {
    const folder = pluginFolder("greeter", source, 'exports = ["greet"]');
    const cache = folderWith();
    await greeting(folder, cache);
    const path = join(cache, entriesOf(cache)[0] ?? "");
    const theft = compile('let greet (name: string) : string = File.read "/etc/passwd"\n', {
      hostModules: nodeLibrary(),
    }).bytecode;
    writeFileSync(path, forged({ key: keyIn(path), warnings: [], loads: [] }, theft ?? new Uint8Array()));
    await expect(greeting(folder, cache)).rejects.toMatchObject({ code: "UNDECLARED_CAPABILITY" });
  });

  test("a list that leads out of the plugin's folder leads nowhere", async () => {
    const folder = loadingFolder("let decorate (name: string) : string = name\n");
    const cache = folderWith();
    await greeting(folder, cache);
    for (const name of entriesOf(cache)) {
      const path = join(cache, name);
      if (!readFileSync(path).includes("text.fsx")) continue;
      writeFileSync(
        path,
        forged({ key: keyIn(path), warnings: [], loads: [["/etc/passwd", "main.fsx"]] }, new Uint8Array()),
      );
    }
    expect(await greeting(folder, cache)).toEqual({ greeting: "Ada", warnings: [] });
  });
});

test("a folder that cannot be written costs time, and is told", async () => {
  const folder = pluginFolder("greeter", program("greeter"), 'exports = ["greet"]');
  const occupied = join(folderWith({ cache: "a file" }), "cache");
  const { greeting: said, warnings } = await greeting(folder, occupied);
  expect(said).toBe("Hello, Ada!");
  expect(warnings.map(({ code }) => code)).toContain("CACHE");
  expect(warnings.at(-1)?.message).toContain("cannot be written");
});

test("what processes left behind unfinished is removed, what they are about to finish is not", async () => {
  const cache = folderWith({ "a.tmp": "old", "b.tmp": "young" });
  const old = Date.now() / 1000 - 7_200;
  utimesSync(join(cache, "a.tmp"), old, old);
  await greeting(pluginFolder("greeter", program("greeter"), 'exports = ["greet"]'), cache);
  expect(readdirSync(cache).filter((name) => name.endsWith(".tmp"))).toEqual(["b.tmp"]);
});

describe("in processes of their own", () => {
  let host: Host;
  beforeAll(async () => {
    host = await buildHost();
  });
  afterAll(() => rmSync(host.folder, { recursive: true }));

  function run(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    return new Promise<{ readonly status: number | null; readonly output: string }>((resolve, reject) => {
      const child = spawn(process.execPath, [host.script, ...args], {
        env: { ...process.env, ...environment },
      });
      let output = "";
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding("utf8").on("data", (text: string) => {
          output += text;
        });
      }
      child.on("error", reject).on("close", (status) => resolve({ status, output }));
    });
  }

  test("several at once fill one cache, and each is right; later ones never load the compiler", async () => {
    const folder = loadingFolder("let decorate (name: string) : string = name + name\n");
    const cache = join(folderWith(), "cache");
    const trace = folderWith();
    const manifest = join(folder, "plugin.toml");
    const first = await Promise.all(
      [0, 1, 2, 3].map(() => run([manifest, cache], { NODE_V8_COVERAGE: trace })),
    );
    expect(first).toEqual(first.map(() => ({ status: 0, output: "AdaAda\n" })));
    expect(scriptsIn(trace)).toContain(host.compiler);
    rmSync(trace, { recursive: true });
    expect(entriesOf(cache)).toHaveLength(2);
    expect(readdirSync(cache)).toHaveLength(2);
    expect(await run([manifest, cache], { NODE_V8_COVERAGE: trace })).toEqual({
      status: 0,
      output: "AdaAda\n",
    });
    expect(scriptsIn(trace)).toContain(host.script);
    expect(scriptsIn(trace)).not.toContain(host.compiler);
  });

  test("a host of bytecode never loads the compiler", async () => {
    const { bytecode } = compile(program("greeter"), { fileName: "main.fsx", hostModules: nodeLibrary() });
    const folder = folderWith({
      "plugin.toml": manifestText("greeter", 'bytecode = "main.fzb"', 'exports = ["greet"]'),
      "main.fzb": bytecode ?? "",
    });
    const trace = folderWith();
    const result = await run([join(folder, "plugin.toml")], { NODE_V8_COVERAGE: trace });
    expect(result).toEqual({ status: 0, output: "Hello, Ada!\n" });
    expect(scriptsIn(trace)).toContain(host.script);
    expect(scriptsIn(trace)).not.toContain(host.compiler);
  });

  /** The scripts that a process loaded, as its coverage lists them. */
  function scriptsIn(folder: string): string {
    const reports = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
    const urls = reports.flatMap((report) => {
      const { result } = JSON.parse(report) as { readonly result: readonly { readonly url: string }[] };
      return result.map(({ url }) => url);
    });
    return urls.join("\n");
  }
});
