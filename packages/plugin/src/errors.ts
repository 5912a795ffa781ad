import { type CapabilityName, nearestWord, printable } from "@fusabi/capabilities";
import type { ApiVersion } from "@fusabi/manifest";
import type { LifecycleOperation, LifecycleState } from "./lifecycle.js";

/**
 * What goes wrong with plugins. `code` is stable; `recoverable` says that the host can go on as if it had not asked;
 * `worthReload` says that loading the plugin anew may help.
 *
 * @example
 * ```ts
 * try { await plugin.call("run"); }
 * catch (error) { if (error instanceof PluginError && error.worthReload) await plugin.reload(); else throw error; }
 * ```
 */
export abstract class PluginError extends Error {
  abstract readonly code: string;
  readonly recoverable: boolean = false;
  readonly worthReload: boolean = false;
  /** Name of the plugin. */
  readonly plugin: string;

  constructor(plugin: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.plugin = plugin;
  }
}

/**
 * No plugin has this name. `suggestion` is the nearest name that there is, if one is near.
 *
 * @example
 * ```ts
 * try { registry.get("greter"); }
 * catch (error) { if (error instanceof PluginNotFoundError) report(error.suggestion ?? "no such plugin"); else throw error; }
 * ```
 */
export class PluginNotFoundError extends PluginError {
  override readonly name = "PluginNotFoundError";
  readonly code = "PLUGIN_NOT_FOUND";
  override readonly recoverable = true;
  readonly suggestion: string | undefined;

  constructor(plugin: string, known: Iterable<string> = []) {
    const suggestion = nearestWord(plugin, known);
    super(plugin, `plugin not found: ${printable(plugin)}${didYouMean(suggestion)}`);
    this.suggestion = suggestion;
  }
}

/**
 * A plugin of this name is there already.
 *
 * @example
 * ```ts
 * try { await registry.register(plugin); }
 * catch (error) { if (error instanceof PluginAlreadyLoadedError) await registry.unregister(error.plugin); else throw error; }
 * ```
 */
export class PluginAlreadyLoadedError extends PluginError {
  override readonly name = "PluginAlreadyLoadedError";
  readonly code = "PLUGIN_ALREADY_LOADED";

  constructor(plugin: string) {
    super(plugin, `plugin already loaded: ${printable(plugin)}; unload it first, or allow overwriting`);
  }
}

/**
 * The plugin was made for an API that this host does not have.
 *
 * @example
 * ```ts
 * try { await loader.loadFromManifest(path); }
 * catch (error) { if (error instanceof ApiVersionMismatchError) report(`needs API ${error.required}, have ${error.provided}`); else throw error; }
 * ```
 */
export class ApiVersionMismatchError extends PluginError {
  override readonly name = "ApiVersionMismatchError";
  readonly code = "API_VERSION_MISMATCH";
  /** What the plugin needs. */
  readonly required: ApiVersion;
  /** What the host has. */
  readonly provided: ApiVersion;

  constructor(plugin: string, required: ApiVersion, provided: ApiVersion, place?: string) {
    super(
      plugin,
      `${at(place)}plugin ${printable(plugin)} needs API version ${required}, and this host has ${provided}; ` +
        (required.major === provided.major ? "update the host" : "the major versions must be equal"),
    );
    this.required = required;
    this.provided = provided;
  }
}

/** A capability that the manifest lists, and where. */
export interface DeclaredCapability {
  readonly capability: CapabilityName;
  /** `FILE:LINE:COLUMN` of the entry, where the manifest came from a text. */
  readonly place: string | undefined;
}

/**
 * The manifest lists capabilities that the host does not grant.
 *
 * @example
 * ```ts
 * try { await loader.loadFromManifest(path); }
 * catch (error) { if (error instanceof MissingCapabilityError) report(error.missing.map(({ capability }) => capability)); else throw error; }
 * ```
 */
export class MissingCapabilityError extends PluginError {
  override readonly name = "MissingCapabilityError";
  readonly code = "MISSING_CAPABILITY";
  /** All of them. */
  readonly missing: readonly DeclaredCapability[];

  constructor(plugin: string, missing: readonly DeclaredCapability[]) {
    super(
      plugin,
      list(
        missing.map(({ capability, place }) => `${at(place)}missing required capability: ${capability}`),
        `plugin ${printable(plugin)} needs what this host does not grant`,
      ),
    );
    this.missing = missing;
  }
}

