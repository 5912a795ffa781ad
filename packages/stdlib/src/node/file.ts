/** The modules `File` (texts and lines) and `Fs` (everything else about files). Every access is checked against the sandbox, counted and recorded. */
import {
  arrayOfList,
  type HostModule,
  hostModule,
  type List,
  listOfArray,
  type NativeContext,
  type NativeMember,
  type Value,
} from "@fusabi/vm";
import { allocateString } from "../allocation.js";
import { internal, native } from "../declaration.js";
import { deferred } from "../library-function.js";
import { linesOf } from "../lines.js";
import { FileKindError, RedirectedPathError } from "./errors.js";
import { appendToFile, readText, replaceFile, SourceFile, writeAll } from "./file-contents.js";
import { entryAt, listFolder, makeFolders, moveEntry, removeTree, statOf } from "./folder-tree.js";
import { authorise, type FileOperation, violation } from "./sandbox.js";
import { hasCode, isSystemError, systemWords } from "./system-words.js";

const READ = { capability: "fs:read" } as const;
const WRITE = { capability: "fs:write" } as const;
const DELETE = { capability: "fs:delete" } as const;
const METADATA = { capability: "fs:metadata" } as const;

const operation = (
  name: string,
  capability: string,
  access: "read" | "write",
  more: Partial<FileOperation> = {},
): FileOperation => ({ name, capability, access, ...more });

/** Runs an operation on a path that has been allowed; what the system says becomes an exception with the function's own text. */
function attempt<T>(
  context: NativeContext,
  what: FileOperation,
  path: string,
  target: string,
  text: (why: string, error: unknown) => string,
  run: () => T,
): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof RedirectedPathError) throw violation(context, what, path, target, error.message);
    if (error instanceof FileKindError) throw context.fail("FUS0517", text(error.message, error), error);
    if (isSystemError(error)) throw context.fail("FUS0517", text(systemWords(error), error), error);
    // The decoder's word for bytes that are no UTF-8.
    if (error instanceof TypeError && hasDecoderCode(error))
      throw context.fail("FUS0517", text("stream did not contain valid UTF-8", error), error);
    throw error;
  }
}

function hasDecoderCode(error: TypeError): boolean {
  return (error as NodeJS.ErrnoException).code === "ERR_ENCODING_INVALID_ENCODED_DATA";
}

// ------------------------------------------------------------------------------------------------ reading

/** Whether the file was open already when the error came. */
function whileReading(error: unknown): boolean {
  return error instanceof FileKindError || error instanceof TypeError || hasCode(error, "EISDIR", "EIO");
}

function readFile(context: NativeContext, name: string, path: string): string {
  const what = operation(name, READ.capability, "read");
  const target = authorise(context, what, path);
  const text = (why: string, error: unknown): string =>
    `Failed to ${whileReading(error) ? "read" : "open"} file '${path}': ${why}`;
  return attempt(context, what, path, target, text, () => readText(context, target));
}

// ------------------------------------------------------------------------------------------------ writing

/** UTF-8, with a replacement for each half of a surrogate pair, as wherever text leaves a program. */
const encoder = new TextEncoder();

function encoded(context: NativeContext, text: string): Uint8Array {
  context.charge(text.length >> 4);
  const bytes = encoder.encode(text);
  context.countFileBytes(bytes.length);
  return bytes;
}

/** A change that is about to be made, and that the policy allows. */
interface Change {
  readonly what: FileOperation;
  /** As the program wrote it. */
  readonly path: string;
  /** Where it leads. */
  readonly target: string;
  readonly text: (why: string, error: unknown) => string;
  readonly run: (target: string) => void;
}

/** A function that changes files. `plan` checks and counts, and changes nothing; a rehearsal ends with it. */
function changing(
  type: string,
  doc: string,
  access: { readonly capability: string; readonly alsoNeeds?: readonly string[] },
  plan: (context: NativeContext, ...args: never[]) => Change,
): NativeMember {
  return native(
    type,
    doc,
    (context: NativeContext, ...args: never[]) => {
      const { what, path, target, text, run } = plan(context, ...args);
      attempt(context, what, path, target, text, () => run(target));
      return undefined;
    },
    {
      ...access,
      rehearse: (context: NativeContext, ...args: never[]) => {
        plan(context, ...args);
        return undefined;
      },
    },
  );
}

function writing(
  context: NativeContext,
  name: string,
  path: string,
  contents: string,
  text: (why: string, error: unknown) => string,
): Change {
  const what = operation(name, WRITE.capability, "write");
  const target = authorise(context, what, path);
  const bytes = encoded(context, contents);
  const run = (): void => replaceFile(context, target, (descriptor) => writeAll(context, descriptor, bytes));
  return { what, path, target, text, run };
}

