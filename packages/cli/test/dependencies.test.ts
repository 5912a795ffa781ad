import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderWith, fus, manifest } from "./fus.js";

const on = (name: string, version: string): string =>
  `[[dependencies]]\nname = "${name}"\nversion = "${version}"\n`;

/** A plugin and what it depends on, in folders side by side. */
function plugins(version = "^1.0"): Promise<string> {
  return folderWith({
    "text/plugin.toml": `${manifest("text")}exports = ["shout"]\n`,
    "text/main.fsx": 'printfn "text runs"\nlet shout (text: string) : string = text + "!"\n',
    "app/plugin.toml": `${manifest("app")}exports = ["greet"]\ncapabilities = ["plugin:call"]\n${on("text", version)}`,
    "app/main.fsx": "let greet (name: string) = Plugins.Text.shout name\n",
  });
}

describe("a plugin that depends on one in the folder beside it", () => {
  it("is read with the types of that one, and nothing runs", async () => {
    const cwd = await plugins();
    const types = await fus(["types", "app"], { cwd });
    expect(types).toMatchObject({ code: 0, err: "" });
    expect(types.out).toContain("readonly greet: (name: string) => string;");
    const inspect = await fus(["inspect", "app"], { cwd });
    expect(inspect).toMatchObject({ code: 0, err: "" });
    expect(inspect.out).toMatch(/greet\s+:\s+string -> string/);
    expect(inspect.out).toContain("Plugins.Text.shout");
    const audit = await fus(["audit", "app"], { cwd });
    expect(audit).toMatchObject({ code: 0, err: "" });
    expect(audit.out).toContain("plugin:call");
    expect(await fus(["check", "app"], { cwd })).toMatchObject({ code: 0 });
    for (const { out } of [types, inspect, audit]) expect(out).not.toContain("text runs");
  });

  it("is called with that one running", async () => {
    const cwd = await plugins();
    expect(await fus(["call", "app", "greet", '"Ada"', "--grant", "plugin:call"], { cwd })).toEqual({
      code: 0,
      out: 'text runs\n"Ada!"\n',
      err: "",
    });
  });

  it("is refused when that one does not fit", async () => {
    const cwd = await plugins("^9.0");
    for (const command of ["types", "inspect", "audit", "check"]) {
      const { code, out, err } = await fus([command, join("app", "plugin.toml")], { cwd });
      expect(code, command).toBe(3);
      expect(out + err, command).toContain("plugin app needs text ^9.0, and version 1.0.0 is loaded");
    }
  });
});
