import { build } from "esbuild";
import { bundle, cliFolder, packagesFolder } from "./fus.js";

/**
 * The tests run the executable as users do, in a process of its own. It is bundled from the sources of all packages, so that no
 * build is needed and no old one gets in the way.
 */
export async function setup(): Promise<void> {
  await build({
    entryPoints: { "bin/fus": `${cliFolder}bin/fus.mjs` },
    outdir: bundle.folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "error",
    banner: {
      js: 'import { createRequire as createTestRequire } from "node:module"; const require = createTestRequire(import.meta.url);',
    },
    plugins: [
      {
        name: "sources",
        setup(bundler) {
          bundler.onResolve({ filter: /^\.\.\/dist\/index\.js$/ }, () => ({ path: `${cliFolder}src/index.ts` }));
          bundler.onResolve({ filter: /^@fusabi\// }, ({ path }) => {
            const [name = "", ...entry] = path.slice("@fusabi/".length).split("/");
            return { path: [`${packagesFolder}${name}`, "src", ...entry, "index.ts"].join("/") };
          });
        },
      },
    ],
  });
}
