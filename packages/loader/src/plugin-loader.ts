import { createHash, randomUUID } from "node:crypto";
import { basename, dirname, isAbsolute, join, resolve } from "node:path";
import type { Capabilities, CapabilityName, Limits } from "@fusabi/capabilities";
import { Capabilities as CapabilitySet } from "@fusabi/capabilities";
import type { Manifest, ManifestDocument, ManifestEntry } from "@fusabi/manifest";
import { assertManifest } from "@fusabi/manifest";
import type { Plugin, PluginProgram } from "@fusabi/plugin";
import { ApiVersionMismatchError, ManagedPlugin } from "@fusabi/plugin";
import type { HostModule, InstantiateOptions, ResolvedImport } from "@fusabi/vm";
import { bareManifest, bareName } from "./bare-manifest.js";
import {
  checkDeclared,
  checkGranted,
  checkProfile,
  neededCapabilities,
  placeIn,
  usesIn,
} from "./capability-checks.js";
import { CompileCache } from "./compile-cache.js";
import { dependencyModules } from "./dependency-modules.js";
import { EffectiveCapabilities } from "./effective-capabilities.js";
import type { GrantAnswers, Question } from "./grant-answers.js";
import { inHostCallback } from "./host-callback.js";
import { HostGrant } from "./host-grant.js";
import type { HostSettings } from "./host-settings.js";
import { hostSettings } from "./host-settings.js";
import { InlineProgram, type LinkedProgram, link, type ProgramParts } from "./inline-program.js";
import { exportsV1, InlineProgramV1 } from "./inline-program-v1.js";
import type {
  LoaderOptions,
  LoadOptions,
  ManifestLoadOptions,
  PackageLoadOptions,
} from "./loader-options.js";
import { definedFunctions, offeredExports, type ProgramExports } from "./offered-exports.js";
import { PluginFolder } from "./plugin-folder.js";
import { manifestIn, packageFolder } from "./plugin-packages.js";
import { PluginScope } from "./plugin-scope.js";
import { CodeV1, decodeBytecode, type ProgramCode, reachableFunctions } from "./program-code.js";
import { readManifestDocument } from "./read-manifest.js";
import { programOfSource } from "./source-program.js";

/**
 * Makes plugins of manifests, sources and bytecode: reads, validates, checks the API version and the capabilities,
 * compiles or verifies, links and, unless told otherwise, starts.
 *
 * Loading throws `ManifestError`, `ManifestFileError` and the errors of `@fusabi/plugin`: `ApiVersionMismatchError`,
 * `MissingCapabilityError`, `UndeclaredCapabilityError`, `CompilationError`, `InvalidProgramError`, `PluginFileError`,
 * `InitializationError`. A plugin that does not load leaves nothing behind.
 *
 * @example
 * ```ts
 * const loader = new PluginLoader({ capabilities: ["fs:read"], sandbox: { read: { allow: ["/srv/data"] } } });
 * const plugin = await loader.loadFromManifest("plugins/greeter/plugin.toml");
 * await plugin.call("greet", ["Ada"]); // "Hello, Ada"
 * ```
 */
export class PluginLoader {
  readonly #options: LoaderOptions;
  readonly #settings: HostSettings;
  readonly #grant: HostGrant;
  /** Of the plugins that are loaded. */
  readonly #scopes = new Set<PluginScope>();
  readonly #cache: CompileCache | undefined;

