import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Capabilities, defineSandbox, type SandboxPolicy } from "@fusabi/capabilities";
import { type AuditEntry, type Instance, type InstantiateOptions, LimitError } from "@fusabi/vm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { nodeLibrary } from "../src/node/index.js";
import { run, thrownBy } from "./program.js";

const PROGRAM = `
let read (path: string) = File.read path
let lines (path: string) = File.readLines path
let write (path: string) (text: string) = File.write path text
let writeLines (path: string) (all: string list) = File.writeLines path all
let appendLine (path: string) (line: string) = File.appendLine path line
let fsRead (path: string) = Fs.read path
let fsWrite (path: string) (text: string) = Fs.write path text
let append (path: string) (text: string) = Fs.append path text
let exists (path: string) = Fs.exists path
let list (path: string) = Fs.list path
let stat (path: string) = Fs.stat path
let mkdir (path: string) = Fs.mkdir path
let remove (path: string) = Fs.remove path
let copy (source: string) (target: string) = Fs.copy source target
let move (source: string) (target: string) = Fs.move source target
let caught (path: string) = try File.read path with e -> e.Message
let cwd () = Env.cwd ()
`;

/** A folder that the program may use, beside one that it may not. */
let root: string;
let inside: string;
let outside: string;
let audit: AuditEntry[];

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "fusabi-file-")));
  inside = join(root, "inside");
  outside = join(root, "outside");
  mkdirSync(inside);
  mkdirSync(outside);
  writeFileSync(join(inside, "a.txt"), "one\r\ntwo\n");
  writeFileSync(join(outside, "secret.txt"), "secret");
  audit = [];
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function program(
  policy: Partial<SandboxPolicy> = {},
  options: Omit<InstantiateOptions, "imports"> = {},
): Instance {
  const sandbox = defineSandbox({
    read: { allow: [inside] },
    write: { allow: [inside] },
    workingDir: inside,
    ...policy,
  });
  return run(PROGRAM, nodeLibrary(), { sandbox, audit: (entry) => audit.push(entry), ...options });
}

const denied = (access: "read" | "write", path: string): object => ({
  code: "FUS0521",
  message: `sandbox violation: ${access} access denied: ${path}`,
});

describe("reading and writing", () => {
  test("texts and lines", () => {
    const { call } = bound(program());
    expect(call("read", "a.txt")).toBe("one\r\ntwo\n");
    expect(call("lines", "a.txt")).toEqual(["one", "two"]);
    call("write", "b.txt", "héllo");
    expect(readFileSync(join(inside, "b.txt"), "utf8")).toBe("héllo");
    call("writeLines", "b.txt", ["x", "y"]);
    call("appendLine", "b.txt", "z");
    call("append", "b.txt", "!");
    expect(call("fsRead", "b.txt")).toBe("x\ny\nz\n!");
    call("writeLines", "b.txt", []);
    expect(call("lines", "b.txt")).toEqual([]);
    call("appendLine", "new.txt", "first");
    expect(readdirSync(inside)).toEqual(["a.txt", "b.txt", "new.txt"]);
  });

  test("a file keeps its rights when it is replaced", () => {
    chmodSync(join(inside, "a.txt"), 0o640);
    program().call("write", ["a.txt", "new"]);
    expect(statSync(join(inside, "a.txt")).mode & 0o777).toBe(0o640);
  });

  test("replacing goes through a file beside it, which does not stay behind", () => {
    const error = thrownBy(() =>
      program({}, { limits: { maxFileBytes: 3 } }).call("write", ["a.txt", "too long"]),
    );
    expect(error).toBeInstanceOf(LimitError);
    expect(readFileSync(join(inside, "a.txt"), "utf8")).toBe("one\r\ntwo\n");
    expect(readdirSync(inside)).toEqual(["a.txt"]);
  });

  test("a policy that names one file lets it be written, with nothing beside it", () => {
    const instance = program({ write: { allow: [join(inside, "a.txt")] } });
    instance.call("write", ["a.txt", "new"]);
    expect(readFileSync(join(inside, "a.txt"), "utf8")).toBe("new");
    expect(thrownBy(() => instance.call("write", ["b.txt", "new"]))).toMatchObject(denied("write", "b.txt"));
  });

  test("folders: list, make, look, copy, move, remove", () => {
    const { call } = bound(program());
    call("mkdir", "deep/er");
    call("mkdir", "deep/er");
    call("copy", "a.txt", "deep/er/copy.txt");
    call("move", "deep/er/copy.txt", "deep/moved.txt");
    expect(call("list", "deep")).toEqual(["er", "moved.txt"]);
    expect(call("stat", "deep/moved.txt")).toMatchObject({ isFile: true, isDirectory: false, size: 9 });
    expect(call("stat", ".")).toMatchObject({ isFile: false, isDirectory: true });
    expect(call("exists", "deep/moved.txt")).toBe(true);
    expect(call("exists", "deep/none/at/all")).toBe(false);
    call("remove", "deep");
    expect(call("exists", "deep")).toBe(false);
    expect(call("cwd")).toBe(inside);
  });
});

