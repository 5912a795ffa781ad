import { writeSync } from "node:fs";

/** The two output streams of the process, written at once and in order, and what they can show. */
export class Terminal {
  /** Whether errors may be coloured. */
  readonly colour: boolean = allowsColour(process.stderr);
  /** Whether output may be coloured. */
  readonly outputColour: boolean = allowsColour(process.stdout);
  /** Columns of the error stream; undefined if it is no terminal. */
  readonly width: number | undefined = process.stderr.columns;
  readonly #halves = { stdout: "", stderr: "" };

  /** Writes to standard output. */
  out(text: string): void {
    writeAll(process.stdout.fd, text);
  }

  /** Writes to standard error. */
  err(text: string): void {
    writeAll(process.stderr.fd, text);
  }

  /** Writes what a program prints. A surrogate pair that comes in two pieces arrives as one character. */
  program(stream: "stdout" | "stderr", text: string): void {
    const whole = this.#halves[stream] + text;
    const split = /[\ud800-\udbff]$/.test(whole) ? whole.length - 1 : whole.length;
    this.#halves[stream] = whole.slice(split);
    writeAll(process[stream].fd, whole.slice(0, split));
  }

  /** The program writes no more: a half that waits for its other half stays alone. */
  endProgram(): void {
    for (const stream of ["stdout", "stderr"] as const) {
      writeAll(process[stream].fd, this.#halves[stream]);
      this.#halves[stream] = "";
    }
  }
}

function allowsColour(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, TERM } = process.env;
  return stream.isTTY === true && (NO_COLOR === undefined || NO_COLOR === "") && TERM !== "dumb";
}

/**
 * Synchronously, so that a program which never returns is seen while it runs, does not fill the memory when its reader
 * is slow, and ends when its reader is gone.
 */
function writeAll(fd: number, text: string): void {
  let rest: Uint8Array = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(fd, rest));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EPIPE") process.exit();
      if (code !== "EAGAIN") throw error;
      Atomics.wait(PAUSE, 0, 0, 5);
    }
  }
}

/** Never notified: waiting on it is a pause, in milliseconds. */
const PAUSE = new Int32Array(new SharedArrayBuffer(4));
