/** The module `Process`: programs of the host's system, and the environment that they get. */
import {
  arrayOfList,
  type HostModule,
  hostModule,
  isProduct,
  kindOf,
  List,
  type NativeContext,
  NIL,
  OrderedMap,
  slotAt,
  type Value,
} from "@fusabi/vm";
import { allocateProducts } from "../allocation.js";
import { internal, native } from "../declaration.js";
import { fieldOf, optionalField } from "../dynamic-record.js";
import { deferred } from "../library-function.js";
import { authoriseCommand } from "./command-resolution.js";
import { type Command, type Outcome, runBlocking, runWaiting, startApart } from "./command-run.js";
import { authoriseVariable, processEnvironment, requireVariable } from "./environment.js";
import { FileKindError, RedirectedPathError } from "./errors.js";
import { type OperationTimes, timeOf } from "./operation-time.js";
import { authorise, workingDirOf } from "./sandbox.js";
import { isSystemError, systemWords } from "./system-words.js";

const EXEC = "process:exec";
const RESULT = "{| exitCode: int; stderr: string; stdout: string |}";
const STARTED = "{| command: string; pid: int |}";

/** A call of one of the functions: its name, what failing to start is called, and the command with its settings. */
interface Start {
  readonly operation: string;
  readonly failure: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly settings: Partial<Omit<Command, "file" | "args">>;
}

const DONE: Outcome = { exitCode: 0, stdout: "", stderr: "" };

function argumentsOf(
  context: NativeContext,
  operation: string,
  given: List | readonly Value[],
): readonly string[] {
  const args = given instanceof List ? arrayOfList(given, context) : given;
  for (const arg of args) {
    if (typeof arg !== "string")
      throw context.fail("FUS0502", "Type mismatch: expected string list, got list with non-string elements");
    if (arg.includes("\0"))
      throw context.fail("FUS0516", `${operation}: an argument cannot hold a NUL character`);
  }
  return args as readonly string[];
}

/** Checks the policy; the command as it is run, or undefined when there is none of that name. */
function allowed(context: NativeContext, times: OperationTimes, start: Start): Command | undefined {
  const file = authoriseCommand(context, start.operation, start.command);
  if (file === undefined) return undefined;
  return {
    file,
    args: start.args,
    workingDir: workingDirOf(context),
    variables: {},
    timeMs: timeOf(times, undefined),
    keepOutput: true,
    keepErrors: true,
    ...start.settings,
  };
}

function notStarted(context: NativeContext, { failure }: Start, why: string, cause?: unknown): Error {
  return context.fail("FUS0517", `${failure}: ${why}`, cause);
}

const NO_SUCH_FILE = "No such file or directory";

/** What the system says about a command that cannot be started, as an exception of the program. */
function startFailure(context: NativeContext, start: Start, error: unknown): unknown {
  if (error instanceof RedirectedPathError || error instanceof FileKindError)
    return notStarted(context, start, error.message, error);
  return isSystemError(error) ? notStarted(context, start, systemWords(error), error) : error;
}

function outcomeRecord(context: NativeContext, { exitCode, stderr, stdout }: Outcome): Value {
  allocateProducts(context, 1, 3);
  const shape = context.conversion.anonymousShapes.shapeOf(["exitCode", "stderr", "stdout"]);
  return shape.make([exitCode, stderr, stdout]);
}

function run(context: NativeContext, times: OperationTimes, start: Start): Value | Promise<Value> {
  const command = allowed(context, times, start);
  if (command === undefined) throw notStarted(context, start, NO_SUCH_FILE);
  try {
    if (!context.canWait) return outcomeRecord(context, runBlocking(context, command));
  } catch (error) {
    throw startFailure(context, start, error);
  }
  return runWaiting(context, command).then(
    (outcome) => outcomeRecord(context, outcome),
    (error: unknown) => {
      throw startFailure(context, start, error);
    },
  );
}

function rehearse(context: NativeContext, times: OperationTimes, start: Start): Value {
  allowed(context, times, start);
  return outcomeRecord(context, DONE);
}