/** A use of a capability that the manifest does not list. */
export interface UndeclaredUse {
  readonly capability: CapabilityName;
  /** The host function that needs it, such as `File.write`. */
  readonly operation: string;
  /** `FILE:LINE:COLUMN` of its first use, unless the program was stripped. */
  readonly place: string | undefined;
}

/**
 * The program can reach host functions whose capabilities the manifest does not list.
 *
 * @example
 * ```ts
 * try { await loader.loadFromManifest(path); }
 * catch (error) { if (error instanceof UndeclaredCapabilityError) report(error.uses.map(({ capability, operation }) => `${operation} needs ${capability}`)); else throw error; }
 * ```
 */
export class UndeclaredCapabilityError extends PluginError {
  override readonly name = "UndeclaredCapabilityError";
  readonly code = "UNDECLARED_CAPABILITY";
  /** All of them. */
  readonly uses: readonly UndeclaredUse[];

  constructor(plugin: string, uses: readonly UndeclaredUse[]) {
    super(
      plugin,
      list(
        uses.map(
          ({ capability, operation, place }) =>
            `${at(place)}capability not declared in manifest: ${capability} (needed by ${operation})`,
        ),
        `plugin ${printable(plugin)} uses what its manifest does not list`,
      ),
    );
    this.uses = uses;
  }
}

/**
 * The plugin declares capabilities that a profile does not have; for hosts that hold plugins to the profile that they name.
 *
 * @example
 * ```ts
 * const missing = profiles.terminal.capabilities.missing(plugin.manifest.capabilities);
 * if (missing.length > 0) throw new IncompatibleProfileError(plugin.name, "terminal", missing);
 * ```
 */
export class IncompatibleProfileError extends PluginError {
  override readonly name = "IncompatibleProfileError";
  readonly code = "INCOMPATIBLE_PROFILE";
  readonly profile: string;
  readonly capabilities: readonly CapabilityName[];

  constructor(plugin: string, profile: string, capabilities: readonly CapabilityName[]) {
    super(
      plugin,
      `plugin ${printable(plugin)} is not compatible with profile ${printable(profile)}: needs ${capabilities.join(", ")}`,
    );
    this.profile = profile;
    this.capabilities = capabilities;
  }
}

/** Another plugin that needs the same dependency, and which versions of it. */
export interface RivalRequirement {
  readonly plugin: string;
  readonly range: string;
  /** Names of plugins, from the one that was asked for, by way of who needs whom, to the dependency. */
  readonly chain: readonly string[];
}

/** What is known about a dependency that is not satisfied, beside what is there. */
export interface DependencyCircumstances {
  /** Names of plugins, from the one that was asked for, by way of who needs whom, to the dependency. */
  readonly chain?: readonly string[];
  /** Who else needs it. */
  readonly rivals?: readonly RivalRequirement[];
  /** Why the dependency cannot be there. */
  readonly cause?: Error;
}

/**
 * A plugin that this one needs is missing, has another version, or cannot be loaded itself (`cause`).
 *
 * @example
 * ```ts
 * for (const { dependency, required, found } of unmetDependencies(manifest, (name) => registry.find(name)?.version))
 *   report(`${dependency} ${required}: ${found ?? "missing"}`);
 * ```
 */
export class DependencyError extends PluginError {
  override readonly name = "DependencyError";
  readonly code = "DEPENDENCY_NOT_SATISFIED";
  readonly dependency: string;
  /** The range that the manifest states. */
  readonly required: string;
  /** The version that is there, if one is. */
  readonly found: string | undefined;
  /** Names of plugins, from the one that was asked for to the dependency; at least the plugin and the dependency. */
  readonly chain: readonly string[];
  /** Who else needs the dependency, with the ranges that they state. */
  readonly rivals: readonly RivalRequirement[];

  constructor(
    plugin: string,
    dependency: string,
    required: string,
    found: string | undefined,
    { chain = [plugin, dependency], rivals = [], cause }: DependencyCircumstances = {},
  ) {
    const state =
      cause !== undefined
        ? `it cannot be loaded: ${cause.message}`
        : found === undefined
          ? "no such plugin is loaded"
          : `version ${printable(found)} is loaded`;
    const way = (names: readonly string[]) => (names.length <= 2 ? "" : ` (${written(names)})`);
    const others = rivals.map(
      (rival) => `; ${printable(rival.plugin)} needs ${printable(rival.range)}${way(rival.chain)}`,
    );
    super(
      plugin,
      `dependency not satisfied: plugin ${printable(plugin)} needs ${printable(dependency)} ${printable(required)}${way(chain)}, and ${state}${others.join("")}`,
      cause === undefined ? undefined : { cause },
    );
    this.dependency = dependency;
    this.required = required;
    this.found = found;
    this.chain = chain;
    this.rivals = rivals;
  }
}

