/** `Async.poll` and its union, in both tiers and across the boundary. */
import { compile } from "@fusabi/compiler";
import { jit } from "@fusabi/jit";
import { standardLibrary } from "@fusabi/stdlib";
import { formatType, instantiate } from "@fusabi/vm";
import { describe, expect, test } from "vitest";
import { moduleOfFile } from "./compiled.js";

const imports = standardLibrary();
const module = moduleOfFile("polling", imports);

describe.each([
  ["interpreted", undefined],
  ["compiled", jit({ tier: "always" })],
])("%s", (_, engine) => {
  const started = () => instantiate(module, { imports, ...(engine === undefined ? {} : { engine }) });

  test("tells each state", async () => {
    expect(await started().callAsync("states")).toEqual([
      "pending",
      "pending",
      "pending",
      "ready 2",
      "ready, large",
      "failed: broken",
      "failed: Division by zero",
      "cancelled",
      "ready 2",
    ]);
  });

  test("crosses the boundary as a union does", async () => {
    const instance = started();
    expect(instance.call("asValues")).toEqual([
      { tag: "Pending", fields: [] },
      { tag: "Ready", fields: [1] },
      { tag: "Failed", fields: ["broken"] },
    ]);
    expect(instance.call("isReady", [{ tag: "Ready", fields: [1] }])).toBe(true);
    expect(() => instance.call("isReady", [{ tag: "Done" }])).toThrow(
      "AsyncState has no case 'Done'; it has Pending, Ready, Failed, Cancelled",
    );
  });

  test("can be compared and shown", () => {
    const instance = started();
    expect(instance.call("areEqual")).toBe(true);
    expect(instance.call("inOrder")).toBe(true);
    expect(instance.call("shown")).toBe('Ready "it"Failed(broken)');
  });
});

test("the type has its argument", () => {
  const { data } = module;
  const shown = data.exports.find(({ name }) => name === "isReady");
  expect(shown && formatType(shown.type, data.definitions)).toBe("AsyncState<int> -> bool");
  const wrong = compile("let f (state: AsyncState<string>) : int = match state with Ready n -> n | _ -> 0\n");
  expect(wrong.diagnostics.map(({ code }) => code)).toEqual(["FUS0301"]);
});
