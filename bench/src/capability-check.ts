import { PluginLoader } from "@fusabi/loader";
import { hostModule } from "@fusabi/vm";
import { pathOf } from "./fusabi-program.js";
import type { Comparison } from "./measure.js";

const add1 = (_: unknown, n: number): number => n + 1;

const host = hostModule("Host", {
  add1: { type: "int -> int", run: add1 },
  add1_guarded: { type: "int -> int", capability: "metrics", run: add1 },
  variable: { type: "string -> string option", run: (_, name: string) => process.env[name] },
});

const calls = 10_000;

interface Pair {
  readonly title: string;
  /** The function that calls without a capability, and the one that does the same with one. */
  readonly free: string;
  readonly guarded: string;
}

/**
 * What a plugin pays for a capability on top of the work of the call: the grant that is looked at, the policy where there is one, and the record. The two cases do the
 * same work; the difference between them is the check.
 */
async function openPair({ title, free, guarded }: Pair): Promise<Comparison> {
  const loader = new PluginLoader({
    capabilities: ["metrics", "env:read"],
    sandbox: { env: { allow: ["HOME", "LANG", "PATH"] } },
    hostModules: [host],
    limits: { maxInstructions: null, maxAllocatedBytes: null, timeoutMs: null },
  });
  const plugin = await loader.loadSource(pathOf("programs/guarded.fsx"));
  const call = (name: string): unknown => plugin.callSync(name, [calls]);
  if (call(free) !== call(guarded)) throw new Error(`${free} and ${guarded} do not give the same`);
  return {
    title: `capability: ${title}`,
    unit: "ns",
    operations: calls,
    cases: [
      { name: "without", run: () => call(free) },
      { name: "granted and recorded", run: () => call(guarded) },
    ],
    close: () => plugin.unload(),
  };
}

export function openGuardedFunction(): Promise<Comparison> {
  return openPair({ title: "a function of the host", free: "free", guarded: "guarded" });
}

export function openGuardedVariable(): Promise<Comparison> {
  return openPair({
    title: "a variable of the environment, under a policy",
    free: "read_free",
    guarded: "read_guarded",
  });
}
