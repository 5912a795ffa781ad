import { reportAbsent } from "../diagnostics/absent-features.js";
import type { DiagnosticBag } from "../diagnostics/diagnostic.js";
import type { Source } from "../source/source.js";
import type { Literal } from "../syntax/ast.js";
import { isDigit, isHexDigit, isOperatorUnit, startsName } from "./characters.js";

export interface NumberScan {
  readonly literal: Literal;
  readonly end: number;
}

const MAX_INT = 2n ** 63n - 1n;
const SILENT_INT = new Set(["", "L", "l"]);
const NARROW_INT = new Set(["y", "uy", "s", "us", "u", "ul", "uL", "Ul", "UL", "n", "un"]);
const SILENT_FLOAT = new Set(["", "f", "F"]);
const DECIMAL_FLOAT = new Set(["m", "M"]);

/**
 * Reads the number at `start`. `negated`: a prefix minus stands directly before it, so that the lowest integer, whose absolute
 * value does not fit, is accepted.
 */
export function scanNumber(source: Source, start: number, negated: boolean, bag: DiagnosticBag): NumberScan {
  const { text } = source;
  const radix = radixAt(text, start);
  let end: number;
  let isFloat = false;
  if (radix !== 10) {
    end = start + 2;
    while (isHexDigit(text.charCodeAt(end)) || text.charCodeAt(end) === 95) {
      if (radix !== 16 && !isDigit(text.charCodeAt(end)) && text.charCodeAt(end) !== 95) break;
      end++;
    }
  } else {
    end = digitsEnd(text, start);
    if (text.charCodeAt(end) === 46 && isFraction(text, end)) {
      isFloat = true;
      end = digitsEnd(text, end + 1);
    }
    const exponent = exponentEnd(text, end);
    if (exponent > end) {
      isFloat = true;
      end = exponent;
    }
  }
  const digits = text.slice(start, end).replaceAll("_", "");
  let suffixEnd = end;
  while (isSuffixUnit(text.charCodeAt(suffixEnd)) || startsName(text, suffixEnd)) suffixEnd++;
  const suffix = text.slice(end, suffixEnd);
  const span = { source, start, end: suffixEnd };
  const number = shorten(text.slice(start, suffixEnd));

  if (
    radix === 10 &&
    (isFloat || SILENT_FLOAT.has(suffix) || DECIMAL_FLOAT.has(suffix)) &&
    (isFloat || suffix !== "")
  ) {
    if (DECIMAL_FLOAT.has(suffix)) treatedAs(suffix, "float");
    else if (!SILENT_FLOAT.has(suffix)) badSuffix();
    return { literal: { type: "float", value: Number(digits) }, end: suffixEnd };
  }
  if (suffix === "I") {
    reportAbsent(bag, span, "big integer literal");
  } else if (NARROW_INT.has(suffix)) {
    treatedAs(suffix, "int");
  } else if (!SILENT_INT.has(suffix)) {
    badSuffix();
  }
  return { literal: { type: "int", value: integer() }, end: suffixEnd };

  function integer(): bigint {
    const significant = (radix === 10 ? digits : digits.slice(2)).replace(/^0+(?=.)/, "");
    if (radix === 10) {
      // The length is looked at first: turning a million digits into a number takes its time.
      const value = significant.length > 19 ? MAX_INT + 2n : BigInt(significant);
      if (value > MAX_INT + (negated ? 1n : 0n)) {
        doesNotFit();
        return 0n;
      }
      return value;
    }
    if (significant === "" || !isInRadix(significant, radix)) {
      badDigits();
      return 0n;
    }
    const tooLong = { 2: significant.length > 64, 8: significant.length > 22, 16: significant.length > 16 }[
      radix
    ];
    if (tooLong === true) {
      doesNotFit();
      return 0n;
    }
    const bits = BigInt(digits.slice(0, 2).toLowerCase() + significant);
    if (bits >= 2n ** 64n) {
      doesNotFit();
      return 0n;
    }
    return BigInt.asIntN(64, bits);
  }

  function doesNotFit(): void {
    bag.error(
      "FUS0003",
      span,
      `The number ${number} does not fit`,
      "Integers have 64 bits; write a float for larger values",
    );
  }

  function treatedAs(what: string, type: string): void {
    bag.info(
      "FUS0012",
      span,
      `'${what}' is treated as ${type}`,
      "The language has one integer and one float type",
    );
  }

  function badDigits(): void {
    bag.error("FUS0001", span, `Unexpected character '${text.charAt(end - 1)}'`, `'${number}' is no number`);
  }

  function badSuffix(): void {
    bag.error(
      "FUS0001",
      { source, start: end, end: suffixEnd },
      `Unexpected character '${text.charAt(end)}'`,
      "This is no suffix of a number; put a blank or an operator between them",
    );
  }
}

function radixAt(text: string, start: number): 2 | 8 | 10 | 16 {
  if (text.charCodeAt(start) !== 48) return 10;
  switch (text.charAt(start + 1)) {
    case "x":
    case "X":
      return 16;
    case "o":
    case "O":
      return 8;
    case "b":
    case "B":
      return 2;
    default:
      return 10;
  }
}

function isInRadix(digits: string, radix: number): boolean {
  return radix === 16 || (radix === 8 ? /^[0-7]+$/ : /^[01]+$/).test(digits);
}

function digitsEnd(text: string, start: number): number {
  let end = start;
  while (isDigit(text.charCodeAt(end)) || (end > start && text.charCodeAt(end) === 95)) end++;
  return end;
}

/** Whether the point at `at` belongs to the number: `1.` and `1.5` do, `1..3` and `1.Member` do not. */
function isFraction(text: string, at: number): boolean {
  const next = text.charCodeAt(at + 1);
  if (isDigit(next)) return true;
  if (isOperatorUnit(next)) return next !== 46 && !(next === 63 || next === 58);
  if (!startsName(text, at + 1)) return true;
  if (exponentEnd(text, at + 1) > at + 1) return true;
  return (
    /^[fFmM]$/.test(text.charAt(at + 1)) &&
    !isSuffixUnit(text.charCodeAt(at + 2)) &&
    !startsName(text, at + 2)
  );
}

function exponentEnd(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  if (unit !== 101 && unit !== 69) return at;
  let end = at + 1;
  const sign = text.charCodeAt(end);
  if (sign === 43 || sign === 45) end++;
  return isDigit(text.charCodeAt(end)) ? digitsEnd(text, end) : at;
}

function isSuffixUnit(unit: number): boolean {
  return isDigit(unit) || unit === 95;
}

function shorten(text: string): string {
  return text.length <= 24 ? text : `${text.slice(0, 20)}...`;
}
