import type { LimitError } from "@fusabi/vm";
import { afterEach, describe, expect, test, vi } from "vitest";
import { standardLibrary } from "../src/index.js";
import { run, thrownBy } from "./program.js";

const LENGTH = 100_000;
/** Elements that may be worked on between two looks at the clock. */
const MOST = 10_000;
const unlimited = { maxInstructions: null, maxAllocatedBytes: null, memoryBytes: null };

const setup = `let xs = Array.init ${LENGTH} (fun i -> (i * 7919) % ${LENGTH})
let list = List.ofArray xs
let pairs = Array.zip xs xs
let floats = Array.map float xs
let numbers = Set.ofArray xs
let entries = Map.ofArray pairs
let text = String.replicate ${LENGTH} "ab,"
let words = List.replicate ${LENGTH} "word"
let needle = String.replicate 20 "ab"
`;

afterEach(() => {
  vi.restoreAllMocks();
});

describe("a look at the clock between pieces of work", () => {
  const expressions = [
    "Array.sort xs",
    "List.sortDescending list",
    "Array.sortBy (fun x -> -x) xs",
    "Array.sortInPlace (Array.copy xs)",
    "Array.indexed xs",
    "Array.pairwise xs",
    "Array.zip xs xs",
    "List.zip3 list list list",
    "Array.unzip pairs",
    "Array.allPairs xs [| 1 |]",
    "Array.append xs xs",
    "Array.concat [xs; xs]",
    "Array.collect (fun x -> [| x |]) xs",
    "Array.chunkBySize 2 xs",
    "Array.splitInto 50000 xs",
    "Array.windowed 2 xs",
    "Array.transpose [xs; xs]",
    "Array.permute id xs",
    "Array.insertAt 5 1 xs",
    "Array.removeAt 5 xs",
    "Array.distinct xs",
    "Array.except xs xs",
    "Array.groupBy id xs",
    "List.countBy id list",
    "Array.contains -1 xs",
    "Array.max xs",
    "Array.sum xs",
    "Array.average floats",
    "Array.blit xs 0 xs 1 99999",
    "Set.ofArray xs",
    "Set.toArray numbers",
    "Map.ofArray pairs",
    "Map.toList entries",
    "Map.keys entries",
    "Map.map (fun _ v -> v) entries",
    'String.split "" text',
    'String.replace "b" "bb" text',
    "String.indexOf needle text",
    "String.rev text",
    "String.chars text",
    'String.join ";" words',
  ];
  const instance = run(
    setup + expressions.map((one, index) => `let work${index} () = ignore (${one})\n`).join(""),
    standardLibrary(),
    { limits: unlimited },
  );

  test.each([...expressions.entries()])("%i: %s", (index) => {
    const clock = vi.spyOn(performance, "now");
    instance.call(`work${index}`, []);
    expect(clock.mock.calls.length).toBeGreaterThanOrEqual(LENGTH / MOST);
  });

  test("ends the work when the time is up", () => {
    const hurried = run(`${setup}let work () = Array.distinct xs |> ignore`, standardLibrary());
    let time = performance.now();
    // Every look finds ten of the thirty seconds gone: the work of a hundred thousand elements gets no more.
    const clock = vi.spyOn(performance, "now").mockImplementation(() => {
      time += 10_000;
      return time;
    });
    const error = thrownBy(() => hurried.call("work", [])) as LimitError;
    expect(error.limit).toBe("timeoutMs");
    expect(clock.mock.calls.length).toBeLessThan(8);
  });
});

