/**
 * Plugins that try to do what they may not. Each file in `hostile` says what it tries, what it is given (`capabilities`), and how it must end: the load is
 * refused (`loads`), the call fails (`fails`), or it answers (`answers`), with an audit record (`record`). Afterwards, nothing outside has changed, and the
 * next call of the host works.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { AuditRecord } from "@fusabi/capabilities";
import type { Plugin } from "@fusabi/plugin";
import { ExecutionError, PluginError } from "@fusabi/plugin";
import { hostModule } from "@fusabi/vm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PluginLoader } from "../src/index.js";
import { folderWith, manifestText } from "./plugin-files.js";

const attempts = new URL("hostile/", import.meta.url);

interface Attempt {
  readonly text: string;
  /** The lines of the head by their first word. */
  readonly head: ReadonlyMap<string, string>;
}

function attempt(file: string): Attempt {
  const text = readFileSync(new URL(file, attempts), "utf8");
  const lines = [...text.matchAll(/^\/\/ (\w+): (.*)$/gm)];
  return { text, head: new Map(lines.map(([, key = "", value = ""]) => [key, value])) };
}

/** Of two servers, plugins may reach the first. */
let allowed: Server;
let forbidden: Server;
let reachedForbidden = 0;

beforeAll(async () => {
  forbidden = createServer((_, response) => {
    reachedForbidden++;
    response.end("secret");
  });
  await new Promise<void>((done) => forbidden.listen(0, "127.0.0.1", done));
  allowed = createServer((request, response) => {
    if (request.url === "/redirect") response.writeHead(302, { location: `${addressOf(forbidden)}/` }).end();
    else if (request.url === "/loop") response.writeHead(302, { location: "/loop" }).end();
    else if (request.url === "/never") return;
    else if (request.url === "/endless") {
      const send = (): void => {
        if (!response.destroyed && response.write("x".repeat(65_536))) setImmediate(send);
      };
      response.on("drain", send);
      send();
    } else response.end("hello");
  });
  await new Promise<void>((done) => allowed.listen(0, "127.0.0.1", done));
});

afterAll(() => {
  for (const server of [allowed, forbidden]) {
    server.closeAllConnections();
    server.close();
  }
});

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What surrounds a plugin: a folder that it may use, and things beside it that it may not. */
function surroundings(
  source: string,
  capabilities: string,
): { readonly root: string; readonly plugin: string } {
  const list = capabilities.split(/, */).filter(Boolean);
  const root = folderWith({
    "secret.txt": "secret",
    "elsewhere.fsx": "let secret = 1\n",
    "plugin/plugin.toml": manifestText(
      "attacker",
      `capabilities = ${JSON.stringify(list)}`,
      `exports = [${[...source.matchAll(/^let (?:rec )?(attack|prepare|fine) /gm)].map(([, name]) => `"${name}"`).join(", ")}]`,
    ),
    "plugin/main.fsx": source,
    "plugin/secret.txt": "secret",
    "plugin/data/a.txt": "harmless",
    "plugin/data/large.txt": "x".repeat(2_000_000),
    "plugin/data/private/key.txt": "secret",
    "plugin/data/node": "#!/bin/sh\necho escaped > ../escaped\n",
    "plugin/data/swap/a.txt": "harmless",
    "plugin/database/secret.txt": "secret",
    "trap/a.txt": "secret",
  });
  const data = join(root, "plugin/data");
  symlinkSync(root, join(data, "out"));
  symlinkSync(join(root, "secret.txt"), join(data, "leak.txt"));
  return { root, plugin: join(root, "plugin/plugin.toml") };
}

const GRANTED = [
  "fs:read",
  "fs:write",
  "fs:delete",
  "fs:metadata",
  "net:request",
  "net:dns",
  "env:read",
  "env:write",
  "process:exec",
  "async:spawn",
];

function host(root: string, swaps: string | undefined): PluginLoader {
  const { port } = allowed.address() as AddressInfo;
  return new PluginLoader({
    capabilities: GRANTED,
    sandbox: {
      read: { allow: ["data"], deny: ["data/private"] },
      write: { allow: ["data"], deny: ["data/private"] },
      net: { allow: [`127.0.0.1:${port}`] },
      env: { allow: ["FUSABI_SHOWN"] },
      commands: { allow: [process.execPath] },
    },
    limits: {
      timeoutMs: 3_000,
      maxInstructions: 20_000_000,
      maxStackDepth: 5_000,
      memoryBytes: 8_000_000,
      maxAllocatedBytes: 200_000_000,
      maxOutputBytes: 20_000,
      maxFsOps: 50,
      maxNetOps: 5,
      maxFileBytes: 1_000_000,
      maxProcesses: 2,
      maxConcurrentTasks: 8,
    },
    onOutput: () => undefined,
    hostModules:
      swaps === undefined
        ? []
        : [hostModule("Attack", { swap: { type: "unit -> unit", run: () => swap(root, swaps) } })],
  });
}

function swap(root: string, path: string): void {
  renameSync(join(root, "plugin", path), join(root, "aside"));
  symlinkSync(join(root, "trap"), join(root, "plugin", path));
}

/** What is outside of the plugin's own data, and must stay as it is. */
function outside(root: string): unknown {
  const names = (path: string): readonly string[] => readdirSync(join(root, path)).sort();
  return {
    root: names("").filter((name) => name !== "aside"),
    plugin: names("plugin"),
    key: readFileSync(join(root, "plugin/data/private/key.txt"), "utf8"),
    secrets: ["secret.txt", "plugin/secret.txt", "plugin/database/secret.txt"].map((path) =>
      readFileSync(join(root, path), "utf8"),
    ),
    host: [process.env["PATH"], ({} as Record<string, unknown>)["polluted"]],
  };
}

