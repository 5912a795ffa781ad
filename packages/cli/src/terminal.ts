import { writeSync } from "node:fs";
import { OutputError } from "./errors.js";

type Stream = "stdout" | "stderr";

/** The two output streams of the process, written at once and in order, and what they can show. */
export class Terminal {
  readonly #halves = { stdout: "", stderr: "" };

  /** Whether errors may be coloured. Asked for only when there are some: the process's streams take time to make. */
  get colour(): boolean {
    return allowsColour(process.stderr);
  }

  /** Whether output may be coloured. */
  get outputColour(): boolean {
    return allowsColour(process.stdout);
  }

  /** Columns of the error stream; undefined if it is no terminal. */
  get width(): number | undefined {
    return process.stderr.columns;
  }

  /**
   * Writes to standard output. What nobody reads any more is dropped: the exit code still counts.
   *
   * @throws OutputError
   */
  out(text: string): void {
    write("stdout", text);
  }

  /** Writes to standard error. Where that fails, there is no place left to say so. */
  err(text: string): void {
    try {
      write("stderr", text);
    } catch (error) {
      if (!(error instanceof OutputError)) throw error;
    }
  }

  /**
   * Writes what a program prints. A surrogate pair that comes in two pieces arrives as one character. When nobody reads any
   * more, the process ends: the program may be an endless one.
   *
   * @throws OutputError
   */
  program(stream: Stream, text: string): void {
    const whole = this.#halves[stream] + text;
    const split = /[\ud800-\udbff]$/.test(whole) ? whole.length - 1 : whole.length;
    this.#halves[stream] = whole.slice(split);
    if (!write(stream, whole.slice(0, split))) process.exit(0);
  }

  /** The program writes no more: a half that waits for its other half stays alone. */
  endProgram(): void {
    for (const stream of ["stdout", "stderr"] as const) {
      write(stream, this.#halves[stream]);
      this.#halves[stream] = "";
    }
  }
}

function allowsColour(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, TERM } = process.env;
  return stream.isTTY === true && (NO_COLOR === undefined || NO_COLOR === "") && TERM !== "dumb";
}

/**
 * Writes synchronously, so that a program which never returns is seen while it runs and does not fill the memory when its reader
 * is slow. The answer is false when there is no reader any more.
 *
 * @throws OutputError
 */
function write(stream: Stream, text: string): boolean {
  let rest: Uint8Array = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(DESCRIPTORS[stream], rest));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EPIPE") return false;
      if (code !== "EAGAIN") throw new OutputError(stream, error);
      Atomics.wait(PAUSE, 0, 0, 5);
    }
  }
  return true;
}

const DESCRIPTORS = { stdout: 1, stderr: 2 } as const;

/** Never notified: waiting on it is a pause, in milliseconds. */
const PAUSE = new Int32Array(new SharedArrayBuffer(4));
