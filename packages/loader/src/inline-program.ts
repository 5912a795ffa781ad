import type { Capabilities, Limits } from "@fusabi/capabilities";
import { defineLimits, tighterLimits } from "@fusabi/capabilities";
import type { Manifest } from "@fusabi/manifest";
import type { CallOptions, PluginExport, PluginProgram, PluginUsage, ProgramInstance } from "@fusabi/plugin";
import { InvalidProgramError } from "@fusabi/plugin";
import type { CallControl, InstantiateOptions, Module } from "@fusabi/vm";
import { Instance, LinkError } from "@fusabi/vm";
import { callFailure } from "./call-failure.js";
import { sourcePlace } from "./capability-checks.js";
import type { EffectiveCapabilities } from "./host-grant.js";

/** A name that no function can have, for the part of a program that belongs to none. */
export const TOP_LEVEL = "top level";

/** What a program is given to run with: the limits are complete. */
export interface LinkedProgram {
  readonly plugin: string;
  readonly options: InstantiateOptions;
  readonly limits: Limits;
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
  readonly #linked: LinkedModule;
  readonly #effective: EffectiveCapabilities;
  /** The instance that linking has made, until the program is opened for the first time. */
  #fresh: Instance | undefined;

  constructor(
    manifest: Manifest,
    exports: ReadonlyMap<string, PluginExport>,
    linked: LinkedModule,
    effective: EffectiveCapabilities,
    fresh: Instance,
  ) {
    this.manifest = manifest;
    this.exports = exports;
    this.#linked = linked;
    this.#effective = effective;
    this.#fresh = fresh;
  }

  get capabilities(): Capabilities {
    return this.#effective.current;
  }

  async open(): Promise<ProgramInstance> {
    const instance = this.#fresh ?? link(this.#linked);
    this.#fresh = undefined;
    const { plugin, limits } = this.#linked;
    try {
      await instance.runTopLevelAsync();
    } catch (error) {
      instance.dispose();
      throw callFailure(plugin, TOP_LEVEL, error);
    }
    return new InlineInstance(plugin, instance, limits);
  }
}

class InlineInstance implements ProgramInstance {
  readonly #plugin: string;
  readonly #instance: Instance;
  readonly #limits: Limits;

  constructor(plugin: string, instance: Instance, limits: Limits) {
    this.#plugin = plugin;
    this.#instance = instance;
    this.#limits = limits;
  }

  get usage(): PluginUsage {
    return this.#instance.usage;
  }

  async call(fn: string, args: readonly unknown[], options: CallOptions): Promise<unknown> {
    const control = callControl(options, this.#limits);
    try {
      return await this.#instance.callAsync(fn, args, control);
    } catch (error) {
      throw callFailure(this.#plugin, fn, error);
    }
  }

  callSync(fn: string, args: readonly unknown[], options: CallOptions): unknown {
    const control = callControl(options, this.#limits);
    try {
      return this.#instance.call(fn, args, control);
    } catch (error) {
      throw callFailure(this.#plugin, fn, error);
    }
  }

  async close(): Promise<void> {
    this.#instance.dispose();
  }
}

const NO_CONTROL: CallControl = {};

/** The tighter of what the plugin and what the call may use. Throws `InvalidLimitError`. */
function callControl({ signal, timeoutMs, limits }: CallOptions, base: Limits): CallControl {
  if (signal === undefined && timeoutMs === undefined && limits === undefined) return NO_CONTROL;
  const signalPart = signal === undefined ? {} : { signal };
  if (timeoutMs === undefined && limits === undefined) return signalPart;
  const asked = tighterLimits(base, defineLimits(limits ?? {}, base));
  const timed = timeoutMs === undefined ? asked : tighterLimits(asked, defineLimits({ timeoutMs }, base));
  return { ...signalPart, limits: timed };
}