function filled(text: string, root: string): string {
  return text
    .replaceAll("{ROOT}", root)
    .replaceAll("{A}", addressOf(allowed))
    .replaceAll("{B}", addressOf(forbidden))
    .replaceAll("{HOST}", addressOf(allowed).replace("http://", ""))
    .replaceAll("{NODE}", process.execPath);
}

/** `FUS05..|FUS0601`: one of these; `-`: nothing at all. */
function isOneOf(code: string, expected: string): boolean {
  return expected.split("|").some((one) => new RegExp(`^${one.replaceAll("-", "none")}$`).test(code));
}

async function ended(plugin: Plugin, call: string, root: string): Promise<{ code: string; answer: unknown }> {
  const [, fn = "", args = "[]"] = /^(\w+) (.*)$/.exec(call) ?? [];
  try {
    return { code: "none", answer: await plugin.call(fn, JSON.parse(filled(args, root)) as unknown[]) };
  } catch (error) {
    if (error instanceof ExecutionError) return { code: error.fault.code, answer: undefined };
    throw error;
  }
}

function recordText({ decision, capability, operation }: AuditRecord): string {
  return `${decision} ${capability} ${operation}`;
}

process.env["FUSABI_SECRET"] = "hunter2";

describe("hostile plugins", () => {
  const files = readdirSync(attempts);

  test("there are enough of them", () => {
    expect(files.length).toBeGreaterThanOrEqual(60);
  });

  test.each(files)("%s", { timeout: 60_000 }, async (file) => {
    const { text, head } = attempt(file);
    const { root, plugin: path } = surroundings(
      `${text}\nlet fine () = 42\n`,
      head.get("capabilities") ?? "",
    );
    const before = outside(root);
    const loader = host(root, head.get("swaps"));
    const refused = head.get("loads");
    if (refused !== undefined) {
      const error: unknown = await loader.loadFromManifest(path).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(Error);
      expect(error instanceof PluginError || (error as Error).name === "ManifestError").toBe(true);
      expect((error as { code?: string }).code).toMatch(new RegExp(`^(?:${refused})$`));
      expect(outside(root)).toEqual(before);
      return;
    }
    await using plugin = await loader.loadFromManifest(path);
    const prepare = head.get("before");
    if (prepare !== undefined) await plugin.call(prepare);
    const revoked = head.get("revokes");
    if (revoked !== undefined) loader.revoke(revoked);
    const { code, answer } = await ended(plugin, head.get("call") ?? "", root);
    const fails = head.get("fails") ?? "-";
    expect(isOneOf(code, fails), `${code} is none of ${fails}`).toBe(true);
    const answers = head.get("answers");
    if (answers?.startsWith("TEXT ")) expect(String(answer)).toContain(answers.slice(5));
    else if (answers !== undefined) expect(answer).toEqual(JSON.parse(answers));
    expect(String(answer)).not.toMatch(/secret|hunter2/);
    const record = head.get("record");
    const found = plugin.audit.map(recordText);
    if (record !== undefined) {
      expect(
        record.split("|").some((one) => found.includes(one)),
        `${record} is none of ${found.join("; ")}`,
      ).toBe(true);
    }
    expect(JSON.stringify(plugin.audit)).not.toContain("hunter2");
    expect(plugin.state).toBe("running");
    expect(await plugin.call("fine")).toBe(42);
    expect(outside(root)).toEqual(before);
    expect(reachedForbidden).toBe(0);
  });
});

test("a host function that is called again while it runs keeps its records apart", async () => {
  const { plugin: path } = surroundings(
    'let attack (path: string) = Twice.run (fun () -> try File.read "../secret.txt" with e -> e.Message)\nlet fine () = 42\n',
    "fs:read, plugin:call",
  );
  const loader = new PluginLoader({
    capabilities: ["fs:read", "plugin:call"],
    sandbox: { read: { allow: ["data"] } },
    hostModules: [
      hostModule("Twice", {
        run: {
          type: "(unit -> string) -> string",
          capability: "plugin:call",
          run: (_, work: () => string) => work() + work(),
        },
      }),
    ],
  });
  await using plugin = await loader.loadFromManifest(path);
  expect(await plugin.call("attack", ["x"])).toMatch(/access denied.*access denied/);
  expect(plugin.audit.map(recordText)).toEqual([
    "denied fs:read File.read",
    "denied fs:read File.read",
    "allowed plugin:call Twice.run",
  ]);
});

test("a plugin cannot write what its policy keeps from it by making folders first", async () => {
  const { root, plugin: path } = surroundings(
    'let attack () = Fs.mkdir "data/deep/er"; Fs.write "data/deep/er/a.txt" "x"; Fs.write "data/private/b.txt" "x"\nlet fine () = 42\n',
    "fs:write",
  );
  const loader = host(root, undefined);
  await using plugin = await loader.loadFromManifest(path);
  await expect(plugin.call("attack")).rejects.toMatchObject({ fault: { code: "FUS0521" } });
  expect(readdirSync(join(root, "plugin/data/private"))).toEqual(["key.txt"]);
  mkdirSync(join(root, "later"));
  writeFileSync(join(root, "later/a"), "");
  expect(await plugin.call("fine")).toBe(42);
});
