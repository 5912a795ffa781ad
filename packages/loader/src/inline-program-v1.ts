import type { Capabilities } from "@fusabi/capabilities";
import type { Manifest } from "@fusabi/manifest";
import type { CallOptions, PluginExport, PluginProgram, PluginUsage, ProgramInstance } from "@fusabi/plugin";
import { ArgumentError, CallAbortedError } from "@fusabi/plugin";
import type { ExportInfo } from "@fusabi/vm";
import { LinkError } from "@fusabi/vm";
import type { RunResultV1 } from "@fusabi/vm/v1";
import { callFailure } from "./call-failure.js";
import { type LinkedProgram, linkFailure, type ProgramParts, TOP_LEVEL } from "./inline-program.js";
import type { CodeV1 } from "./program-code.js";

/** Files of version 1 have no exports but their final value: it is what `main` gives. */
const MAIN: ExportInfo = {
  name: "main",
  arity: 1,
  parameterNames: [],
  type: { kind: "function", parameter: { kind: "unit" }, result: { kind: "any" } },
  signature: "unit -> any",
  doc: "The final value of the program.",
  capabilities: [],
};

/** What a program of version 1 offers. */
export const exportsV1: ReadonlyMap<string, ExportInfo> = new Map([[MAIN.name, MAIN]]);

/** A program of version 1 that runs in the host's own thread, under the limits of the machine. */
export class InlineProgramV1 implements PluginProgram {
  readonly manifest: Manifest;
  readonly exports: ReadonlyMap<string, PluginExport>;
  readonly files: readonly string[];
  readonly #code: CodeV1;
  readonly #linked: LinkedProgram;

  constructor(manifest: Manifest, { exports, files }: ProgramParts, code: CodeV1, linked: LinkedProgram) {
    this.manifest = manifest;
    this.exports = exports;
    this.files = files;
    this.#code = code;
    this.#linked = linked;
  }

  get capabilities(): Capabilities {
    return this.#linked.effective.current;
  }

  async open(): Promise<ProgramInstance> {
    const { plugin, options, limits, effective, question } = this.#linked;
    const closed = new AbortController();
    try {
      if (effective.isOpen) await effective.ask(effective.declared, { ...question, fn: TOP_LEVEL });
      const { machine, program } = this.#code;
      const result = machine.runV1(program, { ...options, limits, name: plugin, signal: closed.signal });
      return new InlineInstanceV1(plugin, result, closed);
    } catch (error) {
      if (error instanceof LinkError) throw linkFailure(plugin, error);
      throw callFailure(plugin, TOP_LEVEL, error);
    }
  }
}

class InlineInstanceV1 implements ProgramInstance {
  readonly #plugin: string;
  readonly #closed: AbortController;
  #result: RunResultV1 | undefined;

  constructor(plugin: string, result: RunResultV1, closed: AbortController) {
    this.#plugin = plugin;
    this.#closed = closed;
    this.#result = result;
    this.usage = result.usage;
  }

  readonly usage: PluginUsage;

  async call(fn: string, args: readonly unknown[], options: CallOptions): Promise<unknown> {
    return this.callSync(fn, args, options);
  }

  callSync(fn: string, args: readonly unknown[], { signal }: CallOptions): unknown {
    if (args.length > 1 || args[0] !== undefined) {
      throw new ArgumentError(this.#plugin, fn, `'${fn}' takes 1 argument of type unit, got ${args.length}`);
    }
    if (signal?.aborted === true) throw new CallAbortedError(this.#plugin, fn, signal.reason);
    try {
      return this.#result?.value;
    } catch (error) {
      throw callFailure(this.#plugin, fn, error);
    }
  }

  /** Functions that the host took out of the final value are stopped from now on. */
  async close(): Promise<void> {
    this.#result = undefined;
    this.#closed.abort(new TypeError(`plugin ${this.#plugin} is unloaded`));
  }
}