/**
 * Plugins need each other in a circle, so that none of them can be the first.
 *
 * @example
 * ```ts
 * try { await runtime.loadManifest(path); }
 * catch (error) { if (error instanceof DependencyCycleError) report(error.chain.join(" needs ")); else throw error; }
 * ```
 */
export class DependencyCycleError extends PluginError {
  override readonly name = "DependencyCycleError";
  readonly code = "DEPENDENCY_CYCLE";
  /** Names of plugins, each needing the next; the first is also the last. */
  readonly chain: readonly string[];

  constructor(plugin: string, chain: readonly string[]) {
    super(
      plugin,
      `plugins need each other in a circle: ${written(chain)}; take one of these dependencies out`,
    );
    this.chain = chain;
  }
}

/**
 * The plugin's source has errors; `diagnostics` is what the compiler said, warnings included.
 *
 * @example
 * ```ts
 * try { await loader.loadSource(path); }
 * catch (error) { if (error instanceof CompilationError) report(error.diagnostics.map(({ rendered }) => rendered).join("\n")); else throw error; }
 * ```
 */
export class CompilationError extends PluginError {
  override readonly name = "CompilationError";
  readonly code = "COMPILATION_FAILED";
  override readonly worthReload = true;
  readonly diagnostics: readonly PluginDiagnostic[];

  constructor(plugin: string, diagnostics: readonly PluginDiagnostic[]) {
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    super(
      plugin,
      list(
        errors.map(({ file, line, column, message }) => `${at(`${file}:${line}:${column}`)}${message}`),
        `plugin ${printable(plugin)} does not compile`,
      ),
    );
    this.diagnostics = diagnostics;
  }
}

/** One finding of the compiler. Line and column count from 1. */
export interface PluginDiagnostic {
  readonly code: string;
  readonly severity: "error" | "warning" | "info";
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** As the compiler prints it, with the source line. */
  readonly rendered: string;
}

/**
 * The manifest and the program do not fit together, or the bytecode is no program.
 *
 * @example
 * ```ts
 * try { await loader.loadBytecodeFile(path); }
 * catch (error) { if (error instanceof InvalidProgramError) report(error.message, error.cause); else throw error; }
 * ```
 */
export class InvalidProgramError extends PluginError {
  override readonly name = "InvalidProgramError";
  readonly code = "INVALID_PROGRAM";

  constructor(plugin: string, problem: string, options?: ErrorOptions) {
    super(plugin, `plugin ${printable(plugin)} cannot be loaded: ${problem}`, options);
  }
}

/**
 * A file of the plugin cannot be read, or may not be.
 *
 * @example
 * ```ts
 * try { await loader.loadFromManifest(path); }
 * catch (error) { if (error instanceof PluginFileError) report(`cannot read ${error.path}`, error.cause); else throw error; }
 * ```
 */
export class PluginFileError extends PluginError {
  override readonly name = "PluginFileError";
  readonly code = "PLUGIN_FILE";
  readonly path: string;

  constructor(plugin: string, path: string, problem: string, options?: ErrorOptions) {
    super(plugin, `plugin ${printable(plugin)}: ${printable(path)}: ${problem}`, options);
    this.path = path;
  }
}

/**
 * The top level of the program, or its `init`, failed; `cause` is how. The plugin is in the state `error`.
 *
 * @example
 * ```ts
 * try { await plugin.initialize(); }
 * catch (error) { if (error instanceof InitializationError) report(error.message, error.cause); else throw error; }
 * ```
 */
export class InitializationError extends PluginError {
  override readonly name = "InitializationError";
  readonly code = "INITIALIZATION_FAILED";

  constructor(plugin: string, cause: Error) {
    super(plugin, `initialization of plugin ${printable(plugin)} failed: ${cause.message}`, { cause });
  }
}

/** One line of a Fusabi stack trace. */
export interface StackEntry {
  readonly functionName: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Entered by a tail call: whoever made it is not on the stack any more. */
  readonly tailCalled?: true;
}

/** How a program failed. */
export interface Fault {
  /** Code of the language reference, such as `FUS0503`. */
  readonly code: string;
  readonly message: string;
  /** Innermost first. */
  readonly trace: readonly StackEntry[];
}

