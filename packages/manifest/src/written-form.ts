import type { Manifest } from "./manifest.js";

/** A manifest as its files write it: key by key, in the order of the reference, what is empty left out. */
export function writeManifest(manifest: Manifest): Readonly<Record<string, unknown>> {
  const { apiVersion, entry } = manifest;
  const written: Record<string, unknown> = {
    name: manifest.name,
    version: manifest.version,
    description: manifest.description,
    "api-version": { major: apiVersion.major, minor: apiVersion.minor, patch: apiVersion.patch },
    authors: manifest.authors,
    license: manifest.license,
    capabilities: manifest.capabilities,
    [entry.kind]: entry.path,
    exports: manifest.exports,
    tags: manifest.tags,
    dependencies: manifest.dependencies.map(({ name, version, optional }) =>
      optional ? { name, version, optional } : { name, version },
    ),
    metadata: manifest.metadata,
  };
  return Object.fromEntries(Object.entries(written).filter(([, value]) => !isEmpty(value)));
}

function isEmpty(value: unknown): boolean {
  if (value === undefined) return true;
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
