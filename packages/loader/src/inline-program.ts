import type { Capabilities, Limits } from "@fusabi/capabilities";
import { defineLimits, tighterLimits } from "@fusabi/capabilities";
import type { Manifest } from "@fusabi/manifest";
import type { CallOptions, PluginExport, PluginProgram, PluginUsage, ProgramInstance } from "@fusabi/plugin";
import { InvalidProgramError } from "@fusabi/plugin";
import type { CallControl, InstantiateOptions, Module } from "@fusabi/vm";
import { capabilitiesOfNodes, Instance, LinkError } from "@fusabi/vm";
import { callFailure } from "./call-failure.js";
import { sourcePlace } from "./capability-checks.js";
import type { EffectiveCapabilities } from "./effective-capabilities.js";
import type { Question } from "./grant-answers.js";

/** A name that no function can have, for the part of a program that belongs to none. */
export const TOP_LEVEL = "top level";

/** What a program is given to run with: the limits are complete. */
export interface LinkedProgram {
  readonly plugin: string;
  readonly options: InstantiateOptions;
  readonly limits: Limits;
  readonly effective: EffectiveCapabilities;
  /** What a question to the host says, when the program needs what is not granted. */
  readonly question: Question;
}

/** What a plugin shows of its program. */
export interface ProgramParts {
  readonly exports: ReadonlyMap<string, PluginExport>;
  /** Absolute, links resolved. */
  readonly files: readonly string[];
}

/** A module and what it is given to run with. */
export interface LinkedModule extends LinkedProgram {
  readonly module: Module;
}

/** Links a module. Throws `InvalidProgramError` if the host does not provide what it imports. */
export function link({ plugin, module, options, limits }: LinkedModule): Instance {
  try {
    return new Instance(module, { ...options, limits, name: plugin });
  } catch (error) {
    if (!(error instanceof LinkError)) throw error;
    throw linkFailure(plugin, error);
  }
}

export function linkFailure(plugin: string, error: LinkError): InvalidProgramError {
  const place = error.position === undefined ? "" : `${sourcePlace(error.position)}: `;
  return new InvalidProgramError(plugin, `${place}${error.message}`, { cause: error });
}

/** A program that runs in the host's own thread, under the limits of the machine. */
export class InlineProgram implements PluginProgram {
  readonly manifest: Manifest;
  readonly exports: ReadonlyMap<string, PluginExport>;
  readonly files: readonly string[];
  readonly #linked: LinkedModule;
  /** The instance that linking has made, until the program is opened for the first time. */
  #fresh: Instance | undefined;

  constructor(manifest: Manifest, { exports, files }: ProgramParts, linked: LinkedModule, fresh: Instance) {
    this.manifest = manifest;
    this.exports = exports;
    this.files = files;
    this.#linked = linked;
    this.#fresh = fresh;
  }

  get capabilities(): Capabilities {
    return this.#linked.effective.current;
  }

  async open(): Promise<ProgramInstance> {
    const instance = this.#fresh ?? link(this.#linked);
    this.#fresh = undefined;
    const { plugin, effective, question, module } = this.#linked;
    try {
      if (effective.isOpen) await effective.ask(atTopLevel(module), { ...question, fn: TOP_LEVEL });
      await instance.runTopLevelAsync();
    } catch (error) {
      instance.dispose();
      throw callFailure(plugin, TOP_LEVEL, error);
    }
    return new InlineInstance(this.#linked, instance);
  }
}

class InlineInstance implements ProgramInstance {
  readonly #linked: LinkedModule;
  readonly #instance: Instance;

  constructor(linked: LinkedModule, instance: Instance) {
    this.#linked = linked;
    this.#instance = instance;
  }

  get usage(): PluginUsage {
    return this.#instance.usage;
  }

  async call(fn: string, args: readonly unknown[], options: CallOptions): Promise<unknown> {
    const { plugin, effective, question, limits } = this.#linked;
    const control = callControl(options, limits);
    const capabilities = effective.isOpen
      ? {
          capabilities: await effective.forCall(this.#instance.exports.get(fn)?.capabilities ?? [], {
            ...question,
            fn,
          }),
        }
      : undefined;
    try {
      return await this.#instance.callAsync(
        fn,
        args,
        capabilities === undefined ? control : { ...control, ...capabilities },
      );
    } catch (error) {
      throw callFailure(plugin, fn, error);
    }
  }

  callSync(fn: string, args: readonly unknown[], options: CallOptions): unknown {
    const { plugin, effective, question, limits } = this.#linked;
    const control = callControl(options, limits);
    const capabilities = effective.isOpen
      ? { capabilities: effective.forCallSync({ ...question, fn }) }
      : undefined;
    try {
      return this.#instance.call(
        fn,
        args,
        capabilities === undefined ? control : { ...control, ...capabilities },
      );
    } catch (error) {
      throw callFailure(plugin, fn, error);
    }
  }

  async close(): Promise<void> {
    this.#instance.dispose();
  }
}

/** What the top level may need: what the program says that it reaches, or, if it says nothing, everything that it imports. */
function atTopLevel({ data }: Module): Iterable<string> {
  const { reach } = data;
  if (reach !== undefined) return capabilitiesOfNodes(data, reach)[reach.topLevel ?? -1] ?? [];
  return data.imports.flatMap(({ capability }) => (capability === undefined ? [] : [capability]));
}

const NO_CONTROL: CallControl = {};

/** The tighter of what the plugin and what the call may use. Throws `InvalidLimitError`. */
function callControl({ signal, timeoutMs, limits, onUsage }: CallOptions, base: Limits): CallControl {
  if (signal === undefined && timeoutMs === undefined && limits === undefined && onUsage === undefined)
    return NO_CONTROL;
  const observed = {
    ...(signal === undefined ? {} : { signal }),
    ...(onUsage === undefined ? {} : { onUsage }),
  };
  if (timeoutMs === undefined && limits === undefined) return observed;
  const asked = tighterLimits(base, defineLimits(limits ?? {}, base));
  const timed = timeoutMs === undefined ? asked : tighterLimits(asked, defineLimits({ timeoutMs }, base));
  return { ...observed, limits: timed };
}
