/** Name resolution and type inference of a whole program: syntax trees to a typed tree (language reference 3, 4). */
import type { HostModule } from "@fusabi/vm";
import { type Diagnostic, DiagnosticBag } from "../diagnostics/diagnostic.js";
import { emptyModule, type ModuleEntry } from "../names/entry.js";
import { Scope } from "../names/scope.js";
import { lineIndexAt, type Source, type Span } from "../source/source.js";
import type { LoadDecl, Script } from "../syntax/ast.js";
import type { ExportedVariable, Statement, TypedExpr, TypedProgram, Variable } from "../typed/tree.js";
import { unusedNames } from "../typed/unused-names.js";
import { Checker, type FileContext } from "./checker.js";
import { inferDeclarations } from "./declarations.js";
import { Definitions } from "./definitions.js";
import { inferExpression, inferStatement } from "./expressions.js";
import { finish } from "./finish.js";
import { HostEnvironment } from "./host-environment.js";
import { inferPattern } from "./patterns.js";
import type { Probe } from "./probe.js";
import { typeOfExpression } from "./type-expressions.js";

/** What a `#load` leads to. The name of the script's source tells files apart: each is evaluated once. */
export type LoadResult =
  | { readonly kind: "script"; readonly script: Script }
  | { readonly kind: "missing" }
  | { readonly kind: "denied" };

export interface InferOptions {
  readonly hostModules: readonly HostModule[];
  /** Language reference 0.3. */
  readonly mode: "strict" | "lenient";
  /** Names that nothing reads are reported. */
  readonly unusedNames?: boolean;
  /** Follows `#load "path"` in a file; absent: `#load` is an error. */
  readonly load?: (path: string, from: Source) => LoadResult;
  /** Is told what could stand in its place. */
  readonly probe?: Probe;
}

export interface InferResult {
  /** Fit for lowering only if no diagnostic is an error. */
  readonly program: TypedProgram;
  /** In the order of the text. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Infers a script with everything that it loads. */
export function infer(script: Script, options: InferOptions): InferResult {
  const bag = new DiagnosticBag("type");
  const host = new HostEnvironment(options.hostModules);
  const file: FileContext = { prefix: "", laterDefinition: () => undefined };
  const checker = new Checker(
    bag,
    options.mode === "lenient",
    host,
    {
      expr: inferExpression,
      statement: inferStatement,
      pattern: inferPattern,
      type: typeOfExpression,
    },
    file,
  );
  checker.probe = options.probe;
  const program = new ProgramInference(checker, options).program(script);
  finish(checker);
  // A name may be used in what an error has made unreadable.
  if (options.unusedNames === true && checker.errorCount === 0) {
    for (const { name, span } of unusedNames(program)) {
      bag.warning(
        "FUS0412",
        span,
        `'${name}' is never used`,
        `Write \`_\`, or \`_${name}\` to keep the name`,
      );
    }
  }
  return { program, diagnostics: ordered(bag.items, script.source) };
}

/** By file (loaded files first, as they were met), then by place. */
function ordered(items: readonly Diagnostic[], main: Source): readonly Diagnostic[] {
  const files = new Map<Source, number>();
  for (const item of items) if (!files.has(item.span.source)) files.set(item.span.source, files.size);
  files.set(main, files.size);
  const rank = (item: Diagnostic): number => files.get(item.span.source) ?? 0;
  return [...items].sort(
    (a, b) => rank(a) - rank(b) || a.span.start - b.span.start || a.span.end - b.span.end,
  );
}

interface LoadedFile {
  readonly name: string;
  readonly module: ModuleEntry;
}

class ProgramInference {
  readonly #statements: Statement[] = [];
  readonly #loaded = new Map<string, LoadedFile>();
  readonly #root: Scope;
  /** Files being loaded, outermost first. */
  readonly #chain: Source[] = [];

  constructor(
    readonly checker: Checker,
    readonly options: InferOptions,
  ) {
    this.#root = Scope.over(checker.host);
  }

  program(script: Script): TypedProgram {
    const { module, result } = this.#file(script, true);
    const name = script.moduleName?.parts.map((part) => part.text).join(".") ?? stemOf(script.source.name);
    return {
      name,
      statements: this.#statements,
      result,
      exports: exportsOf(module, this.checker),
      declarations: this.checker.declarations,
    };
  }

