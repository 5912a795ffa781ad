/** The reading half of the module `Console`. */
import { readSync } from "node:fs";
import { type HostModule, hostModule, type NativeContext, STRING_BYTES, UNIT_BYTES } from "@fusabi/vm";
import { native } from "../declaration.js";
import { hasCode } from "./system-words.js";

/** Where a program's input comes from: at most so many bytes at once, none at the end; undefined while there is nothing yet. */
export type InputSource = (buffer: Uint8Array) => number | undefined;

/** The standard input of the process. */
export const processInput: InputSource = (buffer) => {
  try {
    return readSync(0, buffer);
  } catch (error) {
    if (hasCode(error, "EAGAIN")) return undefined;
    if (hasCode(error, "EOF")) return 0;
    throw error;
  }
};

const CHUNK = 4096;
const LINE_FEED = 0x0a;
/** Milliseconds between two looks at an input that has nothing yet. */
const PAUSE = 10;

/** Bytes that were read and not yet used; one for all programs that share the input. */
export class StandardInput {
  readonly #source: InputSource;
  #unread: Uint8Array = new Uint8Array(0);

  constructor(source: InputSource) {
    this.#source = source;
  }

  /** The next line without its end; the rest at the end of the input. */
  readLine(context: NativeContext): string {
    const parts: Uint8Array[] = [];
    let length = 0;
    for (;;) {
      const end = this.#unread.indexOf(LINE_FEED);
      const part = end < 0 ? this.#unread : this.#unread.subarray(0, end);
      context.allocate(STRING_BYTES + part.length * UNIT_BYTES);
      context.charge(1 + (part.length >> 4));
      parts.push(part);
      length += part.length;
      if (end >= 0) {
        this.#unread = this.#unread.subarray(end + 1);
        return lineText(Buffer.concat(parts, length), "ended");
      }
      if (!this.#fill(context)) return lineText(Buffer.concat(parts, length), "open");
    }
  }

  /** Waits for more bytes; false at the end of the input. */
  #fill(context: NativeContext): boolean {
    const buffer = new Uint8Array(CHUNK);
    this.#unread = new Uint8Array(0);
    for (;;) {
      // The clock is looked at when fuel is charged; waiting has to charge enough to be stopped in time.
      context.charge(FUEL_A_PAUSE);
      const length = this.#source(buffer);
      if (length === 0) return false;
      if (length !== undefined) {
        this.#unread = buffer.subarray(0, length);
        return true;
      }
      Atomics.wait(pauseCell, 0, 0, Math.max(0, Math.min(PAUSE, context.remainingMs)));
    }
  }
}

const FUEL_A_PAUSE = 50;
const pauseCell = new Int32Array(new SharedArrayBuffer(4));

/** Bytes that are no UTF-8 become U+FFFD. One CR before the line feed belongs to the line's end. */
function lineText(bytes: Uint8Array, state: "ended" | "open"): string {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  return state === "ended" && text.endsWith("\r") ? text.slice(0, -1) : text;
}

export function standardInputModule(input: StandardInput): HostModule {
  return hostModule("Console", {
    readLine: native(
      "unit -> string",
      "The next line of the input; empty at its end.",
      (context: NativeContext) => input.readLine(context),
      { capability: "stdin:read", mode: "blocks" },
    ),
  });
}
