import { printable } from "@fusabi/capabilities";

/**
 * A file that cannot be read, or may not be: `problem` says why. What the loader throws names the plugin too
 * (`PluginFileError` of `@fusabi/plugin`) and has this as its `cause`.
 *
 * @example
 * ```ts
 * try { await loader.loadFromManifest("plugin.toml"); }
 * catch (error) { if (error instanceof PluginFileError && error.cause instanceof LoaderFileError) show(error.cause.problem); }
 * ```
 */
export class LoaderFileError extends Error {
  override readonly name: string = "LoaderFileError";
  readonly code: string = "LOADER_FILE";
  readonly path: string;
  /** Such as `no such file`. */
  readonly problem: string;

  constructor(path: string, problem: string, options?: ErrorOptions) {
    super(`cannot read ${printable(path)}: ${problem}`, options);
    this.path = path;
    this.problem = problem;
  }
}

/**
 * A manifest file that cannot be read; which plugin it belongs to is not known yet.
 *
 * @example
 * ```ts
 * await readManifest("no/such/plugin.toml"); // throws: cannot read no/such/plugin.toml: no such file
 * ```
 */
export class ManifestFileError extends LoaderFileError {
  override readonly name = "ManifestFileError";
  override readonly code = "MANIFEST_FILE";
}
