/** The front half of the compiler: text to a typed program with all diagnostics. */
import type { Diagnostic } from "./diagnostics/diagnostic.js";
import { infer, type LoadResult } from "./infer/infer.js";
import type { Probe } from "./infer/probe.js";
import type { LexerOptions } from "./lexer/scanner.js";
import { type CompileOptions, DEFAULT_FILE_NAME } from "./options.js";
import { parse } from "./parser/parser.js";
import { lineIndexAt, makeSource, type Source } from "./source/source.js";
import type { Script } from "./syntax/ast.js";
import type { TypedProgram } from "./typed/tree.js";

export interface Analysis {
  readonly script: Script;
  readonly program: TypedProgram;
  /** By file and place; what `#nowarn` suppresses is left out, warnings are errors if so wanted. */
  readonly diagnostics: readonly Diagnostic[];
  readonly hasErrors: boolean;
  /** Milliseconds. */
  readonly parsing: number;
  readonly inference: number;
}

export function analyse(text: string, options: CompileOptions, probe?: Probe): Analysis {
  const started = performance.now();
  const source = makeSource(options.fileName ?? DEFAULT_FILE_NAME, text);
  const files = new LoadedFiles(options);
  const main = files.parse(source);
  const parsed = performance.now();
  const { load } = options;
  const { program, diagnostics: found } = infer(main, {
    hostModules: options.hostModules ?? [],
    mode: options.mode ?? "strict",
    unusedNames: options.unusedNames ?? false,
    ...(probe === undefined ? {} : { probe }),
    ...(load === undefined ? {} : { load: (path: string, from: Source) => files.load(load, path, from) }),
  });
  const inferred = performance.now();
  const diagnostics = files.reported(
    [...files.diagnostics, ...found],
    source,
    options.warningsAsErrors ?? false,
  );
  return {
    script: main,
    program,
    diagnostics,
    hasErrors: diagnostics.some((item) => item.severity === "error"),
    parsing: parsed - started,
    inference: inferred - parsed,
  };
}

export function lexerOptions(options: CompileOptions, from: string): LexerOptions {
  const { resolve, symbols } = options;
  return {
    ...(symbols === undefined ? {} : { symbols: new Set(symbols) }),
    ...(resolve === undefined ? {} : { acceptsReference: (reference: string) => resolve(reference, from) }),
  };
}

/** The files of one program, each read and parsed once. */
class LoadedFiles {
  readonly diagnostics: Diagnostic[] = [];
  readonly #options: CompileOptions;
  readonly #results = new Map<string, LoadResult>();
  /** In the order in which they were met. */
  readonly #sources: Source[] = [];
  readonly #suppressed = new Map<Source, ReadonlySet<string>>();

  constructor(options: CompileOptions) {
    this.#options = options;
  }

  parse(source: Source): Script {
    const { script, diagnostics } = parse(source, lexerOptions(this.#options, source.name));
    this.#sources.push(source);
    this.#suppressed.set(source, new Set(script.suppressed));
    this.diagnostics.push(...diagnostics);
    return script;
  }

  load(read: NonNullable<CompileOptions["load"]>, path: string, from: Source): LoadResult {
    const joined = joinPath(from.name, path);
    const known = this.#results.get(joined);
    if (known !== undefined) return known;
    const result = this.#read(read, path, joined, from);
    this.#results.set(joined, result);
    return result;
  }

  #read(read: NonNullable<CompileOptions["load"]>, path: string, joined: string, from: Source): LoadResult {
    let loaded: ReturnType<typeof read>;
    try {
      loaded = read(path, from.name);
    } catch (error) {
      const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
      return { kind: missing ? "missing" : "denied" };
    }
    const { fileName, text } = typeof loaded === "string" ? { fileName: joined, text: loaded } : loaded;
    const known = fileName === joined ? undefined : this.#results.get(fileName);
    if (known !== undefined) return known;
    const result: LoadResult = { kind: "script", script: this.parse(makeSource(fileName, text)) };
    this.#results.set(fileName, result);
    return result;
  }

  /** Diagnostics as they are shown. The script itself comes last, behind what it loads. */
  reported(all: readonly Diagnostic[], main: Source, warningsAsErrors: boolean): readonly Diagnostic[] {
    const rank = new Map(
      this.#sources.map((source, index) => [source, source === main ? this.#sources.length : index]),
    );
    const damaged = damagedLines(all);
    const lost = namesOnLines(all);
    const unreadable = new Set(all.filter(isSyntaxError).map(({ span }) => span.source));
    const place = (item: Diagnostic): number => rank.get(item.span.source) ?? -1;
    return (
      all
        .filter((item) => item.stage !== "type" || !damaged.has(lineOf(item)))
        .filter((item) => item.code !== "FUS0201" || !lost.has(textOf(item)))
        // Of a text that was read in part, the checker cannot tell what is missing or superfluous.
        .filter(
          (item) => item.stage !== "type" || item.severity === "error" || !unreadable.has(item.span.source),
        )
        .filter(
          (item) =>
            item.severity === "error" || this.#suppressed.get(item.span.source)?.has(item.code) !== true,
        )
        .map((item) =>
          warningsAsErrors && item.severity === "warning" ? { ...item, severity: "error" as const } : item,
        )
        .sort((a, b) => place(a) - place(b) || a.span.start - b.span.start || a.span.end - b.span.end)
    );
  }
}

/** Lines whose text could not be read: what the checker says about them is a consequence. */
function damagedLines(all: readonly Diagnostic[]): ReadonlySet<string> {
  return new Set(all.filter(isSyntaxError).map(lineOf));
}

/** Names that `let` binds on such lines: where they are used, they are missing for that. */
function namesOnLines(all: readonly Diagnostic[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { span } of all.filter(isSyntaxError)) {
    const { text } = span.source;
    const start = text.lastIndexOf("\n", span.start - 1) + 1;
    const end = text.indexOf("\n", span.start);
    const line = text.slice(start, Math.min(end < 0 ? text.length : end, start + MAX_LINE));
    for (const [, bound = ""] of line.matchAll(
      /\blet!?\s+(?:rec\s+|inline\s+|mutable\s+)*([\p{L}_][\p{L}\p{N}_']*)/gu,
    ))
      names.add(bound);
  }
  return names;
}

/** Longer ones are not written by hand. */
const MAX_LINE = 1_000;

function textOf({ span }: Diagnostic): string {
  return span.source.text.slice(span.start, span.end);
}

function isSyntaxError({ severity, stage }: Diagnostic): boolean {
  return severity === "error" && (stage === "lex" || stage === "parse");
}

function lineOf({ span }: Diagnostic): string {
  return `${span.source.name}:${lineIndexAt(span.source, span.start)}`;
}

/** `path` seen from the folder of the file `from`, without `.` and `..` where they can be taken away. */
function joinPath(from: string, path: string): string {
  const absolute = /^(?:[\\/]|[A-Za-z]:)/.test(path);
  const folder = from.slice(0, Math.max(from.lastIndexOf("/"), from.lastIndexOf("\\")) + 1);
  const whole = absolute ? path : folder + path;
  const parts: string[] = [];
  for (const part of whole.split(/[\\/]/)) {
    if (part === ".") continue;
    const last = parts.at(-1);
    if (part === ".." && last !== undefined && last !== ".." && last !== "") parts.pop();
    else parts.push(part);
  }
  return parts.join("/");
}
