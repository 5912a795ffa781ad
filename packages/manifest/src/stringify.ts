import { stringify } from "smol-toml";
import type { Manifest, ManifestFormat } from "./manifest.js";
import { writeManifest } from "./written-form.js";

/**
 * The text of a manifest file; {@link parseManifest} reads the same manifest back. Fields that are empty are left out.
 *
 * @example
 * ```ts
 * await writeFile("plugin.toml", stringifyManifest(manifest, "toml"));
 * ```
 */
export function stringifyManifest(manifest: Manifest, format: ManifestFormat): string {
  const written = writeManifest(manifest);
  if (format === "json") return `${JSON.stringify(written, null, 2)}\n`;
  const { "api-version": apiVersion, dependencies, metadata, ...values } = written;
  const inline = Object.entries(apiVersion as object).map(([part, number]) => `${part} = ${number}`);
  const tables = [
    dependencies === undefined ? {} : { dependencies },
    metadata === undefined ? {} : { metadata },
  ];
  return [
    stringify(values).trimEnd(),
    `api-version = { ${inline.join(", ")} }`,
    ...tables.filter((table) => Object.keys(table).length > 0).map((table) => `\n${stringify(table).trim()}`),
    "",
  ].join("\n");
}