describe("long inputs give what short ones give", () => {
  const numbers = Array.from({ length: 20_000 }, (_, i) => (i * 7919) % 10_007);
  const instance = run(
    `let xs = Array.init 20000 (fun i -> (i * 7919) % 10007)
let list = List.ofArray xs
let sorted () = Array.sort xs
let descending () = List.sortDescending list
let byKeys () = Array.sortBy (fun x -> x % 10) xs
let indexed () = Array.indexed xs |> Array.map (fun (i, x) -> i + x)
let differences () = List.pairwise list |> List.map (fun (a, b) -> b - a)
let zipped () = Array.zip3 xs xs xs |> Array.map (fun (a, b, c) -> a + b - c)
let unzipped () = Array.unzip (Array.zip xs (Array.rev xs)) |> snd
let products () = Array.allPairs xs [| 1; 2 |] |> Array.map (fun (a, b) -> a * b)
let appended () = Array.append xs [| -1 |]
let collected () = Array.collect (fun x -> if x % 2 = 0 then [||] else [| x; x |]) xs
let inserted () = List.insertAt 15000 -1 list
let updated () = Array.updateAt 15000 -1 xs
let removed () = Array.removeAt 15000 xs
let distinct () = Array.distinct xs
let excepted () = Array.except [| 1; 2; 3 |] xs
let columns () = Array.transpose [xs; xs] |> Array.map Array.sum
let moved () =
    let copy = Array.copy xs
    Array.blit copy 0 copy 1 19999
    copy
let elements () = Set.ofArray xs |> Set.toArray
let lastOfKeys () = Map.ofArray (Array.indexed xs |> Array.map (fun (i, x) -> (x, i))) |> Map.values
let split (separator: string) text = String.split separator text
let replace (old: string) (replacement: string) (text: string) = String.replace old replacement text
let join (separator: string) (texts: string list) = String.join separator texts
let chars text = String.chars text |> List.map string |> String.concat ""
let rev text = String.rev text`,
    standardLibrary(),
    { limits: unlimited },
  );
  const unique = [...new Set(numbers)];

  test.each<readonly [string, readonly number[]]>([
    ["sorted", numbers.toSorted((a, b) => a - b)],
    ["descending", numbers.toSorted((a, b) => b - a)],
    ["byKeys", numbers.toSorted((a, b) => (a % 10) - (b % 10))],
    ["indexed", numbers.map((x, i) => i + x)],
    ["differences", numbers.slice(1).map((x, i) => x - (numbers[i] ?? 0))],
    ["zipped", numbers],
    ["unzipped", numbers.toReversed()],
    ["products", numbers.flatMap((x) => [x, 2 * x])],
    ["appended", [...numbers, -1]],
    ["collected", numbers.flatMap((x) => (x % 2 === 0 ? [] : [x, x]))],
    ["inserted", numbers.toSpliced(15_000, 0, -1)],
    ["updated", numbers.with(15_000, -1)],
    ["removed", numbers.toSpliced(15_000, 1)],
    ["distinct", unique],
    ["excepted", unique.filter((x) => x < 1 || x > 3)],
    ["columns", numbers.map((x) => 2 * x)],
    ["moved", [...numbers.slice(0, 1), ...numbers.slice(0, -1)]],
    ["elements", unique.toSorted((a, b) => a - b)],
    ["lastOfKeys", unique.toSorted((a, b) => a - b).map((x) => numbers.lastIndexOf(x))],
  ])("%s", (name, expected) => {
    expect(instance.call(name, [])).toEqual(expected);
  });

  test.each([
    ["ab,", ","],
    ["ab,", "ab,"],
    ["ab,", "ba"],
    ["aab", "b"],
    ["a", "aa"],
    ["a", "a"],
    ["abc", "z"],
    ["aba", "aba"],
  ])("the parts of many %s between %s", (piece, separator) => {
    const text = `${piece.repeat(600_000 / piece.length)}${piece.slice(0, 1)}`;
    const parts = text.split(separator);
    expect(instance.call("split", [separator, text])).toEqual(parts);
    expect(instance.call("replace", [separator, "-+", text])).toBe(parts.join("-+"));
    expect(instance.call("join", ["-+", parts])).toBe(parts.join("-+"));
  });

  test("characters that take two units stay whole where pieces meet", () => {
    const text = "a🐈".repeat(10_000);
    expect(instance.call("rev", [text])).toBe("🐈a".repeat(10_000));
    expect(instance.call("chars", [text])).toBe(text);
    expect(instance.call("split", ["", text])).toEqual(["", ...text, ""]);
  });
});
