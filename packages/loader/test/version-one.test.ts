import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  ArgumentError,
  FunctionNotFoundError,
  InitializationError,
  InvalidProgramError,
  LimitExceededError,
  MissingCapabilityError,
  UndeclaredCapabilityError,
} from "@fusabi/plugin";
import { AbortError, hostModule } from "@fusabi/vm";
import { describe, expect, test } from "vitest";
import { call, closure, fileOf, native, text, tuple } from "../../vm/test/v1-assembler.js";
import { PluginLoader } from "../src/index.js";
import { folderWith, manifestText } from "./plugin-files.js";

const fixtures = join(import.meta.dirname, "../../conformance/fixtures/fzb-v1");

function fixture(name: string): Uint8Array {
  return readFileSync(join(fixtures, `${name}.fzb`));
}

const readsLines = fileOf(call("File.readLines", [text("lines.txt")]));

describe("a file of version 1 is a plugin", () => {
  test("whose main gives the final value", async () => {
    const output: string[] = [];
    const loader = new PluginLoader({ onOutput: (text, _, plugin) => output.push(`${plugin}: ${text}`) });
    await using plugin = await loader.loadBytecode(fixture("global-printers"), { name: "Old Printer" });
    expect(plugin.state).toBe("running");
    expect([...plugin.exports.values()]).toMatchObject([
      { name: "main", arity: 1, type: "unit -> any", doc: "The final value of the program." },
    ]);
    expect(output.join("")).toMatch(/^old-printer: /);
    expect(plugin.usage.instructions).toBeGreaterThan(0);
    expect(plugin.usage.outputBytes).toBeGreaterThan(0);
  });

  test("from a file, and again at a reload", async () => {
    const path = join(folderWith({ "tuple.fzb": fixture("tuple") }), "tuple.fzb");
    await using plugin = await new PluginLoader().loadBytecodeFile(path);
    const value = await plugin.call("main");
    expect(plugin.callSync("main", [undefined])).toEqual(value);
    await plugin.reload();
    expect(await plugin.call("main")).toEqual(value);
    expect(plugin.info.entryPath).toBe(path);
  });

  test("from a manifest that lists main", async () => {
    const folder = folderWith({
      "plugin.toml": manifestText("old", 'bytecode = "old.fzb"', 'exports = ["main"]'),
      "old.fzb": fileOf({ constant: tuple(text("a"), text("b")) }),
    });
    await using plugin = await new PluginLoader().loadFromManifest(join(folder, "plugin.toml"));
    expect(await plugin.call("main")).toEqual(["a", "b"]);
    await expect(plugin.call("main", [1])).rejects.toThrow(ArgumentError);
    await expect(plugin.call("other")).rejects.toThrow(FunctionNotFoundError);
  });

  test("that offers nothing else", async () => {
    const folder = folderWith({
      "plugin.toml": manifestText("old", 'bytecode = "old.fzb"', 'exports = ["greet"]'),
      "old.fzb": fixture("tuple"),
    });
    await expect(new PluginLoader().loadFromManifest(join(folder, "plugin.toml"))).rejects.toThrow(
      "the program defines no function greet",
    );
  });

  test("every program of the original loads, or fails as a plugin does", async () => {
    const loader = new PluginLoader({ onOutput: () => undefined });
    const names = readdirSync(fixtures).filter((file) => file.endsWith(".fzb"));
    let running = 0;
    for (const file of names) {
      try {
        await using plugin = await loader.loadBytecodeFile(join(fixtures, file));
        expect(plugin.state).toBe("running");
        running++;
      } catch (error) {
        expect(error).toBeInstanceOf(InitializationError);
        expect(file).toMatch(/^(error|quirk|match|let)-/);
      }
    }
    expect(running).toBeGreaterThan(40);
  });

  test("functions in the final value end with the plugin", async () => {
    const file = fileOf({ constant: closure({ instructions: [], constants: [] }, 1) });
    const named = fileOf({ constant: native("Array.length", 1) });
    for (const bytes of [file, named]) {
      const plugin = await new PluginLoader().loadBytecode(bytes, { name: "f" });
      const main = (await plugin.call("main")) as (...args: unknown[]) => unknown;
      expect(main).toBeTypeOf("function");
      if (bytes === named) expect(main([1, 2, 3])).toBe(3);
      await plugin.unload();
      expect(() => main([1])).toThrow(AbortError);
    }
  });
});

