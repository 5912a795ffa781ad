/**
 * Bytecode that lies: a compiled module whose imports, capability graph, names or types were changed by hand, loaded under a manifest that declares `fs:read`
 * alone. Nothing is done that the manifest does not declare, the refusal is recorded, and the host goes on.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AuditRecord, GrantRequest } from "@fusabi/capabilities";
import { compile } from "@fusabi/compiler";
import type { Plugin } from "@fusabi/plugin";
import { PluginError } from "@fusabi/plugin";
import { nodeLibrary } from "@fusabi/stdlib/node";
import { encodeModule, hostModule, type ImportData, type ModuleData, readModule } from "@fusabi/vm";
import { describe, expect, test } from "vitest";
import { type LoaderOptions, PluginLoader } from "../src/index.js";
import { folderWith, manifestText } from "./plugin-files.js";

const hostModules = nodeLibrary();

function compiled(name: "honest" | "quiet"): Uint8Array {
  return compiledText(readFileSync(new URL(`forged/${name}.fsx`, import.meta.url), "utf8"), hostModules);
}

function compiledText(text: string, modules: typeof hostModules): Uint8Array {
  const { bytecode, diagnostics } = compile(text, { hostModules: modules, fileName: "forged.fsx" });
  if (bytecode === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return bytecode;
}

/** Writes a file although its manifest lets it read only; the forgeries hide that. */
const honest = compiled("honest");
/** Does only what its manifest says; the forgeries add to it. */
const quiet = compiled("quiet");

function forged(bytes: Uint8Array, change: (module: ModuleData) => ModuleData): Uint8Array {
  return encodeModule(change(readModule(bytes)));
}

const withoutGraph = ({ reach: _, ...module }: ModuleData): ModuleData => module;

/** Every import of one name, changed. */
function changeImport(name: string, change: Partial<ImportData>) {
  return (module: ModuleData): ModuleData => ({
    ...module,
    imports: module.imports.map((one) => (one.name === name ? { ...one, ...change } : one)),
  });
}

const added =
  (module: string, name: string, arity: number, capability?: string) =>
  (data: ModuleData): ModuleData => ({
    ...withoutGraph(data),
    imports: [...data.imports, { module, name, arity, capability, position: undefined }],
  });

const exportsOfNothing = (module: ModuleData): ModuleData => ({
  ...withoutGraph(module),
  exports: module.exports.map((one) => ({ ...one, capabilities: [] })),
});

/** The sections of a file behind its head: number and the bytes, number and length included. */
function sections(bytes: Uint8Array): readonly { readonly id: number; readonly bytes: Uint8Array }[] {
  const found: { id: number; bytes: Uint8Array }[] = [];
  for (let at = 5; at < bytes.length; ) {
    const start = at;
    const number = (): number => {
      let value = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = bytes[at++] ?? 0;
        value += (byte & 0x7f) * 2 ** shift;
        if (byte < 0x80) return value;
      }
    };
    const id = number();
    const length = number();
    at += length;
    found.push({ id, bytes: bytes.subarray(start, at) });
  }
  return found;
}

const REACH = 10;
const IMPORTS = 3;

function assembled(
  bytes: Uint8Array,
  change: (all: ReturnType<typeof sections>) => ReturnType<typeof sections>,
): Uint8Array {
  return Buffer.concat([bytes.subarray(0, 5), ...change(sections(bytes)).map((one) => one.bytes)]);
}

function sectionOf(bytes: Uint8Array, id: number): { readonly id: number; readonly bytes: Uint8Array } {
  const found = sections(bytes).find((one) => one.id === id);
  if (found === undefined) throw new Error(`there is no section ${id}`);
  return found;
}

function surroundings(bytecode: Uint8Array, ...lines: readonly string[]): string {
  return folderWith({
    "attacker/plugin.toml": manifestText(
      "attacker",
      'bytecode = "main.fzb"',
      ...(lines.some((line) => line.startsWith("capabilities")) ? [] : ['capabilities = ["fs:read"]']),
      ...lines,
    ),
    "attacker/main.fzb": bytecode,
    "attacker/data/a.txt": "harmless",
    "attacker/secret.txt": "secret",
    "bystander/plugin.toml": manifestText("bystander", 'exports = ["fine"]'),
    "bystander/main.fsx": "let fine () = 42\n",
  });
}

