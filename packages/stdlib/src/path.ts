/** The module `Path`: paths as texts. Never looks at a disk, and always writes `/`. */
import { arrayOfList, type HostModule, hostModule, type List, type NativeContext } from "@fusabi/vm";
import { allocateString, chargeText } from "./allocation.js";
import { native } from "./declaration.js";
import { optional } from "./products.js";

/** One part behind the other; an absolute one starts over. */
function join(context: NativeContext, list: List): string {
  const parts = arrayOfList(list, context) as readonly string[];
  if (parts.length === 0) throw context.fail("FUS0516", "path.join: no arguments");
  const from = Math.max(
    0,
    parts.findLastIndex((part) => part.startsWith("/")),
  );
  const written = parts.slice(from).filter((part) => part !== "");
  allocateString(
    context,
    written.reduce((units, part) => units + part.length + 1, 0),
  );
  return written
    .map((part, index) => (index === 0 || written[index - 1]?.endsWith("/") ? part : `/${part}`))
    .join("");
}

/** Without the slashes at the end; of a path that is nothing else, the root. */
function withoutEnd(path: string): string {
  let end = path.length;
  while (end > 1 && path[end - 1] === "/") end--;
  return path.slice(0, end);
}

function dirname(path: string): string | undefined {
  const whole = withoutEnd(path);
  if (whole === "" || whole === "/") return undefined;
  const slash = whole.lastIndexOf("/");
  return slash < 0 ? "" : withoutEnd(whole.slice(0, slash + 1));
}

function basename(path: string): string | undefined {
  const whole = withoutEnd(path);
  const name = whole.slice(whole.lastIndexOf("/") + 1);
  return name === "" || name === "." || name === ".." ? undefined : name;
}

function extension(path: string): string | undefined {
  const name = basename(path);
  const dot = name?.lastIndexOf(".") ?? -1;
  return dot <= 0 ? undefined : name?.slice(dot + 1);
}

/** Without `.` and doubled slashes, `..` taken back where there is something to take back. */
function normalize(path: string): string {
  const absolute = path.startsWith("/");
  const steps: string[] = [];
  for (const step of path.split("/")) {
    if (step === "" || step === ".") continue;
    if (step !== "..") steps.push(step);
    else if (steps.length > 0 && steps.at(-1) !== "..") steps.pop();
    else if (!absolute) steps.push(step);
  }
  const joined = steps.join("/");
  if (absolute) return `/${joined}`;
  return joined === "" ? "." : joined;
}

/** A function of one path. */
const ofPath =
  <T>(run: (path: string) => T) =>
  (context: NativeContext, path: string): T => {
    chargeText(context, path.length);
    return run(path);
  };

/** As `ofPath`, for a part that not every path has. */
const partOf =
  (run: (path: string) => string | undefined) =>
  (context: NativeContext, path: string): ReturnType<typeof optional> => {
    chargeText(context, path.length);
    const part = run(path);
    if (part !== undefined) allocateString(context, part.length);
    return optional(context, part);
  };

export const pathModule: HostModule = hostModule("Path", {
  join: native("string list -> string", "One path behind the other; an absolute one starts over.", join),
  dirname: native(
    "string -> string option",
    "What the path's last name is in; None for the root and the empty text.",
    partOf(dirname),
  ),
  basename: native(
    "string -> string option",
    "The last name of the path; None for the root and a path that ends in `..`.",
    partOf(basename),
  ),
  extension: native(
    "string -> string option",
    "What follows the last dot of the last name; a dot at its start does not count.",
    partOf(extension),
  ),
  normalize: native(
    "string -> string",
    "The path without `.` and doubled slashes, with `..` resolved.",
    (context: NativeContext, path: string) => {
      chargeText(context, path.length);
      allocateString(context, path.length + 1);
      return normalize(path);
    },
  ),
  isAbsolute: native(
    "string -> bool",
    "Whether the path starts at the root.",
    ofPath((path) => path.startsWith("/")),
  ),
});
