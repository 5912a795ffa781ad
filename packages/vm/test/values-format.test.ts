import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type FormatSpecifier,
  formatBool,
  formatChar,
  formatFloat,
  formatFloatByCode,
  formatInt,
  formatIntByCode,
  formatString,
  parseFormat,
  parseFormatCode,
} from "../src/index.js";

function specifier(text: string): FormatSpecifier {
  const [part] = parseFormat(text).parts;
  if (part?.kind !== "specifier") throw new Error(`no specifier: ${text}`);
  return part.specifier;
}

test.each<[string, number | bigint, string]>([
  ["%d", -42, "-42"],
  ["%5d", 42, "   42"],
  ["%-5d", 42, "42   "],
  ["%05d", 42, "00042"],
  ["%05d", -42, "-0042"],
  ["%-05d", 42, "42   "],
  ["%+d", 42, "+42"],
  ["% d", 42, " 42"],
  ["%+05d", 42, "+0042"],
  ["%d", -(2n ** 63n), "-9223372036854775808"],
  ["%x", 255, "ff"],
  ["%X", -1, "FFFFFFFFFFFFFFFF"],
  ["%o", 8, "10"],
  ["%B", 5, "101"],
  ["%08B", 5, "00000101"],
  ["%u", -1, "18446744073709551615"],
])("%s of %d is %j", (format, value, text) => {
  expect(formatInt(value, specifier(format))).toBe(text);
});

test.each<[string, number, string]>([
  ["%f", 2.5, "2.500000"],
  ["%.0f", 2.5, "3"],
  ["%.0f", -2.5, "-3"],
  ["%.0f", 0.5, "1"],
  ["%.2f", 3.24159, "3.24"],
  ["%.2f", 1.005, "1.00"],
  ["%.3f", -0.0626, "-0.063"],
  ["%8.3f", 3.24159, "   3.242"],
  ["%08.3f", -3.24159, "-003.242"],
  ["%+.1f", 0.76, "+0.8"],
  ["%.1f", 1e22, "10000000000000000000000.0"],
  ["%e", 1.5, "1.500000e+000"],
  ["%E", 0.00015, "1.500000E-004"],
  ["%.2e", 12345, "1.23e+004"],
  ["%g", 1.5, "1.5"],
  ["%g", 100000, "100000"],
  ["%g", 1000000, "1e+06"],
  ["%g", 0.0001, "0.0001"],
  ["%g", 0.00001, "1e-05"],
  ["%G", 1e10, "1E+10"],
  ["%g", 0, "0"],
  ["%.3g", 1234.5, "1.23e+03"],
  ["%f", Number.NaN, "NaN"],
  ["%010f", -Infinity, " -Infinity"],
  ["%f", -0, "-0.000000"],
])("%s of %d is %j", (format, value, text) => {
  expect(formatFloat(value, specifier(format))).toBe(text);
});

test("strings, chars and bools are padded", () => {
  expect(formatString("ab", specifier("%6s"))).toBe("    ab");
  expect(formatString("ab", specifier("%-6s"))).toBe("ab    ");
  expect(formatChar("c", specifier("%3c"))).toBe("  c");
  expect(formatBool(true, specifier("%-6b"))).toBe("true  ");
});

describe("reading a format", () => {
  test("text, specifiers and their places", () => {
    const { parts, problems } = parseFormat("a %-8.2f%% of %s");
    expect(problems).toEqual([]);
    expect(parts).toEqual([
      { kind: "text", text: "a " },
      {
        kind: "specifier",
        offset: 2,
        length: 6,
        specifier: { type: "f", left: true, zero: false, plus: false, space: false, width: 8, precision: 2 },
      },
      { kind: "text", text: "% of " },
      expect.objectContaining({ kind: "specifier", offset: 14, length: 2 }),
    ]);
  });

  test.each<[string, string, number]>([
    ["100% more", "unknown", 3],
    ["100% sure", "flags", 3],
    ["%", "unknown", 0],
    ["%q", "unknown", 0],
    ["%-", "unknown", 0],
    ["x%a", "unsupported", 1],
    ["%t", "unsupported", 0],
    ["%*d", "unsupported", 0],
    ["%.3s", "flags", 0],
    ["%.2d", "flags", 0],
    ["%05s", "flags", 0],
    ["%.f", "flags", 0],
    ["%99999d", "size", 0],
    ["%.101f", "size", 0],
    ["%.99999999999999999999999999f", "size", 0],
  ])("%j has a problem", (text, kind, offset) => {
    const { parts, problems } = parseFormat(text);
    expect(problems).toEqual([expect.objectContaining({ kind, offset })]);
    expect(parts).toEqual([{ kind: "text", text }]);
  });

  test("a percent sign alone does not hide the specifier behind it", () => {
    expect(parseFormat("5% %d").parts.map((part) => part.kind)).toEqual(["text", "specifier"]);
  });

  test("every text is covered by its parts", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("%", "d", "s", "5", ".", "-", " ", "*", "a", "0", "f")),
        (chars) => {
          const text = chars.join("");
          const { parts } = parseFormat(text);
          const back = parts.map((part) =>
            part.kind === "text"
              ? part.text.replaceAll("%", "%%")
              : text.slice(part.offset, part.offset + part.length),
          );
          expect(parseFormat(back.join("")).parts.map((part) => part.kind)).toEqual(
            parts.map((part) => part.kind),
          );
          expect(parseFormat(back.join("")).problems).toEqual([]);
        },
      ),
    );
  });
});

