import { readFileSync } from "node:fs";
import type { ViteUserConfig } from "vitest/config";
import { packageTests } from "../../vitest.config.js";
import { parseExampleModuleId, readmeContent } from "./test/readme-examples.js";

const config: ViteUserConfig = packageTests("conformance", import.meta.dirname);

/** Makes a block of a README importable, as if it were a file beside the README. */
const readmeExamples: NonNullable<ViteUserConfig["plugins"]>[number] = {
  name: "readme-examples",
  resolveId: (id) => (parseExampleModuleId(id) === undefined ? null : id),
  load(id) {
    const place = parseExampleModuleId(id);
    if (place === undefined) return null;
    const { examples } = readmeContent(readFileSync(place.readme, "utf8"));
    return examples.find((example) => example.line === place.line)?.code ?? null;
  },
};

export default { ...config, plugins: [readmeExamples] };
