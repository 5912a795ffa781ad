/** A temporary folder of each plugin's own: open to it whatever the policy says, to nobody else, and gone with it. */
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sandboxPolicies } from "@fusabi/capabilities";
import type { Plugin } from "@fusabi/plugin";
import { expect, onTestFinished, test, vi } from "vitest";
import { PluginLoader } from "../src/index.js";
import { folderWith, manifestText, program } from "./plugin-files.js";

const CAPABILITIES = ["fs:read", "fs:write", "fs:delete", "env:read"];

function loaderAndFolder(exports = '"folder", "write", "read", "list", "remove"') {
  const root = folderWith({
    "plugin.toml": manifestText(
      "temporary",
      `capabilities = ${JSON.stringify(CAPABILITIES)}`,
      `exports = [${exports}]`,
    ),
    "main.fsx": program("temporary"),
    "secret.txt": "secret",
  });
  const loader = new PluginLoader({ capabilities: CAPABILITIES, sandbox: sandboxPolicies.locked });
  return { root, load: () => loader.loadFromManifest(join(root, "plugin.toml")) };
}

const folderOf = async (plugin: Plugin): Promise<string> => String(await plugin.call("folder"));
const refused = { fault: { code: "FUS0521" } };

test("is open to its plugin though the policy is locked, and to no other", async () => {
  const { load } = loaderAndFolder();
  await using one = await load();
  await using other = await load();
  const [own, others] = [await folderOf(one), await folderOf(other)];
  expect(own).not.toBe(others);
  await one.call("write", [join(own, "a.txt"), "mine"]);
  expect(await one.call("read", [join(own, "a.txt")])).toBe("mine");
  expect(readFileSync(join(own, "a.txt"), "utf8")).toBe("mine");
  await expect(other.call("read", [join(own, "a.txt")])).rejects.toMatchObject(refused);
  await expect(other.call("list", [own])).rejects.toMatchObject(refused);
  await expect(other.call("remove", [own])).rejects.toMatchObject(refused);
  expect(existsSync(join(own, "a.txt"))).toBe(true);
});

test("is no way out", async () => {
  const { root, load } = loaderAndFolder();
  await using plugin = await load();
  const own = await folderOf(plugin);
  symlinkSync(root, join(own, "out"));
  for (const path of ["..", "../x", `../../${root}/secret.txt`, "out/secret.txt", "out"]) {
    await expect(plugin.call("read", [`${own}/${path}`]), path).rejects.toMatchObject(refused);
    await expect(plugin.call("write", [`${own}/${path}`, "x"]), path).rejects.toMatchObject(refused);
  }
  await expect(plugin.call("read", [`${own}-2/a.txt`])).rejects.toMatchObject(refused);
  // The link is in the folder, and may go; what it leads to stays.
  await plugin.call("remove", [`${own}/out`]);
  expect(readFileSync(join(root, "secret.txt"), "utf8")).toBe("secret");
});

test("stays over a reload and goes with the plugin, with everything in it and nothing else", async () => {
  const { root, load } = loaderAndFolder();
  const plugin = await load();
  const own = await folderOf(plugin);
  await plugin.call("write", [`${own}/a.txt`, "kept"]);
  symlinkSync(root, join(own, "out"));
  await plugin.reload();
  expect(await folderOf(plugin)).toBe(own);
  expect(await plugin.call("read", [`${own}/a.txt`])).toBe("kept");
  await plugin.stop();
  expect(existsSync(own)).toBe(true);
  await plugin.unload();
  expect(existsSync(own)).toBe(false);
  expect(readFileSync(join(root, "secret.txt"), "utf8")).toBe("secret");
});

test("is not left behind by a plugin that does not load", async () => {
  const folder = folderWith();
  vi.stubEnv("TMPDIR", folder);
  onTestFinished(() => void vi.unstubAllEnvs());
  const { root, load } = loaderAndFolder('"folder", "missing"');
  await expect(load()).rejects.toMatchObject({ code: "INVALID_PROGRAM" });
  writeFileSync(
    join(root, "main.fsx"),
    'let folder () = 1\nlet missing () = 2\nfailwith "at the top level"\n',
  );
  await expect(load()).rejects.toMatchObject({ code: "INITIALIZATION_FAILED" });
  expect(readdirSync(folder).filter((name) => name.startsWith("fusabi-plugin-"))).toEqual([]);
});
