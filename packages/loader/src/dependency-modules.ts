import { printable } from "@fusabi/capabilities";
import type { Manifest } from "@fusabi/manifest";
import type { Plugin, PluginExport } from "@fusabi/plugin";
import { InvalidProgramError, isHostExport, unmetDependencies } from "@fusabi/plugin";
import type { HostModule, NativeMember } from "@fusabi/vm";
import { hostModule } from "@fusabi/vm";
import type { PeerFunction } from "./peer-call.js";
import { callPeer } from "./peer-call.js";
import type { PluginPeers } from "./plugin-peers.js";

/** The module that the others are in; it is there for every program, so that a misspelt name is a missing member. */
const PLUGINS = "Plugins";
const emptyPlugins: HostModule = hostModule(PLUGINS, {});

/**
 * What the dependencies of a plugin offer to it: of `text-utils` the module `Plugins.TextUtils`, with the exports and their
 * types as they are now. Throws `DependencyError` if one is missing or has another version, `InvalidProgramError` if two would be one module.
 *
 * @example
 * ```ts
 * const { diagnostics } = check(source, { hostModules: [...nodeLibrary(), ...dependencyModules(manifest, runtime.registry)] });
 * ```
 */
export function dependencyModules(manifest: Manifest, peers: PluginPeers): readonly HostModule[] {
  const [unmet] = unmetDependencies(manifest, (name) => peers.find(name)?.version);
  if (unmet !== undefined) throw unmet;
  const named = new Map<string, string>();
  const modules = manifest.dependencies.flatMap(({ name }): HostModule[] => {
    const plugin = peers.find(name);
    if (plugin === undefined) return [];
    const module = `${PLUGINS}.${moduleName(name)}`;
    const other = named.get(module);
    if (other !== undefined) {
      const problem = `its dependencies ${other} and ${name} would both be the module ${module}; rename one of them`;
      throw new InvalidProgramError(manifest.name, problem);
    }
    named.set(module, name);
    return [moduleOf(module, plugin, peers)];
  });
  return modules.length === 0 ? [] : [emptyPlugins, ...modules];
}

/** `text-utils` as the language spells modules: `TextUtils`. */
function moduleName(plugin: string): string {
  const words = plugin.split("-").map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  const name = words.join("");
  return /^[A-Z]/.test(name) ? name : `P${name}`;
}

function moduleOf(module: string, { name, exports }: Plugin, peers: PluginPeers): HostModule {
  const members: Record<string, NativeMember> = {};
  for (const offered of exports.values()) {
    if (isHostExport(offered.name) || offered.dataType === undefined) continue;
    members[offered.name] = memberOf(module, name, offered, offered.dataType, peers);
  }
  return hostModule(module, members);
}

function memberOf(
  module: string,
  plugin: string,
  { name, doc }: PluginExport,
  type: string,
  peers: PluginPeers,
): NativeMember {
  const peer: PeerFunction = { operation: `${module}.${name}`, plugin, fn: name, type, peers };
  const native: NativeMember["native"] = (context, ...args) => callPeer(context, peer, args);
  return {
    type,
    doc: doc ?? `${name} of the plugin ${printable(plugin)}.`,
    capability: "plugin:call",
    mode: "waits",
    native,
    // In a dry run the other plugin rehearses too.
    rehearse: native,
  };
}
