/** The reading half of the module `Console`. */
import { type HostModule, hostModule, type NativeContext, STRING_BYTES, UNIT_BYTES } from "@fusabi/vm";
import { native } from "../declaration.js";
import type { InputSource } from "./input-source.js";
import { bytesOfCharacter, controlKey, isWholeSequence, sequenceKey } from "./key-names.js";

const CHUNK = 4096;
const LINE_FEED = 0x0a;
const ESCAPE = 0x1b;
const INTERRUPT = 0x03;
/** Milliseconds between two looks at an input that has nothing yet. */
const PAUSE = 10;
/** Milliseconds in which the rest of a key's sequence arrives; after that, Escape was pressed alone. */
const SEQUENCE_TIME = 40;
/** Units of the longest sequence that a key has. */
const LONGEST_SEQUENCE = 16;

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
      this.#unread = NOTHING;
      if (!this.#fill(context)) return lineText(Buffer.concat(parts, length), "open");
    }
  }

  /** The name of the next key, or the character that it writes. */
  readKey(context: NativeContext): string {
    this.#source.raw?.(true);
    try {
      for (;;) {
        const key = this.#key(context);
        if (key !== undefined) {
          context.allocate(STRING_BYTES + key.length * UNIT_BYTES);
          return key;
        }
      }
    } finally {
      this.#source.raw?.(false);
    }
  }

  /** Whether a key can be read at once. */
  isKeyAvailable(): boolean {
    if (this.#unread.length > 0) return true;
    this.#source.raw?.(true);
    try {
      return this.#look() === "filled";
    } finally {
      this.#source.raw?.(false);
    }
  }

  /** Undefined for a sequence that no key has. */
  #key(context: NativeContext): string | undefined {
    const first = this.#next(context);
    if (first === ESCAPE) return this.#sequence();
    if (first === INTERRUPT) this.#source.interrupt?.();
    const control = controlKey(first);
    if (control !== undefined) return control;
    const bytes = [first];
    // A character whose bytes are not there is cut short by the end of the input.
    while (bytes.length < bytesOfCharacter(first) && (this.#unread.length > 0 || this.#fill(context)))
      bytes.push(this.#take());
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(Uint8Array.from(bytes));
  }

  /** What follows an Escape, as long as it follows at once. */
  #sequence(): string | undefined {
    let text = "";
    const until = performance.now() + SEQUENCE_TIME;
    while (text.length < LONGEST_SEQUENCE && !isWholeSequence(text)) {
      if (this.#unread.length === 0 && this.#look() === "end") break;
      const next = this.#unread[0];
      if (next === undefined) {
        if (performance.now() > until) break;
        Atomics.wait(pauseCell, 0, 0, 1);
        continue;
      }
      // Another key, pressed right after.
      if (text === "" && next !== 0x5b && next !== 0x4f) break;
      text += String.fromCharCode(this.#take());
    }
    return text === "" ? "Escape" : sequenceKey(text);
  }

  #next(context: NativeContext): number {
    if (this.#unread.length === 0 && !this.#fill(context))
      throw context.fail("FUS0517", "failed to fill whole buffer");
    return this.#take();
  }

  /** The first unread byte; there is one. */
  #take(): number {
    const byte = this.#unread[0] ?? 0;
    this.#unread = this.#unread.subarray(1);
    return byte;
  }

  /** One look at the input, which has to be used up. */
  #look(): "filled" | "nothing yet" | "end" {
    const buffer = new Uint8Array(CHUNK);
    const length = this.#source(buffer);
    if (length === undefined) return "nothing yet";
    this.#unread = buffer.subarray(0, length);
    return length === 0 ? "end" : "filled";
  }

  /** Waits for more bytes; false at the end of the input. */
  #fill(context: NativeContext): boolean {
    for (;;) {
      context.checkTime();
      const found = this.#look();
      if (found !== "nothing yet") return found === "filled";
      Atomics.wait(pauseCell, 0, 0, Math.max(0, Math.min(PAUSE, context.remainingMs)));
    }
  }
}

const NOTHING = new Uint8Array(0);
const pauseCell = new Int32Array(new SharedArrayBuffer(4));

/** Bytes that are no UTF-8 become U+FFFD. One CR before the line feed belongs to the line's end. */
function lineText(bytes: Uint8Array, state: "ended" | "open"): string {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  return state === "ended" && text.endsWith("\r") ? text.slice(0, -1) : text;
}

export function standardInputModule(input: StandardInput): HostModule {
  const access = { capability: "stdin:read", mode: "blocks" } as const;
  return hostModule("Console", {
    readLine: native(
      "unit -> string",
      "The next line of the input; empty at its end.",
      (context: NativeContext) => input.readLine(context),
      access,
    ),
    readKey: native(
      "unit -> string",
      "The next key: the character that it writes, or its name, such as Enter or ArrowUp.",
      (context: NativeContext) => input.readKey(context),
      access,
    ),
    isKeyAvailable: native(
      "unit -> bool",
      "Whether a key can be read without waiting.",
      () => input.isKeyAvailable(),
      access,
    ),
  });
}