const ofCommand =
  (operation: string) =>
  (context: NativeContext, command: string, args: List): Start => ({
    operation,
    failure: `Failed to execute command '${command}'`,
    command,
    args: argumentsOf(context, operation, args),
    settings: {},
  });

/** The text goes to a shell: the policy can only decide over that. */
function ofShell(context: NativeContext, text: string): Start {
  const operation = "Process.runShell";
  if (text.includes("\0"))
    throw context.fail("FUS0516", `${operation}: an argument cannot hold a NUL character`);
  const [command, ...args] =
    process.platform === "win32" ? ["cmd.exe", "/d", "/s", "/c", text] : ["sh", "-c", text];
  return {
    operation,
    failure: "Failed to execute shell command",
    command: command ?? "",
    args,
    settings: {},
  };
}

// ------------------------------------------------------------------------------------------------ runWith

/** A list, or an array as it comes from JSON. */
function isSeries(value: Value): value is List | Value[] {
  return value instanceof List || Array.isArray(value);
}

/** The options of `Process.runWith`, all but the command and its arguments optional. */
function ofOptions(context: NativeContext, times: OperationTimes, options: Value): Start {
  const operation = "Process.runWith";
  const given = (label: string, kind: string): Value => {
    const field = optionalField(context, options, label);
    if (field === undefined) return undefined;
    if (kindOf(field.value) !== kind)
      throw context.fail("FUS0502", `Type mismatch: expected ${kind}, got ${kindOf(field.value)}`);
    return field.value;
  };
  const command = fieldOf(context, options, "command")?.value;
  if (typeof command !== "string")
    throw context.fail("FUS0517", "ExecOptions missing 'command' field (string)");
  const args = fieldOf(context, options, "args")?.value ?? NIL;
  if (!isSeries(args)) throw context.fail("FUS0502", `Type mismatch: expected list, got ${kindOf(args)}`);
  const cwd = given("cwd", "string") as string | undefined;
  const timeout = given("timeoutMs", "int") as number | bigint | undefined;
  return {
    operation,
    failure: `Failed to execute command '${command}'`,
    command,
    args: argumentsOf(context, operation, args),
    settings: {
      timeMs: timeOf(times, timeout === undefined ? undefined : Number(timeout)),
      keepOutput: given("captureStdout", "bool") !== false,
      keepErrors: given("captureStderr", "bool") !== false,
      variables: variablesOf(context, operation, optionalField(context, options, "env")?.value),
      ...(cwd === undefined ? {} : { workingDir: folderOf(context, operation, cwd) }),
    },
  };
}

/** The folder that the child works in: the program must be able to read it. */
function folderOf(context: NativeContext, operation: string, path: string): string {
  return authorise(context, { name: operation, capability: EXEC, access: "read" }, path, 0);
}

/** Variables for the child: pairs, a map or a record. A program may only give names that the policy shows it. */
function variablesOf(
  context: NativeContext,
  operation: string,
  given: Value,
): Readonly<Record<string, string>> {
  const variables: [string, string][] = [];
  for (const [name, value] of entriesOf(context, given)) {
    if (typeof name !== "string" || typeof value !== "string")
      throw context.fail(
        "FUS0502",
        `Type mismatch: expected string, got ${kindOf(typeof name === "string" ? value : name)}`,
      );
    requireVariable(context, operation, name, value);
    authoriseVariable(context, operation, EXEC, name);
    variables.push([name, value]);
  }
  return Object.fromEntries(variables);
}

function entriesOf(context: NativeContext, given: Value): readonly (readonly [Value, Value])[] {
  if (given === undefined) return [];
  if (given instanceof OrderedMap) return [...given];
  if (isSeries(given))
    return (given instanceof List ? arrayOfList(given, context) : given).map((entry) => {
      if (isProduct(entry) && entry.shape.kind === "tuple" && entry.shape.size === 2)
        return [slotAt(entry, 0), slotAt(entry, 1)];
      throw context.fail("FUS0502", `Type mismatch: expected tuple, got ${kindOf(entry)}`);
    });
  if (isProduct(given) && given.shape.kind === "record")
    return given.shape.labels.map((label, index) => [label, slotAt(given, index)]);
  throw context.fail("FUS0502", `Type mismatch: expected map, got ${kindOf(given)}`);
}