  /**
   * Throws `UnknownCapabilityError`, `InvalidLimitError`, `InvalidPolicyError`, `UnknownProfileError` and
   * `InvalidApiVersionError` for options that mean nothing.
   */
  constructor(options: LoaderOptions = {}) {
    this.#options = options;
    this.#settings = hostSettings(options);
    const { onRequest, askAt = "load", grantStore } = options;
    this.#grant = new HostGrant(this.#settings.granted, {
      occasion: askAt,
      ...(onRequest === undefined ? {} : { onRequest }),
      ...(grantStore === undefined ? {} : { store: grantStore }),
    });
    const { cache } = options;
    this.#cache = cache === undefined ? undefined : new CompileCache(this.#located(cache));
  }

  /** What the host grants at the moment. */
  get granted(): Capabilities {
    return this.#grant.granted;
  }

  /** What one call of a plugin may use. */
  get limits(): Limits {
    return this.#settings.limits;
  }

  /** Grants more. It reaches plugins that run, as far as they have declared it. Throws `UnknownCapabilityError`. */
  grant(...capabilities: readonly string[]): void {
    this.#grant.grant(capabilities);
  }

  /**
   * Takes grants back, those by an answer of `onRequest` included, until they are granted again. The next use by any
   * plugin is denied; an operation that runs goes on. Throws `UnknownCapabilityError`.
   */
  revoke(...capabilities: readonly string[]): void {
    this.#grant.revoke(capabilities);
  }

  /**
   * Grants more to one plugin, by name, and remembers it in the store. It reaches what the plugin has declared. Throws
   * `UnknownCapabilityError`.
   */
  async grantTo(plugin: string, ...capabilities: readonly string[]): Promise<void> {
    await this.#answer(plugin, capabilities, (answers, capability) => answers.grant(capability));
  }

  /**
   * Takes capabilities from one plugin, by name, at once: its next use is denied, whatever the host grants to all. The
   * answers that granted them are forgotten, so that they are asked for when it is loaded again. Throws
   * `UnknownCapabilityError`.
   */
  async revokeFrom(plugin: string, ...capabilities: readonly string[]): Promise<void> {
    await this.#answer(plugin, capabilities, (answers, capability) => answers.revoke(capability));
  }

  /** Loads a plugin from its manifest file: TOML, or JSON if the name ends in `.json`. */
  loadFromManifest(path: string, options: ManifestLoadOptions = {}): Promise<Plugin> {
    const manifestPath = this.#located(path);
    let read = options.document;
    return this.#load(options, { manifestPath, origin: resolve(manifestPath) }, async (scope) => {
      const given = read;
      read = undefined;
      const document =
        given ?? (await readManifestDocument(manifestPath, { strict: this.#settings.strictValidation }));
      for (const problem of document.problems) {
        const { code, message, line = 1, column = 1 } = problem;
        const place = placeIn(document, { line, column });
        this.#options.onWarning?.({ plugin: document.manifest.name, code, message, place });
      }
      const { manifest } = document;
      return this.#declaredProgram(manifest, dirname(manifestPath), scope, { document, path: manifestPath });
    });
  }

  /** Loads the plugin of a folder: of the `plugin.toml`, `fusabi.toml` or `plugin.json` in it. */
  async loadDirectory(folder: string, options: LoadOptions = {}): Promise<Plugin> {
    return this.loadFromManifest(manifestIn(this.#located(folder)), options);
  }

  /**
   * Loads the plugin that is an npm package, from the `node_modules` of the folder `from` or of a folder around it. Throws
   * {@link ManifestFileError} if there is no such package, or no manifest in it.
   */
  async loadPackage(name: string, { from = ".", ...options }: PackageLoadOptions = {}): Promise<Plugin> {
    return this.loadFromManifest(manifestIn(packageFolder(name, resolve(this.#located(from)))), options);
  }

  /** Loads a plugin whose manifest the host made; `basePath` is the folder that its entry is in. */
  loadManifest(
    manifest: Manifest,
    { basePath, ...options }: LoadOptions & { readonly basePath: string },
  ): Promise<Plugin> {
    const folder = this.#located(basePath);
    return this.#load(options, { origin: resolve(folder) }, async (scope) =>
      this.#declaredProgram(assertManifest(manifest), folder, scope, {
        document: undefined,
        path: undefined,
      }),
    );
  }

  /**
   * Loads a source file without a manifest. Its name is that of the file, its exports are all functions of the top level,
   * and it declares what it can reach: it loads even if not all of that is granted, and the use is denied.
   */
  loadSource(path: string, options: LoadOptions = {}): Promise<Plugin> {
    return this.#loadBareFile("source", path, options);
  }

  /** As {@link loadSource}, for a bytecode file. */
  loadBytecodeFile(path: string, options: LoadOptions = {}): Promise<Plugin> {
    return this.#loadBareFile("bytecode", path, options);
  }

  /** As {@link loadBytecodeFile}, for bytecode in memory; `name` is spelt as names of plugins are. */
  loadBytecode(
    bytes: Uint8Array,
    { name, ...options }: LoadOptions & { readonly name: string },
  ): Promise<Plugin> {
    const plugin = bareName(name);
    // A copy: what is loaded again at a reload is what was given, whatever has become of the array.
    const copy = Uint8Array.from(bytes);
    const entry: ManifestEntry = { kind: "bytecode", path: `${plugin}.fzb` };
    const workingDir = resolve(this.#settings.basePath ?? "");
    const origin = `sha256:${createHash("sha256").update(copy).digest("hex")}`;
    return this.#load(options, { origin }, async (scope) =>
      this.#bareProgram(plugin, entry, await decodeBytecode(plugin, plugin, copy), workingDir, scope),
    );
  }

  #loadBareFile(kind: ManifestEntry["kind"], path: string, options: LoadOptions): Promise<Plugin> {
    const fileName = this.#located(path);
    return this.#load(options, { origin: resolve(fileName) }, async (scope) => {
      const plugin = bareName(fileName);
      const folder = new PluginFolder(plugin, dirname(fileName));
      const code = await this.#readCode(plugin, kind, fileName, folder, this.#settings.hostModules);
      const entry: ManifestEntry = { kind, path: basename(fileName) };
      return {
        ...(await this.#bareProgram(plugin, entry, code, folder.root, scope, folder)),
        entryPath: folder.resolve(fileName),
      };
    });
  }

  /** Loads a program, now and at each reload, and makes a plugin of it. */
  async #load(
    { autoStart = this.#settings.autoStart }: LoadOptions,
    paths: { readonly manifestPath?: string; readonly origin: string },
    prepare: (scope: PluginScope) => Promise<Prepared>,
  ): Promise<Plugin> {
    const { auditCapacity, audit, onEvent, onEffect, stateStore } = this.#options;
    const { auditLevel, dryRun } = this.#settings;
    const scope = new PluginScope(paths.origin, this.#grant, {
      auditCapacity,
      auditLevel,
      audit,
      dryRun,
      onEffect,
    });
    await this.#settings.scripts?.load();
    const prepared = (): Promise<Prepared> =>
      prepare(scope).catch((error: unknown) => {
        scope.refused(error);
        throw error;
      });
    const { program, entryPath } = await prepared().catch((error: unknown) => {
      scope[Symbol.dispose]();
      throw error;
    });
    this.#scopes.add(scope);
    const plugin = new ManagedPlugin({
      program,
      reload: async () => (await prepared()).program,
      id: newId(),
      audit: scope.audit,
      ...(scope.effects === undefined ? {} : { effects: scope.effects }),
      ...(paths.manifestPath === undefined ? {} : { manifestPath: resolve(paths.manifestPath) }),
      ...(entryPath === undefined ? {} : { entryPath }),
      ...(stateStore === undefined ? {} : { stateStore }),
      ...(onEvent === undefined ? {} : { onEvent }),
    });
    plugin.on("unloaded", () => {
      this.#scopes.delete(scope);
      scope[Symbol.dispose]();
    });
    if (autoStart) await startOrDispose(plugin);
    return plugin;
  }

  /** A program that a manifest speaks for: what it says is held against the host and against the program. */
  async #declaredProgram(
    manifest: Manifest,
    folderPath: string,
    scope: PluginScope,
    { document, path: manifestPath }: ManifestSource,
  ): Promise<Prepared> {
    const { name, apiVersion, entry } = manifest;
    if (!this.#settings.apiVersion.supports(apiVersion)) {
      const place = document && placeIn(document, document.positionOf(["api-version"]));
      throw new ApiVersionMismatchError(name, apiVersion, this.#settings.apiVersion, place);
    }
    const answers = scope.answersFor(name);
    await answers.recall();
    checkProfile(manifest, this.#settings.profile);
    const asks = this.#grant.asking.onRequest !== undefined;
    if (!asks) checkGranted(manifest, answers, this.#settings.profile, document);
    const folder = new PluginFolder(name, folderPath);
    const fileName = folder.fileName(entry.path);
    const hostModules = this.#modulesFor(manifest);
    const code = await this.#readCode(name, entry.kind, fileName, folder, hostModules);
    const effective = new EffectiveCapabilities(manifest.capabilities, answers);
    const reachable = reachableFunctions(name, code, hostModules);
    checkDeclared(name, effective.declared, reachable);
    const { question, ask } = this.#asking(manifest.version, reachable);
    if (ask) {
      await effective.ask(manifest.capabilities, { ...question, occasion: "load" });
      checkGranted(manifest, answers, this.#settings.profile, document);
    }
    const linked = this.#linked(name, folder.root, effective, question, scope, hostModules);
    const { defined, program } = linkCode(code, linked);
    return {
      program: program(manifest, {
        exports: offeredExports(manifest, defined, document),
        files: [...(manifestPath === undefined ? [] : [folder.hostFile(manifestPath)]), ...folder.filesRead],
      }),
      entryPath: folder.resolve(fileName),
    };
  }

  async #bareProgram(
    plugin: string,
    entry: ManifestEntry,
    code: ProgramCode,
    workingDir: string,
    scope: PluginScope,
    folder?: PluginFolder,
  ): Promise<Prepared> {
    const reachable = reachableFunctions(plugin, code, this.#settings.hostModules);
    const capabilities = neededCapabilities(reachable);
    const answers = scope.answersFor(plugin);
    await answers.recall();
    const effective = new EffectiveCapabilities(capabilities, answers);
    const { question, ask } = this.#asking("0.0.0", reachable);
    if (ask) await effective.ask(capabilities, { ...question, occasion: "load" });
    const { defined, program } = linkCode(
      code,
      this.#linked(plugin, workingDir, effective, question, scope, this.#settings.hostModules),
    );
    const exports = definedFunctions(defined);
    const manifest = bareManifest({
      name: plugin,
      apiVersion: this.#settings.apiVersion,
      entry,
      capabilities,
      exports: [...exports.keys()],
    });
    return { program: program(manifest, { exports, files: folder?.filesRead ?? [] }) };
  }

  /** What the program can call: the host's modules, and those of its dependencies where there are other plugins. */
  #modulesFor(manifest: Manifest): readonly HostModule[] {
    const { hostModules } = this.#settings;
    const { peers } = this.#options;
    if (peers === undefined || manifest.dependencies.length === 0) return hostModules;
    return [...hostModules, ...dependencyModules(manifest, peers)];
  }

  async #readCode(
    plugin: string,
    kind: ManifestEntry["kind"],
    fileName: string,
    folder: PluginFolder,
    hostModules: readonly HostModule[],
  ): Promise<ProgramCode> {
    if (kind === "bytecode") return await decodeBytecode(plugin, fileName, folder.readBytes(fileName));
    const { mode } = this.#settings;
    return programOfSource(
      { plugin, text: folder.readText(fileName), fileName, hostModules, mode },
      {
        load: (path, from) => folder.readLoaded(path, from),
        cache: this.#cache,
        onWarning: this.#options.onWarning,
      },
    );
  }

  #linked(
    plugin: string,
    ownFolder: string,
    effective: EffectiveCapabilities,
    question: Question,
    scope: PluginScope,
    hostModules: readonly HostModule[],
  ): LinkedProgram {
    const { limits, sandbox } = this.#settings;
    const { onOutput = writeToProcess, engine } = this.#options;
    const options: InstantiateOptions = {
      imports: hostModules,
      capabilities: effective,
      sandbox: scope.sandbox(sandbox, ownFolder),
      onOutput: (text, stream) => inHostCallback("onOutput", () => onOutput(text, stream, plugin)),
      ...(engine === undefined ? {} : { engine }),
      ...scope.observing(plugin),
    };
    return { plugin, options, limits, effective, question };
  }

  /** What questions about a program say, and whether they are asked before it runs. */
  #asking(
    version: string,
    reachable: readonly ResolvedImport[],
  ): { readonly question: Question; readonly ask: boolean } {
    const { onRequest, occasion } = this.#grant.asking;
    const usesOf = (capability: CapabilityName): readonly string[] => usesIn(reachable, capability);
    return {
      question: { version, occasion: "call", usesOf },
      ask: onRequest !== undefined && occasion === "load",
    };
  }

  async #answer(
    plugin: string,
    capabilities: readonly string[],
    answer: (answers: GrantAnswers, capability: CapabilityName) => Promise<void>,
  ): Promise<void> {
    const names = CapabilitySet.of(...capabilities).names();
    const loaded = [...this.#scopes].flatMap(({ answers }) =>
      answers?.identity.name === plugin ? [answers] : [],
    );
    await Promise.all(loaded.flatMap((answers) => names.map((name) => answer(answers, name))));
  }

  #located(path: string): string {
    const { basePath } = this.#settings;
    return basePath === undefined || isAbsolute(path) ? path : join(basePath, path);
  }
}

