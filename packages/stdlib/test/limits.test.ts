import {
  decodeModule,
  type FusabiError,
  type HostModule,
  hostModule,
  instantiateAsync,
  LimitError,
} from "@fusabi/vm";
import { describe, expect, test } from "vitest";
import { standardLibrary } from "../src/index.js";
import { bytecodeOf, run, thrownBy } from "./program.js";

const library = standardLibrary();

/** Work that no limit but the one that is meant may have to stop. */
function limitMetBy(expression: string, limits: Parameters<typeof run>[2] = {}): string | undefined {
  const started = performance.now();
  const error = thrownBy(() => run(expression, library, limits));
  expect(performance.now() - started).toBeLessThan(5_000);
  return error instanceof LimitError ? error.limit : String(error);
}

describe("giants meet a limit and not the heap", () => {
  const giants: readonly (readonly [string, string])[] = [
    ["List.init 1000000000 id", "memoryBytes"],
    ["List.replicate 1000000000 0", "memoryBytes"],
    ["Array.create 1000000000 0", "memoryBytes"],
    ["Array.init 1000000000 id", "memoryBytes"],
    ["Array.replicate 9223372036854775807 0", "memoryBytes"],
    ['String.replicate 1000000000 "ab"', "memoryBytes"],
    ['String.padLeft 1000000000 "a"', "memoryBytes"],
    ['"a".PadRight(9223372036854775807)', "memoryBytes"],
    [
      '(let a = String.replicate 10000 "a" in String.replace "a" a (String.replicate 10000 "a"))',
      "memoryBytes",
    ],
    ["(let xs = [1 .. 20000] in List.windowed 10000 xs)", "memoryBytes"],
    ["(let xs = [1 .. 20000] in List.allPairs xs xs)", "memoryBytes"],
    ["Json.prettyPrint [[[1]]] 1000000000", "memoryBytes"],
    ["List.unfold (fun n -> Some (n, n + 1)) 0", "maxAllocatedBytes"],
    ["String.init 1000000000 string", "memoryBytes"],
    ["Array.chunkBySize 1 (Array.create 400000 0)", "memoryBytes"],
    ["List.splitInto 400000 (List.replicate 100000 0 @ List.replicate 20000 0)", "maxAllocatedBytes"],
    ['String.split "," (String.replicate 300000 ",")', "memoryBytes"],
    ['String.replace "," "" (String.replicate 300000 ",")', "memoryBytes"],
  ];
  test.each(giants)("%s", (expression, limit) => {
    const limits = { maxAllocatedBytes: 8_000_000, memoryBytes: 4_000_000, maxInstructions: 10_000_000 };
    expect(limitMetBy(expression, { limits })).toBe(limit);
  });

  test("also without any limit, where the engine itself has one", () => {
    const unlimited = {
      limits: { maxAllocatedBytes: null, memoryBytes: null, maxInstructions: null, timeoutMs: null },
    };
    expect(limitMetBy('String.replicate 1000000000 "ab"', unlimited)).toBe("memoryBytes");
    expect(limitMetBy("Array.create 9223372036854775807 0", unlimited)).toBe("memoryBytes");
  });
});

describe("fuel", () => {
  test("grows with the elements that a native function visits", () => {
    const used = (count: number): number =>
      run(`let xs = [1 .. ${count}]\nlet n = List.contains 0 xs`, library).usage.instructions;
    const building = (count: number): number => run(`let xs = [1 .. ${count}]`, library).usage.instructions;
    expect(used(10_000) - building(10_000)).toBeGreaterThanOrEqual(10_000);
    expect(used(10_000) - building(10_000)).toBeLessThan(30_000);
  });

  test("stops keys that all hash alike", () => {
    // Lists that differ behind the parts that a hash looks at.
    const source =
      "List.init 3000 (fun i -> List.append (List.replicate 200 0) [i]) |> List.distinct |> List.length";
    expect(limitMetBy(source, { limits: { maxInstructions: 2_000_000 } })).toBe("maxInstructions");
  });

  test("is the same in every run", () => {
    const source =
      'List.map (fun x -> x + 1) [1 .. 100] |> List.sortBy (fun x -> -x) |> List.map string |> String.concat ","';
    expect(run(source, library).usage).toMatchObject({
      instructions: run(source, library).usage.instructions,
    });
  });
});

describe("callbacks run on the machine's own frames", () => {
  test("as deep as the limit lets them", () => {
    const source =
      "let rec depth n = if n = 0 then 0 else List.map (fun m -> 1 + depth (m - 1)) [n] |> List.head";
    expect(run(source, library).call("depth", [3_000])).toBe(3_000);
    const error = thrownBy(() =>
      run(source, library, { limits: { maxStackDepth: 500 } }).call("depth", [3_000]),
    );
    expect(error).toMatchObject({ code: "FUS0603" });
  });

  test("and may wait for the host", async () => {
    const later: HostModule = hostModule("Host", {
      later: {
        type: "int -> int",
        mode: "waits",
        run: (_, x: number) => new Promise((resolve) => setTimeout(() => resolve(x * 2), 1)),
      },
    });
    const imports = [...library, later];
    const instance = await instantiateAsync(
      decodeModule(bytecodeOf("let all xs = List.map Host.later xs", imports)),
      { imports },
    );
    expect(await instance.callAsync("all", [[1, 2, 3]])).toEqual([2, 4, 6]);
    expect(thrownBy(() => instance.call("all", [[1]]))).toMatchObject({
      message: "Host.later: cannot wait inside a synchronous call",
    });
  });

  test("an error of a callback goes through unchanged, with the place where it was raised", () => {
    const error = thrownBy(() =>
      run('let f () = List.iter (fun x -> if x = 2 then failwith "two") [1; 2; 3]', library).call("f", []),
    );
    expect(error).toMatchObject({ code: "FUS0519", message: "two" });
    expect((error as FusabiError).trace[0]).toMatchObject({ file: "test.fsx", line: 1 });
  });
});

describe("hostile texts take linear time", () => {
  test.each([
    ["float", 'try float (String.replicate 500000 "1" + "x") with _ -> 0.0'],
    ["int", 'try int (String.replicate 500000 "1" + "x") with _ -> 0'],
    ["Json.parse", 'Json.tryParse (String.replicate 500000 "1" + "x") |> Result.isOk'],
    ["Json.parse of blanks", 'Json.tryParse (String.replicate 500000 "\\n") |> Result.isOk'],
    ["String.trim", 'String.trim ("a" + String.replicate 500000 " " + "a")'],
    ["Time.ofIso", 'Time.ofIso ("2024-02-29T23:59:59." + String.replicate 500000 "0" + "Z")'],
    ["Split", '(String.replicate 100000 "a").Split([|"ab"; "ac"; "ad"|])'],
  ])("%s", (_, source) => {
    const started = performance.now();
    run(source, library);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
