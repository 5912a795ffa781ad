import { Capabilities } from "@fusabi/capabilities";
import { defineManifest, type ManifestDefinition } from "@fusabi/manifest";
import {
  ExecutionError,
  ManagedPlugin,
  type ManagedPluginOptions,
  type PluginProgram,
  type PluginUsage,
} from "../src/index.js";

/** Exports of a program that is written in JavaScript instead of Fusabi. */
export type Functions = Readonly<Record<string, (...args: never[]) => unknown>>;

/** A program whose exports are JavaScript functions; `top` is its top level. A SyntaxError is an exception in the script. */
export function jsProgram(
  functions: Functions,
  { top = () => undefined, ...manifest }: Partial<ManifestDefinition> & { readonly top?: () => unknown } = {},
): PluginProgram {
  const exports = new Map(
    Object.keys(functions).map((name) => [name, { name, arity: 1, type: "any -> any" }]),
  );
  const usage = {
    instructions: 0,
    allocatedBytes: 0,
    outputBytes: 0,
    fsOps: 0,
    netOps: 0,
    durationMs: 0,
    maxDepth: 1,
  };
  return {
    manifest: defineManifest({
      name: "sample",
      version: "1.0.0",
      apiVersion: "0.21.0",
      source: "main.fsx",
      exports: Object.keys(functions),
      ...manifest,
    }),
    exports,
    capabilities: Capabilities.safeDefaults(),
    async open() {
      await top();
      let instructions = 0;
      const run = (fn: string, args: readonly unknown[]): unknown => {
        instructions += 10;
        return functions[fn]?.(...(args as never[]));
      };
      const failure = (fn: string, error: unknown): unknown =>
        error instanceof SyntaxError
          ? new ExecutionError(
              "sample",
              fn,
              { code: "FUS0519", message: error.message, trace: [] },
              { cause: error },
            )
          : error;
      return {
        get usage(): PluginUsage {
          return { ...usage, instructions };
        },
        async call(fn, args) {
          try {
            return await run(fn, args);
          } catch (error) {
            throw failure(fn, error);
          }
        },
        callSync(fn, args) {
          try {
            return run(fn, args);
          } catch (error) {
            throw failure(fn, error);
          }
        },
        close: async () => undefined,
      };
    },
  };
}

/** A plugin of the program; `versions` are what reloads find, one after the other, the last one for ever. */
export function jsPlugin(
  program: PluginProgram,
  versions: readonly (PluginProgram | Error)[] = [program],
  options: Partial<ManagedPluginOptions> = {},
): ManagedPlugin {
  const left = [...versions];
  return new ManagedPlugin({
    program,
    id: "1",
    reload: async () => {
      const next = left.length > 1 ? left.shift() : left[0];
      if (next === undefined || next instanceof Error) throw next ?? new Error("nothing to load");
      return next;
    },
    ...options,
  });
}

/** A promise to be settled by hand. */
export function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