function host(options: LoaderOptions = {}): { readonly loader: PluginLoader; readonly seen: AuditRecord[] } {
  const seen: AuditRecord[] = [];
  const loader = new PluginLoader({
    capabilities: ["fs:read", "fs:write", "fs:delete", "process:exec"],
    sandbox: { read: { allow: ["data"] }, write: "allow", commands: "allow" },
    audit: (record) => seen.push(record),
    onOutput: () => undefined,
    ...options,
  });
  return { loader, seen };
}

const EXPORTS = 'exports = ["look", "attack", "fine"]';

async function goesOn(loader: PluginLoader, root: string): Promise<void> {
  await using bystander = await loader.loadFromManifest(join(root, "bystander/plugin.toml"));
  expect(await bystander.call("fine")).toBe(42);
  expect(readFileSync(join(root, "attacker/data/a.txt"), "utf8")).toBe("harmless");
}

async function refusal(bytecode: Uint8Array, ...lines: readonly string[]) {
  const root = surroundings(bytecode, ...(lines.length === 0 ? [EXPORTS] : lines));
  const { loader, seen } = host();
  const error: unknown = await loader.loadFromManifest(join(root, "attacker/plugin.toml")).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(PluginError);
  await goesOn(loader, root);
  return { error: error as PluginError & { readonly code: string }, seen };
}

type Refused = Pick<AuditRecord, "capability" | "operation">;

describe("bytecode that hides what it imports is refused, and that is recorded", () => {
  const write: Refused = { capability: "fs:write", operation: "File.write" };
  test.each<[string, Uint8Array, Refused]>([
    ["hides nothing", honest, write],
    ["has no capability graph", assembled(honest, (all) => all.filter(({ id }) => id !== REACH)), write],
    ["says that its exports reach nothing", forged(honest, exportsOfNothing), write],
    [
      "says that the import needs nothing",
      forged(honest, (module) => exportsOfNothing(changeImport("write", { capability: undefined })(module))),
      write,
    ],
    [
      "says that the import needs what is declared",
      forged(honest, (module) => withoutGraph(changeImport("write", { capability: "fs:read" })(module))),
      write,
    ],
    [
      "says that the import needs a safe default",
      forged(honest, (module) => withoutGraph(changeImport("write", { capability: "logging" })(module))),
      write,
    ],
    [
      "says that the import needs what does not exist",
      forged(honest, (module) => withoutGraph(changeImport("write", { capability: "__proto__" })(module))),
      write,
    ],
    [
      "imports beside what it uses",
      forged(quiet, added("Fs", "write", 2)),
      { ...write, operation: "Fs.write" },
    ],
    [
      "imports under the flag of a declared capability",
      forged(quiet, added("Process", "run", 2, "fs:read")),
      { capability: "process:exec", operation: "Process.run" },
    ],
    [
      "imports what needs two capabilities, of which it says one",
      forged(quiet, added("Fs", "copy", 2, "fs:read")),
      { ...write, operation: "Fs.copy" },
    ],
    [
      "puts another function under a name that was checked",
      forged(quiet, (module) =>
        withoutGraph(changeImport("read", { module: "Fs", name: "remove", capability: "fs:read" })(module)),
      ),
      { capability: "fs:delete", operation: "Fs.remove" },
    ],
    [
      "lies about where it is",
      forged(honest, (module) => ({
        ...changeImport("write", { position: { file: 0, line: 1, column: 1 } })(module),
        files: module.files.map(() => "\u001b[2Jharmless.fsx\r\n"),
      })),
      write,
    ],
  ])("%s", async (_, bytecode, record) => {
    const { error, seen } = await refusal(bytecode);
    expect(error.code).toBe("UNDECLARED_CAPABILITY");
    expect(error.message).toContain(`${record.capability} (needed by ${record.operation})`);
    expect(error.message).not.toContain("\u001b");
    expect(seen).toMatchObject([
      { plugin: "attacker", decision: "denied", reason: "not declared in the manifest", ...record },
    ]);
  });
});