describe("format codes", () => {
  const code = (text: string): NonNullable<ReturnType<typeof parseFormatCode>> => {
    const parsed = parseFormatCode(text);
    if (parsed === undefined) throw new Error(`no code: ${text}`);
    return parsed;
  };

  test.each<[string, number, string]>([
    ["F2", 3.24159, "3.24"],
    ["F", 2, "2.00"],
    ["F0", 2.5, "3"],
    ["N0", 1234567.5, "1,234,568"],
    ["N2", -1234.5, "-1,234.50"],
    ["E2", 12345, "1.23E+004"],
    ["P1", 0.1234, "12.3 %"],
    ["P", 0.5, "50.00 %"],
    ["P0", 12.345, "1,235 %"],
    ["P0", 0.001, "0 %"],
    ["P0", 0.01, "1 %"],
    ["G", 1.5, "1.5"],
    ["G", 1e15, "1E+15"],
    ["G", 1e14, "100000000000000"],
    ["0.00", 3.24159, "3.24"],
    ["0.00", 0.005, "0.01"],
    ["#.##", 0.5, ".5"],
    ["#,##0.00", 1234567.891, "1,234,567.89"],
    ["#,##0", 0, "0"],
    ["000", 7, "007"],
    ["0.0#", 1.5, "1.5"],
    ["0.0#", 1.256, "1.26"],
    ["0.0", 9.99, "10.0"],
    ["#", 0, ""],
    ["0", -0.4, "0"],
    ["0", -1.5, "-2"],
    ["0,", 12345, "12"],
    ["0", 1e20, "100000000000000000000"],
    ["0.00000", 1e-10, "0.00000"],
    ["0.00", Infinity, "Infinity"],
  ])("float by %s: %d is %j", (text, value, shown) => {
    expect(formatFloatByCode(value, code(text))).toBe(shown);
  });

  test.each<[string, number | bigint, string]>([
    ["D5", 42, "00042"],
    ["D5", -42, "-00042"],
    ["D", 42, "42"],
    ["X", 255, "FF"],
    ["x4", 255, "00ff"],
    ["X", -1, "FFFFFFFFFFFFFFFF"],
    ["F2", 5, "5.00"],
    ["N0", -1234567, "-1,234,567"],
    ["N1", 2n ** 63n - 1n, "9,223,372,036,854,775,807.0"],
    ["E2", 9999, "1.00E+004"],
    ["E3", 0, "0.000E+000"],
    ["P0", 2, "200 %"],
    ["G", 7, "7"],
    ["0000", 42, "0042"],
    ["#,##0", 2n ** 62n, "4,611,686,018,427,387,904"],
  ])("int by %s: %d is %j", (text, value, shown) => {
    expect(formatIntByCode(value, code(text))).toBe(shown);
  });

  test.each(["", "Q", "F2x", "f2", "0-0", "F1000", "abc", "...", "0.0.0", ",", ".", "0.0,", "#".repeat(101)])(
    "%j is no code",
    (text) => {
      expect(parseFormatCode(text)).toBeUndefined();
    },
  );

  test("codes of ints refuse floats", () => {
    for (const text of ["D2", "X", "x"]) {
      expect(() => formatFloatByCode(1.5, code(text))).toThrow(expect.objectContaining({ code: "FUS0514" }));
    }
  });

  test("fixed digits agree with exact arithmetic", () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 20n), 10n ** 20n), fc.integer({ min: 0, max: 6 }), (n, digits) => {
        const value = int(n);
        expect(formatIntByCode(value, { kind: "N", digits }).replaceAll(",", "")).toBe(
          formatIntByCode(value, { kind: "F", digits }),
        );
      }),
    );
  });
});

function int(value: bigint): number | bigint {
  const wrapped = BigInt.asIntN(64, value);
  return Number.isSafeInteger(Number(wrapped)) ? Number(wrapped) : wrapped;
}
