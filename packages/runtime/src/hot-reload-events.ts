/**
 * What a hot reload tells, by name. Times are milliseconds since 1970-01-01 UTC.
 *
 * @example
 * ```ts
 * hotReload.on("after", (event: HotReloadEvents["after"]) => {
 *   if (!event.ok) report(event.plugin, event.error.message);
 * });
 * ```
 */
export interface HotReloadEvents {
  /** Files of a plugin have changed; with `autoReload`, `before` follows. */
  readonly changed: { readonly plugin: string; readonly at: number; readonly files: readonly string[] };
  /** A new version of a plugin is about to be tried. */
  readonly before: { readonly plugin: string; readonly at: number; readonly reason: ReloadReason };
  /** It serves, or it does not load and the old one goes on serving: told once for each version that does not load. */
  readonly after:
    | {
        readonly plugin: string;
        readonly at: number;
        readonly durationMs: number;
        readonly ok: true;
        readonly version: string;
      }
    | {
        readonly plugin: string;
        readonly at: number;
        readonly durationMs: number;
        readonly ok: false;
        readonly error: Error;
      };
  /** A version that did not load is tried again in `delayMs`, for the `attempt`th time. */
  readonly retry: {
    readonly plugin: string;
    readonly at: number;
    readonly attempt: number;
    readonly delayMs: number;
    readonly error: Error;
  };
  /** There were too many failures in a row: a version is not tried again before `retryAt`, unless files change. */
  readonly "circuit-opened": { readonly plugin: string; readonly at: number; readonly retryAt: number };
  readonly "circuit-closed": { readonly plugin: string; readonly at: number };
  /** Watching has failed for something, or a listener has. */
  readonly error: Error;
}

/** Why a plugin is reloaded: files of its own changed, a plugin that it depends on was reloaded, or somebody asked. */
export type ReloadReason =
  | { readonly kind: "files"; readonly files: readonly string[] }
  | { readonly kind: "dependency"; readonly dependency: string }
  | { readonly kind: "request" };
