import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { ManifestError } from "@fusabi/manifest";
import { PluginFileError } from "@fusabi/plugin";
import { describe, expect, test } from "vitest";
import { LoaderFileError, PluginLoader } from "../src/index.js";
import { folderWith, manifestText, program } from "./plugin-files.js";

const loader = new PluginLoader({ onOutput: () => undefined });

/** A plugin's folder beside a folder with a program that is not the plugin's. */
function neighbours(source: string): { readonly folder: string; readonly outside: string } {
  const root = folderWith({
    "plugin/plugin.toml": manifestText("p", `source = "${source}"`),
    "plugin-2/main.fsx": program("greeter"),
  });
  return { folder: join(root, "plugin"), outside: join(root, "plugin-2") };
}

async function refusedFile(loading: Promise<unknown>): Promise<PluginFileError> {
  const error: unknown = await loading.then(
    () => undefined,
    (failure: unknown) => failure,
  );
  if (!(error instanceof PluginFileError)) throw new Error("it was not refused", { cause: error });
  expect(error.cause).toBeInstanceOf(LoaderFileError);
  return error;
}

describe("an entry stays inside the folder of its manifest", () => {
  test.each([
    "../plugin-2/main.fsx",
    "lib/../../plugin-2/main.fsx",
    "/etc/passwd.fsx",
    "..\\\\plugin-2\\\\main.fsx",
  ])("%s is no entry", async (source) => {
    const { folder } = neighbours(source);
    await expect(loader.loadFromManifest(join(folder, "plugin.toml"))).rejects.toThrow(ManifestError);
  });

  test("a link to a file outside", async () => {
    const { folder, outside } = neighbours("main.fsx");
    symlinkSync(join(outside, "main.fsx"), join(folder, "main.fsx"));
    const error = await refusedFile(loader.loadFromManifest(join(folder, "plugin.toml")));
    expect(error).toMatchObject({ code: "PLUGIN_FILE", plugin: "p", path: join(folder, "main.fsx") });
    expect(error.message).toContain("leads out of the plugin's folder");
  });

  test("a link to a folder outside, of which the name begins the same", async () => {
    const { folder, outside } = neighbours("lib/main.fsx");
    symlinkSync(outside, join(folder, "lib"));
    expect((await refusedFile(loader.loadFromManifest(join(folder, "plugin.toml")))).message).toContain(
      "leads out",
    );
  });

  test("a link that leads out and in again by its text", async () => {
    const { folder, outside } = neighbours("lib/../main.fsx");
    mkdirSync(join(outside, "deep"));
    symlinkSync(join(outside, "deep"), join(folder, "lib"));
    writeFileSync(join(folder, "main.fsx"), program("greeter"));
    // Read as the text says it, which is inside.
    await using plugin = await loader.loadFromManifest(join(folder, "plugin.toml"));
    expect(plugin.info.entryPath).toBe(join(folder, "main.fsx"));
  });

  test("links inside the folder, and a folder that is a link itself, are fine", async () => {
    const { folder, outside } = neighbours("main.fsx");
    writeFileSync(join(folder, "real.fsx"), program("greeter"));
    symlinkSync("real.fsx", join(folder, "main.fsx"));
    symlinkSync(folder, join(outside, "alias"));
    await using plugin = await loader.loadFromManifest(join(outside, "alias", "plugin.toml"));
    expect(plugin.info.entryPath).toBe(join(folder, "real.fsx"));
  });

  test("a reload looks again", async () => {
    const { folder, outside } = neighbours("main.fsx");
    writeFileSync(join(folder, "real.fsx"), program("greeter"));
    symlinkSync("real.fsx", join(folder, "main.fsx"));
    await using plugin = await loader.loadFromManifest(join(folder, "plugin.toml"));
    execFileSync("ln", ["-sfn", join(outside, "main.fsx"), join(folder, "main.fsx")]);
    await expect(plugin.reload()).rejects.toThrow(/leads out of the plugin's folder/);
    expect(plugin.state).toBe("running");
  });

  test.each(["../plugin-2/main.fsx", "link.fsx", "missing.fsx"])("#load %s", async (path) => {
    const { folder, outside } = neighbours("main.fsx");
    symlinkSync(join(outside, "main.fsx"), join(folder, "link.fsx"));
    writeFileSync(join(folder, "main.fsx"), `#load "${path}"\nlet x = 1\n`);
    await expect(loader.loadFromManifest(join(folder, "plugin.toml"))).rejects.toMatchObject({
      code: "COMPILATION_FAILED",
      diagnostics: [{ line: 1, code: path === "missing.fsx" ? "FUS0213" : "FUS0215" }],
    });
  });
});

describe("what is no file to read", () => {
  test("nothing, a folder, a circle of links", async () => {
    const folder = folderWith({ "folder.fsx/x": "" });
    symlinkSync("b.fsx", join(folder, "a.fsx"));
    symlinkSync("a.fsx", join(folder, "b.fsx"));
    expect((await refusedFile(loader.loadSource(join(folder, "none.fsx")))).message).toContain(
      "no such file",
    );
    expect((await refusedFile(loader.loadSource(join(folder, "none/x.fsx")))).message).toContain(
      "no such file",
    );
    expect((await refusedFile(loader.loadSource(join(folder, "folder.fsx")))).message).toContain(
      "not a regular file",
    );
    expect((await refusedFile(loader.loadSource(join(folder, "a.fsx")))).message).toContain("link");
    await refusedFile(loader.loadSource(join(folder, "nul\0.fsx")));
    await refusedFile(loader.loadSource(join(folder, `${"x".repeat(5_000)}.fsx`)));
  });

  test.skipIf(process.platform === "win32")("a pipe without a writer does not hang", async () => {
    const folder = folderWith();
    const pipe = join(folder, "pipe.fsx");
    execFileSync("sh", ["-c", 'mkfifo "$0"', pipe]);
    expect((await refusedFile(loader.loadSource(pipe))).message).toContain("not a regular file");
    await expect(loader.loadFromManifest(pipe)).rejects.toMatchObject({ code: "MANIFEST_FILE" });
  });

  test("a file that is larger than any program, and one that is no text", async () => {
    const folder = folderWith({ "huge.fsx": "", "latin1.fsx": Uint8Array.of(0x6c, 0xe9, 0x0a) });
    truncateSync(join(folder, "huge.fsx"), 2 ** 34);
    expect((await refusedFile(loader.loadSource(join(folder, "huge.fsx")))).message).toContain(
      "17179869184 bytes",
    );
    expect((await refusedFile(loader.loadSource(join(folder, "latin1.fsx")))).message).toContain("UTF-8");
  });

  test("a byte order mark and Windows line ends are fine", async () => {
    const folder = folderWith({ "bom.fsx": "\ufefflet f () = 1\r\nlet g () = 2\r\n" });
    await using plugin = await loader.loadSource(join(folder, "bom.fsx"));
    expect(await plugin.call("g")).toBe(2);
    expect(basename(plugin.info.entryPath ?? "")).toBe("bom.fsx");
  });
});
