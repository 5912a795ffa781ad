import { basename, extname } from "node:path";
import type { CapabilityName } from "@fusabi/capabilities";
import type { ApiVersion, Manifest, ManifestEntry } from "@fusabi/manifest";

/** The name of a plugin that came as a bare file: that of the file, spelt as names of plugins are. */
export function bareName(path: string): string {
  const stem = basename(path, extname(path)).normalize("NFKD").toLowerCase();
  const name = stem.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  return name === "" ? "plugin" : name;
}

/** What a program that came without a manifest says about itself: what was found in it. */
export function bareManifest(found: {
  readonly name: string;
  readonly apiVersion: ApiVersion;
  readonly entry: ManifestEntry;
  readonly capabilities: readonly CapabilityName[];
  readonly exports: readonly string[];
}): Manifest {
  return Object.freeze({
    ...found,
    version: "0.0.0",
    authors: [],
    dependencies: [],
    tags: [],
    metadata: Object.freeze(Object.create(null) as Record<string, string>),
  });
}
