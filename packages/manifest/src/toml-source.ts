import { parse, TomlError } from "smol-toml";
import type { AST } from "toml-eslint-parser";
import { ParseError, parseTOML } from "toml-eslint-parser";
import type { ManifestProblem } from "./problem.js";
import type { SourceNode, SourceSpan } from "./source-tree.js";
import { recoverToml } from "./toml-recovery.js";

/** A manifest nests three deep; what nests deeper than this is not one. */
const MAX_DEPTH = 32;

/** What a TOML text says. */
export interface TomlDocument {
  readonly value: unknown;
  /** Where the text is no TOML; then the value is what its other lines say, if they can be read at all. */
  readonly mistakes: readonly ManifestProblem[];
  /** The text without the lines that cannot be read, line for line. */
  readonly readable: string;
}

/** Reads TOML to values, as far as it is TOML. */
export function readToml(text: string): TomlDocument {
  const read = attempt(text);
  if (!("mistake" in read)) return { value: read.value, mistakes: [], readable: text };
  const { mistakes, rest } = recoverToml(text, read.mistake, (shorter) => {
    const again = attempt(shorter);
    return "mistake" in again ? again.mistake : undefined;
  });
  const recovered = rest === undefined ? undefined : attempt(rest);
  const value = recovered !== undefined && "value" in recovered ? recovered.value : undefined;
  return { value, mistakes, readable: rest ?? text };
}

function attempt(text: string): { readonly value: unknown } | { readonly mistake: ManifestProblem } {
  try {
    return { value: parse(text, { maxDepth: MAX_DEPTH }) };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const said = (error.message.split("\n")[0] ?? "").replace(/^Invalid TOML document: /, "");
    const message = said === "invalid value" ? "not a value; texts stand in double quotes" : said;
    const { line, column } = error;
    return { mistake: { severity: "error", code: "SYNTAX", message, path: [], line, column } };
  }
}

/**
 * The places of all values of a TOML text that {@link readToml} accepts. A second parse, because the first keeps no
 * positions; made only when a place is asked for.
 */
export function locateToml(text: string): SourceNode {
  const table = parseForPlaces(text);
  if (table === undefined) return emptyNode({ line: 1, column: 1, start: 0, end: 0 });
  const root = emptyNode(spanOf(table));
  for (const statement of table.body) {
    if (statement.type === "TOMLKeyValue") {
      addPair(root, statement);
      continue;
    }
    let owner = root;
    for (const step of statement.resolvedKey) owner = child(owner, step, spanOf(statement.key));
    for (const pair of statement.body) addPair(owner, pair);
  }
  return root;
}

/** Should the two parsers ever disagree on what TOML is, the first decides, and places are no better than the top. */
function parseForPlaces(text: string): AST.TOMLTopLevelTable | undefined {
  try {
    return parseTOML(text, { tomlVersion: "1.1" }).body[0];
  } catch (error) {
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}

function addPair(owner: SourceNode, pair: AST.TOMLKeyValue): void {
  const key = spanOf(pair.key);
  const names = pair.key.keys.map((part) => (part.type === "TOMLBare" ? part.name : part.value));
  let parent = owner;
  for (const name of names.slice(0, -1)) parent = child(parent, name, key);
  parent.entries.set(names.at(-1) ?? "", { ...valueNode(pair.value), key, pair: spanOf(pair) });
}

/** The table or array element at a step, made at its first mention. */
function child(owner: SourceNode, step: string | number, mention: SourceSpan): SourceNode {
  const known = typeof step === "number" ? owner.items[step] : owner.entries.get(step);
  if (known !== undefined) return known;
  const made = { ...emptyNode(mention), key: mention };
  if (typeof step === "number") owner.items[step] = made;
  else owner.entries.set(step, made);
  return made;
}

function valueNode(value: AST.TOMLContentNode): SourceNode {
  const node = emptyNode(spanOf(value));
  if (value.type === "TOMLArray") for (const element of value.elements) node.items.push(valueNode(element));
  if (value.type === "TOMLInlineTable") for (const pair of value.body) addPair(node, pair);
  return node;
}

function spanOf({ loc, range }: AST.TOMLNode): SourceSpan {
  return { line: loc.start.line, column: loc.start.column + 1, start: range[0], end: range[1] };
}

function emptyNode(span: SourceSpan): SourceNode {
  return { span, entries: new Map(), items: [] };
}
