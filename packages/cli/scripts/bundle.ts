import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build, type PluginBuild } from "esbuild";

const cliFolder = fileURLToPath(new URL("..", import.meta.url));
const packagesFolder = fileURLToPath(new URL("../..", import.meta.url));

const common: BuildOptions & { write: false } = {
  write: false,
  bundle: true,
  // Names stay: the stack in a bug report shows them.
  minifyWhitespace: true,
  minifySyntax: true,
  platform: "node",
  format: "cjs",
  target: "node20.19",
  logLevel: "error",
};

/**
 * Makes the file that `bin/fus.cjs` runs, from the sources of all packages: a script whose value is a function of what a module
 * has around it, so that the engine can keep its compiled form. What a command does not import is in it, but is not evaluated.
 * The first line names the content. `folder` is where `fus.js` goes. The libraries of others are files beside it: a script needs none
 * of them, and what is in the file takes time even if it is not evaluated.
 */
export async function bundleProgram(folder: string): Promise<void> {
  const libraries = new Map<string, string>();
  const { outputFiles } = await build({
    ...common,
    entryPoints: [join(cliFolder, "src/index.ts")],
    tsconfig: join(packagesFolder, "../tsconfig.base.json"),
    define: { "import.meta.url": "programUrl" },
    plugins: [
      { name: "sources", setup: resolveSources },
      { name: "lazy built-ins", setup: deferBuiltins },
      { name: "libraries", setup: (bundler) => keepApart(bundler, libraries) },
    ],
  });
  const text = outputFiles[0]?.text ?? "";
  const hash = createHash("sha256").update(text).digest("hex");
  await mkdir(folder, { recursive: true });
  const script = `(function (exports, module, require, programUrl) {\n${text}})\n`;
  await writeFile(join(folder, "fus.js"), `// ${hash}\n${script}`);
  await mkdir(join(folder, "libraries"), { recursive: true });
  for (const [name, entry] of libraries) {
    const { outputFiles: files } = await build({ ...common, entryPoints: [entry] });
    await writeFile(join(folder, "libraries", `${name}.cjs`), files[0]?.text ?? "");
  }
}

/** Every command reads its arguments. */
const ALWAYS_NEEDED = "citty";

/** Notes in `libraries` where the library of each name starts. Paths are seen from the folder of `fus.cjs`, whose `require` the program has. */
function keepApart(bundler: PluginBuild, libraries: Map<string, string>): void {
  bundler.onResolve({ filter: /^[a-z][a-z-]*$/ }, async ({ path, kind, resolveDir, pluginData }) => {
    if (path === ALWAYS_NEEDED || pluginData === NEEDED) return undefined;
    const { path: entry } = await bundler.resolve(path, { kind, resolveDir, pluginData: NEEDED });
    libraries.set(path, entry);
    return { path: `../dist/libraries/${path}.cjs`, external: true };
  });
}

function resolveSources(bundler: PluginBuild): void {
  bundler.onResolve({ filter: /^@fusabi\// }, ({ path }) => {
    const [name = "", ...entry] = path.slice("@fusabi/".length).split("/");
    return { path: join(packagesFolder, name, "src", ...entry, "index.ts") };
  });
}

/** Modules of Node are loaded when something of them is first used: of most of them, most runs need nothing. */
function deferBuiltins(bundler: PluginBuild): void {
  bundler.onResolve({ filter: /^node:/ }, ({ path, pluginData }) =>
    pluginData === NEEDED ? { path, external: true } : { path, namespace: "builtin" },
  );
  bundler.onLoad({ filter: /.*/, namespace: "builtin" }, async ({ path }) => {
    const names = Object.keys((await import(path)) as object).filter((name) => name !== "default");
    const exported = names.map((name) => `get ${name}() { return require("${path}").${name}; }`);
    // On the prototype: what a module exports itself is copied for every file that imports it.
    return { contents: `module.exports = Object.create({ ${exported.join(", ")} });`, pluginData: NEEDED };
  });
}

/** Marks an import that means the module itself, not what stands for it. */
const NEEDED = "needed";

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundleProgram(join(cliFolder, "dist"));
