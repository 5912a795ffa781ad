import { readFileSync } from "node:fs";
import { defineConfig } from "tsup";

interface PackageJson {
  readonly exports: Readonly<Record<string, string | { readonly default: string }>>;
}

/** The entry points of the package in the current folder are the ones that its exports map promises. */
function entryPoints(): string[] {
  const { exports } = JSON.parse(readFileSync("package.json", "utf8")) as PackageJson;
  return Object.values(exports).flatMap((target) =>
    typeof target === "string" ? [] : [target.default.replace("./dist/", "src/").replace(/\.js$/, ".ts")],
  );
}

// JavaScript only; tsc writes the declarations (tsconfig.build.json), which works with every TypeScript.
export default defineConfig({
  entry: entryPoints(),
  format: "esm",
  target: "node20.19",
  platform: "neutral",
  external: [/^@fusabi\//, /^node:/],
  tsconfig: "tsconfig.build.json",
  sourcemap: true,
  splitting: true,
  dts: false,
  silent: true,
});
