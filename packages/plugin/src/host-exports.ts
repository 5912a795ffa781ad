const HOST_EXPORTS: ReadonlySet<string> = new Set([
  "init",
  "cleanup",
  "save_state",
  "restore_state",
  "on_message",
]);

/**
 * Whether an export of this name is for the host alone: the steps of the lifecycle, and what takes messages. Another plugin that could call them would start
 * a plugin twice, give it a state that is not its own, or speak in somebody else's name. Whoever lets plugins call each other asks this first.
 *
 * @example
 * ```ts
 * if (isHostExport(fn)) throw new RangeError(`${fn} is not for other plugins`);
 * ```
 */
export function isHostExport(name: string): boolean {
  return HOST_EXPORTS.has(name);
}
