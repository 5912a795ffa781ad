import type { CapabilityName } from "@fusabi/capabilities";
import { expandCapability } from "@fusabi/capabilities";
import { ManifestError, ManifestSyntaxError } from "./errors.js";
import { readJson } from "./json-source.js";
import type { Manifest, ManifestFormat } from "./manifest.js";
import { manifestFields } from "./manifest-rules.js";
import { findMisplacedFields, hoistFields, hoistPlaces, misplacedProblem } from "./misplaced-fields.js";
import type { ManifestPath, ManifestPosition, ManifestProblem } from "./problem.js";
import type { SourceNode } from "./source-tree.js";
import { nodeAt } from "./source-tree.js";
import { locateToml, readToml } from "./toml-source.js";
import type { ValidationOptions } from "./validate.js";
import { examineManifest } from "./validate.js";

/** Options of {@link parseManifest}. */
export interface ParseManifestOptions extends ValidationOptions {
  /** Named in error messages. */
  readonly fileName?: string;
}

/**
 * A manifest together with the text that it came from, so that later errors can name its lines.
 *
 * @example
 * ```ts
 * const document = parseManifestDocument(text, "toml");
 * document.positionOf(["capabilities", 1]); // { line: 7, column: 28 }
 * ```
 */
export interface ManifestDocument {
  readonly manifest: Manifest;
  /** Warnings and hints, in the order of the text. */
  readonly problems: readonly ManifestProblem[];
  readonly fileName: string | undefined;
  /** Where a value is written, or the nearest value around it that is. */
  positionOf(path: ManifestPath): ManifestPosition;
  /** Where a capability is declared: the first entry that names it, be it by an alias. */
  positionOfCapability(capability: CapabilityName): ManifestPosition;
}

/**
 * Reads a manifest. Throws {@link ManifestError} with every problem, each with line and column;
 * {@link ManifestSyntaxError} if the text is no TOML or JSON at all. Reading a file is the loader's
 * (`readManifest` of `@fusabi/loader`): this package runs where there are no files.
 *
 * @example
 * ```ts
 * const manifest = parseManifest('name = "a"\nversion = "1.0.0"\nsource = "main.fsx"\n' +
 *   "api-version = { major = 0, minor = 21, patch = 0 }", "toml");
 * manifest.entry; // { kind: "source", path: "main.fsx" }
 * ```
 */
export function parseManifest(
  text: string,
  format: ManifestFormat,
  options?: ParseManifestOptions,
): Manifest {
  return parseManifestDocument(text, format, options).manifest;
}

/**
 * As {@link parseManifest}, and keeps warnings and positions.
 *
 * @example
 * ```ts
 * const { manifest, problems } = parseManifestDocument(text, "json", { fileName: "plugin.json" });
 * ```
 */
export function parseManifestDocument(
  text: string,
  format: ManifestFormat,
  { fileName, ...validation }: ParseManifestOptions = {},
): ManifestDocument {
  const source = readSource(text, format, fileName);
  if (source.mistakes.length > 0) {
    throw new ManifestSyntaxError(withWhatElseIsWrong(source, validation), fileName);
  }
  const { manifest, problems: found } = examineManifest(source.value, validation);
  const problems = [...source.problems, ...found];
  const located = problems.length === 0 ? problems : inTextOrder(problems, source.locate());
  if (manifest === undefined) throw new ManifestError(located, fileName);
  return {
    manifest,
    problems: located,
    fileName,
    positionOf: (path) => position(source.locate(), path),
    positionOfCapability: (capability) => position(source.locate(), capabilityPath(source.value, capability)),
  };
}

/** The mistakes of a text that is no TOML or JSON, and what is wrong in the parts of it that could be read. */
function withWhatElseIsWrong(
  { value, mistakes, problems, locate }: ManifestSource,
  validation: ValidationOptions,
): readonly ManifestProblem[] {
  if (value === undefined) return mistakes;
  // What is missing may be what could not be read.
  const found = examineManifest(value, validation).problems.filter(
    ({ code }) => code !== "MISSING_FIELD" && code !== "CONVENTION",
  );
  return byPlace([...mistakes, ...placed([...problems, ...found], locate())]);
}

/** The path of the entry that declares a capability. The value has been found to be a manifest. */
function capabilityPath(value: unknown, capability: CapabilityName): ManifestPath {
  const { capabilities } = value as { readonly capabilities?: readonly string[] };
  const index = (capabilities ?? []).findIndex((entry) => expandCapability(entry).includes(capability));
  return index === -1 ? ["capabilities"] : ["capabilities", index];
}

interface ManifestSource {
  readonly value: unknown;
  readonly problems: readonly ManifestProblem[];
  /** Where the text is no TOML or JSON. */
  readonly mistakes: readonly ManifestProblem[];
  /** The places of the values; worked out at the first call. */
  readonly locate: () => SourceNode;
}

/** A manifest of this length is an attack or a mistake. */
const LONGEST_MANIFEST = 1_048_576;

function readSource(text: string, format: ManifestFormat, fileName: string | undefined): ManifestSource {
  if (text.length > LONGEST_MANIFEST) {
    const message = `a manifest has at most ${LONGEST_MANIFEST} characters, and this text has ${text.length}`;
    throw new ManifestSyntaxError(
      [{ severity: "error", code: "SYNTAX", message, path: [], line: 1, column: 1 }],
      fileName,
    );
  }
  if (format === "json") {
    const { value, root, mistakes } = readJson(text);
    return { value, problems: [], mistakes, locate: () => root };
  }
  const { value, mistakes, readable } = readToml(text);
  const misplaced = findMisplacedFields(value, manifestFields);
  let root: SourceNode | undefined;
  return {
    value: hoistFields(value, misplaced),
    problems: misplaced.map(misplacedProblem),
    mistakes,
    locate: () => {
      root ??= hoistPlaces(locateToml(readable), misplaced);
      return root;
    },
  };
}

const ABOUT_KEYS: ReadonlySet<string> = new Set(["UNKNOWN_KEY", "OLD_API_VERSION", "MISPLACED_FIELD"]);

function inTextOrder(problems: readonly ManifestProblem[], root: SourceNode): readonly ManifestProblem[] {
  return byPlace(placed(problems, root));
}

function placed(problems: readonly ManifestProblem[], root: SourceNode): readonly ManifestProblem[] {
  return problems.map((problem) => {
    const node = nodeAt(root, problem.path);
    // An unknown, outdated or misplaced key is itself the mistake; elsewhere the value is.
    const aboutKey = ABOUT_KEYS.has(problem.code);
    const { line, column } = aboutKey ? (node.key ?? node.span) : node.span;
    return { ...problem, line, column };
  });
}

function byPlace(problems: readonly ManifestProblem[]): readonly ManifestProblem[] {
  return [...problems].sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

function position(root: SourceNode, path: ManifestPath): ManifestPosition {
  const { line, column } = nodeAt(root, path).span;
  return { line, column };
}
