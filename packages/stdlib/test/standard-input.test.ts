import { describe, expect, test } from "vitest";
import { nodeLibrary } from "../src/node/index.js";
import { run, thrownBy } from "./program.js";

const PROGRAM = "let next () = Console.readLine ()";

/** An input that gives its pieces one by one, with nothing in between now and then. */
function input(
  ...pieces: readonly (string | Uint8Array | undefined)[]
): (buffer: Uint8Array) => number | undefined {
  const pending = [...pieces];
  return (buffer) => {
    if (pending.length === 0) return 0;
    const piece = pending.shift();
    if (piece === undefined) return undefined;
    const bytes = typeof piece === "string" ? new TextEncoder().encode(piece) : piece;
    buffer.set(bytes);
    return bytes.length;
  };
}

describe("Console.readLine", () => {
  test("gives lines, however the bytes arrive", () => {
    const accent = new TextEncoder().encode("é\n");
    const library = nodeLibrary({
      input: input("one\r", undefined, "\ntw", "o\n\n", accent.slice(0, 1), accent.slice(1), "end\r"),
    });
    const instance = run(PROGRAM, library);
    expect(
      ["next", "next", "next", "next", "next", "next", "next"].map((name) => instance.call(name, [])),
    ).toEqual(["one", "two", "", "é", "end\r", "", ""]);
  });

  test("needs stdin:read", () => {
    const instance = run(PROGRAM, nodeLibrary({ input: input("x\n") }), {
      capabilities: { has: () => false },
    });
    expect(thrownBy(() => instance.call("next", []))).toMatchObject({
      code: "FUS0520",
      message: "capability denied: stdin:read",
    });
  });

  test("an endless line meets a limit", () => {
    const endless = (buffer: Uint8Array): number => buffer.fill(0x61).length;
    expect(
      thrownBy(() =>
        run(PROGRAM, nodeLibrary({ input: endless }), { limits: { maxAllocatedBytes: 1_000_000 } }).call(
          "next",
          [],
        ),
      ),
    ).toMatchObject({ code: "FUS0605" });
  });

  test("waiting in vain meets the deadline", () => {
    const silent = (): undefined => undefined;
    expect(
      thrownBy(() =>
        run(PROGRAM, nodeLibrary({ input: silent }), { limits: { timeoutMs: 100 } }).call("next", []),
      ),
    ).toMatchObject({ code: "FUS0604" });
  });
});
