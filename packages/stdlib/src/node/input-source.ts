/** Where the input of programs comes from. */
import { constants, openSync, readSync } from "node:fs";
import { hasCode } from "./system-words.js";

/**
 * Where a program's input comes from: at most so many bytes at once, none at the end; undefined while there is nothing yet. A source that waits inside never gives undefined, and keeps
 * `Console.isKeyAvailable` waiting.
 *
 * @example
 * ```ts
 * const input: InputSource = (buffer) => queue.take(buffer);
 * input.raw = (on) => keyboard.setRaw(on);
 * nodeLibrary({ input });
 * ```
 */
export interface InputSource {
  (buffer: Uint8Array): number | undefined;
  /** Turns the collecting of lines by the terminal off and on again, so that single keys arrive. Left out where nobody collects lines. */
  raw?: (on: boolean) => void;
  /** Ends the program because its user has pressed Ctrl+C while keys were read one by one. */
  interrupt?: () => void;
}

let descriptor: number | undefined;

/** An opening of standard input that does not wait, where the system can give one. */
function inputDescriptor(): number {
  if (descriptor !== undefined) return descriptor;
  descriptor = 0;
  if (process.platform !== "linux") return descriptor;
  try {
    descriptor = openSync("/proc/self/fd/0", constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    // A socket, or an input that is closed: it is read as it is.
    if (!hasCode(error, "ENXIO", "ENOENT", "EACCES", "EPERM")) throw error;
  }
  return descriptor;
}

/** The standard input of the process. */
export const processInput: InputSource = Object.assign(
  (buffer: Uint8Array): number | undefined => {
    try {
      return readSync(inputDescriptor(), buffer);
    } catch (error) {
      if (hasCode(error, "EAGAIN")) return undefined;
      if (hasCode(error, "EOF")) return 0;
      throw error;
    }
  },
  {
    raw: (on: boolean): void => {
      if (process.stdin.isTTY) process.stdin.setRawMode(on);
    },
    interrupt: (): void => void process.kill(process.pid, "SIGINT"),
  },
);
