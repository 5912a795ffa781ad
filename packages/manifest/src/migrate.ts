import { capabilityAliases } from "@fusabi/capabilities";
import { ManifestSyntaxError } from "./errors.js";
import { readJson } from "./json-source.js";
import type { ManifestFormat } from "./manifest.js";
import type { SourceNode, SourceSpan } from "./source-tree.js";
import { locateToml, readToml } from "./toml-source.js";

/** A migrated manifest text, and what was done to it. */
export interface Migration {
  readonly text: string;
  /** One sentence per change; empty if there was nothing to do. */
  readonly changes: readonly string[];
}

/**
 * Rewrites what older manifests spell differently: `api_version = "0.21.0"` (also under `api-version`) to the table, and
 * capability aliases to their canonical names. Comments, order and everything else stay as they are. TOML and JSON are
 * told apart by the first character. Throws `ManifestSyntaxError` for a text that is neither.
 *
 * @example
 * ```ts
 * migrateManifest('api_version = "0.21.0"\n').text; // "api-version = { major = 0, minor = 21, patch = 0 }\n"
 * ```
 */
export function migrateManifest(text: string): Migration {
  const format: ManifestFormat = /^\uFEFF?\s*\{/.test(text) ? "json" : "toml";
  const document = format === "json" ? readJson(text) : readToml(text);
  const { value, mistakes } = document;
  if (mistakes.length > 0) throw new ManifestSyntaxError(mistakes);
  const root = "root" in document ? document.root : locateToml(text);
  if (value === null || typeof value !== "object") return { text, changes: [] };
  const written = value as Readonly<Record<string, unknown>>;
  const edits = [...apiVersionEdits(written, root, format), ...aliasEdits(written, root)];
  return {
    text: edits
      .sort((a, b) => b.span.start - a.span.start)
      .reduce((whole, { span, by }) => whole.slice(0, span.start) + by + whole.slice(span.end), text),
    changes: edits.sort((a, b) => a.span.start - b.span.start).map(({ change }) => change),
  };
}

interface Edit {
  readonly span: SourceSpan;
  readonly by: string;
  readonly change: string;
}

function apiVersionEdits(
  written: Readonly<Record<string, unknown>>,
  root: SourceNode,
  format: ManifestFormat,
): Edit[] {
  const old = Object.hasOwn(written, "api_version") ? "api_version" : "api-version";
  const both = old === "api_version" && Object.hasOwn(written, "api-version");
  const version = written[old];
  const span = root.entries.get(old)?.pair;
  if (both || span === undefined || typeof version !== "string") return [];
  const parts = /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})$/.exec(version);
  if (parts === null) return [];
  const [, major, minor, patch] = parts;
  const by =
    format === "json"
      ? `"api-version": { "major": ${major}, "minor": ${minor}, "patch": ${patch} }`
      : `api-version = { major = ${major}, minor = ${minor}, patch = ${patch} }`;
  return [{ span, by, change: `${old} "${version}" is now the table api-version` }];
}

function aliasEdits(written: Readonly<Record<string, unknown>>, root: SourceNode): Edit[] {
  const names = written["capabilities"];
  if (!Array.isArray(names)) return [];
  return names.flatMap((name: unknown, index): Edit[] => {
    const canonical = typeof name === "string" ? capabilityAliases.get(name) : undefined;
    const span = root.entries.get("capabilities")?.items[index]?.span;
    if (canonical === undefined || span === undefined) return [];
    const by = canonical.map((each) => JSON.stringify(each)).join(", ");
    return [{ span, by, change: `capability ${name} is now ${canonical.join(" and ")}` }];
  });
}
