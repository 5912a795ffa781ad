import { cpSync, mkdirSync, rmSync } from "node:fs";
import { build } from "esbuild";
import { bundle, cliFolder, packagesFolder } from "./fus.js";

/**
 * The tests run the executable as users do, in a process of its own. It is bundled from the sources of all packages into a copy of
 * the package, so that no build is needed and no old one gets in the way.
 */
export async function setup(): Promise<void> {
  rmSync(bundle.folder, { recursive: true, force: true });
  mkdirSync(bundle.folder, { recursive: true });
  cpSync(`${cliFolder}package.json`, `${bundle.folder}/package.json`);
  cpSync(`${cliFolder}bin`, `${bundle.folder}/bin`, { recursive: true });
  await build({
    entryPoints: { index: `${cliFolder}src/index.ts` },
    outdir: `${bundle.folder}/dist`,
    bundle: true,
    splitting: true,
    minify: true,
    keepNames: true,
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "error",
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
    plugins: [
      {
        name: "sources",
        setup(bundler) {
          bundler.onResolve({ filter: /^@fusabi\// }, ({ path }) => {
            const [name = "", ...entry] = path.slice("@fusabi/".length).split("/");
            return { path: [`${packagesFolder}${name}`, "src", ...entry, "index.ts"].join("/") };
          });
        },
      },
    ],
  });
}
