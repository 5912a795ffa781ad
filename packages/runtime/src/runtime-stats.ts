import type { RegistryStats } from "@fusabi/registry";

/**
 * What a runtime holds and has done.
 *
 * @example
 * ```ts
 * const { plugins, calls } = runtime.stats();
 * console.log(`${plugins.running} plugins, ${calls.failed} of ${calls.total} calls failed`);
 * ```
 */
export interface RuntimeStats {
  readonly plugins: RegistryStats;
  readonly calls: {
    /** Calls that have ended or begun. */
    readonly total: number;
    readonly succeeded: number;
    readonly failed: number;
    readonly running: number;
    /** Calls that wait for their turn. */
    readonly queued: number;
  };
  /** Messages of plugins to each other that are not delivered yet. */
  readonly messagesWaiting: number;
}
