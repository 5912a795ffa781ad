import type { NativeContext } from "@fusabi/vm";
import { mapped } from "./pieces.js";
import { splitParts } from "./string-operations.js";

/** The lines of a text, split at LF and CRLF. A final line end adds nothing; a carriage return at the very end is text. */
export function linesOf(context: NativeContext, text: string): string[] {
  if (text === "") return [];
  const parts = splitParts(context, "\n", text);
  const last = parts.pop() ?? "";
  const lines = mapped(context, parts, (line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
  if (last !== "") lines.push(last);
  return lines;
}
