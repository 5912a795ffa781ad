import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineSandbox, type SandboxPolicy } from "@fusabi/capabilities";
import {
  type AuditEntry,
  decodeModule,
  type Instance,
  type InstantiateOptions,
  instantiate,
  LimitError,
  type RehearsedEffect,
  rehearsal,
} from "@fusabi/vm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { nodeLibrary } from "../src/node/index.js";
import { bytecodeOf, thrownBy } from "./program.js";

const imports = nodeLibrary();
const program = decodeModule(
  bytecodeOf(readFileSync(new URL("effects/process.fsx", import.meta.url), "utf8"), imports),
);

let folder: string;
let audit: AuditEntry[];
const instances: Instance[] = [];

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "fusabi-process-")));
  audit = [];
});

afterEach(() => {
  for (const instance of instances.splice(0)) instance.dispose();
  rmSync(folder, { recursive: true, force: true });
});

function made(
  policy: Partial<SandboxPolicy> = { commands: "allow" },
  options: Omit<InstantiateOptions, "imports"> = {},
): Instance {
  const sandbox = defineSandbox({ workingDir: folder, ...policy });
  const instance = instantiate(program, {
    imports,
    sandbox,
    audit: (entry) => audit.push(entry),
    ...options,
  });
  instances.push(instance);
  return instance;
}

const allowing = (...allow: string[]): Partial<SandboxPolicy> => ({ commands: { allow } });
const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

