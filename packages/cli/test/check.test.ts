import { describe, expect, it } from "vitest";
import { folderWith, fus } from "./fus.js";

const cwd = import.meta.dirname;

interface Report {
  readonly ok: boolean;
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
  readonly diagnostics: readonly {
    readonly code: string;
    readonly severity: string;
    readonly message: string;
    readonly span: {
      readonly file: string;
      readonly start: { readonly line: number; readonly column: number };
    };
  }[];
}

describe("fus check", () => {
  it("reports every mistake of a script, each at its place with a frame", async () => {
    const { code, out, err } = await fus(["check", "programs/mistakes.fsx"], { cwd });
    expect(code).toBe(3);
    expect(out).toBe("1 file checked: 2 errors, 1 warning\n");
    expect(err).toContain("programs/mistakes.fsx:1:17: error FUS0301: ");
    expect(err).toContain('\n 1 | let first = 1 + "two"\n   |                 ^^^^^\n');
    expect(err).toContain("programs/mistakes.fsx:3:19: error FUS0205: ");
    expect(err).toContain("programs/mistakes.fsx:6:11: warning FUS0401: ");
  });

  it("gives the same as JSON", async () => {
    const { code, out, err } = await fus(["check", "--json", "programs/mistakes.fsx"], { cwd });
    const report = JSON.parse(out) as Report;
    expect({ code, err }).toEqual({ code: 3, err: "" });
    expect(report).toMatchObject({ ok: false, files: 1, errors: 2, warnings: 1 });
    expect(report.diagnostics[0]).toMatchObject({
      code: "FUS0301",
      severity: "error",
      span: { file: "programs/mistakes.fsx", start: { line: 1, column: 17 } },
    });
  });

  it("reports every problem of a manifest with its line", async () => {
    const { code, out } = await fus(["check", "--json", "plugins/broken"], { cwd });
    expect(code).toBe(3);
    const places = (JSON.parse(out) as Report).diagnostics.map(
      ({ severity, span }) => `${span.start.line}:${span.start.column} ${severity}`,
    );
    expect(places).toEqual(["1:8 error", "2:11 error", "4:17 error", "6:1 warning"]);
  });

  it("holds the program against its manifest", async () => {
    const sly = await fus(["check", "plugins/sly/plugin.toml"], { cwd });
    expect(sly.code).toBe(3);
    expect(sly.err).toContain("plugins/sly/main.fsx:3:5: error UNDECLARED_CAPABILITY: ");
    const future = await fus(["check", "plugins/future"], { cwd });
    expect(future.code).toBe(3);
    expect(future.err).toContain("plugins/future/plugin.toml:3:15: error API_VERSION_MISMATCH: ");
    const folder = await folderWith({
      "plugin.toml":
        'name = "p"\nversion = "1.0.0"\napi-version = { major = 0, minor = 21, patch = 0 }\nsource = "main.fsx"\nexports = ["greet"]\n',
      "main.fsx": "let great name = name\n",
    });
    const unmet = await fus(["check", "."], { cwd: folder });
    expect(unmet.code).toBe(3);
    expect(unmet.err).toMatch(/^plugin\.toml:5:12: error INVALID_PROGRAM: .*greet.*great/);
  });

  it("looks through folders, and leaves what tools make out", async () => {
    const folder = await folderWith({
      "a.fsx": "let a = 1\n",
      "deep/er/b.fsx": "let b = 2\n",
      "node_modules/x/c.fsx": "let = ;;",
      ".hidden/d.fsx": "let = ;;",
    });
    expect(await fus(["check", "."], { cwd: folder })).toEqual({
      code: 0,
      out: "2 files checked: 0 errors, 0 warnings\n",
      err: "",
    });
  });

  it("lets warnings pass unless told otherwise", async () => {
    const folder = await folderWith({ "w.fsx": "let f x =\n    match x with\n    | Some n -> n\n" });
    expect((await fus(["check", "w.fsx"], { cwd: folder })).code).toBe(0);
    expect((await fus(["check", "--deny-warnings", "w.fsx"], { cwd: folder })).code).toBe(3);
  });

  it("reports names that nothing reads when it is asked to", async () => {
    const folder = await folderWith({ "u.fsx": 'let first a b = a\nprintfn "%d" (first 1 2)\n' });
    const quiet = await fus(["check", "u.fsx"], { cwd: folder });
    expect(quiet).toEqual({ code: 0, out: "1 file checked: 0 errors, 0 warnings\n", err: "" });
    const { code, out, err } = await fus(["check", "--unused", "u.fsx"], { cwd: folder });
    expect({ code, out }).toEqual({ code: 0, out: "1 file checked: 0 errors, 1 warning\n" });
    expect(err).toContain("u.fsx:1:13: warning FUS0412: 'b' is never used");
  });

  it("runs nothing", async () => {
    const folder = await folderWith({ "loud.fsx": 'printfn "ran"\nfailwith "ran"\n' });
    const { code, out } = await fus(["check", "loud.fsx"], { cwd: folder });
    expect({ code, out }).toEqual({ code: 0, out: "1 file checked: 0 errors, 0 warnings\n" });
  });
});
