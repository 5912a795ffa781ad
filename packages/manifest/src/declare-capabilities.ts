import type { CapabilityName } from "@fusabi/capabilities";
import { Capabilities, expandCapability } from "@fusabi/capabilities";
import { ManifestSyntaxError } from "./errors.js";
import { readJson } from "./json-source.js";
import type { ManifestFormat } from "./manifest.js";
import { manifestFields } from "./manifest-rules.js";
import type { Migration } from "./migrate.js";
import { findMisplacedFields, hoistFields, hoistPlaces } from "./misplaced-fields.js";
import type { SourceNode } from "./source-tree.js";
import { locateToml, readToml } from "./toml-source.js";

/**
 * Makes a manifest text declare exactly the given capabilities: adds what is missing, takes out what is not given, and
 * leaves everything else as it is, comments and order included. An alias that stands for more than is given becomes what
 * is given of it. Throws `ManifestSyntaxError` for a text that is no TOML or JSON, `TypeError` for one whose
 * capabilities are no list, and `UnknownCapabilityError` for a name that is none.
 *
 * @example
 * ```ts
 * declareCapabilities('capabilities = ["fs:read"] # logs\n', "toml", ["fs:write"]).text;
 * // 'capabilities = ["fs:write"] # logs\n'
 * ```
 */
export function declareCapabilities(
  text: string,
  format: ManifestFormat,
  capabilities: readonly string[],
): Migration {
  const wanted = Capabilities.of(...capabilities).names();
  const { value, root } = located(text, format);
  const written = (value as Readonly<Record<string, unknown>> | null)?.["capabilities"];
  const node = root.entries.get("capabilities");
  if (node === undefined || written === undefined) return withList(text, format, root, wanted);
  if (!Array.isArray(written)) throw new TypeError("capabilities is no list; make it one first");
  const list = new CapabilityList(text, format, node, written, wanted);
  return { text: list.edited(), changes: list.changes };
}

function located(
  text: string,
  format: ManifestFormat,
): { readonly value: unknown; readonly root: SourceNode } {
  const document = format === "json" ? readJson(text) : readToml(text);
  if (document.mistakes.length > 0) throw new ManifestSyntaxError(document.mistakes);
  const { value } = document;
  if ("root" in document) return { value, root: document.root };
  const misplaced = findMisplacedFields(value, manifestFields);
  return { value: hoistFields(value, misplaced), root: hoistPlaces(locateToml(text), misplaced) };
}

/** A manifest that has no list yet gets one behind its last field that is no table. */
function withList(
  text: string,
  format: ManifestFormat,
  root: SourceNode,
  wanted: readonly CapabilityName[],
): Migration {
  if (wanted.length === 0) return { text, changes: [] };
  const changes = wanted.map((name) => `capability ${name} is declared`);
  const list = `[${wanted.map((name) => JSON.stringify(name)).join(", ")}]`;
  const ends = [...root.entries.values()].flatMap(({ pair, span }) =>
    pair === undefined || (format === "toml" && pair.line !== span.line) ? [] : [pair],
  );
  const last = ends.reduce((a, b) => (a === undefined || b.end > a.end ? b : a), ends[0]);
  if (format === "json") {
    const at = last?.end ?? root.span.start + 1;
    const indentation = last === undefined ? "" : indentationAt(text, last.start);
    const lead = last === undefined ? "" : ",";
    const line = indentation === undefined ? " " : `${newlineOf(text)}${indentation}`;
    return { text: insert(text, at, `${lead}${line}"capabilities": ${list}`), changes };
  }
  const newline = newlineOf(text);
  if (last === undefined) return { text: `capabilities = ${list}${newline}${text}`, changes };
  const at = endOfLine(text, last.end);
  return { text: insert(text, at, `${newline}capabilities = ${list}`), changes };
}

/** The written list, and what has to happen to it. */
class CapabilityList {
  readonly changes: string[] = [];
  readonly #text: string;
  readonly #format: ManifestFormat;
  readonly #node: SourceNode;
  readonly #edits: { readonly start: number; readonly end: number; readonly by: string }[] = [];

  constructor(
    text: string,
    format: ManifestFormat,
    node: SourceNode,
    written: readonly unknown[],
    wanted: readonly CapabilityName[],
  ) {
    this.#text = text;
    this.#format = format;
    this.#node = node;
    const open = new Set(wanted);
    const kept: number[] = [];
    for (const [index, entry] of written.entries()) {
      const names = typeof entry === "string" ? expandCapability(entry) : [];
      const keep = names.filter((name) => open.has(name));
      if (keep.length > 0) {
        kept.push(index);
        for (const name of keep) open.delete(name);
        if (keep.length < names.length) this.#replace(index, String(entry), keep);
      }
    }
    for (const index of written.keys()) if (!kept.includes(index)) this.#remove(index, written[index]);
    this.#add([...open], kept, written.length);
  }

  edited(): string {
    const text = this.#text;
    let result = "";
    let done = 0;
    // Entries that go next to each other share the blanks between them.
    for (const { start, end, by } of this.#edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
      result += text.slice(done, Math.max(done, start)) + by;
      done = Math.max(done, end);
    }
    return result + text.slice(done);
  }

