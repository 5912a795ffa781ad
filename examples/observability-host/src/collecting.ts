import { setTimeout as delay } from "node:timers/promises";
import type { PluginRuntime } from "@fusabi/runtime";

export interface Rounds {
  readonly everyMs: number;
  readonly times: number;
  /** A round that fails is told, and the next one comes all the same. */
  readonly onFailure: (error: Error) => void;
}

/** Lets a daemon collect again and again. A round begins when the one before has ended, however long that took. */
export async function collect(runtime: PluginRuntime, daemon: string, rounds: Rounds): Promise<void> {
  for (let round = 0; round < rounds.times; round++) {
    await delay(rounds.everyMs);
    try {
      await runtime.call(daemon, "collect");
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      rounds.onFailure(error);
    }
  }
}
