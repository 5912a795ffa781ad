import { join } from "node:path";
import { Capabilities, profiles } from "@fusabi/capabilities";
import { compile } from "@fusabi/compiler";
import { ApiVersion } from "@fusabi/manifest";
import {
  ApiVersionMismatchError,
  CompilationError,
  InitializationError,
  InvalidProgramError,
  type LifecycleEvent,
  MissingCapabilityError,
  PluginError,
  UndeclaredCapabilityError,
} from "@fusabi/plugin";
import { nodeLibrary } from "@fusabi/stdlib/node";
import { hostModule } from "@fusabi/vm";
import { describe, expect, test } from "vitest";
import { PluginLoader } from "../src/index.js";
import { folderWith, manifestText, pluginFolder, program } from "./plugin-files.js";

async function refusal(loading: Promise<unknown>): Promise<Error> {
  try {
    await loading;
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("it was not refused");
}

describe("API version", () => {
  const loading = (version: string) => {
    const { major, minor, patch } = ApiVersion.parse(version);
    const line = `api-version = { major = ${major}, minor = ${minor}, patch = ${patch} }`;
    const folder = pluginFolder("greeter", program("greeter"), line);
    return new PluginLoader({ onOutput: () => undefined }).loadFromManifest(join(folder, "plugin.toml"));
  };

  test.each(["0.18.0", "0.21.0", "0.21.7", "0.0.0"])("%s loads on a 0.21.0 host", async (version) => {
    await using plugin = await loading(version);
    expect(plugin.state).toBe("running");
  });

  test.each(["0.22.0", "1.0.0", "1.21.0"])(
    "%s does not, and the manifest's line is named",
    async (version) => {
      const error = await refusal(loading(version));
      expect(error).toBeInstanceOf(ApiVersionMismatchError);
      expect(error).toMatchObject({ code: "API_VERSION_MISMATCH", plugin: "greeter" });
      expect(error.message).toMatch(/plugin\.toml:4:15: .*needs API version/);
    },
  );
});

describe("a capability that is declared and not granted", () => {
  test("is refused with plugin, capability and manifest line, all of them at once", async () => {
    const folder = pluginFolder(
      "taker",
      program("greeter"),
      'capabilities = [\n  "fs:read",\n  "process:exec",\n  "sys:time",\n]',
    );
    const path = join(folder, "plugin.toml");
    const error = await refusal(new PluginLoader().loadFromManifest(path));
    expect(error).toBeInstanceOf(MissingCapabilityError);
    expect(error).toMatchObject({
      code: "MISSING_CAPABILITY",
      plugin: "taker",
      missing: [
        { capability: "fs:read", place: `${path}:6:3` },
        { capability: "process:exec", place: `${path}:7:3` },
      ],
    });
    expect(error.message).toContain("plugin taker");
    expect(error.message).toContain(`${path}:7:3: missing required capability: process:exec`);
  });

  test("asking for everything gives nothing", async () => {
    const everything = JSON.stringify(Capabilities.all().names());
    const folder = pluginFolder("greedy", program("greeter"), `capabilities = ${everything}`);
    const error = await refusal(new PluginLoader().loadFromManifest(join(folder, "plugin.toml")));
    expect((error as MissingCapabilityError).missing).toHaveLength(24 - 6);
  });

  test("no program is read for it", async () => {
    const folder = folderWith({ "plugin.toml": manifestText("p", 'capabilities = ["crypto"]') });
    const error = await refusal(new PluginLoader().loadFromManifest(join(folder, "plugin.toml")));
    expect(error).toBeInstanceOf(MissingCapabilityError);
  });

  test("a listed safe default that the host took away is missing, an unlisted one is not", async () => {
    const loader = new PluginLoader({ capabilities: Capabilities.none() });
    const listed = pluginFolder("p", "let f () = 1\n", 'capabilities = ["random"]');
    expect(await refusal(loader.loadFromManifest(join(listed, "plugin.toml")))).toBeInstanceOf(
      MissingCapabilityError,
    );
    const unlisted = pluginFolder("p", "let f () = Random.int 1 2\n", 'exports = ["f"]');
    await using plugin = await loader.loadFromManifest(join(unlisted, "plugin.toml"));
    expect(plugin.capabilities.size).toBe(0);
    await expect(plugin.call("f")).rejects.toThrow(/capability denied: random/);
  });

  test("a profile grants what it grants, names come on top, a set is exact", async () => {
    const folder = pluginFolder("p", "let f () = 1\n", 'capabilities = ["fs:read", "crypto"]');
    const path = join(folder, "plugin.toml");
    const missing = async (loader: PluginLoader) =>
      ((await refusal(loader.loadFromManifest(path))) as MissingCapabilityError).missing.map(
        ({ capability }) => capability,
      );
    expect(await missing(new PluginLoader({ profile: "terminal" }))).toEqual(["crypto"]);
    expect(
      await missing(
        new PluginLoader({ profile: profiles.terminal, capabilities: Capabilities.of("crypto") }),
      ),
    ).toEqual(["fs:read"]);
    await using plugin = await new PluginLoader({
      profile: "terminal",
      capabilities: ["crypto"],
    }).loadFromManifest(path);
    expect(plugin.capabilities.has("crypto")).toBe(true);
    expect(plugin.capabilities.has("fs:write")).toBe(false);
  });
});

describe("a capability that is used and not declared", () => {
  const source =
    'let ok () = 1\n\nlet steal () : string =\n    File.read "/etc/passwd"\n\nlet spoil () = File.write "x" "y"\n';

  test("is refused with the source position of the use, although the host grants it", async () => {
    const folder = pluginFolder("sneaky", source, 'exports = ["ok"]');
    const loader = new PluginLoader({ capabilities: ["fs:read", "fs:write"] });
    const error = await refusal(loader.loadFromManifest(join(folder, "plugin.toml")));
    expect(error).toBeInstanceOf(UndeclaredCapabilityError);
    const file = join(folder, "main.fsx");
    expect(error).toMatchObject({
      code: "UNDECLARED_CAPABILITY",
      plugin: "sneaky",
      uses: [
        { capability: "fs:read", operation: "File.read", place: `${file}:4:5` },
        { capability: "fs:write", operation: "File.write", place: `${file}:6:16` },
      ],
    });
    expect(error.message).toContain(`${file}:4:5: capability not declared in manifest: fs:read`);
  });

  test("is found in bytecode too, stripped or not", async () => {
    for (const debugInfo of [true, false]) {
      const { bytecode } = compile(source, { fileName: "steal.fsx", hostModules: nodeLibrary(), debugInfo });
      const folder = folderWith({
        "plugin.toml": manifestText("sneaky", 'bytecode = "main.fzb"'),
        "main.fzb": bytecode ?? new Uint8Array(),
      });
      const error = await refusal(
        new PluginLoader({ capabilities: ["fs:read"] }).loadFromManifest(join(folder, "plugin.toml")),
      );
      expect(error).toBeInstanceOf(UndeclaredCapabilityError);
      expect((error as UndeclaredCapabilityError).uses.map(({ place }) => place)).toEqual(
        debugInfo ? ["steal.fsx:4:5", "steal.fsx:6:16"] : [undefined, undefined],
      );
    }
  });

  test("also of a host function, whatever the module says", async () => {
    const secret = (capability?: string) =>
      hostModule("Secret", {
        get: { type: "unit -> string", run: () => "s", ...(capability === undefined ? {} : { capability }) },
      });
    const text = "let get () : string = Secret.get ()\n";
    // Compiled where it needs nothing, loaded where it needs something.
    const { bytecode } = compile(text, { fileName: "m.fsx", hostModules: [...nodeLibrary(), secret()] });
    const folder = folderWith({
      "plugin.toml": manifestText("p", 'bytecode = "main.fzb"'),
      "main.fzb": bytecode ?? new Uint8Array(),
    });
    const loader = new PluginLoader({ hostModules: [secret("env:read")], capabilities: ["env:read"] });
    expect(await refusal(loader.loadFromManifest(join(folder, "plugin.toml")))).toBeInstanceOf(
      UndeclaredCapabilityError,
    );
  });
});

describe("a program that does not fit", () => {
  test("does not compile: every error with its place and the source line", async () => {
    const folder = pluginFolder("broken", 'let a : int = "one"\nlet b : string = 2\n');
    const error = await refusal(new PluginLoader().loadFromManifest(join(folder, "plugin.toml")));
    expect(error).toBeInstanceOf(CompilationError);
    const { diagnostics } = error as CompilationError;
    expect(diagnostics.map(({ file, line }) => [file, line])).toEqual([
      [join(folder, "main.fsx"), 1],
      [join(folder, "main.fsx"), 2],
    ]);
    expect(diagnostics[0]?.rendered).toContain('let a : int = "one"');
  });

  test("lacks what exports lists: all of it, with the manifest's line", async () => {
    const folder = pluginFolder(
      "p",
      "let greet () = 1\nlet size = 3\n",
      'exports = ["gret", "size", "nowhere"]',
    );
    const error = await refusal(new PluginLoader().loadFromManifest(join(folder, "plugin.toml")));
    expect(error).toBeInstanceOf(InvalidProgramError);
    expect(error.message).toMatch(/plugin\.toml:5:12: .*no function gret \(did you mean greet\?\)/);
    expect(error.message).toMatch(/plugin\.toml:5:20: size is a value/);
    expect(error.message).toMatch(/plugin\.toml:5:28: .*nowhere/);
  });

  test("is no bytecode", async () => {
    const loader = new PluginLoader();
    const { bytecode = new Uint8Array() } = compile(program("greeter"), { hostModules: nodeLibrary() });
    for (const bytes of [
      new Uint8Array(),
      new TextEncoder().encode("let x = 1\n"),
      bytecode.subarray(0, 40),
    ]) {
      const error = await refusal(loader.loadBytecode(bytes, { name: "bad" }));
      expect(error).toBeInstanceOf(InvalidProgramError);
      expect(error).toMatchObject({ plugin: "bad", cause: { name: "BytecodeError" } });
    }
  });

  test("says that it is bytecode of version 1, and is not", async () => {
    const { bytecode = new Uint8Array() } = compile("let x = 1\n", { hostModules: nodeLibrary() });
    const old = Uint8Array.from(bytecode);
    old[4] = 1;
    const error = await refusal(new PluginLoader().loadBytecode(old, { name: "old" }));
    expect(error).toMatchObject({ code: "INVALID_PROGRAM", plugin: "old" });
  });

  test("imports what the host does not have", async () => {
    const extra = hostModule("Extra", { f: { type: "int -> int", run: () => 1 } });
    const wider = hostModule("Extra", { f: { type: "int -> int -> int", run: () => 1 } });
    const { bytecode = new Uint8Array() } = compile("let f () : int = Extra.f 1\n", {
      hostModules: [...nodeLibrary(), extra],
    });
    for (const hostModules of [[], [wider]]) {
      const error = await refusal(new PluginLoader({ hostModules }).loadBytecode(bytecode, { name: "p" }));
      expect(error).toBeInstanceOf(InvalidProgramError);
      expect(error.message).toContain("Extra.f");
    }
  });

  test("fails at its top level or in init: refused, unloaded, with the cause", async () => {
    const events: LifecycleEvent[] = [];
    const loader = new PluginLoader({ onEvent: (event) => events.push(event) });
    for (const text of ['failwith "early"\n', 'let init () : unit = failwith "early"\n']) {
      const folder = pluginFolder("p", text, ...(text.startsWith("let") ? ['exports = ["init"]'] : []));
      const error = await refusal(loader.loadFromManifest(join(folder, "plugin.toml")));
      expect(error).toBeInstanceOf(InitializationError);
      expect(error.message).toContain("early");
      expect(error.message).toMatch(/main\.fsx:1:\d+/);
      expect(error.cause).toMatchObject({ code: "EXECUTION_FAILED" });
      expect(events.at(-1)?.type).toBe("unloaded");
    }
  });

  test("names that mean something in JavaScript mean nothing here", async () => {
    const folder = pluginFolder(
      "p",
      "let constructor () = 1\nlet toString () = 2\n",
      'exports = ["constructor", "toString"]',
    );
    await using plugin = await new PluginLoader().loadFromManifest(join(folder, "plugin.toml"));
    expect(await plugin.call("constructor")).toBe(1);
    expect(await plugin.call("toString")).toBe(2);
    await expect(plugin.call("__proto__")).rejects.toThrow(PluginError);
    await expect(plugin.call("hasOwnProperty")).rejects.toThrow(PluginError);
  });
});