/** The texts of `File.write` and `File.writeLines`: the file cannot be made, or it cannot be written to. */
function createOrWrite(path: string): (why: string, error: unknown) => string {
  return (why, error) =>
    hasCode(error, "ENOSPC", "EDQUOT", "EFBIG", "EIO")
      ? `Failed to write to file '${path}': ${why}`
      : `Failed to create file '${path}': ${why}`;
}

function appending(
  context: NativeContext,
  name: string,
  path: string,
  contents: string,
  text: (why: string, error: unknown) => string,
): Change {
  const what = operation(name, WRITE.capability, "write");
  const target = authorise(context, what, path);
  const bytes = encoded(context, contents);
  return { what, path, target, text, run: () => appendToFile(context, target, bytes) };
}

/** All lines in one text, each with its end. A line that is no string fails before the file is touched. */
function linesText(context: NativeContext, lines: List): string {
  const items = arrayOfList(lines, context);
  let units = 0;
  for (const line of items) {
    if (typeof line !== "string")
      throw context.fail("FUS0502", "Type mismatch: expected string list, got list with non-string elements");
    units += line.length + 1;
  }
  allocateString(context, units);
  return items.length === 0 ? "" : `${items.join("\n")}\n`;
}

const planWrite = (context: NativeContext, path: string, text: string): Change =>
  writing(context, "File.write", path, text, createOrWrite(path));

/** Reading and writing are done at once, when the Async is started: only what waits for other machines is worth waiting for. */
const readLater = deferred(
  "File.readAsync",
  internal(
    "string -> unit -> string",
    (context: NativeContext, path: string) => readFile(context, "File.readAsync", path),
    READ,
  ),
);
const writeLater = deferred(
  "File.writeAsync",
  changing(
    "string -> string -> unit -> unit",
    "",
    WRITE,
    (context: NativeContext, path: string, text: string) =>
      writing(context, "File.writeAsync", path, text, createOrWrite(path)),
  ),
);

export const fileModule: HostModule = hostModule("File", {
  read: native(
    "string -> string",
    "All text of a file.",
    (context: NativeContext, path: string) => readFile(context, "File.read", path),
    READ,
  ),
  readLines: native(
    "string -> string list",
    "The lines of a file, split at LF and CRLF; a final line end adds nothing.",
    (context: NativeContext, path: string) =>
      listOfArray(linesOf(context, readFile(context, "File.readLines", path)), context),
    READ,
  ),
  write: changing("string -> string -> unit", "Replaces the text of a file: path, text.", WRITE, planWrite),
  writeLines: changing(
    "string -> string list -> unit",
    "Replaces the text of a file by lines, each with a line end: path, lines.",
    WRITE,
    (context: NativeContext, path: string, lines: List) =>
      writing(context, "File.writeLines", path, linesText(context, lines), createOrWrite(path)),
  ),
  appendLine: changing(
    "string -> string -> unit",
    "Adds a line to the end of a file, which is made if it is not there: path, line.",
    WRITE,
    (context: NativeContext, path: string, line: string) =>
      appending(context, "File.appendLine", path, `${line}\n`, (why, error) =>
        hasCode(error, "ENOSPC", "EDQUOT", "EFBIG", "EIO")
          ? `Failed to append to file '${path}': ${why}`
          : `Failed to open file '${path}' for append: ${why}`,
      ),
  ),
  readAsync: native(
    "string -> Async<string>",
    "Work that reads all text of a file.",
    (context: NativeContext, path: string) => readLater(context, path),
    { ...READ, mode: "async" },
  ),
  writeAsync: native(
    "string -> string -> Async<unit>",
    "Work that replaces the text of a file: path, text.",
    (context: NativeContext, path: string, text: string) => writeLater(context, path, text),
    { ...WRITE, mode: "async" },
  ),
});

// ------------------------------------------------------------------------------------------------ Fs

function exists(context: NativeContext, path: string): boolean {
  const what = operation("Fs.exists", METADATA.capability, "read");
  const target = authorise(context, what, path);
  return attempt(
    context,
    what,
    path,
    target,
    (why) => `fs.exists: ${why}`,
    () => entryAt(target) !== undefined,
  );
}

function list(context: NativeContext, path: string): List {
  const what = operation("Fs.list", READ.capability, "read");
  const target = authorise(context, what, path);
  const names = attempt(
    context,
    what,
    path,
    target,
    (why) => `fs.list: ${why}`,
    () => listFolder(context, target),
  );
  return listOfArray(names, context);
}