/**
 * A call failed with an exception that the program did not catch; denials (FUS0520, FUS0521) among them. The plugin stays usable.
 *
 * @example
 * ```ts
 * try { await plugin.call("divide", [1, 0]); }
 * catch (error) { if (error instanceof ExecutionError && error.fault.code === "FUS0503") report(error.fault.message, error.fault.trace); else throw error; }
 * ```
 */
export class ExecutionError extends PluginError {
  override readonly name: string = "ExecutionError";
  readonly code: string = "EXECUTION_FAILED";
  override readonly worthReload: boolean = true;
  readonly function: string;
  readonly fault: Fault;

  constructor(plugin: string, fn: string, fault: Fault, options?: ErrorOptions) {
    const [innermost] = fault.trace;
    const place =
      innermost === undefined || innermost.line === 0
        ? ""
        : ` (${innermost.file}:${innermost.line}:${innermost.column})`;
    super(plugin, `${printable(plugin)}.${printable(fn)} failed: ${fault.message}${place}`, options);
    this.function = fn;
    this.fault = fault;
  }
}

/**
 * A call was ended because it exceeded a limit. The plugin stays usable. `allowed` and `actual` are in the unit of the limit: instructions, bytes, milliseconds, …
 *
 * @example
 * ```ts
 * try { await plugin.call("work", [], { timeoutMs: 250 }); }
 * catch (error) { if (error instanceof LimitExceededError) report(`${error.limit}: ${error.actual} of ${error.allowed}`); else throw error; }
 * ```
 */
export class LimitExceededError extends ExecutionError {
  override readonly name = "LimitExceededError";
  override readonly code = "LIMIT_EXCEEDED";
  override readonly worthReload = false;
  /** Name in `Limits`, such as `maxInstructions`. */
  readonly limit: string;
  readonly allowed: number;
  readonly actual: number;

  constructor(
    plugin: string,
    fn: string,
    fault: Fault,
    { limit, allowed, actual }: { readonly limit: string; readonly allowed: number; readonly actual: number },
    options?: ErrorOptions,
  ) {
    super(plugin, fn, fault, options);
    this.limit = limit;
    this.allowed = allowed;
    this.actual = actual;
  }
}

/**
 * A call was ended by its AbortSignal, or by the program itself (`exit`); `cause` is the signal's reason, or the error that carries the exit status.
 *
 * @example
 * ```ts
 * try { await plugin.call("work", [], { signal }); }
 * catch (error) { if (error instanceof CallAbortedError) report("stopped", error.cause); else throw error; }
 * ```
 */
export class CallAbortedError extends ExecutionError {
  override readonly name = "CallAbortedError";
  override readonly code = "CALL_ABORTED";
  override readonly worthReload = false;

  constructor(plugin: string, fn: string, reason: unknown) {
    super(plugin, fn, { code: "FUS0600", message: "Stopped by the host", trace: [] }, { cause: reason });
  }
}

/**
 * An argument or a result has no form on the other side of the boundary, or the number of arguments is wrong.
 *
 * @example
 * ```ts
 * try { await plugin.call("greet", [Symbol("Ada")]); }
 * catch (error) { if (error instanceof ArgumentError) report(`${error.function}: ${error.message}`); else throw error; }
 * ```
 */
export class ArgumentError extends PluginError {
  override readonly name = "ArgumentError";
  readonly code = "INVALID_ARGUMENT";
  override readonly recoverable = true;
  readonly function: string;

  constructor(plugin: string, fn: string, problem: string, options?: ErrorOptions) {
    super(plugin, `${printable(plugin)}.${printable(fn)}: ${problem}`, options);
    this.function = fn;
  }
}

/**
 * What ran the plugin failed, and not the program in it. The plugin is in the state `error`; a reload may help.
 *
 * @example
 * ```ts
 * try { await plugin.call("work"); }
 * catch (error) { if (error instanceof PluginCrashedError) await plugin.reload(); else throw error; }
 * ```
 */
export class PluginCrashedError extends PluginError {
  override readonly name = "PluginCrashedError";
  readonly code = "PLUGIN_CRASHED";
  override readonly worthReload = true;

  constructor(plugin: string, cause: Error) {
    super(plugin, `plugin ${printable(plugin)} crashed: ${cause.message}`, { cause });
  }
}

/**
 * The plugin's state does not allow what was asked; `cause` is why it is in the state `error`, if it is.
 *
 * @example
 * ```ts
 * try { await plugin.start(); }
 * catch (error) { if (error instanceof InvalidStateError) report(`${error.actual}, not ${error.expected.join(" or ")}`); else throw error; }
 * ```
 */