  #file(
    script: Script,
    isMain: boolean,
  ): { readonly module: ModuleEntry; readonly result: TypedExpr | undefined } {
    const { checker } = this;
    const { file } = checker;
    const outer = { ...file };
    const module = emptyModule(isMain ? "" : moduleNameOf(script), script.span);
    file.prefix = isMain ? "" : `${module.name}.`;
    let definitions: Definitions | undefined;
    file.laterDefinition = (name, span) => {
      definitions ??= new Definitions(script.items);
      return definitions.lineBehind(name, span);
    };
    this.#chain.push(script.source);
    const { result } = inferDeclarations(
      checker,
      script.items,
      new Scope(this.#root, module),
      this.#statements,
      {
        load: (declaration, scope) => this.#load(declaration, scope),
        hasResult: isMain,
      },
    );
    this.#chain.pop();
    file.prefix = outer.prefix;
    file.laterDefinition = outer.laterDefinition;
    return { module, result };
  }

  #load(declaration: LoadDecl, outer: Scope): Scope {
    let scope = outer;
    for (const path of declaration.paths) {
      const loaded = this.#loadFile(path.text, path.span);
      if (loaded === undefined) {
        this.checker.missingModules.add(moduleNameOfFile(path.text));
        continue;
      }
      if (!loaded.module.modules.has(loaded.name)) scope.defineModule(loaded.name, loaded.module);
      scope = scope.opening(loaded.module, false);
    }
    return scope;
  }

  #loadFile(path: string, span: Span): LoadedFile | undefined {
    const { bag } = this.checker;
    if (this.options.load === undefined) {
      bag.error("FUS0215", span, `The host does not allow loading '${path}'`);
      return undefined;
    }
    const found = this.options.load(path, span.source);
    if (found.kind === "denied") {
      bag.error("FUS0215", span, `The host does not allow loading '${path}'`);
      return undefined;
    }
    if (found.kind === "missing") {
      bag.error("FUS0213", span, `File '${path}' not found`, `Looked relative to '${span.source.name}'`);
      return undefined;
    }
    const { script } = found;
    const key = script.source.name;
    const at = this.#chain.findIndex((source) => source.name === key);
    if (at >= 0) {
      const chain = [...this.#chain.slice(at).map((source) => source.name), key].join(" -> ");
      bag.error("FUS0214", span, `Files load each other: ${chain}`, "Move the shared part to a third file");
      return undefined;
    }
    const known = this.#loaded.get(key);
    if (known !== undefined) return known;
    const { module } = this.#file(script, false);
    const loaded = { name: moduleNameOf(script).split(".")[0] as string, module };
    this.#loaded.set(key, loaded);
    return loaded;
  }
}

function stemOf(path: string): string {
  const file = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  const dot = file.lastIndexOf(".");
  return dot > 0 ? file.slice(0, dot) : file;
}

function moduleNameOf(script: Script): string {
  if (script.moduleName !== undefined) return script.moduleName.parts.map((part) => part.text).join(".");
  return moduleNameOfFile(script.source.name);
}

function moduleNameOfFile(path: string): string {
  const stem = stemOf(path);
  return stem.charAt(0).toUpperCase() + stem.slice(1);
}

/** Every public top-level name; the latest binding wins. */
function exportsOf(module: ModuleEntry, checker: Checker): readonly ExportedVariable[] {
  const exports: ExportedVariable[] = [];
  for (const [name, entry] of module.values) {
    if (entry.kind !== "variable" || module.hidden.has(name) || isOperatorName(name)) continue;
    exports.push({
      name,
      variable: entry.variable,
      parameterNames: checker.parameterNames.get(entry.variable) ?? [],
      doc: documentation(entry.variable),
    });
  }
  return exports;
}

/** Operators and active patterns have no name for a host; whatever else stands between back-ticks is one. */
function isOperatorName(name: string): boolean {
  return /^(?:[!%&*+\-./<=>?@^|~$:]+|\|.*\|)$/.test(name);
}

/** The `///` lines directly above a definition. */
function documentation(variable: Variable): string | undefined {
  const { source, start } = variable.span;
  const lines: string[] = [];
  for (let index = lineIndexAt(source, start) - 1; index >= 0; index--) {
    const line = source.text.slice(source.lineStarts[index], source.lineStarts[index + 1]).trim();
    if (!line.startsWith("///")) break;
    lines.unshift(line.slice(3).trim());
  }
  const text = lines
    .join("\n")
    .replace(/<\/?summary>/g, "")
    .trim();
  return text === "" ? undefined : text;
}
