import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderWith, fus, manifest } from "./fus.js";
import { startFus } from "./session.js";

const QUICK = ["--debounce", "50"];
const READY = "watching ";

const ADDER = `/// Adds two ints.
let add (a: int) (b: int) = a + b
let say (text: string) = printfn "%s" text
let fail (what: string) : int = failwith what
`;

const adder = {
  "adder/plugin.toml": `${manifest("adder")}exports = ["add", "say", "fail"]\n`,
  "adder/main.fsx": ADDER,
};

describe("fus dev", () => {
  it("follows a plugin whose folder gets another name", async () => {
    const cwd = await folderWith(adder);
    const session = startFus(["dev", ".", ...QUICK], cwd);
    await session.hear(READY);
    await rename(join(cwd, "adder"), join(cwd, "counter"));
    await session.hear("counter/plugin.toml");
    await writeFile(join(cwd, "counter", "main.fsx"), ADDER.replace("a + b", "a + b + 1"));
    await session.hear("serves, after");
    session.type("add 1 2");
    session.endInput();
    expect(await session.ended).toBe(0);
    expect(session.out()).toBe("4\n");
    expect(session.err()).not.toContain("already loaded");
  });

  it("shows what is offered, calls what is typed, and ends with the input", async () => {
    const cwd = await folderWith(adder);
    const session = startFus(["dev", ".", ...QUICK], cwd);
    expect(await session.hear(READY)).toBe(
      "adder 1.0.0 serves  adder/plugin.toml\n" +
        "  add   :  int -> int -> int  Adds two ints.\n" +
        "  say   :  string -> unit\n" +
        "  fail  :  string -> int\n" +
        "  granted: the safe defaults\n" +
        READY,
    );
    for (const line of ["add 1 2", "", "  adder/add 9007199254740993 1", 'say "a b"', "add 1 [2", "ad 1 2"])
      session.type(line);
    for (const line of ["add 1", 'fail "boom"', "nobody/add 1 2", "__proto__", "help 1", "help"])
      session.type(line);
    session.endInput();
    expect(await session.ended).toBe(0);
    expect(session.out()).toBe("3\n9007199254740994\na b\nnull\n");
    const lines = session.err().split("\n").slice(6);
    expect(lines).toEqual([
      'fus: no JSON value at character 9 of the line: expected a JSON value; a text needs quotes: "text"',
      "fus: no plugin exports ad (did you mean add?); help shows what there is",
      expect.stringMatching(/^fus: .*add.* takes 2 argument/),
      "adder/main.fsx:4:33: error FUS0519: boom",
      " 4 | let fail (what: string) : int = failwith what",
      "   |                                 ^^^^^^^^",
      "  at fail (adder/main.fsx:4:33)",
      "fus: plugin not found: nobody",
      "fus: no plugin exports __proto__; help shows what there is",
      "fus: no plugin exports help; help shows what there is",
      expect.stringContaining("EXPORT JSON..."),
      expect.stringContaining("PLUGIN/EXPORT JSON..."),
      expect.stringContaining("quit"),
      "adder 1.0.0 serves  adder/plugin.toml",
      "  add   :  int -> int -> int  Adds two ints.",
      "  say   :  string -> unit",
      "  fail  :  string -> int",
      "  granted: the safe defaults",
      "",
    ]);
  });

  it("reloads what changes, and shows why a version does not load while the old one serves", async () => {
    const cwd = await folderWith(adder);
    const source = join(cwd, "adder/main.fsx");
    const session = startFus(["dev", ".", ...QUICK], cwd);
    await session.hear(READY);
    session.type("add 1 2");
    await session.read("3\n");

    await writeFile(source, ADDER.replace("a + b", "a * 10 + b"));
    expect(await session.hear(" ms\n")).toMatch(/\nadder 1\.0\.0 serves, after \d+ ms\n$/);
    session.type("add 1 2");
    await session.read("12\n");

    await writeFile(source, ADDER.replace("a + b", 'a + "b"'));
    expect(await session.hear("adder 1.0.0 goes on serving as it was\n")).toMatch(
      /^adder\/main\.fsx:2:\d+: error FUS\d{4}: .*\n 2 \| let add \(a: int\) \(b: int\) = a \+ "b"\n/,
    );
    session.type("add 1 2");
    await session.read("12\n");

    // Another type is said; what is as it was is not said again.
    await writeFile(source, ADDER.replace("(b: int) = a + b", "(b: float) = float a + b"));
    expect(await session.hear("safe defaults\n")).toMatch(
      /adder 1\.0\.0 serves, after \d+ ms\n {2}add {3}: {2}int -> float -> float {2}Adds two ints\.\n/,
    );
    session.type("add 1 0.5");
    session.type("quit");
    session.type("add 2 0.5");
    expect(await session.ended).toBe(0);
    expect(session.out()).toBe("3\n12\n12\n1.5\n");
  });

  it("takes up plugins that do not load at first, and those that come later", async () => {
    const cwd = await folderWith({
      "late/plugin.toml": `${manifest("late")}exports = ["f"]\n`,
      "late/main.fsx": "let f (n: int) = n +\n",
    });
    const session = startFus(["dev", ".", ...QUICK], cwd);
    const start = await session.hear(READY);
    expect(start).toMatch(/^late\/main\.fsx:\d:\d+: error FUS\d{4}: /);
    expect(start).toContain("\nlate/plugin.toml is not loaded; it is tried again when files change\n");

    await writeFile(join(cwd, "late/main.fsx"), "let g (n: int) = n\n");
    expect(await session.hear("not loaded")).toContain("the program defines no function f");
    await writeFile(join(cwd, "late/main.fsx"), "let f (n: int) = n + 1\n");
    expect(await session.hear("safe defaults\n")).toContain(
      "late 1.0.0 serves  late/plugin.toml\n  f  :  int -> int\n",
    );

    await mkdir(join(cwd, ".draft"));
    await writeFile(join(cwd, ".draft/plugin.toml"), `${manifest("next")}exports = ["f"]\n`);
    await writeFile(join(cwd, ".draft/main.fsx"), "let f (n: int) = n + 2\n");
    await rename(join(cwd, ".draft"), join(cwd, "next"));
    await session.hear("next 1.0.0 serves  next/plugin.toml\n");
    session.type("f 1");
    expect(await session.hear("\n  granted: the safe defaults\nfus:")).not.toContain("error");
    await session.hear(" several plugins export f: say which, late/f or next/f\n");
    session.type("next/f 1");
    await session.read("3\n");

    // Once it has loaded, its files are watched like those of a plugin that was there from the start.
    await writeFile(join(cwd, "late/main.fsx"), "let f (n: int) = n + 10\n");
    await session.hear("late 1.0.0 serves, after ");
    session.type("late/f 1");
    await session.read("11\n");
    session.endInput();
    expect(await session.ended).toBe(0);
  });

  it("tells retries, and when there are no more of them", async () => {
    const cwd = await folderWith({ "main.fsx": 'let f () = 1\nlet ready = "yes"\n' });
    const session = startFus(["dev", "main.fsx", ...QUICK], cwd);
    await session.hear(READY);
    await writeFile(join(cwd, "main.fsx"), 'let f () = 2\nlet ready = failwith "not yet"\n');
    const told = await session.hear("unless files change\n");
    expect(told.match(/error FUS0519: not yet/g)).toHaveLength(1);
    expect(told).toContain("main 0.0.0 goes on serving as it was\n");
    expect(told).toMatch(/main is tried again in \d+ ms, retry 1\nmain is tried again in \d+ ms, retry 2\n/);
    expect(told).toMatch(/main failed too often: it is not tried again for \d+ s, unless files change\n$/);
    await writeFile(join(cwd, "main.fsx"), 'let f () = 3\nlet ready = "yes"\n');
    await session.hear("main 0.0.0 serves, after ");
    session.type("f");
    await session.read("3\n");
    session.kill("SIGINT");
    expect(await session.ended).toBe(0);
  });

  it.each([
    ["SIGINT", undefined],
    ["SIGTERM", undefined],
    ["SIGINT", "nap 60000"],
  ] as const)("ends with exit code 0 on %s, with %s going on", async (signal, line) => {
    const cwd = await folderWith({
      "main.fsx":
        'let nap (ms: int) = async {\n    do! Time.sleep 1\n    printfn "asleep"\n    do! Time.sleep ms\n}\n',
    });
    const session = startFus(["dev", "main.fsx"], cwd);
    await session.hear(READY);
    if (line !== undefined) {
      session.type(line);
      await session.read("asleep\n");
    }
    session.kill(signal);
    expect(await session.ended).toBe(0);
    // A call that is given up is no failure to tell.
    expect(session.err()).not.toMatch(/^fus:|error/m);
  });

  it("can be interrupted in a call that computes without end and without a limit", async () => {
    const cwd = await folderWith({
      "main.fsx":
        'let rec spin (n: int) : int = spin (n + 1)\nlet run () : int =\n    printfn "on"\n    spin 0\n',
    });
    const session = startFus(["dev", "main.fsx", "--unlimited"], cwd);
    await session.hear(READY);
    session.type("run");
    await session.read("on\n");
    session.kill("SIGINT");
    expect(await session.ended).toBe("SIGINT");
  });

  it("grants and limits as fus call does, and goes on after what is denied", async () => {
    const cwd = await folderWith({
      "reader/plugin.toml": `${manifest("reader")}capabilities = ["fs:read"]\nexports = ["size", "spin"]\n`,
      "reader/main.fsx":
        "let size (path: string) = String.length (File.read path)\nlet rec spin (n: int) : int = spin (n + 1)\n",
      "data/a.txt": "12345",
      "secret.txt": "no",
    });
    const denied = startFus(["dev", "reader"], cwd);
    expect(await denied.hear(READY)).toMatch(
      /^reader\/plugin\.toml:5:17: error MISSING_CAPABILITY: .*fs:read\n[\s\S]*\nhint: --allow-read PATH grants it\n/,
    );
    denied.endInput();
    expect(await denied.ended).toBe(0);

    const session = startFus(["dev", "reader", "--allow-read", "data", "--max-instructions", "5000"], cwd);
    expect(await session.hear(READY)).toContain("\n  granted: fs:read, and the safe defaults\n");
    session.type('size "../data/a.txt"');
    session.type('size "../secret.txt"');
    session.type("spin 0");
    session.type('size "../data/a.txt"');
    session.endInput();
    expect(await session.ended).toBe(0);
    expect(session.out()).toBe("5\n5\n");
    expect(session.err()).toMatch(/error FUS0521: .*read access denied/);
    expect(session.err()).toContain("error FUS0601: instruction limit exceeded: 5000");
  });

  it.each([
    [["dev"], "missing DIR"],
    [["dev", "nowhere"], "cannot read nowhere: no such file or directory"],
    [["dev", "empty"], "empty holds no plugin\n  hint: expected plugin.toml, "],
    [
      ["dev", "adder", "--debounce", "soon"],
      '--debounce needs a whole number of milliseconds up to 60000, not "soon"',
    ],
    [["dev", "adder", "--debounce", "60001"], "--debounce needs a whole number"],
    [["dev", "adder", "--grant", "fs:raed"], "unknown capability: fs:raed"],
  ])("refuses %j as wrong usage", async (args, message) => {
    const cwd = await folderWith({ ...adder, "empty/notes.txt": "" });
    const { code, out, err } = await fus(args, { cwd });
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(message);
  });
});
