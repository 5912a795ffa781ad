import type { ManifestPath, ManifestPosition } from "./problem.js";

/** A stretch of a text: where it begins, for people, and its offsets, for edits. */
export interface SourceSpan extends ManifestPosition {
  readonly start: number;
  readonly end: number;
}

/** A value of a manifest text with its place; the same shape for TOML and JSON. */
export interface SourceNode {
  /** The value. For a table that is spread over the text, its first appearance. */
  readonly span: SourceSpan;
  /** The key that holds the value, where a key does. */
  readonly key?: SourceSpan;
  /** The whole `key = value`, where a key holds the value. */
  readonly pair?: SourceSpan;
  readonly entries: Map<string, SourceNode>;
  readonly items: SourceNode[];
}

/** The node at a path, or the nearest one above it when the path leads to nothing. */
export function nodeAt(root: SourceNode, path: ManifestPath): SourceNode {
  let node = root;
  for (const step of path) {
    const next = typeof step === "number" ? node.items[step] : node.entries.get(step);
    if (next === undefined) return node;
    node = next;
  }
  return node;
}