/** Where a manifest comes from: nothing of it when the host made it. */
interface ManifestSource {
  readonly document: ManifestDocument | undefined;
  readonly path: string | undefined;
}

/** A program that is ready to be opened. */
interface Prepared {
  readonly program: PluginProgram;
  /** Where it was read from, links resolved. */
  readonly entryPath?: string;
}

/** Links a program by the version of its code. Throws `InvalidProgramError` if the host lacks what a module imports. */
function linkCode(
  code: ProgramCode,
  linked: LinkedProgram,
): {
  readonly defined: ProgramExports;
  readonly program: (manifest: Manifest, parts: ProgramParts) => PluginProgram;
} {
  if (code instanceof CodeV1) {
    return {
      defined: { exports: exportsV1, definitions: [] },
      program: (manifest, parts) => new InlineProgramV1(manifest, parts, code, linked),
    };
  }
  const module = { ...linked, module: code };
  const instance = link(module);
  return {
    defined: { exports: instance.exports, definitions: code.data.definitions },
    program: (manifest, parts) => new InlineProgram(manifest, parts, module, instance),
  };
}

async function startOrDispose(plugin: Plugin): Promise<void> {
  try {
    await plugin.initialize();
    await plugin.start();
  } catch (error) {
    await plugin[Symbol.asyncDispose]();
    throw error;
  }
}

/** In one piece: the engine keeps a text as the pieces that it was put together from, which is ten times as much. */
function newId(): string {
  return Buffer.from(randomUUID(), "latin1").toString("latin1");
}

function writeToProcess(text: string, stream: "stdout" | "stderr"): void {
  process[stream].write(text);
}
