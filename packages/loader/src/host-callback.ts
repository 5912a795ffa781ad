import { runtimeException, ScriptError } from "@fusabi/vm";

/**
 * Runs a callback of the host in the middle of a program. If it fails, the operation that led to it fails, as when a host
 * function does; the plugin itself is as good as before.
 */
export function inHostCallback(name: string, callback: () => void): void {
  try {
    callback();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ScriptError(runtimeException("FUS0517", `${name} of the host failed: ${message}`, error));
  }
}
