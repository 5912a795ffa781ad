import type { PluginRuntime } from "@fusabi/runtime";

/** A call of a plugin. */
export interface Action {
  readonly plugin: string;
  readonly action: string;
  readonly args: readonly string[];
}

/** One thing to do, and how it is taken back; `null` for what changes nothing. */
export interface Step {
  readonly title: string;
  readonly call: Action;
  readonly undo: Action | null;
}

/** How a workflow ended. */
export type Outcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly failed: Step; readonly error: Error; readonly notUndone: readonly Step[] };

/** Hears what happens, as it happens. */
export type Progress = (what: "done" | "failed" | "undone" | "not undone", step: Step) => void;

function perform(runtime: PluginRuntime, { plugin, action, args }: Action): Promise<unknown> {
  return runtime.call(plugin, action, args, { timeoutMs: 5_000 });
}

/**
 * Does the steps one after the other. When one fails, those before it are taken back, the latest first; one that cannot be
 * taken back keeps no other from it.
 */
export async function run(runtime: PluginRuntime, steps: readonly Step[], tell: Progress): Promise<Outcome> {
  const done: Step[] = [];
  for (const step of steps) {
    try {
      await perform(runtime, step.call);
    } catch (error) {
      tell("failed", step);
      const notUndone = await undo(runtime, done, tell);
      return { ok: false, failed: step, error: asError(error), notUndone };
    }
    tell("done", step);
    done.push(step);
  }
  return { ok: true };
}

async function undo(runtime: PluginRuntime, done: readonly Step[], tell: Progress): Promise<readonly Step[]> {
  const left: Step[] = [];
  for (const step of done.toReversed()) {
    if (step.undo === null) continue;
    try {
      await perform(runtime, step.undo);
      tell("undone", step);
    } catch {
      tell("not undone", step);
      left.push(step);
    }
  }
  return left;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
