import { setImmediate } from "node:timers/promises";
import { type Plugin, PluginError } from "@fusabi/plugin";
import fc from "fast-check";
import { expect, test } from "vitest";
import { PluginRegistry } from "../src/index.js";
import { samplePlugin } from "./sample-plugin.js";

/** Who needs whom. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  lib: [],
  ui: ["lib"],
  app: ["ui", "lib"],
  solo: [],
};
const OPERATIONS = [
  "register",
  "unregister",
  "start",
  "stop",
  "reload",
  "call",
  "broadcast",
  "startAll",
  "stopAll",
  "reloadAll",
  "cleanup",
] as const;

interface Step {
  readonly operation: (typeof OPERATIONS)[number];
  readonly name: string;
  /** Turns of the event loop until the next step. */
  readonly pause: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  operation: fc.constantFrom(...OPERATIONS, "register", "start", "call"),
  name: fc.constantFrom(...Object.keys(NEEDS)),
  pause: fc.constantFrom(0, 0, 0, 1, 2),
});

/** Everything that was ever made, with what its hooks did. */
class Host {
  readonly registry = new PluginRegistry({ maxPlugins: 3 });
  readonly logs = new Map<Plugin, string[]>();
  readonly refused = new Set<Plugin>();

  async run({ operation, name }: Step): Promise<unknown> {
    const { registry } = this;
    switch (operation) {
      case "register":
        return await this.#register(name);
      case "call":
        return await registry.get(name).call("init");
      case "broadcast":
        return await Promise.allSettled(registry.running().map((plugin) => plugin.call("init")));
      case "startAll":
      case "stopAll":
      case "reloadAll":
      case "cleanup":
        return await registry[operation]();
      default:
        return await registry[operation](name);
    }
  }

  async #register(name: string): Promise<void> {
    const log: string[] = [];
    const needed = NEEDS[name] ?? [];
    const plugin = samplePlugin(name, {
      log,
      cleanup: setImmediate(),
      init: () => setImmediate(),
      dependencies: needed.map((other) => ({ name: other, version: "*" })),
    });
    this.logs.set(plugin, log);
    try {
      await this.registry.register(plugin);
    } catch (error) {
      this.refused.add(plugin);
      throw error;
    }
  }
}

test("thousands of operations at one time: each is done or refused, and at the end nothing is half done", async () => {
  let operations = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60, size: "max" }), async (steps) => {
      const host = new Host();
      const { registry, logs, refused } = host;
      const failures: unknown[] = [];
      const running: Promise<unknown>[] = [];
      for (const each of steps) {
        running.push(host.run(each).catch((error: unknown) => failures.push(error)));
        for (let turn = 0; turn < each.pause; turn++) await setImmediate();
      }
      operations += steps.length;
      await Promise.all(running);
      for (const failure of failures) expect(failure).toBeInstanceOf(PluginError);

      const there = new Set(registry.all());
      expect(there.size).toBe(registry.size);
      expect(registry.size).toBeLessThanOrEqual(3);
      expect(registry.names()).toEqual(registry.all().map(({ name }) => name));
      for (const [plugin, log] of logs) {
        const { state, name } = plugin;
        // Who was taken in is there, or unloaded; who was refused is as it was.
        if (refused.has(plugin)) expect(state).toBe("created");
        else expect(state === "unloaded").toBe(!there.has(plugin));
        expect(["created", "initialized", "running", "stopped", "unloaded"]).toContain(state);
        if (state !== "running") continue;
        expect(log.filter((line) => line.startsWith("cleanup")).length).toBeLessThan(log.length);
        // Nobody runs without what he needs.
        for (const needed of NEEDS[name] ?? [])
          expect(`${name}: ${needed} ${registry.find(needed)?.state}`).toBe(`${name}: ${needed} running`);
      }
      const { failed } = await registry.unloadAll();
      expect(failed.size).toBe(0);
      expect(registry.size).toBe(0);
      for (const plugin of there) expect(plugin.state).toBe("unloaded");
    }),
    { numRuns: 300 },
  );
  expect(operations).toBeGreaterThan(5_000);
});
