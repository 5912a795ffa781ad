import { randomUUID } from "node:crypto";
import { basename, dirname, isAbsolute, join, resolve } from "node:path";
import type { AuditRecord, Capabilities, Limits } from "@fusabi/capabilities";
import { AuditTrail, parseCapability, UnknownCapabilityError } from "@fusabi/capabilities";
import type { Manifest, ManifestDocument, ManifestEntry } from "@fusabi/manifest";
import { assertManifest } from "@fusabi/manifest";
import type { Plugin, PluginProgram } from "@fusabi/plugin";
import { ApiVersionMismatchError, ManagedPlugin } from "@fusabi/plugin";
import type { ExportInfo, InstantiateOptions } from "@fusabi/vm";
import { bareManifest, bareName } from "./bare-manifest.js";
import { checkDeclared, checkGranted, neededCapabilities, placeIn } from "./capability-checks.js";
import { compileSource } from "./compile-source.js";
import { inHostCallback } from "./host-callback.js";
import { EffectiveCapabilities, HostGrant } from "./host-grant.js";
import type { HostSettings } from "./host-settings.js";
import { hostSettings } from "./host-settings.js";
import { InlineProgram, type LinkedProgram, link } from "./inline-program.js";
import { exportsV1, InlineProgramV1 } from "./inline-program-v1.js";
import type { LoaderOptions, LoadOptions } from "./loader-options.js";
import { definedFunctions, offeredExports } from "./offered-exports.js";
import { PluginFolder } from "./plugin-folder.js";
import { CodeV1, decodeBytecode, type ProgramCode, reachableFunctions } from "./program-code.js";
import { readManifestDocument } from "./read-manifest.js";

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

  /**
   * Throws `UnknownCapabilityError`, `InvalidLimitError`, `InvalidPolicyError`, `UnknownProfileError` and
   * `InvalidApiVersionError` for options that mean nothing.
   */
  constructor(options: LoaderOptions = {}) {
    this.#options = options;
    this.#settings = hostSettings(options);
    this.#grant = new HostGrant(this.#settings.granted);
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
    this.#grant.granted = this.#grant.granted.with(...capabilities);
  }

  /**
   * Takes grants back. The next use by any plugin is denied; an operation that runs goes on. Throws
   * `UnknownCapabilityError`.
   */
  revoke(...capabilities: readonly string[]): void {
    this.#grant.granted = this.#grant.granted.without(...capabilities);
  }

  /** Loads a plugin from its manifest file: TOML, or JSON if the name ends in `.json`. */
  loadFromManifest(path: string, options: LoadOptions = {}): Promise<Plugin> {
    const manifestPath = this.#located(path);
    return this.#load(options, { manifestPath }, async (audit) => {
      const document = await readManifestDocument(manifestPath, { strict: this.#settings.strictValidation });
      for (const problem of document.problems) {
        const { code, message, line = 1, column = 1 } = problem;
        const place = placeIn(document, { line, column });
        this.#options.onWarning?.({ plugin: document.manifest.name, code, message, place });
      }
      return this.#declaredProgram(document.manifest, dirname(manifestPath), audit, document);
    });
  }

  /** Loads a plugin whose manifest the host made; `basePath` is the folder that its entry is in. */
  loadManifest(
    manifest: Manifest,
    { basePath, ...options }: LoadOptions & { readonly basePath: string },
  ): Promise<Plugin> {
    const folder = this.#located(basePath);
    return this.#load(options, {}, async (audit) =>
      this.#declaredProgram(assertManifest(manifest), folder, audit, undefined),
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
    return this.#load(options, {}, async (audit) =>
      this.#bareProgram(plugin, entry, await decodeBytecode(plugin, plugin, copy), workingDir, audit),
    );
  }

  #loadBareFile(kind: ManifestEntry["kind"], path: string, options: LoadOptions): Promise<Plugin> {
    const fileName = this.#located(path);
    return this.#load(options, {}, async (audit) => {
      const plugin = bareName(fileName);
      const folder = new PluginFolder(plugin, dirname(fileName));
      const code = await this.#readCode(plugin, kind, fileName, folder);
      const entry: ManifestEntry = { kind, path: basename(fileName) };
      return {
        ...this.#bareProgram(plugin, entry, code, folder.root, audit),
        entryPath: folder.resolve(fileName),
      };
    });
  }

  /** Loads a program, now and at each reload, and makes a plugin of it. */
  async #load(
    { autoStart = this.#settings.autoStart }: LoadOptions,
    paths: { readonly manifestPath?: string },
    prepare: (audit: AuditTrail) => Promise<Prepared>,
  ): Promise<Plugin> {
    const { auditCapacity, onEvent } = this.#options;
    const audit = new AuditTrail(auditCapacity === undefined ? {} : { capacity: auditCapacity });
    const { program, entryPath } = await prepare(audit);
    const plugin = new ManagedPlugin({
      program,
      reload: async () => (await prepare(audit)).program,
      id: randomUUID(),
      audit,
      ...(paths.manifestPath === undefined ? {} : { manifestPath: resolve(paths.manifestPath) }),
      ...(entryPath === undefined ? {} : { entryPath }),
      ...(onEvent === undefined ? {} : { onEvent }),
    });
    if (autoStart) await startOrDispose(plugin);
    return plugin;
  }

  /** A program that a manifest speaks for: what it says is held against the host and against the program. */
  async #declaredProgram(
    manifest: Manifest,
    folderPath: string,
    audit: AuditTrail,
    document: ManifestDocument | undefined,
  ): Promise<Prepared> {
    const { name, apiVersion, entry } = manifest;
    if (!this.#settings.apiVersion.supports(apiVersion)) {
      const place = document && placeIn(document, document.positionOf(["api-version"]));
      throw new ApiVersionMismatchError(name, apiVersion, this.#settings.apiVersion, place);
    }
    checkGranted(manifest, this.granted, document);
    const folder = new PluginFolder(name, folderPath);
    const fileName = folder.fileName(entry.path);
    const code = await this.#readCode(name, entry.kind, fileName, folder);
    const effective = new EffectiveCapabilities(manifest.capabilities, this.#grant);
    checkDeclared(name, effective.declared, reachableFunctions(name, code, this.#settings.hostModules));
    const { defined, program } = linkCode(code, this.#linked(name, folder.root, effective, audit), effective);
    return {
      program: program(manifest, offeredExports(manifest, defined, document)),
      entryPath: folder.resolve(fileName),
    };
  }

  #bareProgram(
    plugin: string,
    entry: ManifestEntry,
    code: ProgramCode,
    workingDir: string,
    audit: AuditTrail,
  ): Prepared {
    const reachable = reachableFunctions(plugin, code, this.#settings.hostModules);
    const capabilities = neededCapabilities(reachable);
    const effective = new EffectiveCapabilities(capabilities, this.#grant);
    const { defined, program } = linkCode(
      code,
      this.#linked(plugin, workingDir, effective, audit),
      effective,
    );
    const exports = definedFunctions(defined);
    const manifest = bareManifest({
      name: plugin,
      apiVersion: this.#settings.apiVersion,
      entry,
      capabilities,
      exports: [...exports.keys()],
    });
    return { program: program(manifest, exports) };
  }

  async #readCode(
    plugin: string,
    kind: ManifestEntry["kind"],
    fileName: string,
    folder: PluginFolder,
  ): Promise<ProgramCode> {
    if (kind === "bytecode") return await decodeBytecode(plugin, fileName, folder.readBytes(fileName));
    const bytecode = await compileSource({
      plugin,
      text: folder.readText(fileName),
      fileName,
      load: (path, from) => folder.readLoaded(path, from),
      hostModules: this.#settings.hostModules,
      mode: this.#settings.mode,
      onWarning: this.#options.onWarning,
    });
    return await decodeBytecode(plugin, fileName, bytecode);
  }

  #linked(
    plugin: string,
    ownFolder: string,
    effective: EffectiveCapabilities,
    audit: AuditTrail,
  ): LinkedProgram {
    const { hostModules, limits, sandbox } = this.#settings;
    const { onOutput = writeToProcess } = this.#options;
    const options: InstantiateOptions = {
      imports: hostModules,
      capabilities: effective,
      sandbox: sandbox.workingDir === undefined ? { ...sandbox, workingDir: ownFolder } : sandbox,
      onOutput: (text, stream) => inHostCallback("onOutput", () => onOutput(text, stream, plugin)),
      audit: (entry) => {
        const capability = parseCapability(entry.capability);
        if (capability === undefined) throw new UnknownCapabilityError(entry.capability);
        const record: AuditRecord = { ...entry, capability, at: Date.now(), plugin };
        audit.sink(record);
        inHostCallback("audit", () => this.#options.audit?.(record));
      },
    };
    return { plugin, options, limits };
  }

  #located(path: string): string {
    const { basePath } = this.#settings;
    return basePath === undefined || isAbsolute(path) ? path : join(basePath, path);
  }
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
  effective: EffectiveCapabilities,
): {
  readonly defined: ReadonlyMap<string, ExportInfo>;
  readonly program: (manifest: Manifest, exports: PluginProgram["exports"]) => PluginProgram;
} {
  if (code instanceof CodeV1) {
    return {
      defined: exportsV1,
      program: (manifest, exports) => new InlineProgramV1(manifest, exports, code, linked, effective),
    };
  }
  const module = { ...linked, module: code };
  const instance = link(module);
  return {
    defined: instance.exports,
    program: (manifest, exports) => new InlineProgram(manifest, exports, module, effective, instance),
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

function writeToProcess(text: string, stream: "stdout" | "stderr"): void {
  process[stream].write(text);
}