describe("what the system says", () => {
  test.each([
    ["read", ["none.txt"], "Failed to open file 'none.txt': No such file or directory"],
    ["read", ["."], "Failed to read file '.': Is a directory"],
    ["read", ["a.txt/b"], "Failed to open file 'a.txt/b': Not a directory"],
    ["lines", ["bad.txt"], "Failed to read file 'bad.txt': stream did not contain valid UTF-8"],
    ["write", ["none/b.txt", ""], "Failed to create file 'none/b.txt': No such file or directory"],
    ["write", [".", ""], "Failed to create file '.': Is a directory"],
    [
      "appendLine",
      ["none/b.txt", ""],
      "Failed to open file 'none/b.txt' for append: No such file or directory",
    ],
    ["fsRead", ["none.txt"], "fs.read: No such file or directory"],
    ["fsWrite", ["none/b.txt", ""], "fs.write: No such file or directory"],
    ["list", ["a.txt"], "fs.list: Not a directory"],
    ["stat", ["none.txt"], "fs.stat: No such file or directory"],
    ["mkdir", ["a.txt"], "fs.mkdir: File exists"],
    ["remove", ["none.txt"], "fs.remove: No such file or directory"],
    ["copy", ["none.txt", "b.txt"], "fs.copy: No such file or directory"],
    ["copy", [".", "b.txt"], "fs.copy: Is a directory"],
    ["move", ["none.txt", "b.txt"], "fs.move: No such file or directory"],
  ])("%s %j", (name, args, message) => {
    writeFileSync(join(inside, "bad.txt"), new Uint8Array([0x61, 0xff]));
    expect(thrownBy(() => program().call(name, args))).toMatchObject({ code: "FUS0517", message });
    expect(existsSync(join(inside, "b.txt"))).toBe(false);
  });

  test("a pipe does not stop the program", () => {
    execFileSync("sh", ["-c", 'mkfifo "$0"', join(inside, "pipe")]);
    const expected = { code: "FUS0517", message: "Failed to read file 'pipe': Not a regular file" };
    expect(thrownBy(() => program().call("read", ["pipe"]))).toMatchObject(expected);
    expect(thrownBy(() => program().call("write", ["pipe", ""]))).toMatchObject({ code: "FUS0517" });
  });

  test("the program can catch it", () => {
    expect(program().call("caught", ["none.txt"])).toBe(
      "Failed to open file 'none.txt': No such file or directory",
    );
    expect(program().call("caught", ["../outside/secret.txt"])).toBe(
      "sandbox violation: read access denied: ../outside/secret.txt",
    );
  });
});

