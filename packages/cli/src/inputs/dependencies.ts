import { dirname, resolve } from "node:path";
import { Capabilities } from "@fusabi/capabilities";
import type { PluginPeers } from "@fusabi/loader";
import type { Manifest } from "@fusabi/manifest";
import { DependencyCycleError, DependencyError } from "@fusabi/plugin";

/** Where the plugins are looked for that another one depends on: in the folders beside its own. */
export function foldersBeside(manifestPath: string): readonly string[] {
  return [dirname(dirname(resolve(manifestPath)))];
}

/** The plugins that another one depends on, as long as they are needed. */
export interface Dependencies extends AsyncDisposable {
  readonly peers: PluginPeers;
}

const NONE: Dependencies = {
  peers: { find: () => undefined },
  [Symbol.asyncDispose]: async () => undefined,
};

/**
 * Loads what a plugin depends on, without running any of it, so that its program can be compiled against the modules `Plugins.NAME`.
 *
 * @throws DependencyError, DependencyCycleError
 */
export async function loadDependencies(
  { dependencies }: Pick<Manifest, "dependencies">,
  manifestPath: string,
  mode: "strict" | "lenient",
): Promise<Dependencies> {
  if (dependencies.length === 0) return NONE;
  // Here and not at the top: most plugins depend on nothing.
  const { PluginRuntime } = await import("@fusabi/runtime");
  const runtime = new PluginRuntime({
    autoStart: false,
    capabilities: Capabilities.all(),
    mode,
    pluginDirs: foldersBeside(manifestPath),
    // About them is not what was asked.
    onWarning: () => undefined,
  });
  try {
    await runtime.loadManifest(manifestPath);
  } catch (error) {
    // What is wrong with the plugin itself is told by who looks at it; its dependencies are there.
    if (error instanceof DependencyError || error instanceof DependencyCycleError) {
      await runtime.dispose();
      throw error;
    }
  }
  return { peers: runtime.registry, [Symbol.asyncDispose]: () => runtime.dispose() };
}
