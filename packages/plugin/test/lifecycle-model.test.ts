import fc from "fast-check";
import { expect, test } from "vitest";
import {
  InvalidStateError,
  type LifecycleEvent,
  type LifecycleOperation,
  type LifecycleState,
  lifecycle,
  type ManagedPlugin,
} from "../src/index.js";
import { jsPlugin, jsProgram } from "./js-program.js";

/** What the table says should have happened: the lifecycle without a plugin. */
interface Model {
  state: LifecycleState;
  /** Where a reload leads from `error`. */
  target: LifecycleState;
  events: string[];
  calls: number;
}

interface Real {
  readonly plugin: ManagedPlugin;
  readonly events: string[];
  readonly switches: { initFails: boolean; topFails: boolean; reloadFails: boolean };
}

type Operation = Exclude<LifecycleOperation, "call">;

/** What happened: done, refused by the table, or failed in the plugin. */
type Outcome = "done" | "refused" | "failed";

function fails(
  operation: Operation,
  { initFails, topFails, reloadFails }: Real["switches"],
  target: LifecycleState,
): boolean {
  if (operation === "initialize") return topFails;
  if (operation === "start") return initFails;
  if (operation !== "reload") return false;
  if (reloadFails) return true;
  const opens = target === "initialized" || target === "running";
  return (opens && topFails) || (target === "running" && initFails);
}

function expectation(model: Model, operation: Operation, switches: Real["switches"]): Outcome {
  if (!lifecycle[operation].from.includes(model.state)) return "refused";
  const { to } = lifecycle[operation];
  if (fails(operation, switches, model.target)) {
    model.events.push("error");
    if (operation === "reload") return "failed";
    model.target = to as LifecycleState;
    model.state = "error";
    return "failed";
  }
  const names = {
    initialize: "initialized",
    start: "started",
    stop: "stopped",
    reload: "reloaded",
    unload: "unloaded",
  };
  model.events.push(names[operation]);
  model.state = to === "unchanged" ? model.target : to;
  model.target = model.state;
  return "done";
}

async function outcome(run: Promise<unknown>): Promise<Outcome> {
  try {
    await run;
    return "done";
  } catch (error) {
    return error instanceof InvalidStateError ? "refused" : "failed";
  }
}

/** One operation, or several asked for at once: their outcomes are those of one after the other. */
class Operations implements fc.AsyncCommand<Model, Real> {
  readonly #operations: readonly Operation[];

  constructor(operations: readonly Operation[]) {
    this.#operations = operations;
  }

  check(): boolean {
    return true;
  }

  async run(model: Model, { plugin, events, switches }: Real): Promise<void> {
    const results = await Promise.all(this.#operations.map((operation) => outcome(plugin[operation]())));
    expect(results).toEqual(this.#operations.map((operation) => expectation(model, operation, switches)));
    expect(plugin.state).toBe(model.state);
    expect(events).toEqual(model.events);
    expect(plugin.failure !== undefined).toBe(model.state === "error");
  }

  toString(): string {
    return this.#operations.join("+");
  }
}

class Switch implements fc.AsyncCommand<Model, Real> {
  readonly #name: keyof Real["switches"];

  constructor(name: keyof Real["switches"]) {
    this.#name = name;
  }

  check(): boolean {
    return true;
  }

  async run(_: Model, { switches }: Real): Promise<void> {
    switches[this.#name] = !switches[this.#name];
  }

  toString(): string {
    return `switch ${this.#name}`;
  }
}

/** Calls while an operation goes on: each is served or refused, and those that are served end. */
class CallsDuring implements fc.AsyncCommand<Model, Real> {
  readonly #operation: Operation;

  constructor(operation: Operation) {
    this.#operation = operation;
  }

  check(): boolean {
    return true;
  }

  async run(model: Model, { plugin, switches, events }: Real): Promise<void> {
    const before = plugin.info.invocationCount;
    const early = outcome(plugin.call("slow"));
    const done = outcome(plugin[this.#operation]());
    const late = [outcome(plugin.call("slow")), outcome(Promise.resolve().then(() => plugin.call("slow")))];
    const served = model.state === "running";
    expect(await early).toBe(served ? "done" : "refused");
    expect(await done).toBe(expectation(model, this.#operation, switches));
    const results = await Promise.all(late);
    expect(results.every((result) => result === "done" || result === "refused")).toBe(true);
    const count = results.filter((result) => result === "done").length + (served ? 1 : 0);
    expect(plugin.info.invocationCount - before).toBe(count);
    model.calls += count;
    expect(plugin.info.invocationCount).toBe(model.calls);
    expect(events).toEqual(model.events);
  }

  toString(): string {
    return `calls during ${this.#operation}`;
  }
}

test("whatever is asked for, alone, at once or during calls: the table decides, events come in order, none is lost", async () => {
  const operation = fc.constantFrom<Operation>("initialize", "start", "stop", "reload", "unload");
  // Unloading ends all that could happen, so it is rare.
  const usual = fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom<Operation>("initialize", "start", "stop", "reload") },
    { weight: 1, arbitrary: operation },
  );
  const commands = fc.commands(
    [
      usual.map((one) => new Operations([one])),
      usual.map((one) => new Operations([one])),
      fc.array(usual, { minLength: 2, maxLength: 5 }).map((several) => new Operations(several)),
      usual.map((one) => new CallsDuring(one)),
      fc
        .constantFrom<keyof Real["switches"]>("initFails", "topFails", "reloadFails")
        .map((name) => new Switch(name)),
    ],
    { maxCommands: 40 },
  );
  await fc.assert(
    fc.asyncProperty(commands, async (sequence) => {
      await fc.asyncModelRun((): { model: Model; real: Real } => {
        const switches = { initFails: false, topFails: false, reloadFails: false };
        const failing = (name: keyof Real["switches"]) => () => {
          if (switches[name]) throw new SyntaxError(name);
        };
        const program = jsProgram(
          { init: failing("initFails"), slow: () => new Promise<void>((resolve) => setImmediate(resolve)) },
          { top: failing("topFails") },
        );
        const events: string[] = [];
        const plugin = jsPlugin(program, [program], {
          onEvent: ({ type }: LifecycleEvent) => void events.push(type),
          reload: async () => {
            failing("reloadFails")();
            return program;
          },
        });
        return {
          model: { state: "created", target: "created", events: ["created"], calls: 0 },
          real: { plugin, events, switches },
        };
      }, sequence);
    }),
    { numRuns: 200 },
  );
});
