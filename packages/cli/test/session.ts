import { spawn } from "node:child_process";
import { onTestFinished } from "vitest";
import { bundle } from "./fus.js";

/** A running `fus` that somebody types into. */
export interface Session {
  readonly out: () => string;
  readonly err: () => string;
  type(line: string): void;
  endInput(): void;
  kill(signal: NodeJS.Signals): void;
  /** Waits until standard error has a text that it had not when this was asked for last; answers everything since then, up to its end. */
  hear(text: string): Promise<string>;
  /** The same of standard output. */
  read(text: string): Promise<string>;
  /** How the process ended: an exit code, or the name of a signal. */
  readonly ended: Promise<number | string | null>;
}

/** Starts the executable under test in a folder; it is killed when the test has ended. */
export function startFus(args: readonly string[], cwd: string): Session {
  const child = spawn(process.execPath, [bundle.executable, ...args], {
    cwd,
    env: { PATH: process.env["PATH"] },
    stdio: "pipe",
  });
  const streams = { out: new Heard(child.stdout), err: new Heard(child.stderr) };
  const ended = new Promise<number | string | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      streams.out.end();
      streams.err.end();
      resolve(code ?? signal);
    });
  });
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  return {
    out: () => streams.out.text,
    err: () => streams.err.text,
    type: (line) => void child.stdin.write(`${line}\n`),
    endInput: () => void child.stdin.end(),
    kill: (signal) => void child.kill(signal),
    hear: (text) => streams.err.until(text),
    read: (text) => streams.out.until(text),
    ended,
  };
}

/** What came out of a stream so far. */
class Heard {
  text = "";
  #at = 0;
  #ended = false;
  #wake: () => void = () => undefined;

  constructor(stream: NodeJS.ReadableStream) {
    stream.setEncoding("utf8").on("data", (piece: string) => {
      this.text += piece;
      this.#wake();
    });
  }

  end(): void {
    this.#ended = true;
    this.#wake();
  }

  async until(wanted: string): Promise<string> {
    for (;;) {
      const found = this.text.indexOf(wanted, this.#at);
      if (found >= 0) {
        const heard = this.text.slice(this.#at, found + wanted.length);
        this.#at = found + wanted.length;
        return heard;
      }
      if (this.#ended) throw new Error(`it ended without ${JSON.stringify(wanted)}:\n${this.text}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
