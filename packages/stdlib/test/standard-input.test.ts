import { describe, expect, test } from "vitest";
import { type InputSource, nodeLibrary } from "../src/node/index.js";
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

describe("Console.readKey", () => {
  const KEYS =
    "let key () = Console.readKey ()\nlet ready () = Console.isKeyAvailable ()\nlet line () = Console.readLine ()";
  const keysOf = (...pieces: readonly (string | Uint8Array | undefined)[]): unknown[] => {
    const instance = run(KEYS, nodeLibrary({ input: input(...pieces) }));
    const keys: unknown[] = [];
    for (;;) {
      try {
        keys.push(instance.call("key", []));
      } catch (error) {
        expect(error).toMatchObject({ code: "FUS0517", message: "failed to fill whole buffer" });
        return keys;
      }
    }
  };

  test.each([
    ["a1 é€😀", ["a", "1", " ", "é", "€", "😀"]],
    [
      "\r\n\t\u007f\b\u0000\u0001\u001a",
      ["Enter", "Enter", "Tab", "Backspace", "Backspace", "Ctrl+Space", "Ctrl+A", "Ctrl+Z"],
    ],
    ["\u001b[A\u001b[B\u001bOC\u001b[1;5D", ["ArrowUp", "ArrowDown", "ArrowRight", "ArrowLeft"]],
    [
      "\u001b[H\u001b[4~\u001b[5~\u001b[6~\u001b[2~\u001b[3~",
      ["Home", "End", "PageUp", "PageDown", "Insert", "Delete"],
    ],
    ["\u001bOP\u001b[15~\u001b[24~\u001b[Z", ["F1", "F5", "F12", "Tab"]],
    ["\u001b\u001bx", ["Escape", "Escape", "x"]],
    ["\u001b[99~y", ["y"]],
    ["\u001b[", []],
  ])("%j is %j", (bytes, keys) => {
    expect(keysOf(bytes)).toEqual(keys);
  });

  test("keys arrive in pieces", () => {
    const euro = new TextEncoder().encode("€");
    expect(keysOf("\u001b", "[", "A", euro.slice(0, 1), undefined, euro.slice(1))).toEqual(["ArrowUp", "€"]);
    expect(keysOf("\u001b", ...Array<undefined>(100).fill(undefined), "[A")).toEqual(["Escape", "[", "A"]);
    expect(keysOf(euro.slice(0, 2))).toEqual(["\ufffd"]);
  });

  test("says whether one is there, and leaves it to be read", () => {
    const instance = run(KEYS, nodeLibrary({ input: input(undefined, "xy\n", undefined) }));
    expect(instance.call("ready", [])).toBe(false);
    expect(instance.call("ready", [])).toBe(true);
    expect(instance.call("key", [])).toBe("x");
    expect(instance.call("line", [])).toBe("y");
    expect(instance.call("ready", [])).toBe(false);
  });

  test("turns the collecting of lines off while it reads, and hands Ctrl+C on", () => {
    const switched: boolean[] = [];
    let interrupts = 0;
    const source: InputSource = Object.assign(input("a\u0003"), {
      raw: (on: boolean) => void switched.push(on),
      interrupt: () => void interrupts++,
    });
    const instance = run(KEYS, nodeLibrary({ input: source }));
    expect(instance.call("key", [])).toBe("a");
    expect(switched).toEqual([true, false]);
    expect(instance.call("key", [])).toBe("Ctrl+C");
    expect(interrupts).toBe(1);
    thrownBy(() => instance.call("key", []));
    expect(switched).toEqual([true, false, true, false, true, false]);
  });

  test("waiting in vain meets the deadline", () => {
    const imports = nodeLibrary({ input: () => undefined });
    expect(thrownBy(() => run(KEYS, imports, { limits: { timeoutMs: 50 } }).call("key", []))).toMatchObject({
      code: "FUS0604",
    });
  });
});
