/** The modules `Char` and `System.Char`: one UTF-16 unit, looked at by its Unicode category. A surrogate is in none of the classes. */
import { type HostMember, type HostModule, hostModule, type NativeContext } from "@fusabi/vm";
import { native } from "./declaration.js";
import { isWhiteSpaceUnit } from "./white-space.js";

function test(doc: string, holds: (unit: string) => boolean): HostMember {
  return native("char -> bool", doc, (_: NativeContext, unit: string) => holds(unit));
}

/** The pattern is made when it is first asked: a class of characters takes its time. */
function matches(pattern: () => RegExp): (unit: string) => boolean {
  let made: RegExp | undefined;
  return (unit) => {
    made ??= pattern();
    return made.test(unit);
  };
}

/** The simple mapping, one unit to one unit: unchanged where the full mapping has more. */
function simple(mapped: string, unit: string): string {
  return mapped.length === 1 ? mapped : unit;
}

/** Digits of a script stand in blocks of ten from zero to nine, and blocks may touch: the value is the distance to the first digit of the run, modulo ten. */
function numericValue(unit: string): number {
  if (!/^\p{Nd}$/u.test(unit)) return OTHER_NUMBERS.get(unit) ?? -1;
  const code = unit.charCodeAt(0);
  let first = code;
  while (/^\p{Nd}$/u.test(String.fromCharCode(first - 1))) first--;
  return (code - first) % 10;
}

/** Numbers that are no digits: fractions, superscripts, Roman and circled numbers. */
const OTHER_NUMBERS: ReadonlyMap<string, number> = new Map<string, number>([
  ["¹", 1],
  ["²", 2],
  ["³", 3],
  ["¼", 1 / 4],
  ["½", 1 / 2],
  ["¾", 3 / 4],
  ["⅐", 1 / 7],
  ["⅑", 1 / 9],
  ["⅒", 1 / 10],
  ["⅓", 1 / 3],
  ["⅔", 2 / 3],
  ["⅕", 1 / 5],
  ["⅖", 2 / 5],
  ["⅗", 3 / 5],
  ["⅘", 4 / 5],
  ["⅙", 1 / 6],
  ["⅚", 5 / 6],
  ["⅛", 1 / 8],
  ["⅜", 3 / 8],
  ["⅝", 5 / 8],
  ["⅞", 7 / 8],
  ["⁰", 0],
  ...Array.from({ length: 6 }, (_, index): [string, number] => [
    String.fromCharCode(0x2074 + index),
    index + 4,
  ]),
  ...Array.from({ length: 10 }, (_, value): [string, number] => [String.fromCharCode(0x2080 + value), value]),
  ...Array.from({ length: 12 }, (_, value): [string, number] => [
    String.fromCharCode(0x2160 + value),
    value + 1,
  ]),
  ...Array.from({ length: 12 }, (_, value): [string, number] => [
    String.fromCharCode(0x2170 + value),
    value + 1,
  ]),
  ...Array.from({ length: 20 }, (_, value): [string, number] => [
    String.fromCharCode(0x2460 + value),
    value + 1,
  ]),
]);

const pascalCase: Readonly<Record<string, HostMember>> = {
  IsDigit: test(
    "Whether it is a decimal digit of any script.",
    matches(() => /^\p{Nd}$/u),
  ),
  IsLetter: test(
    "Whether it is a letter of any script.",
    matches(() => /^\p{L}$/u),
  ),
  IsLetterOrDigit: test(
    "Whether it is a letter or a decimal digit.",
    matches(() => /^[\p{L}\p{Nd}]$/u),
  ),
  IsUpper: test(
    "Whether it is an upper-case letter.",
    matches(() => /^\p{Lu}$/u),
  ),
  IsLower: test(
    "Whether it is a lower-case letter.",
    matches(() => /^\p{Ll}$/u),
  ),
  IsWhiteSpace: test("Whether it is white space.", (unit) => isWhiteSpaceUnit(unit.charCodeAt(0))),
  IsPunctuation: test(
    "Whether it is punctuation, such as ! , - _.",
    matches(() => /^\p{P}$/u),
  ),
  IsSymbol: test(
    "Whether it is a symbol, such as + $ < =.",
    matches(() => /^\p{S}$/u),
  ),
  IsControl: test(
    "Whether it is a control character.",
    matches(() => /^\p{Cc}$/u),
  ),
  ToUpper: native(
    "char -> char",
    "The upper-case form, if that is one unit.",
    (_: NativeContext, unit: string) => simple(unit.toUpperCase(), unit),
  ),
  ToUpperInvariant: native("char -> char", "Same as ToUpper.", (_: NativeContext, unit: string) =>
    simple(unit.toUpperCase(), unit),
  ),
  ToLower: native(
    "char -> char",
    "The lower-case form, if that is one unit.",
    (_: NativeContext, unit: string) => simple(unit.toLowerCase(), unit),
  ),
  ToLowerInvariant: native("char -> char", "Same as ToLower.", (_: NativeContext, unit: string) =>
    simple(unit.toLowerCase(), unit),
  ),
  ToString: native("char -> string", "The char as a string.", (_: NativeContext, unit: string) => unit),
  GetNumericValue: native(
    "char -> float",
    "The number that it stands for, or -1.",
    (_: NativeContext, unit: string) => numericValue(unit),
  ),
};

/** Every name may be written with a lower-case first letter. */
const members: Readonly<Record<string, HostMember>> = Object.fromEntries(
  Object.entries(pascalCase).flatMap(([name, member]) => [
    [name, member],
    [name.charAt(0).toLowerCase() + name.slice(1), member],
  ]),
);

export const charModule: HostModule = hostModule("Char", members);
export const systemCharModule: HostModule = hostModule("System.Char", members);
