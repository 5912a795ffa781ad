/** What a live instance of one plugin costs: growth of the process when a thousand more of them live, in a process of its own for each runner. */
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type RunnerMemory, reportOfMemory } from "./report.js";

const runs = 3;

/** Names are those that `memory-process.ts` knows. */
const runners = ["fusabi", "quickjs-emscripten", "wasmoon", "fengari"];

/** The lines of the report. */
export async function measureMemory({ withPeers }: { readonly withPeers: boolean }): Promise<string> {
  const results: RunnerMemory[] = [];
  for (const name of withPeers ? runners : runners.slice(0, 1)) {
    const kibibytes: number[] = [];
    for (let run = 0; run < runs; run++) kibibytes.push(await growthOf(name));
    results.push({ name, kibibytes: kibibytes.toSorted((a, b) => a - b) });
  }
  return reportOfMemory(results);
}

/** KiB an instance. */
function growthOf(runner: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL("./memory-process.ts", import.meta.url)), [runner], {
      execArgv: ["--import", "tsx", "--expose-gc"],
    });
    let answer: number | undefined;
    child.on("message", (message) => {
      answer = message as number;
    });
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      if (answer === undefined) reject(new Error(`memory of ${runner}: ended with ${signal ?? code}`));
      else resolve(answer);
    });
  });
}