// ------------------------------------------------------------------------------------------------ spawn

function startedRecord(context: NativeContext, command: string, pid: number): Value {
  allocateProducts(context, 1, 2);
  return context.conversion.anonymousShapes.shapeOf(["command", "pid"]).make([command, pid]);
}

function spawn(context: NativeContext, times: OperationTimes, start: Start): Value {
  context.require("async:spawn");
  const command = allowed(context, times, start);
  if (command === undefined) throw notStarted(context, start, NO_SUCH_FILE);
  let pid: number | undefined;
  try {
    pid = startApart(context, command);
  } catch (error) {
    throw startFailure(context, start, error);
  }
  if (pid === undefined) throw notStarted(context, start, "it cannot be started");
  return startedRecord(context, start.command, pid);
}

function rehearseSpawn(context: NativeContext, times: OperationTimes, start: Start): Value {
  context.require("async:spawn");
  allowed(context, times, start);
  return startedRecord(context, start.command, 0);
}

/** `times` bound a single program. */
export function processModule(times: OperationTimes): HostModule {
  const running = (doc: string, operation: string): ReturnType<typeof native> => {
    const start = ofCommand(operation);
    return native(
      `string -> string list -> ${RESULT}`,
      doc,
      (context: NativeContext, command: string, args: List) =>
        run(context, times, start(context, command, args)),
      {
        capability: EXEC,
        mode: "waits",
        rehearse: (context: NativeContext, command: string, args: List) =>
          rehearse(context, times, start(context, command, args)),
      },
    );
  };
  const later = ofCommand("Process.runAsync");
  const runLater = deferred(
    "Process.runAsync",
    internal(
      `string -> string list -> unit -> ${RESULT}`,
      (context: NativeContext, command: string, args: List) =>
        run(context, times, later(context, command, args)),
      {
        capability: EXEC,
        mode: "waits",
        rehearse: (context: NativeContext, command: string, args: List) =>
          rehearse(context, times, later(context, command, args)),
      },
    ),
  );
  const spawning = ofCommand("Process.spawn");
  return hostModule("Process", {
    run: running("Runs a command without a shell and waits for its end: command, arguments.", "Process.run"),
    exec: running("Same as Process.run.", "Process.exec"),
    runShell: native(
      `string -> ${RESULT}`,
      "Runs a text in the system's shell and waits for its end.",
      (context: NativeContext, text: string) => run(context, times, ofShell(context, text)),
      {
        capability: EXEC,
        mode: "waits",
        rehearse: (context: NativeContext, text: string) => rehearse(context, times, ofShell(context, text)),
      },
    ),
    runWith: native(
      `any -> ${RESULT}`,
      "Runs a command as a record says: command, args, and perhaps cwd, env, timeoutMs, captureStdout, captureStderr.",
      (context: NativeContext, options: Value) => run(context, times, ofOptions(context, times, options)),
      {
        capability: EXEC,
        mode: "waits",
        rehearse: (context: NativeContext, options: Value) =>
          rehearse(context, times, ofOptions(context, times, options)),
      },
    ),
    runAsync: native(
      `string -> string list -> Async<${RESULT}>`,
      "Work that runs a command without a shell: command, arguments.",
      (context: NativeContext, command: string, args: List) => runLater(context, command, args),
      { capability: EXEC, mode: "async" },
    ),
    spawn: native(
      `string -> string list -> ${STARTED}`,
      "Starts a command without a shell and does not wait for it: command, arguments. It ends with the program at the latest.",
      (context: NativeContext, command: string, args: List) =>
        spawn(context, times, spawning(context, command, args)),
      {
        capability: EXEC,
        alsoNeeds: ["async:spawn"],
        rehearse: (context: NativeContext, command: string, args: List) =>
          rehearseSpawn(context, times, spawning(context, command, args)),
      },
    ),
    ...processEnvironment,
  });
}
