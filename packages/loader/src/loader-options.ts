import type {
  AuditLevel,
  AuditSink,
  Capabilities,
  GrantAnswer,
  GrantRequest,
  GrantStore,
  HostProfile,
  Limits,
  PlannedEffect,
  SandboxPolicy,
} from "@fusabi/capabilities";
import type { ApiVersion, ManifestDocument } from "@fusabi/manifest";
import type { LifecycleEvent, StateStore } from "@fusabi/plugin";
import type { NodeLibraryOptions } from "@fusabi/stdlib/node";
import type { Engine, HostModule } from "@fusabi/vm";
import type { PluginPeers } from "./plugin-peers.js";

/**
 * What a host gives to its plugins, and how they are loaded.
 *
 * @example
 * ```ts
 * const options: LoaderOptions = {
 *   capabilities: ["fs:read"],
 *   sandbox: { read: { allow: ["/srv/data"] } },
 *   limits: { timeoutMs: 1_000 },
 * };
 * ```
 */
export interface LoaderOptions {
  /**
   * What the host grants. A list of names (or aliases) comes on top of what the profile grants, and without a profile on
   * top of the safe defaults; a `Capabilities` is exactly that set, so that `Capabilities.none()` takes the safe
   * defaults away too. Default: the safe defaults.
   */
  readonly capabilities?: Capabilities | readonly string[];
  /**
   * Asked, per plugin and capability, for what a plugin declares beyond that: what is answered `grant` or `deny` is
   * remembered in the store, `once` is not. Without it, nothing is asked, and a manifest that lists more than is granted
   * does not load. What it throws fails the load or the call.
   */
  readonly onRequest?: (request: GrantRequest) => GrantAnswer | Promise<GrantAnswer>;
  /**
   * When that is asked. `load` (the default): when the plugin is loaded, which fails if a capability of the manifest is
   * denied. `call`: before the first call of a function that can reach the capability; a call that cannot wait
   * (`callSync`) asks at the use itself, and is denied if the answer is a promise, which then counts for later calls.
   */
  readonly askAt?: "load" | "call";
  /** Where answers are remembered. Default: in the memory of this loader. */
  readonly grantStore?: GrantStore;
  /** What one call may use; what is left out comes from the profile, or from `limits.default`. */
  readonly limits?: Partial<Limits>;
  /**
   * What the capabilities apply to; what is left out comes from the profile, or is denied. Relative paths start in
   * `workingDir`, which is the plugin's own folder unless it is set.
   */
  readonly sandbox?: Partial<SandboxPolicy>;
  /** A profile, or the name of one that comes with `@fusabi/capabilities`. */
  readonly profile?: HostProfile | string;
  /** What plugins may call beside the standard library. A module of a name that is there adds to it. */
  readonly hostModules?: readonly HostModule[];
  /** Default: the API version of this package. */
  readonly hostApiVersion?: ApiVersion | string;
  /**
   * The plugins that plugins can depend on, such as a `PluginRegistry`. A dependency `text-utils` is the module
   * `Plugins.TextUtils` to the plugin that names it, with the types that its exports have at that time; one that is not
   * there in a fitting version keeps the plugin from loading. Default: none, and dependencies are not looked at.
   */
  readonly peers?: PluginPeers;
  /** The host's part in the standard library: where plugins log, what they measure, how they reach each other. */
  readonly library?: NodeLibraryOptions;
  /**
   * Default false. True: programs may run texts (`Script.eval`), under their own declaration, grants and limits, and against what
   * plugins may call. What a text reaches, nobody can tell before it runs: `fus audit` says where texts are run. The compiler
   * is loaded with the first plugin. `library.script` takes its place.
   */
  readonly scriptEval?: boolean;
  /** Where relative paths of manifests, sources and bytecode start. Default: the current folder. */
  readonly basePath?: string;
  /** Default true: a plugin is initialized and started when it has been loaded. */
  readonly autoStart?: boolean;
  /** Default true. False: what is wrong in a manifest's descriptive fields is a warning. */
  readonly strictValidation?: boolean;
  /** The second tier that plugins run in, such as `jit()` of `@fusabi/jit`. Default: everything is interpreted. */
  readonly engine?: Engine;
  /** Default `strict`. `lenient` turns some type errors of old dynamic scripts into warnings. */
  readonly mode?: "strict" | "lenient";
  /**
   * A folder that keeps compiled programs, by everything that they were made of: the next start need not compile, or even
   * load the compiler. It is made if it is missing, and may be shared by many processes. Who can write to it chooses what
   * plugins run, within what they are granted: give it to the host alone. Default: none.
   */
  readonly cache?: string;
  /** Which uses of capabilities are recorded. Default: what the profile says, or `every`. */
  readonly auditLevel?: AuditLevel;
  /**
   * True: plugins rehearse. What would change something outside is not done but noted in `plugin.effects`, after the same
   * checks, and answered as if it had been. Default: what the profile says, or false.
   */
  readonly dryRun?: boolean;
  /** Takes each noted effect of a dry run as it happens. If it throws, the operation that it was to note fails. */
  readonly onEffect?: (effect: PlannedEffect) => void;
  /** How many audit records each plugin keeps in memory: of denials, of uses of the safe defaults, and of other uses. Default 1,000. */
  readonly auditCapacity?: number;
  /** Takes each audit record of all plugins as it happens. If it throws, the operation that it was to record fails. */
  readonly audit?: AuditSink;
  /** Takes what plugins print. Default: standard output and standard error of this process. */
  readonly onOutput?: (text: string, stream: "stdout" | "stderr", plugin: string) => void;
  /** Takes what is doubtful in manifests and sources that load. */
  readonly onWarning?: (warning: LoadWarning) => void;
  /**
   * Keeps what the `save_state` of a plugin gives when it stops or is reloaded, for the `restore_state` of its next start.
   * Default: none; a reload hands state over all the same.
   */
  readonly stateStore?: StateStore;
  /** Hears every event of every plugin that is loaded, `created` included. */
  readonly onEvent?: (event: LifecycleEvent) => void;
}

/** What can differ from one plugin to the next. */
export interface LoadOptions {
  /** Default: that of the loader. */
  readonly autoStart?: boolean;
}

/** Of a plugin that has a manifest file. */
export interface ManifestLoadOptions extends LoadOptions {
  /** The manifest, if it has been read from the file already. A reload reads it again. */
  readonly document?: ManifestDocument;
}

/** Of a plugin that is an npm package. */
export interface PackageLoadOptions extends LoadOptions {
  /** The folder whose `node_modules` are looked into first. Default: the current folder, or `basePath`. */
  readonly from?: string;
}

/** Something doubtful in a manifest or a source; it keeps nothing from loading. */
export interface LoadWarning {
  readonly plugin: string;
  /** Such as `UNKNOWN_KEY` of a manifest, `FUS0301` of the compiler, or `CACHE` of the compile cache. */
  readonly code: string;
  readonly message: string;
  /** `FILE:LINE:COLUMN`. */
  readonly place: string;
}
