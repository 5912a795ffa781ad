import { Capabilities } from "@fusabi/capabilities";
import { defineManifest, type ManifestDefinition } from "@fusabi/manifest";
import { ManagedPlugin, type PluginProgram } from "@fusabi/plugin";

/** What a sample plugin logs its steps to, and where it fails. */
export interface SampleOptions extends Partial<ManifestDefinition> {
  readonly log?: string[];
  readonly failsIn?: "top" | "reload";
  /** Its clean-up waits for this. */
  readonly cleanup?: Promise<void>;
  /** Its `init` waits for what this gives. */
  readonly init?: () => Promise<void>;
}

/** A plugin with the hooks `init` and `cleanup`, whose program is written in JavaScript. */
export function samplePlugin(
  name: string,
  { log = [], failsIn, cleanup, init, ...manifest }: SampleOptions = {},
): ManagedPlugin {
  const hooks = ["init", "cleanup"] as const;
  const program: PluginProgram = {
    manifest: defineManifest({
      name,
      version: "1.0.0",
      apiVersion: "0.21.0",
      source: "main.fsx",
      ...manifest,
    }),
    exports: new Map(hooks.map((hook) => [hook, { name: hook, arity: 1, type: "unit -> unit" }])),
    capabilities: Capabilities.safeDefaults().with(...(manifest.capabilities ?? [])),
    async open() {
      if (failsIn === "top") throw new Error("top level failed");
      return {
        usage: {
          instructions: 0,
          allocatedBytes: 0,
          outputBytes: 0,
          fsOps: 0,
          netOps: 0,
          durationMs: 0,
          maxDepth: 0,
        },
        async call(fn) {
          if (fn === "cleanup") await cleanup;
          if (fn === "init") await init?.();
          log.push(`${fn} ${name}`);
        },
        callSync: (fn) => void log.push(`${fn} ${name}`),
        close: async () => undefined,
      };
    },
  };
  return new ManagedPlugin({
    program,
    id: `${name}-1`,
    reload: async () => {
      if (failsIn === "reload") throw new Error("does not compile");
      return program;
    },
  });
}

/** The same, running. */
export async function runningPlugin(name: string, options: SampleOptions = {}): Promise<ManagedPlugin> {
  const plugin = samplePlugin(name, options);
  await plugin.initialize();
  await plugin.start();
  return plugin;
}