describe("nothing leads outside", () => {
  const everyWay: readonly (readonly [string, (path: string) => readonly unknown[], "read" | "write"])[] = [
    ["read", (path) => [path], "read"],
    ["lines", (path) => [path], "read"],
    ["exists", (path) => [path], "read"],
    ["list", (path) => [path], "read"],
    ["stat", (path) => [path], "read"],
    ["write", (path) => [path, "x"], "write"],
    ["appendLine", (path) => [path, "x"], "write"],
    ["append", (path) => [path, "x"], "write"],
    ["mkdir", (path) => [path], "write"],
    ["remove", (path) => [path], "write"],
    ["copy", (path) => [path, "b.txt"], "read"],
    ["move", (path) => [path, "b.txt"], "write"],
  ];

  for (const [name, args, access] of everyWay) {
    test.each([
      "../outside/secret.txt",
      "../inside/../outside/secret.txt",
      "a.txt/../../outside/secret.txt",
      "link/secret.txt",
      "link/../../outside/secret.txt",
      "../inside2",
      "/",
      "link/new/file",
    ])(`${name} %s`, (path) => {
      symlinkSync(outside, join(inside, "link"));
      expect(thrownBy(() => program().call(name, args(path)))).toMatchObject(denied(access, path));
      expect(readFileSync(join(outside, "secret.txt"), "utf8")).toBe("secret");
      expect(readdirSync(outside)).toEqual(["secret.txt"]);
    });
  }

  test.each(["a\0.txt", "\0", "../outside/secret.txt\0.txt"])("a NUL character: %j", (path) => {
    const error = thrownBy(() => program({ read: "allow" }).call("read", [path]));
    expect(error).toMatchObject({
      code: "FUS0521",
      message: `sandbox violation: read access denied: ${path.replaceAll("\0", "\\u{0}")}`,
    });
  });

  test("a link at the end is followed by the check", () => {
    symlinkSync(join(outside, "secret.txt"), join(inside, "final"));
    symlinkSync(join(inside, "a.txt"), join(inside, "good"));
    expect(thrownBy(() => program().call("read", ["final"]))).toMatchObject(denied("read", "final"));
    expect(thrownBy(() => program().call("write", ["final", "x"]))).toMatchObject(denied("write", "final"));
    expect(program().call("read", ["good"])).toBe("one\r\ntwo\n");
    program().call("write", ["good", "through"]);
    expect(readFileSync(join(inside, "a.txt"), "utf8")).toBe("through");
  });

  test("a link to what does not exist yet cannot make it outside", () => {
    symlinkSync(join(outside, "new.txt"), join(inside, "dangling"));
    symlinkSync("dangling", join(inside, "twice"));
    symlinkSync(join(outside, "folder"), join(inside, "way"));
    for (const path of ["dangling", "twice", "way/x"]) {
      expect(thrownBy(() => program().call("write", [path, "x"]))).toMatchObject(denied("write", path));
      expect(thrownBy(() => program().call("mkdir", [path]))).toMatchObject(denied("write", path));
    }
    expect(readdirSync(outside)).toEqual(["secret.txt"]);
  });

  test("a circle of links is an error of the system", () => {
    symlinkSync("circle", join(inside, "circle"));
    expect(thrownBy(() => program().call("read", ["circle"]))).toMatchObject({
      code: "FUS0517",
      message: "Failed to open file 'circle': Too many levels of symbolic links",
    });
  });

  test("a root behind a link covers what the link leads to", () => {
    symlinkSync(inside, join(root, "alias"));
    const instance = program({ read: { allow: [join(root, "alias")] } });
    expect(instance.call("read", ["a.txt"])).toBe("one\r\ntwo\n");
    expect(instance.call("read", [join(root, "alias", "a.txt")])).toBe("one\r\ntwo\n");
  });

  test("removing a link leaves what it leads to", () => {
    symlinkSync(outside, join(inside, "link"));
    mkdirSync(join(inside, "folder"));
    symlinkSync(outside, join(inside, "folder", "link"));
    program().call("remove", ["link"]);
    program().call("remove", ["folder"]);
    expect(readdirSync(inside)).toEqual(["a.txt"]);
    expect(readdirSync(outside)).toEqual(["secret.txt"]);
  });

  test("what the policy denies is not removed or moved with what is around it", () => {
    mkdirSync(join(inside, "folder/keys"), { recursive: true });
    const instance = program({ write: { allow: [inside], deny: [join(inside, "folder/keys")] } });
    expect(thrownBy(() => instance.call("remove", ["folder"]))).toMatchObject(denied("write", "folder"));
    expect(thrownBy(() => instance.call("move", ["folder", "other"]))).toMatchObject(
      denied("write", "folder"),
    );
    expect(existsSync(join(inside, "folder/keys"))).toBe(true);
  });

  test("without a policy, everything is denied", () => {
    const instance = run(PROGRAM, nodeLibrary());
    expect(thrownBy(() => instance.call("read", [join(inside, "a.txt")]))).toMatchObject({ code: "FUS0521" });
  });

  test("the folder for temporary files is open whatever the policy says", () => {
    const instance = program({ read: "deny", write: "deny", tempDir: outside });
    instance.call("write", [join(outside, "t.txt"), "x"]);
    expect(instance.call("read", [join(outside, "t.txt")])).toBe("x");
    expect(thrownBy(() => instance.call("read", ["a.txt"]))).toMatchObject(denied("read", "a.txt"));
  });

  test("a folder that is swapped for a link while it is used gives nothing away", () => {
    mkdirSync(join(inside, "swap"));
    writeFileSync(join(inside, "swap/secret.txt"), "harmless");
    symlinkSync(outside, join(root, "trap"));
    const swap = (): void => {
      renameSync(join(inside, "swap"), join(root, "aside"));
      renameSync(join(root, "trap"), join(inside, "swap"));
    };
    const restore = (): void => {
      renameSync(join(inside, "swap"), join(root, "trap"));
      renameSync(join(root, "aside"), join(inside, "swap"));
    };
    // The audit record is written between the check and the use: the right moment for an attack.
    const attacked = program({}, { audit: (entry) => (entry.decision === "allowed" ? swap() : undefined) });
    for (const [name, args] of [
      ["read", ["swap/secret.txt"]],
      ["write", ["swap/secret.txt", "overwritten"]],
      ["append", ["swap/secret.txt", "more"]],
      ["remove", ["swap/secret.txt"]],
      ["mkdir", ["swap/new"]],
      ["list", ["swap"]],
    ] as const) {
      expect(
        thrownBy(() => attacked.call(name, args)),
        name,
      ).toMatchObject({ code: expect.stringMatching(/^FUS05(17|21)$/) as string });
      restore();
      expect(readFileSync(join(outside, "secret.txt"), "utf8")).toBe("secret");
      expect(readdirSync(outside)).toEqual(["secret.txt"]);
    }
    expect(program().call("read", ["swap/secret.txt"])).toBe("harmless");
  });

  test("a file that is swapped for a link while it is used gives nothing away", () => {
    const attack = (): void => {
      rmSync(join(inside, "a.txt"));
      symlinkSync(join(outside, "secret.txt"), join(inside, "a.txt"));
    };
    for (const [name, args] of [
      ["read", ["a.txt"]],
      ["append", ["a.txt", "more"]],
      ["write", ["a.txt", "more"]],
    ] as const) {
      const instance = program({}, { audit: attack });
      expect(thrownBy(() => instance.call(name, args))).toMatchObject({
        message: expect.stringMatching(/Too many levels of symbolic links|access denied/) as string,
      });
      expect(readFileSync(join(outside, "secret.txt"), "utf8")).toBe("secret");
    }
  });

  test("a second name of a file inside is the file", () => {
    linkSync(join(inside, "a.txt"), join(inside, "b.txt"));
    expect(program().call("read", ["b.txt"])).toBe("one\r\ntwo\n");
  });
});