describe("bytecode that contradicts itself or the host is no program", () => {
  test.each<[string, Uint8Array]>([
    [
      "a graph that leaves the import out",
      forged(honest, (module) => ({
        ...module,
        reach: { nodes: [], topLevel: undefined, exports: module.exports.map(() => undefined), further: [] },
        exports: module.exports.map((one) => ({ ...one, capabilities: [] })),
      })),
    ],
    [
      "the graph of another module",
      assembled(honest, (all) => all.map((one) => (one.id === REACH ? sectionOf(quiet, REACH) : one))),
    ],
    [
      "the imports of another module",
      assembled(honest, (all) => all.map((one) => (one.id === IMPORTS ? sectionOf(quiet, IMPORTS) : one))),
    ],
    ["a second table of imports", assembled(quiet, (all) => [...all, sectionOf(honest, IMPORTS)])],
    ["a second graph", assembled(quiet, (all) => [...all, sectionOf(honest, REACH)])],
    ["sections out of order", assembled(quiet, (all) => all.toReversed())],
    [
      "exports that state less than its graph",
      forged(honest, (module) => ({
        ...exportsOfNothing(module),
        ...(module.reach && { reach: module.reach }),
      })),
    ],
    ["an import of the wrong number of arguments", forged(quiet, changeImport("read", { arity: 2 }))],
    ["an import of a function as a constant", forged(quiet, changeImport("read", { arity: 0 }))],
    ["an import that the host has not", forged(quiet, added("File", "readSecretly", 1))],
    ["an import of a prototype", forged(quiet, added("File", "constructor", 1))],
    ["an import of an object's own prototype", forged(quiet, added("__proto__", "read", 1))],
    ["an import of a name with several implementations", forged(quiet, added("Commands", "unregister", 1))],
    [
      "an import of a plugin that it does not depend on",
      forged(quiet, added("Plugins.Bystander", "fine", 1)),
    ],
    ["an import of the prelude's own helper", forged(quiet, added("", "invokeElsewhere", 1))],
    ["a version that it is not of", Buffer.concat([quiet.subarray(0, 4), Buffer.of(1), quiet.subarray(5)])],
    [
      "a version that is not there yet",
      Buffer.concat([quiet.subarray(0, 4), Buffer.of(3), quiet.subarray(5)]),
    ],
    ["something behind its end", Buffer.concat([quiet, Buffer.of(0, 0, 0)])],
  ])("%s", async (_, bytecode) => {
    const { error } = await refusal(bytecode);
    expect(error.code).toBe("INVALID_PROGRAM");
  });

  test("what is cut off anywhere", async () => {
    for (let length = 0; length < honest.length; length += 7) {
      const { loader } = host();
      const loading = loader.loadBytecode(honest.subarray(0, length), { name: "attacker" });
      // Without its last section, a file is whole; without a manifest, it declares what it imports.
      const error: unknown = await loading.then(
        (plugin) => plugin[Symbol.asyncDispose](),
        (reason: unknown) => reason,
      );
      if (error !== undefined) expect(error).toMatchObject({ code: "INVALID_PROGRAM" });
      else expect(sections(honest.subarray(0, length)).every(({ id }) => id < REACH)).toBe(true);
    }
  });

  test("exports that the manifest lists and the module has under another name", async () => {
    const bytecode = forged(quiet, (module) => ({
      ...withoutGraph(module),
      exports: module.exports.map((one) => (one.name === "attack" ? { ...one, name: "__proto__" } : one)),
    }));
    const { error } = await refusal(bytecode);
    expect(error.code).toBe("INVALID_PROGRAM");
    expect(error.message).toContain("attack");
  });
});

