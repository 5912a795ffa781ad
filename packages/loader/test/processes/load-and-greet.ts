import { PluginLoader } from "@fusabi/loader";

/** A host in a process of its own: loads the plugin of a manifest, with a cache if one is named, and has it greet. */
const [manifest = "", cache] = process.argv.slice(2);
const loader = new PluginLoader({
  ...(cache === undefined ? {} : { cache }),
  onWarning: ({ code, message }) => void process.stderr.write(`${code}: ${message}\n`),
});
const plugin = await loader.loadFromManifest(manifest);
process.stdout.write(`${await plugin.call("greet", ["Ada"])}\n`);
await plugin.unload();
