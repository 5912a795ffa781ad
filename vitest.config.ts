import { fileURLToPath } from "node:url";
import { defineConfig, type ViteUserConfig } from "vitest/config";

// Tests run against the sources of every package, so no build is needed to run them.
const sources = fileURLToPath(new URL("packages", import.meta.url));

/** The vitest project of the package `name` in the folder `root`. */
export function packageTests(name: string, root: string): ViteUserConfig {
  return {
    root,
    resolve: {
      alias: [
        { find: /^@fusabi\/([a-z]+)$/, replacement: `${sources}/$1/src/index.ts` },
        { find: /^@fusabi\/([a-z]+)\/(.+)$/, replacement: `${sources}/$1/src/$2/index.ts` },
      ],
    },
    test: {
      name,
      include: ["test/**/*.test.ts"],
      passWithNoTests: true,
      testTimeout: 120_000,
      hookTimeout: 120_000,
    },
  };
}

export default defineConfig({
  test: { projects: ["packages/*/vitest.config.ts"], passWithNoTests: true },
});
