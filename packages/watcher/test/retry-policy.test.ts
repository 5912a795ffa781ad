import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { CircuitOpenError, type RetryEvents, RetryPolicy } from "../src/index.js";

function failing(failures: number, error: Error = new Error("no")): () => Promise<string> {
  let calls = 0;
  return async () => {
    if (calls++ < failures) throw error;
    return `after ${calls} tries`;
  };
}

const quick = { kind: "custom", delay: () => 1, retries: 10 } as const;

describe("waiting", () => {
  test.each([
    [{ kind: "exponential", initialMs: 2, factor: 3, maxMs: 10, retries: 4 }, [2, 6, 10, 10]],
    [{ kind: "linear", initialMs: 3, stepMs: 2, retries: 3 }, [3, 5, 7]],
    [{ kind: "custom", delay: (attempt: number) => attempt * attempt, retries: 3 }, [1, 4, 9]],
  ] as const)("%j", async (backoff, delays) => {
    const policy = new RetryPolicy({ backoff, circuitBreaker: false });
    const retries: RetryEvents["retry"][] = [];
    policy.on("retry", (event) => retries.push(event));
    await expect(policy.run(failing(100))).rejects.toThrow("no");
    expect(retries.map(({ delayMs }) => delayMs)).toEqual(delays);
    expect(retries.map(({ attempt }) => attempt)).toEqual(delays.map((_, index) => index + 1));
    expect(retries.every(({ error }) => (error as Error).message === "no")).toBe(true);
  });

  test("ends with success", async () => {
    const policy = new RetryPolicy({ backoff: quick, circuitBreaker: false });
    expect(await policy.run(failing(4))).toBe("after 5 tries");
  });

  test("not when another try cannot help", async () => {
    const policy = new RetryPolicy({ backoff: quick });
    let tries = 0;
    const task = async () => {
      tries++;
      throw new TypeError("never");
    };
    await expect(
      policy.run(task, { isWorthRetry: (error) => !(error instanceof TypeError) }),
    ).rejects.toThrow(TypeError);
    expect(tries).toBe(1);
  });

  test("a signal ends it", async () => {
    const policy = new RetryPolicy({ backoff: { kind: "linear", initialMs: 60_000, retries: 3 } });
    const abort = new AbortController();
    const run = policy.run(failing(100), { signal: abort.signal });
    await sleep(20);
    const started = performance.now();
    abort.abort(new Error("no longer wanted"));
    await expect(run).rejects.toThrow();
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe("the circuit", () => {
  test("opens after failures in a row, refuses, tries again later, and closes", async () => {
    const policy = new RetryPolicy({ backoff: quick, circuitBreaker: { failures: 3, resetMs: 80 } });
    const told: string[] = [];
    policy.on("circuit-opened", ({ error }) => told.push(`opened: ${(error as Error).message}`));
    policy.on("circuit-closed", () => told.push("closed"));
    policy.on("retry", ({ attempt }) => told.push(`retry ${attempt}`));

    const failure = await policy.run(failing(100)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CircuitOpenError);
    expect((failure as CircuitOpenError).cause).toEqual(new Error("no"));
    expect(told).toEqual(["retry 1", "retry 2", "opened: no"]);
    expect(policy.isOpen).toBe(true);

    let tried = false;
    const refused = policy.run(async () => {
      tried = true;
    });
    await expect(refused).rejects.toThrow(CircuitOpenError);
    expect(tried).toBe(false);

    await sleep(100);
    expect(policy.isOpen).toBe(false);
    expect(await policy.run(failing(0))).toBe("after 1 tries");
    expect(told.at(-1)).toBe("closed");
  });

  test("a new reason to try closes it", async () => {
    const policy = new RetryPolicy({ backoff: quick, circuitBreaker: { failures: 1 } });
    await expect(policy.run(failing(100))).rejects.toThrow(CircuitOpenError);
    policy.reset();
    expect(await policy.run(failing(0))).toBe("after 1 tries");
  });
});