describe("bytecode that loads does no more than it may", () => {
  async function loaded(
    bytecode: Uint8Array,
    options: LoaderOptions = {},
    ...lines: readonly string[]
  ): Promise<{ plugin: Plugin; seen: AuditRecord[]; root: string; loader: PluginLoader }> {
    const root = surroundings(bytecode, ...(lines.length === 0 ? [EXPORTS] : lines));
    const { loader, seen } = host(options);
    const plugin = await loader.loadFromManifest(join(root, "attacker/plugin.toml"));
    return { plugin, seen, root, loader };
  }

  test("another name than its manifest's: the records have the manifest's", async () => {
    const { plugin, seen, root, loader } = await loaded(
      forged(quiet, (module) => ({ ...module, name: "bystander" })),
    );
    await using _ = plugin;
    expect(await plugin.call("look", ["data/a.txt"])).toBe("harmless");
    await expect(plugin.call("look", ["secret.txt"])).rejects.toMatchObject({ fault: { code: "FUS0521" } });
    expect(seen.map((one) => [one.plugin, one.decision])).toEqual([
      ["attacker", "allowed"],
      ["attacker", "denied"],
    ]);
    await goesOn(loader, root);
  });

  test("exports that say that they reach nothing: the host is asked at the use, and its no counts", async () => {
    const asked: GrantRequest[] = [];
    const { plugin, seen, root, loader } = await loaded(forged(quiet, exportsOfNothing), {
      capabilities: [],
      askAt: "call",
      onRequest: (request) => {
        asked.push(request);
        return "deny";
      },
    });
    await using _ = plugin;
    await expect(plugin.call("look", ["data/a.txt"])).rejects.toMatchObject({ fault: { code: "FUS0520" } });
    expect(() => plugin.callSync("look", ["data/a.txt"])).toThrow(/capability denied: fs:read/);
    expect(asked.map(({ capability, fn }) => [capability, fn])).toEqual([["fs:read", "top level"]]);
    expect(seen.map((one) => [one.operation, one.decision])).toEqual([
      ["File.read", "denied"],
      ["File.read", "denied"],
    ]);
    await goesOn(loader, root);
  });

  test("exports that swap their functions: what runs is held to what is declared all the same", async () => {
    const { plugin, root, loader } = await loaded(
      forged(quiet, (module) => {
        const globals = new Map(module.exports.map(({ name, global }) => [name, global]));
        const swapped = new Map([["fine", "look"]]);
        return {
          ...withoutGraph(module),
          exports: module.exports.map((one) => ({
            ...one,
            global: globals.get(swapped.get(one.name) ?? one.name) ?? one.global,
          })),
        };
      }),
    );
    await using _ = plugin;
    // It is a function of a path that is told to be one of unit.
    await expect(plugin.call("fine", [])).rejects.toMatchObject({ code: "EXECUTION_FAILED" });
    expect(await plugin.call("look", ["data/a.txt"])).toBe("harmless");
    expect(plugin.state).toBe("running");
    await goesOn(loader, root);
  });

  test("types that lie about arguments and results", async () => {
    const string = { kind: "string" } as const;
    const int = { kind: "int" } as const;
    const unit = { kind: "unit" } as const;
    const { plugin, root, loader } = await loaded(
      forged(quiet, (module) => ({
        ...module,
        exports: module.exports.map((one) => {
          if (one.name === "look")
            return { ...one, type: { kind: "function", parameter: int, result: string } };
          if (one.name === "fine")
            return { ...one, type: { kind: "function", parameter: unit, result: string } };
          return one;
        }),
      })),
    );
    await using _ = plugin;
    await expect(plugin.call("look", [{ toString: () => "data/a.txt" }])).rejects.toBeInstanceOf(PluginError);
    await expect(plugin.call("look", [7])).rejects.toBeInstanceOf(PluginError);
    await expect(plugin.call("look", ["data/a.txt"])).rejects.toBeInstanceOf(PluginError);
    await expect(plugin.call("fine")).rejects.toBeInstanceOf(PluginError);
    expect(await plugin.call("attack")).toBe("harmless");
    expect(plugin.state).toBe("running");
    await goesOn(loader, root);
  });

  test("no manifest and a hidden import: it declares what the host says that it needs", async () => {
    const root = surroundings(honest, EXPORTS);
    const { loader, seen } = host({ capabilities: ["fs:read"] });
    const bytecode = forged(honest, (module) =>
      exportsOfNothing(changeImport("write", { capability: undefined })(module)),
    );
    await using plugin = await loader.loadBytecode(bytecode, { name: "attacker" });
    expect(plugin.manifest.capabilities).toEqual(["fs:read", "fs:write"]);
    await expect(plugin.call("attack")).rejects.toMatchObject({ fault: { code: "FUS0520" } });
    expect(seen).toMatchObject([{ decision: "denied", capability: "fs:write", operation: "File.write" }]);
    expect(await plugin.call("fine")).toBe(42);
    await goesOn(loader, root);
  });

  test("a hidden import that is declared and then revoked", async () => {
    const { plugin, loader, root, seen } = await loaded(
      forged(quiet, (module) => exportsOfNothing(changeImport("read", { capability: undefined })(module))),
    );
    await using _ = plugin;
    expect(await plugin.call("attack")).toBe("harmless");
    loader.revoke("fs:read");
    await expect(plugin.call("attack")).rejects.toMatchObject({ fault: { code: "FUS0520" } });
    expect(seen.at(-1)).toMatchObject({ decision: "denied", capability: "fs:read", operation: "File.read" });
    expect(await plugin.call("fine")).toBe(42);
    await goesOn(loader, root);
  });

  test("a hidden effect in a dry run is rehearsed and not done", async () => {
    const bytecode = forged(honest, (module) =>
      exportsOfNothing(changeImport("write", { capability: undefined })(module)),
    );
    const { loader } = host({ dryRun: true });
    const root = surroundings(honest, EXPORTS);
    await using plugin = await loader.loadBytecode(bytecode, { name: "attacker" });
    await plugin.call("attack");
    expect(plugin.effects).toMatchObject([{ capability: "fs:write", operation: "File.write" }]);
    await goesOn(loader, root);
  });
});

