import { closeSync, fstatSync, openSync, renameSync, writeSync } from "node:fs";
import type { AuditSink } from "../audit.js";
import { auditLine } from "../audit.js";
import { AuditLogError } from "./errors.js";

/** Options of {@link AuditLog}. */
export interface AuditLogOptions {
  /** Bytes that may wait in memory until they are written. Default 65,536; 0 writes each record at once. */
  readonly bufferBytes?: number;
  /** Milliseconds that a record may wait. Default 250. */
  readonly delayMs?: number;
  /** Bytes at which the file gets the name `PATH.1` and a new one is begun. Default: never. */
  readonly maxBytes?: number;
  /** How many old files are kept: `PATH.1` is the latest of them. Default 3. */
  readonly keep?: number;
}

/**
 * Appends audit records to a file, one line of JSON each. What waits in memory is bounded; denials are written at once.
 * The file is readable by its owner only. Throws {@link AuditLogError} from the constructor if it cannot be opened, and
 * from the sink if it cannot be written, so that what cannot be recorded fails.
 *
 * @example
 * ```ts
 * using log = new AuditLog("/var/log/plugins.jsonl", { maxBytes: 50_000_000 });
 * const runtime = new PluginRuntime({ audit: log.sink });
 * ```
 */
export class AuditLog implements Disposable {
  readonly path: string;
  readonly #bufferBytes: number;
  readonly #delayMs: number;
  readonly #maxBytes: number;
  readonly #keep: number;
  #descriptor: number | undefined;
  #size: number;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #timer: NodeJS.Timeout | undefined;
  /** A write that failed when nobody was there to hear it; the next record fails with it. */
  #failure: AuditLogError | undefined;

  constructor(path: string, options: AuditLogOptions = {}) {
    this.path = path;
    this.#bufferBytes = options.bufferBytes ?? 65_536;
    this.#delayMs = options.delayMs ?? 250;
    this.#maxBytes = options.maxBytes ?? Number.POSITIVE_INFINITY;
    this.#keep = options.keep ?? 3;
    const descriptor = this.#attempt(() => openSync(path, "a", 0o600));
    this.#descriptor = descriptor;
    this.#size = this.#attempt(() => fstatSync(descriptor).size);
  }

  /** Takes one record. Bound, so that it can be handed over as an {@link AuditSink}. */
  readonly sink: AuditSink = (record) => {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#descriptor === undefined) throw new AuditLogError(this.path, "is closed");
    const line = Buffer.from(auditLine(record));
    this.#waiting.push(line);
    this.#waitingBytes += line.length;
    if (record.decision === "denied" || this.#waitingBytes >= this.#bufferBytes) this.flush();
    else this.#timer ??= setTimeout(() => this.#flushLater(), this.#delayMs).unref();
  };

  /** Writes what waits. Throws {@link AuditLogError}; what could not be written is kept for the next time. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const descriptor = this.#descriptor;
    if (descriptor === undefined || this.#waitingBytes === 0) return;
    this.#waiting = [Buffer.concat(this.#waiting)];
    this.#attempt(() => {
      while (this.#waitingBytes > 0) {
        const [bytes = Buffer.alloc(0)] = this.#waiting;
        const written = writeSync(descriptor, bytes);
        this.#waiting = [bytes.subarray(written)];
        this.#waitingBytes -= written;
        this.#size += written;
      }
    });
    this.#waiting = [];
    this.#failure = undefined;
    if (this.#size >= this.#maxBytes) this.#rotate();
  }

  /** Writes what waits and closes the file. */
  [Symbol.dispose](): void {
    try {
      this.flush();
    } finally {
      if (this.#descriptor !== undefined) closeSync(this.#descriptor);
      this.#descriptor = undefined;
    }
  }

  #flushLater(): void {
    try {
      this.flush();
    } catch (error) {
      if (!(error instanceof AuditLogError)) throw error;
      this.#failure = error;
    }
  }

  #rotate(): void {
    this.#attempt(() => {
      if (this.#descriptor !== undefined) closeSync(this.#descriptor);
      this.#descriptor = undefined;
      for (let number = this.#keep - 1; number >= 1; number--) {
        renameIfThere(`${this.path}.${number}`, `${this.path}.${number + 1}`);
      }
      if (this.#keep > 0) renameIfThere(this.path, `${this.path}.1`);
      this.#descriptor = openSync(this.path, this.#keep > 0 ? "a" : "w", 0o600);
      this.#size = 0;
    });
  }

  #attempt<T>(operation: () => T): T {
    try {
      return operation();
    } catch (error) {
      throw new AuditLogError(this.path, error instanceof Error ? error.message : String(error), {
        cause: error,
      });
    }
  }
}

function renameIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}
