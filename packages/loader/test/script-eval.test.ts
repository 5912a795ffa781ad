/** Texts that programs run: only where the host lets them, and no further than the program itself may go. */
import { join } from "node:path";
import { hostModule } from "@fusabi/vm";
import { expect, test } from "vitest";
import { type LoaderOptions, PluginLoader } from "../src/index.js";
import { folderWith, manifestText, program } from "./plugin-files.js";

async function evaluator(options: LoaderOptions, capabilities: readonly string[] = ["fs:read"]) {
  const root = folderWith({
    "plugin.toml": manifestText(
      "evaluator",
      'exports = ["eval", "show", "attempt"]',
      `capabilities = ${JSON.stringify(capabilities)}`,
    ),
    "main.fsx": program("evaluator"),
    "data/a.txt": "a",
    "secret.txt": "secret",
  });
  const loader = new PluginLoader({
    capabilities: ["fs:read", "fs:write"],
    sandbox: { read: { allow: ["data"] }, write: "allow" },
    ...options,
  });
  return { loader, plugin: await loader.loadFromManifest(join(root, "plugin.toml")) };
}

test("is off unless the host says otherwise", async () => {
  const { plugin } = await evaluator({});
  await using _ = plugin;
  await expect(plugin.call("eval", ["1 + 1"])).rejects.toThrow(
    "the host does not allow code that comes into being",
  );
});

test("has the compiler of the loader, and what plugins may call", async () => {
  const { plugin } = await evaluator({
    scriptEval: true,
    hostModules: [hostModule("Host", { two: { type: "unit -> int", run: () => 2 } })],
  });
  await using _ = plugin;
  expect(await plugin.call("eval", ["1 + Host.two ()"])).toBe(3);
  expect(plugin.callSync("show", ["[ 1; 2 ]"])).toBe("[1; 2]");
  expect(await plugin.call("show", ["1 +"])).toMatch(/^Error: Parse error: .* at line 1 column \d+$/);
  expect(await plugin.call("attempt", ['"a'])).toMatch(/^Lex error: /);
  expect(await plugin.call("attempt", ["nothing"])).toMatch(/^Compile error: /);
  // It sees none of the program's names.
  expect(await plugin.call("attempt", ["hidden ()"])).toMatch(/^Compile error: /);
});

test("goes as far as the program may go, and is recorded as the program", async () => {
  const { plugin, loader } = await evaluator({ scriptEval: true });
  await using _ = plugin;
  expect(await plugin.call("eval", ['File.read "data/a.txt"'])).toBe("a");
  await expect(plugin.call("eval", ['File.read "secret.txt"'])).rejects.toMatchObject({
    fault: { code: "FUS0521" },
  });
  // Granted by the host, and not declared.
  await expect(plugin.call("eval", ['File.write "data/a.txt" "b"'])).rejects.toMatchObject({
    fault: { code: "FUS0520", message: "capability denied: fs:write" },
  });
  await expect(plugin.call("eval", ['Script.eval "File.write \\"x\\" \\"b\\""'])).rejects.toMatchObject({
    fault: { code: "FUS0520" },
  });
  loader.revoke("fs:read");
  await expect(plugin.call("eval", ['File.read "data/a.txt"'])).rejects.toMatchObject({
    fault: { code: "FUS0520" },
  });
  expect(plugin.audit.map(({ operation, decision }) => `${decision} ${operation}`)).toEqual([
    "allowed File.read",
    "denied File.read",
    "denied File.write",
    "denied File.write",
    "denied File.read",
  ]);
});

test("runs on what is left of the call", async () => {
  const { plugin } = await evaluator({ scriptEval: true, limits: { maxInstructions: 500_000 } });
  await using _ = plugin;
  for (const text of [
    "let rec go n = go (n + 1)\ngo 0",
    '"x".PadLeft 100000000',
    "[ 1 .. 100000000 ] |> List.sum",
  ])
    await expect(plugin.call("show", [text])).rejects.toMatchObject({ code: "LIMIT_EXCEEDED" });
  const nested = (depth: number): string => `${"(".repeat(depth)}1${")".repeat(depth)}`;
  expect(await plugin.call("attempt", [nested(4_000)])).toMatch(/error|ok/);
  // Compiling costs fuel, too.
  await expect(plugin.call("attempt", [nested(20_000)])).rejects.toMatchObject({ code: "LIMIT_EXCEEDED" });
  expect(await plugin.call("eval", ["1"])).toBe(1);
});