describe("what a file of version 1 may do", () => {
  test("is what it reaches and the host grants", async () => {
    const folder = folderWith({ "reads.fzb": readsLines, "lines.txt": "one\ntwo\n" });
    const path = join(folder, "reads.fzb");
    const granting = new PluginLoader({ capabilities: ["fs:read"], sandbox: { read: { allow: [folder] } } });
    await using plugin = await granting.loadBytecodeFile(path);
    expect(plugin.manifest.capabilities).toEqual(["fs:read"]);
    expect(await plugin.call("main")).toEqual(["one", "two"]);
    expect(plugin.audit).toMatchObject([{ capability: "fs:read", decision: "allowed" }]);
    await expect(new PluginLoader().loadBytecodeFile(path)).rejects.toMatchObject({
      cause: { fault: { code: "FUS0520", message: "capability denied: fs:read" } },
    });
  });

  test("must be declared where a manifest speaks for it", async () => {
    const files = { "reads.fzb": readsLines, "lines.txt": "one\n" };
    const silent = folderWith({ ...files, "plugin.toml": manifestText("r", 'bytecode = "reads.fzb"') });
    const loader = new PluginLoader({ capabilities: ["fs:read"] });
    const load = loader.loadFromManifest(join(silent, "plugin.toml"));
    await expect(load).rejects.toThrow(UndeclaredCapabilityError);
    await expect(load).rejects.toMatchObject({
      uses: [{ capability: "fs:read", operation: "File.readLines" }],
    });
    const declared = folderWith({
      ...files,
      "plugin.toml": manifestText("r", 'bytecode = "reads.fzb"', 'capabilities = ["fs:read"]'),
    });
    await expect(new PluginLoader().loadFromManifest(join(declared, "plugin.toml"))).rejects.toThrow(
      MissingCapabilityError,
    );
  });

  test("includes what the host offers beside the library", async () => {
    const db = hostModule("db", {
      get: {
        type: "string -> string",
        capability: "env:read",
        run: (_, key: string) => key.toUpperCase(),
      },
    });
    const loader = new PluginLoader({ hostModules: [db], capabilities: ["env:read"] });
    await using plugin = await loader.loadBytecode(fileOf(call("db.get", [text("k")])), { name: "d" });
    expect(plugin.manifest.capabilities).toEqual(["env:read"]);
    expect(await plugin.call("main")).toBe("K");
    // The module as a value: whatever it holds may be called.
    const whole = fileOf(call("db", []));
    await expect(loader.loadBytecode(whole, { name: "w", autoStart: false })).resolves.toMatchObject({
      manifest: { capabilities: ["env:read"] },
    });
  });

  test("is bounded by the limits", async () => {
    const folder = join(fixtures, "assembled");
    const loader = new PluginLoader({ limits: { maxInstructions: 20 } });
    await expect(loader.loadBytecodeFile(join(folder, "counted-recursion.fzb"))).rejects.toMatchObject({
      cause: expect.any(LimitExceededError),
    });
  });
});

test("a damaged file is refused with the original's words", async () => {
  const cut = fixture("tuple").subarray(0, 40);
  const load = new PluginLoader().loadBytecode(cut, { name: "cut" });
  await expect(load).rejects.toThrow(InvalidProgramError);
  await expect(load).rejects.toThrow("cut: io error: unexpected end of file");
});

test("a function that nobody provides ends the program when it is reached", async () => {
  const file = fileOf(call("Osc.client", [text("localhost"), text("9000")]));
  await expect(new PluginLoader().loadBytecode(file, { name: "osc" })).rejects.toMatchObject({
    cause: {
      name: "InvalidProgramError",
      message: expect.stringContaining("Osc.client is not provided"),
    },
  });
});

test("a library function that the original declares without parameters is called without arguments", async () => {
  const file = fileOf(call("Nav.getFocusableCount", []));
  await using plugin = await new PluginLoader().loadBytecode(file, { name: "nav" });
  expect(await plugin.call("main")).toBe(0);
});