export class InvalidStateError extends PluginError {
  override readonly name: string = "InvalidStateError";
  readonly code: string = "INVALID_STATE";
  override readonly recoverable: boolean = true;
  readonly operation: LifecycleOperation;
  /** The states that allow it. */
  readonly expected: readonly LifecycleState[];
  readonly actual: LifecycleState;

  constructor(
    plugin: string,
    operation: LifecycleOperation,
    expected: readonly LifecycleState[],
    actual: LifecycleState,
    failure?: Error,
  ) {
    super(
      plugin,
      `cannot ${operation} plugin ${printable(plugin)}: expected state ${expected.join(" or ")}, found ${actual}` +
        (failure === undefined ? "" : ` (${failure.message})`),
      failure === undefined ? undefined : { cause: failure },
    );
    this.operation = operation;
    this.expected = expected;
    this.actual = actual;
  }
}

/**
 * The plugin was unloaded, and with it everything that it could do.
 *
 * @example
 * ```ts
 * try { await plugin.call("greet"); }
 * catch (error) { if (error instanceof PluginUnloadedError) plugins.delete(error.plugin); else throw error; }
 * ```
 */
export class PluginUnloadedError extends InvalidStateError {
  override readonly name = "PluginUnloadedError";
  override readonly code = "PLUGIN_UNLOADED";
  override readonly recoverable = false;

  constructor(plugin: string, operation: LifecycleOperation, expected: readonly LifecycleState[]) {
    super(plugin, operation, expected, "unloaded");
  }
}

/**
 * The plugin has no such export. `suggestion` is the nearest name that it exports, if one is near.
 *
 * @example
 * ```ts
 * try { await plugin.call("gret"); }
 * catch (error) { if (error instanceof FunctionNotFoundError) report(error.suggestion ?? [...plugin.exports.keys()].join(", ")); else throw error; }
 * ```
 */
export class FunctionNotFoundError extends PluginError {
  override readonly name = "FunctionNotFoundError";
  readonly code = "FUNCTION_NOT_FOUND";
  override readonly recoverable = true;
  readonly function: string;
  readonly suggestion: string | undefined;

  constructor(plugin: string, fn: string, exported: Iterable<string>) {
    const suggestion = nearestWord(fn, exported);
    super(
      plugin,
      `function not found: plugin ${printable(plugin)} exports no ${printable(fn)}${didYouMean(suggestion)}`,
    );
    this.function = fn;
    this.suggestion = suggestion;
  }
}

/**
 * A reload failed, for the reason in `cause`; what ran before runs on.
 *
 * @example
 * ```ts
 * try { await plugin.reload(); }
 * catch (error) { if (error instanceof ReloadError) report(error.message, error.cause); else throw error; }
 * ```
 */
export class ReloadError extends PluginError {
  override readonly name = "ReloadError";
  readonly code = "RELOAD_FAILED";
  override readonly worthReload = true;

  constructor(plugin: string, cause: Error) {
    super(plugin, `reload of plugin ${printable(plugin)} failed, the old version stays: ${cause.message}`, {
      cause,
    });
  }
}

/**
 * The registry holds as many plugins as it may.
 *
 * @example
 * ```ts
 * try { await registry.register(plugin); }
 * catch (error) { if (error instanceof RegistryFullError) report(`at most ${error.capacity} plugins`); else throw error; }
 * ```
 */
export class RegistryFullError extends PluginError {
  override readonly name = "RegistryFullError";
  readonly code = "REGISTRY_FULL";
  readonly capacity: number;

  constructor(plugin: string, capacity: number) {
    super(
      plugin,
      `plugin ${printable(plugin)} cannot be registered: the registry holds ${capacity} plugins, its maximum`,
    );
    this.capacity = capacity;
  }
}

function at(place: string | undefined): string {
  return place === undefined ? "" : `${printable(place)}: `;
}

/** A chain of names; of a long one the ends. */
function written(chain: readonly string[]): string {
  const shown = chain.length <= 12 ? chain : [...chain.slice(0, 6), "…", ...chain.slice(-5)];
  return shown.map((name) => printable(name)).join(" → ");
}

function didYouMean(suggestion: string | undefined): string {
  return suggestion === undefined ? "" : ` (did you mean ${suggestion}?)`;
}

function list(lines: readonly string[], heading: string): string {
  return lines.length === 1
    ? `${heading}: ${lines[0]}`
    : [`${heading}:`, ...lines.map((line) => `  ${line}`)].join("\n");
}
