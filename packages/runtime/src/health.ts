import type { LifecycleState, Plugin, PluginFailure } from "@fusabi/plugin";

/**
 * How a plugin is doing.
 *
 * @example
 * ```ts
 * const { healthy, state, lastError } = await runtime.checkHealth("collector");
 * if (!healthy) await runtime.restart("collector");
 * ```
 */
export interface PluginHealth {
  readonly healthy: boolean;
  readonly state: LifecycleState;
  /** The latest failure of a call, a hook or a reload, if there was one. */
  readonly lastError: PluginFailure | undefined;
  /** What its export `health_check` answered; absent if it has none or does not run. */
  readonly answer?: unknown;
}

/**
 * Asks a plugin how it is. One that exports `health_check` decides itself: it is well unless the call fails or answers
 * `false`, an `Error` or a text; any other is well if it runs and its latest call did not fail.
 */
export async function healthOf(plugin: Plugin, timeoutMs: number): Promise<PluginHealth> {
  if (plugin.state !== "running" || !plugin.exports.has("health_check")) {
    return { healthy: plugin.isHealthy, state: plugin.state, lastError: plugin.lastError };
  }
  let answer: unknown;
  let failed = false;
  try {
    answer = await plugin.call("health_check", [], { timeoutMs });
  } catch (error) {
    answer = error;
    failed = true;
  }
  const healthy = !failed && !isComplaint(answer);
  return { healthy, state: plugin.state, lastError: plugin.lastError, answer };
}

function isComplaint(answer: unknown): boolean {
  if (answer === false || typeof answer === "string" || answer instanceof Error) return true;
  return typeof answer === "object" && answer !== null && "ok" in answer && answer.ok === false;
}