  #replace(index: number, alias: string, by: readonly CapabilityName[]): void {
    const { start, end } = this.#span(index);
    this.#edits.push({ start, end, by: by.map((name) => JSON.stringify(name)).join(", ") });
    this.changes.push(`capability ${alias} is now ${by.join(" and ")}`);
  }

  /** An entry goes with its comma; one that has a line of its own with that line and the comment behind it. */
  #remove(index: number, entry: unknown): void {
    this.changes.push(`capability ${String(entry)} is no longer declared`);
    const text = this.#text;
    const { start, end } = this.#span(index);
    const comma = this.#commaAfter(index);
    const behind = comma !== undefined && /^[ \t]*$/.test(text.slice(end, comma)) ? comma + 1 : end;
    if (comma !== undefined && behind === end) this.#edits.push({ start: comma, end: comma + 1, by: "" });
    const line = text.lastIndexOf("\n", start - 1) + 1;
    const rest = text.slice(behind, endOfLine(text, behind));
    const alone = /^[ \t]*$/.test(text.slice(line, start)) && /^[ \t]*(?:#.*)?$/.test(rest);
    if (alone && line > this.#node.span.start) {
      // With the line feed before it, so that what comes behind keeps its own.
      const feed = text[line - 2] === "\r" ? line - 2 : line - 1;
      this.#edits.push({ start: feed, end: endOfLine(text, behind), by: "" });
    } else {
      const before = comma === undefined ? (/[ \t]*$/.exec(text.slice(line, start))?.[0].length ?? 0) : 0;
      this.#edits.push({
        start: start - before,
        end: behind + (/^[ \t]*/.exec(rest)?.[0].length ?? 0),
        by: "",
      });
    }
  }

  #add(names: readonly CapabilityName[], kept: readonly number[], count: number): void {
    const texts = names.map((name) => JSON.stringify(name));
    for (const name of names) this.changes.push(`capability ${name} is declared`);
    const last = kept.at(-1);
    if (last === undefined) {
      this.#addToEmpty(texts);
      return;
    }
    const text = this.#text;
    const { start, end } = this.#span(last);
    const comma = this.#commaAfter(last);
    const close = this.#node.span.end - 1;
    const multiline = text.slice(comma ?? end, close).includes("\n");
    if (texts.length === 0) {
      // JSON has no comma behind the last entry, and in one line it would look lost.
      const lost = last < count - 1 && (this.#format === "json" || !multiline);
      if (comma !== undefined && lost) this.#edits.push({ start: comma, end: comma + 1, by: "" });
      return;
    }
    const after = comma === undefined ? end : comma + 1;
    const trailing = comma !== undefined && last === count - 1 ? "," : "";
    if (!multiline) {
      const by = `${comma === undefined ? "," : ""} ${texts.join(", ")}${trailing}`;
      this.#edits.push({ start: after, end: after, by });
      return;
    }
    const lead = `${newlineOf(text)}${indentationAt(text, start) ?? "  "}`;
    const lines = `${lead}${texts.join(`,${lead}`)}${this.#format === "toml" ? "," : ""}`;
    const at = endOfLine(text, after);
    if (comma !== undefined) this.#edits.push({ start: at, end: at, by: lines });
    else if (at === end) this.#edits.push({ start: end, end, by: `,${lines}` });
    else this.#edits.push({ start: end, end, by: "," }, { start: at, end: at, by: lines });
  }

  /** Where the comma behind an entry stands, blanks and comments between them skipped. */
  #commaAfter(index: number): number | undefined {
    const { end } = this.#span(index);
    const gap = /^(?:\s|#[^\n]*\n)*/.exec(this.#text.slice(end))?.[0].length ?? 0;
    return this.#text[end + gap] === "," ? end + gap : undefined;
  }

  #addToEmpty(texts: readonly string[]): void {
    if (texts.length === 0) return;
    const close = this.#node.span.end - 1;
    const line = this.#text.lastIndexOf("\n", close) + 1;
    const multiline = line > this.#node.span.start && /^[ \t]*$/.test(this.#text.slice(line, close));
    const newline = newlineOf(this.#text);
    // Above the closing bracket, or, where a comment stands before it, on a line of its own.
    const by = multiline ? `  ${texts.join(`,${newline}  `)}${newline}` : texts.join(", ");
    this.#edits.push({ start: multiline ? line : close, end: multiline ? line : close, by });
  }

  #span(index: number): { readonly start: number; readonly end: number } {
    const span = this.#node.items[index]?.span;
    if (span === undefined) throw new TypeError(`capabilities[${index}] has no place in the text`);
    return span;
  }
}

function insert(text: string, at: number, by: string): string {
  return text.slice(0, at) + by + text.slice(at);
}

/** Where the line that holds an offset ends, before its line feed. */
function endOfLine(text: string, from: number): number {
  const feed = text.indexOf("\n", from);
  if (feed < 0) return text.length;
  return text[feed - 1] === "\r" && feed > from ? feed - 1 : feed;
}

/** The blanks before an offset, if nothing else stands before it in its line. */
function indentationAt(text: string, offset: number): string | undefined {
  return /(?:^|\n)([ \t]*)$/.exec(text.slice(0, offset))?.[1];
}

function newlineOf(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}