function stat(context: NativeContext, path: string): Value {
  const what = operation("Fs.stat", METADATA.capability, "read");
  const target = authorise(context, what, path);
  const stats = attempt(
    context,
    what,
    path,
    target,
    (why) => `fs.stat: ${why}`,
    () => statOf(target),
  );
  const shape = context.conversion.anonymousShapes.shapeOf(["isDirectory", "isFile", "modified", "size"]);
  return shape.make([stats.isDirectory(), stats.isFile(), Math.floor(stats.mtimeMs), stats.size]);
}

function planMkdir(context: NativeContext, path: string): Change {
  const what = operation("Fs.mkdir", WRITE.capability, "write");
  const target = authorise(context, what, path);
  return { what, path, target, text: (why) => `fs.mkdir: ${why}`, run: makeFolders };
}

function planRemove(context: NativeContext, path: string): Change {
  const what = operation("Fs.remove", DELETE.capability, "write", { ofLink: true, whole: true });
  const target = authorise(context, what, path);
  const noted = (below: string): void => {
    context.count("fsOps");
    context.audit({ capability: what.capability, operation: what.name, target: below, decision: "allowed" });
  };
  return {
    what,
    path,
    target,
    text: (why) => `fs.remove: ${why}`,
    run: () => removeTree(context, target, noted),
  };
}

function planCopy(context: NativeContext, from: string, to: string): Change {
  context.require(WRITE.capability);
  const reading = operation("Fs.copy", READ.capability, "read");
  const writes = operation("Fs.copy", WRITE.capability, "write");
  const source = authorise(context, reading, from);
  const target = authorise(context, writes, to);
  const text = (why: string): string => `fs.copy: ${why}`;
  const run = (): void => {
    const file = new SourceFile(context, source);
    try {
      const chunks = file.chunks();
      // The first bytes are asked for before the target is touched: a folder has none.
      let chunk = chunks.next();
      attempt(context, writes, to, target, text, () =>
        replaceFile(context, target, (descriptor) => {
          for (; chunk.done !== true; chunk = chunks.next()) writeAll(context, descriptor, chunk.value);
        }),
      );
    } finally {
      file[Symbol.dispose]();
    }
  };
  return { what: reading, path: from, target: source, text, run };
}

function planMove(context: NativeContext, from: string, to: string): Change {
  context.require(DELETE.capability);
  const leaving = operation("Fs.move", DELETE.capability, "write", { ofLink: true, whole: true });
  const arriving = operation("Fs.move", WRITE.capability, "write", { ofLink: true, whole: true });
  const source = authorise(context, leaving, from);
  const target = authorise(context, arriving, to);
  return {
    what: leaving,
    path: from,
    target: source,
    text: (why) => `fs.move: ${why}`,
    run: () => moveEntry(source, target),
  };
}

const FILE_INFO = "{| isDirectory: bool; isFile: bool; modified: int; size: int |}";

export const fsModule: HostModule = hostModule("Fs", {
  read: native(
    "string -> string",
    "All text of a file.",
    (context: NativeContext, path: string) => {
      const what = operation("Fs.read", READ.capability, "read");
      const target = authorise(context, what, path);
      return attempt(
        context,
        what,
        path,
        target,
        (why) => `fs.read: ${why}`,
        () => readText(context, target),
      );
    },
    READ,
  ),
  write: changing(
    "string -> string -> unit",
    "Replaces the text of a file: path, text.",
    WRITE,
    (context: NativeContext, path: string, text: string) =>
      writing(context, "Fs.write", path, text, (why) => `fs.write: ${why}`),
  ),
  append: changing(
    "string -> string -> unit",
    "Adds to the end of a file, without a line end: path, text.",
    WRITE,
    (context: NativeContext, path: string, text: string) =>
      appending(context, "Fs.append", path, text, (why) => `fs.append: ${why}`),
  ),
  exists: native("string -> bool", "Whether there is something at the path.", exists, METADATA),
  list: native("string -> string list", "The names in a folder, sorted.", list, READ),
  stat: native(
    `string -> ${FILE_INFO}`,
    "Size, kind and time of change in milliseconds of what is at the path.",
    stat,
    METADATA,
  ),
  mkdir: changing("string -> unit", "Makes a folder and those above it.", WRITE, planMkdir),
  remove: changing(
    "string -> unit",
    "Removes a file, or a folder with everything in it; a link itself, not what it leads to.",
    DELETE,
    planRemove,
  ),
  copy: changing(
    "string -> string -> unit",
    "Copies a file: from, to.",
    { ...READ, alsoNeeds: [WRITE.capability] },
    planCopy,
  ),
  move: changing(
    "string -> string -> unit",
    "Gives a file or folder another path, in place of what is there: from, to.",
    { ...WRITE, alsoNeeds: [DELETE.capability] },
    planMove,
  ),
});
