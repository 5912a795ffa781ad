import { mkdtempSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** A host as it is deployed: a bundle, with the compiler in a file of its own. */
export interface Host {
  readonly folder: string;
  readonly script: string;
  /** The file with the compiler in it. */
  readonly compiler: string;
}

/** Bundles `load-and-greet.ts` with the sources of the packages. */
export async function buildHost(): Promise<Host> {
  const root = fileURLToPath(new URL("../../../..", import.meta.url));
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "fusabi-host-")));
  const { metafile } = await build({
    entryPoints: [fileURLToPath(new URL("load-and-greet.ts", import.meta.url))],
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    absWorkingDir: root,
    tsconfig: "tsconfig.base.json",
    bundle: true,
    splitting: true,
    metafile: true,
    platform: "node",
    format: "esm",
    banner: {
      js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
    },
  });
  const compilers = Object.entries(metafile.outputs).filter(([, { inputs }]) =>
    Object.keys(inputs).includes("packages/compiler/src/compile.ts"),
  );
  const [[compiler] = [""]] = compilers;
  return { folder, script: join(folder, "load-and-greet.mjs"), compiler: join(root, compiler) };
}