/** A policy decides over texts. What was compiled against other types than the host's hands it something else. */
describe("bytecode that was compiled against other types", () => {
  const attempts: readonly [string, string, string, string, string][] = [
    ["Env", "get", "string array -> string option", "env:read", 'Env.get [| "FUSABI_SECRET" |]'],
    ["Env", "get", "string list -> string option", "env:read", 'Env.get [ "FUSABI_SECRET" ]'],
    ["Env", "set", "string array -> string -> unit", "env:write", 'Env.set [| "FUSABI_SECRET" |] "x"'],
    ["Process", "env", "string array -> string option", "env:read", 'Process.env [| "FUSABI_SECRET" |]'],
    ["Process", "setEnv", "string -> string array -> unit", "env:write", 'Process.setEnv "A" [| "x" |]'],
    ["File", "read", "string array -> string", "fs:read", 'File.read [| "secret.txt" |]'],
    ["File", "write", "string -> string array -> unit", "fs:write", 'File.write "data/a.txt" [| "x" |]'],
    ["Fs", "list", "int -> string list", "fs:read", "Fs.list 7"],
    ["Process", "run", "string array -> string list -> any", "process:exec", 'Process.run [| "sh" |] []'],
    ["Process", "run", "string -> string array -> any", "process:exec", 'Process.run "sh" [| "-c" |]'],
    ["Http", "get", "string array -> string", "net:request", 'Http.get [| "http://127.0.0.1/" |]'],
    ["Net", "resolve", "string array -> string list", "net:dns", 'Net.resolve [| "localhost" |]'],
    [
      "Net",
      "request",
      "string -> string -> Map<string array, string> -> any -> any",
      "net:request",
      'Net.request "GET" "http://127.0.0.1:1/" (Map.ofList [ ([| "host" |], "x") ]) ()',
    ],
    ["Plugin", "call", "string -> string -> any array -> any", "plugin:call", 'Plugin.call "a" "b" [| |]'],
  ];

  process.env["FUSABI_SECRET"] = "hunter2";

  test.each(attempts)("%s.%s of %s", async (module, name, type, capability, expression) => {
    const lie = hostModule(module, { [name]: { type, capability, native: () => undefined } });
    const bytecode = compiledText(`let attack () = ${expression}\nlet fine () = 42\n`, [...hostModules, lie]);
    const root = surroundings(bytecode, 'exports = ["attack", "fine"]', `capabilities = ["${capability}"]`);
    const { loader } = host({
      capabilities: [capability],
      sandbox: {
        read: "allow",
        write: "allow",
        commands: "allow",
        net: "allow",
        env: { deny: ["FUSABI_SECRET"] },
      },
    });
    await using plugin = await loader.loadFromManifest(join(root, "attacker/plugin.toml"));
    const outcome: unknown = await plugin.call("attack").catch((error: unknown) => error);
    expect(outcome).toMatchObject({ code: "EXECUTION_FAILED", fault: { code: "FUS0502" } });
    expect(await plugin.call("fine")).toBe(42);
    expect(plugin.audit.every(({ decision }) => decision === "allowed")).toBe(true);
    await goesOn(loader, root);
  });
});
