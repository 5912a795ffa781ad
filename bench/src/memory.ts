/** What a live instance of one plugin costs: growth of the process when a thousand more of them live, in a process of its own for each runner. */
import { answerOf } from "./child.js";
import { type RunnerMemory, reportOfMemory } from "./report.js";

const runs = 3;

/** Names are those that `memory-process.ts` knows. */
const runners = ["fusabi", "quickjs-emscripten", "wasmoon", "fengari"];

/** The lines of the report. */
export async function measureMemory({ withPeers }: { readonly withPeers: boolean }): Promise<string> {
  const results: RunnerMemory[] = [];
  for (const name of withPeers ? runners : runners.slice(0, 1)) {
    // KiB an instance.
    const kibibytes: number[] = [];
    for (let run = 0; run < runs; run++) kibibytes.push(await answerOf("memory-process.ts", [name]));
    results.push({ name, kibibytes: kibibytes.toSorted((a, b) => a - b) });
  }
  return reportOfMemory(results);
}
