import { manifestRule } from "./manifest-rules.js";
import type { JsonSchema } from "./rule.js";

/**
 * JSON Schema (draft 2020-12) of a manifest, for editors: the same rules that {@link parseManifest} checks, as far as
 * JSON Schema can say them. Also in the package as `manifest.schema.json`.
 *
 * @example
 * ```ts
 * await writeFile("manifest.schema.json", JSON.stringify(manifestJsonSchema, null, 2));
 * ```
 */
export const manifestJsonSchema: JsonSchema = {
  $comment:
    "Generated from src/manifest-rules.ts by the tests of @fusabi/manifest (vitest run --update); do not edit.",
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Fusabi plugin manifest",
  ...manifestRule.schema,
  oneOf: [{ required: ["source"] }, { required: ["bytecode"] }],
};