/** Whether a process lives; one that has ended and that nobody has looked after yet does not. */
function lives(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

async function until(condition: () => boolean): Promise<void> {
  const started = performance.now();
  while (!condition()) {
    if (performance.now() - started > 5_000) throw new Error("it never came to be");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** A process id that a program has written to a file. */
async function pidIn(file: string): Promise<number> {
  const read = (): number => {
    try {
      return Number(readFileSync(file, "utf8").trim());
    } catch {
      return 0;
    }
  };
  await until(() => read() > 0);
  return read();
}

describe("a command", () => {
  test.each(["run", "exec"])("%s: gives its output and exit code, awaited or not", async (name) => {
    const instance = made();
    const expected = { exitCode: 0, stdout: "a  b c\n", stderr: "" };
    expect(instance.call(name, ["echo", ["a  b", "c"]])).toEqual(expected);
    expect(await instance.callAsync(name, ["echo", ["a  b", "c"]])).toEqual(expected);
  });

  test("as an Async", async () => {
    expect(await made().callAsync("later", ["echo", ["x"]])).toMatchObject({ stdout: "x\n" });
    expect(made().call("later", ["echo", ["x"]])).toMatchObject({ stdout: "x\n" });
  });

  test("a non-zero exit is a result, and so is the end by a signal", async () => {
    const instance = made();
    const text = "echo out; echo err >&2; exit 3";
    const expected = { exitCode: 3, stdout: "out\n", stderr: "err\n" };
    expect(instance.call("shell", [text])).toEqual(expected);
    expect(await instance.callAsync("shell", [text])).toEqual(expected);
    expect(instance.call("shell", ["kill -9 $$"])).toMatchObject({ exitCode: -1 });
    expect(await instance.callAsync("shell", ["kill -9 $$"])).toMatchObject({ exitCode: -1 });
  });

  test("its arguments reach no shell", () => {
    expect(made().call("run", ["echo", ["$HOME; rm -rf /", "`id`"]])).toMatchObject({
      stdout: "$HOME; rm -rf / `id`\n",
    });
  });

  test("its standard input is empty", async () => {
    expect(made().call("run", ["cat", []])).toMatchObject({ stdout: "" });
    expect(await made().callAsync("run", ["cat", []])).toMatchObject({ stdout: "" });
  });

  test("bytes that are no UTF-8 become U+FFFD", () => {
    expect(made().call("shell", ["printf '\\377a'"])).toMatchObject({ stdout: "\ufffda" });
  });

  test("that is not there cannot be started", async () => {
    const expected = {
      code: "FUS0517",
      message: "Failed to execute command 'no-such-command': No such file or directory",
    };
    expect(thrownBy(() => made().call("run", ["no-such-command", []]))).toMatchObject(expected);
    expect(await failure(made().callAsync("run", ["no-such-command", []]))).toMatchObject(expected);
    expect(thrownBy(() => made().call("spawn", ["no-such-command", []]))).toMatchObject(expected);
    writeFileSync(join(folder, "text"), "no program");
    expect(thrownBy(() => made().call("run", ["./text", []]))).toMatchObject({
      message: "Failed to execute command './text': Permission denied",
    });
    expect(await failure(made().callAsync("run", ["./text", []]))).toMatchObject({
      message: "Failed to execute command './text': Permission denied",
    });
  });

  test("an argument with a NUL, or one that is no text, is refused before anything starts", () => {
    expect(thrownBy(() => made().call("run", ["echo", ["a\0b"]]))).toMatchObject({ code: "FUS0516" });
    expect(thrownBy(() => made().call("shell", ["a\0b"]))).toMatchObject({ code: "FUS0516" });
    expect(thrownBy(() => made().call("dynamic", [{ command: "echo", args: [1] }]))).toMatchObject({
      code: "FUS0502",
    });
  });

  test("works where the program works, or in a folder that it may read", () => {
    mkdirSync(join(folder, "below"));
    expect(made().call("run", ["pwd", []])).toMatchObject({ stdout: `${folder}\n` });
    const instance = made({ commands: "allow", read: { allow: [folder] } });
    expect(instance.call("inFolder", ["pwd", [], "below"])).toMatchObject({
      stdout: `${join(folder, "below")}\n`,
    });
    expect(thrownBy(() => instance.call("inFolder", ["pwd", [], ".."]))).toMatchObject({
      code: "FUS0521",
      message: "sandbox violation: read access denied: ..",
    });
    expect(thrownBy(() => instance.call("inFolder", ["pwd", [], "missing"]))).toMatchObject({
      message: "Failed to execute command 'pwd': No such file or directory",
    });
  });

  test("output that nobody wants is not taken in", () => {
    expect(made().call("quiet", ["echo out; echo err >&2"])).toEqual({ exitCode: 0, stdout: "", stderr: "" });
  });

  test.each([
    [{ args: [] }, "ExecOptions missing 'command' field (string)"],
    [{ command: "echo", args: ["x"], captureStdout: 1 }, "Type mismatch: expected bool, got int"],
    [{ command: "echo", args: "x" }, "Type mismatch: expected list, got string"],
    [{ command: "echo", args: [], cwd: 5 }, "Type mismatch: expected string, got int"],
    [{ command: "echo", args: [], timeoutMs: "5" }, "Type mismatch: expected int, got string"],
    [{ command: "echo", args: [], env: [5] }, "Type mismatch: expected tuple, got int"],
    [5, "Type mismatch: expected record, got int"],
  ])("options %j are none", (options, message) => {
    expect(thrownBy(() => made().call("dynamic", [options]))).toMatchObject({ message });
  });
});

describe("the policy", () => {
  test("allows by name what the search path holds, and that under its name only", () => {
    const instance = made(allowing("echo"));
    expect(instance.call("run", ["echo", []])).toMatchObject({ exitCode: 0 });
    for (const command of ["ls", "sh", "/bin/sh", "./echo", "echo ", "ECHO", ""]) {
      expect(
        thrownBy(() => instance.call("run", [command, []])),
        command,
      ).toMatchObject({
        code: "FUS0521",
        message: `sandbox violation: command not allowed: ${command}`,
      });
    }
    expect(audit.map(({ decision, capability }) => `${decision} ${capability}`)).toEqual([
      "allowed process:exec",
      ...Array<string>(7).fill("denied process:exec"),
    ]);
  });

  test("a shell has to be allowed itself", () => {
    expect(thrownBy(() => made(allowing("echo")).call("shell", ["echo x"]))).toMatchObject({
      code: "FUS0521",
      message: "sandbox violation: command not allowed: sh",
    });
    expect(made(allowing("sh")).call("shell", ["echo x"])).toMatchObject({ stdout: "x\n" });
  });

  test("names a file by its path", () => {
    const tool = join(folder, "tool");
    writeFileSync(tool, "#!/bin/sh\necho tool\n");
    chmodSync(tool, 0o755);
    const instance = made(allowing(tool));
    expect(instance.call("run", ["./tool", []])).toMatchObject({ stdout: "tool\n" });
    expect(instance.call("run", [tool, []])).toMatchObject({ stdout: "tool\n" });
    expect(thrownBy(() => instance.call("run", ["tool", []]))).toMatchObject({ code: "FUS0521" });
  });

  test("a link under an innocent name does not open what is denied", () => {
    symlinkSync("/bin/sh", join(folder, "innocent"));
    const instance = made({ commands: { deny: ["sh"] } });
    expect(thrownBy(() => instance.call("run", ["./innocent", ["-c", "echo x"]]))).toMatchObject({
      code: "FUS0521",
    });
    expect(instance.call("run", ["echo", ["x"]])).toMatchObject({ stdout: "x\n" });
  });

  test("a file that the program puts into its folder is not a command of the search path", () => {
    const saved = process.env["PATH"];
    process.env["PATH"] = `:.:${saved ?? ""}`.replace(":.:", "::");
    try {
      writeFileSync(join(folder, "fake"), "#!/bin/sh\necho fake\n");
      chmodSync(join(folder, "fake"), 0o755);
      expect(thrownBy(() => made().call("run", ["fake", []]))).toMatchObject({
        message: "Failed to execute command 'fake': No such file or directory",
      });
    } finally {
      process.env["PATH"] = saved;
    }
  });

  test("without one, nothing runs; without the capability, neither", () => {
    expect(thrownBy(() => made({}).call("run", ["echo", []]))).toMatchObject({ code: "FUS0521" });
    const bare = made({ commands: "allow" }, { capabilities: { has: (name) => name !== "process:exec" } });
    expect(bare.call("caught", ["echo", []])).toBe("capability denied: process:exec");
    const single = made({ commands: "allow" }, { capabilities: { has: (name) => name !== "async:spawn" } });
    expect(thrownBy(() => single.call("spawn", ["sleep", ["1"]]))).toMatchObject({
      message: "capability denied: async:spawn",
    });
  });
});

describe("the environment of a child", () => {
  const variables = (result: unknown): Record<string, string> =>
    Object.fromEntries(
      (result as { stdout: string }).stdout
        .split("\n")
        .filter((line) => line.includes("=") && !line.startsWith("FUSABI_PROCESS_TREE="))
        .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
    );

  beforeEach(() => {
    process.env["FUSABI_SHOWN"] = "shown";
    process.env["FUSABI_SECRET"] = "secret";
  });

  afterEach(() => {
    delete process.env["FUSABI_SHOWN"];
    delete process.env["FUSABI_SECRET"];
  });

  test("is what the program may read, and what it has set", async () => {
    const instance = made({ commands: "allow", env: { allow: ["FUSABI_SHOWN", "FUSABI_OWN"] } });
    expect(variables(instance.call("run", ["env", []]))).toEqual({ FUSABI_SHOWN: "shown" });
    instance.call("setEnv", ["FUSABI_OWN", "own"]);
    expect(instance.call("getEnv", ["FUSABI_OWN"])).toBe("own");
    const expected = { FUSABI_SHOWN: "shown", FUSABI_OWN: "own" };
    expect(variables(instance.call("run", ["env", []]))).toEqual(expected);
    expect(variables(await instance.callAsync("run", ["env", []]))).toEqual(expected);
    expect(process.env["FUSABI_OWN"]).toBeUndefined();
  });

  test("is empty without the capability to read it", () => {
    const instance = made(
      { commands: "allow", env: "allow" },
      { capabilities: { has: (name) => name === "process:exec" } },
    );
    expect(variables(instance.call("run", ["env", []]))).toEqual({});
  });

  test("takes only names that the policy shows", () => {
    const instance = made({ commands: "allow", env: { allow: ["FUSABI_OWN"] } });
    expect(variables(instance.call("withVariable", ["FUSABI_OWN", "x"]))).toEqual({ FUSABI_OWN: "x" });
    expect(thrownBy(() => instance.call("withVariable", ["LD_PRELOAD", "./evil.so"]))).toMatchObject({
      code: "FUS0521",
      message: "sandbox violation: environment variable access denied: LD_PRELOAD",
    });
    expect(thrownBy(() => instance.call("withVariable", ["A=B", "x"]))).toMatchObject({
      message: "Process.runWith: invalid variable name",
    });
  });

  test("Process.cwd is the program's working directory", () => {
    expect(made().call("cwd", [])).toBe(folder);
  });
});

describe("time", () => {
  test("of one command is up when it says", async () => {
    const started = performance.now();
    const expected = { code: "FUS0517", message: "operation timed out after 150ms" };
    expect(thrownBy(() => made().call("withTime", ["sleep", ["60"], 150]))).toMatchObject(expected);
    expect(await failure(made().callAsync("withTime", ["sleep", ["60"], 150]))).toMatchObject(expected);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test("of the call ends the command with everything that it has started, whatever that has done to leave it", async () => {
    for (const asynchronous of [true, false]) {
      const files = ["child", "grandchild", "apart"].map((name) => join(folder, `${name}-${asynchronous}`));
      const text = `echo $$ > ${files[0]}; sh -c 'echo $$ > ${files[1]}; sleep 61' & setsid sh -c 'echo $$ > ${files[2]}; trap "" TERM HUP; sleep 62' & sleep 63`;
      const control = { limits: { timeoutMs: 700 } };
      const instance = made();
      const error = asynchronous
        ? await failure(instance.callAsync("shell", [text], control))
        : thrownBy(() => instance.call("shell", [text], control));
      expect(error).toBeInstanceOf(LimitError);
      const pids = await Promise.all(files.map(pidIn));
      await until(() => !pids.some(lives));
      expect(instance.call("run", ["echo", ["again"]])).toMatchObject({ stdout: "again\n" });
    }
  });

  test("an abort ends the command", async () => {
    const file = join(folder, "pid");
    const controller = new AbortController();
    const call = failure(
      made().callAsync("shell", [`echo $$ > ${file}; sleep 60`], { signal: controller.signal }),
    );
    const pid = await pidIn(file);
    controller.abort();
    expect(await call).toMatchObject({ code: "FUS0600" });
    await until(() => !lives(pid));
  });

  test("so does the end of the instance", async () => {
    const file = join(folder, "pid");
    const instance = made();
    const call = failure(instance.callAsync("shell", [`echo $$ > ${file}; sleep 60`]));
    const pid = await pidIn(file);
    instance.dispose();
    expect(await call).toBeInstanceOf(Error);
    await until(() => !lives(pid));
  });

  test("what a command leaves running ends with it", async () => {
    const file = join(folder, "pid");
    const started = performance.now();
    expect(
      await made().callAsync("shell", [`sh -c 'echo $$ > ${file}; sleep 60' & sleep 0.3; echo done`]),
    ).toMatchObject({
      stdout: "done\n",
    });
    expect(performance.now() - started).toBeLessThan(5_000);
    const pid = Number(readFileSync(file, "utf8"));
    await until(() => !lives(pid));
  });
});

describe("limits", () => {
  test("endless output meets one, and the command ends", async () => {
    const limits = { memoryBytes: 1_000_000, timeoutMs: 20_000 };
    const started = performance.now();
    for (const error of [
      thrownBy(() => made().call("run", ["yes", []], { limits })),
      await failure(made().callAsync("run", ["yes", []], { limits })),
    ])
      expect(error).toMatchObject({ limit: "memoryBytes" });
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  test("so much and no more programs at a time", async () => {
    const instance = made(undefined, { limits: { maxProcesses: 3 } });
    expect(instance.call("repeated", [3])).toHaveLength(3);
    expect(thrownBy(() => instance.call("run", ["echo", []]))).toMatchObject({
      code: "FUS0606",
      limit: "maxProcesses",
      message: "process limit exceeded: 3",
    });
    expect(
      thrownBy(() => made(undefined, { limits: { maxProcesses: 0 } }).call("run", ["echo", []])),
    ).toMatchObject({
      limit: "maxProcesses",
    });
    const tasks = made(undefined, { limits: { maxConcurrentTasks: 2 } });
    expect(thrownBy(() => tasks.call("repeated", [3]))).toMatchObject({ limit: "maxConcurrentTasks" });
  });
});

describe("spawn", () => {
  test("does not wait, gives its place back at its end, and ends with the instance", async () => {
    const instance = made(undefined, { limits: { maxProcesses: 1 } });
    const first = instance.call("spawn", ["sleep", ["0.05"]]) as { pid: number; command: string };
    expect(first.command).toBe("sleep");
    await until(() => !lives(first.pid));
    let second = { pid: 0 };
    await until(() => {
      try {
        second = instance.call("spawn", ["sleep", ["60"]]) as { pid: number };
        return true;
      } catch (error) {
        if (error instanceof LimitError) return false;
        throw error;
      }
    });
    expect(lives(second.pid)).toBe(true);
    instance.dispose();
    await until(() => !lives(second.pid));
  });
});

describe("a rehearsal", () => {
  test("starts nothing, and checks all the same", () => {
    const effects: RehearsedEffect[] = [];
    const instance = made(allowing("touch", "sh"), {
      rehearsal: rehearsal({
        changes: (name) => name === "process:exec",
        record: (effect) => void effects.push(effect),
      }),
    });
    const done = { exitCode: 0, stdout: "", stderr: "" };
    expect(instance.call("run", ["touch", ["made"]])).toEqual(done);
    expect(instance.call("later", ["touch", ["made"]])).toEqual(done);
    expect(instance.call("shell", ["touch made"])).toEqual(done);
    expect(instance.call("spawn", ["touch", ["made"]])).toEqual({ command: "touch", pid: 0 });
    expect(thrownBy(() => instance.call("run", ["rm", ["made"]]))).toMatchObject({ code: "FUS0521" });
    expect(() => readFileSync(join(folder, "made"))).toThrow();
    expect(effects.map(({ operation }) => operation)).toEqual([
      "Process.run",
      "Process.runAsync",
      "Process.runShell",
      "Process.spawn",
    ]);
  });
});