describe("limits, grants, records", () => {
  test("operations are counted: one a call, two for copy and move, one an entry for remove", () => {
    expect(program({}, { limits: { maxFsOps: 0 } }).exports.size).toBeGreaterThan(0);
    expect(thrownBy(() => program({}, { limits: { maxFsOps: 0 } }).call("read", ["a.txt"]))).toMatchObject({
      code: "FUS0606",
      message: "filesystem operation limit exceeded: 0 operations",
    });
    const instance = program();
    instance.call("copy", ["a.txt", "b.txt"]);
    expect(instance.lastUsage.fsOps).toBe(2);
    instance.call("move", ["b.txt", "c.txt"]);
    expect(instance.lastUsage.fsOps).toBe(2);
    mkdirSync(join(inside, "folder/sub"), { recursive: true });
    writeFileSync(join(inside, "folder/sub/x"), "");
    instance.call("remove", ["folder"]);
    expect(instance.lastUsage.fsOps).toBe(3);
  });

  test("files have a greatest size, to read and to write", () => {
    const small = { limits: { maxFileBytes: 8 } };
    const expected = { code: "FUS0606", message: "file size limit exceeded: 8 bytes (actual: 9 bytes)" };
    expect(thrownBy(() => program({}, small).call("read", ["a.txt"]))).toMatchObject(expected);
    expect(thrownBy(() => program({}, small).call("write", ["b.txt", "123456789"]))).toMatchObject(expected);
    expect(thrownBy(() => program({}, small).call("append", ["a.txt", ""]))).toMatchObject(expected);
    expect(thrownBy(() => program({}, small).call("copy", ["a.txt", "b.txt"]))).toMatchObject(expected);
    expect(readdirSync(inside)).toEqual(["a.txt"]);
  });

  test("a text counts as memory before it is read", () => {
    writeFileSync(join(inside, "big.txt"), "x".repeat(100_000));
    expect(
      thrownBy(() => program({}, { limits: { memoryBytes: 100_000 } }).call("read", ["big.txt"])),
    ).toMatchObject({ code: "FUS0602" });
  });

  test("each function asks for its capability", () => {
    const needed: Readonly<Record<string, readonly [readonly unknown[], string]>> = {
      read: [["a.txt"], "fs:read"],
      list: [["."], "fs:read"],
      write: [["b.txt", ""], "fs:write"],
      append: [["b.txt", ""], "fs:write"],
      mkdir: [["b"], "fs:write"],
      exists: [["a.txt"], "fs:metadata"],
      stat: [["a.txt"], "fs:metadata"],
      remove: [["a.txt"], "fs:delete"],
      copy: [["a.txt", "b.txt"], "fs:write"],
      move: [["a.txt", "b.txt"], "fs:delete"],
    };
    for (const [name, [args, capability]] of Object.entries(needed)) {
      const instance = program({}, { capabilities: Capabilities.all().without(capability) });
      expect(
        thrownBy(() => instance.call(name, args)),
        name,
      ).toMatchObject({ code: "FUS0520", message: `capability denied: ${capability}` });
    }
    expect(readdirSync(inside)).toEqual(["a.txt"]);
  });

  test("each operation leaves a record, allowed or not", () => {
    const instance = program();
    instance.call("read", ["./a.txt"]);
    thrownBy(() => instance.call("write", ["../outside/x", ""]));
    expect(audit).toEqual([
      { capability: "fs:read", operation: "File.read", target: join(inside, "a.txt"), decision: "allowed" },
      {
        capability: "fs:write",
        operation: "File.write",
        target: join(outside, "x"),
        decision: "denied",
        reason: "the policy does not list it",
      },
    ]);
  });
});

/** Calls with the arguments one after the other. */
function bound(instance: Instance): {
  readonly call: (name: string, ...args: readonly unknown[]) => unknown;
} {
  return { call: (name, ...args) => instance.call(name, args) };
}
