/** The format strings of `sprintf` and its relatives: reading them, and formatting values by their specifiers in the curried form. */
import type { Int } from "./int.js";
import { fixedPoint, general, MAX_PRECISION, scientific } from "./number-format.js";

/** Letters that a specifier may end with. */
export type FormatType =
  | "d"
  | "i"
  | "u"
  | "x"
  | "X"
  | "o"
  | "B"
  | "f"
  | "F"
  | "e"
  | "E"
  | "g"
  | "G"
  | "s"
  | "c"
  | "b"
  | "A"
  | "O";

/** `%[flags][width][.precision]type`. */
export interface FormatSpecifier {
  readonly type: FormatType;
  /** Flag `-`: the padding goes to the right. */
  readonly left: boolean;
  /** Flag `0`: numbers are padded with zeros behind the sign. */
  readonly zero: boolean;
  /** Flag `+`: numbers that are not negative get a plus. */
  readonly plus: boolean;
  /** Flag space: numbers that are not negative get a blank. */
  readonly space: boolean;
  /** In UTF-16 units. */
  readonly width: number | undefined;
  readonly precision: number | undefined;
}

/** A part of a format string: text to be taken as it is (`%%` already one percent sign), or a specifier. */
export type FormatPart =
  | { readonly kind: "text"; readonly text: string }
  | {
      readonly kind: "specifier";
      readonly specifier: FormatSpecifier;
      /** Where the `%` stands, and how many UTF-16 units the specifier has. */
      readonly offset: number;
      readonly length: number;
    };

/**
 * What is wrong with a format: `unknown`: the `%` starts no specifier and stands for itself; `unsupported`: a specifier of F# that Fusabi does not have
 * (`%a`, `%t`, `%*d`); `flags`: a flag or precision that the type does not take; `size`: a width above 9,999 or a precision above 100.
 */
export interface FormatProblem {
  readonly kind: "unknown" | "unsupported" | "flags" | "size";
  readonly message: string;
  readonly offset: number;
  readonly length: number;
}

/** A format string, read: its parts in order, and what is wrong with it. */
export interface ParsedFormat {
  readonly parts: readonly FormatPart[];
  readonly problems: readonly FormatProblem[];
}

const MAX_WIDTH = 9999;
const specifierPattern = /%([-0+ ]*)(\*|\d+)?(?:\.(\*|\d*))?(.?)/sy;
const types: ReadonlySet<string> = new Set("diuxXoBfFeEgGscbAO");
const floatTypes = "fFeEgG";
const intTypes = "diuxXoB";

/**
 * Reads a format string. `%%` is one percent sign. Text around problems is kept as text, so that the parts are usable whatever the problems are.
 *
 * @example
 * parseFormat("%-5d|").parts; // a specifier, then the text "|"
 */
export function parseFormat(text: string): ParsedFormat {
  const parts: FormatPart[] = [];
  const problems: FormatProblem[] = [];
  let plain = "";
  let at = 0;
  const flush = (): void => {
    if (plain !== "") parts.push({ kind: "text", text: plain });
    plain = "";
  };
  while (at < text.length) {
    const percent = text.indexOf("%", at);
    if (percent < 0) break;
    plain += text.slice(at, percent);
    if (text[percent + 1] === "%") {
      plain += "%";
      at = percent + 2;
      continue;
    }
    const read = readSpecifier(text, percent);
    if ("problem" in read) {
      problems.push(read.problem);
      // Only the percent sign is taken: what follows it is text, and may hold another specifier.
      plain += "%";
      at = percent + 1;
      continue;
    }
    flush();
    parts.push({ kind: "specifier", specifier: read.specifier, offset: percent, length: read.length });
    at = percent + read.length;
  }
  plain += text.slice(at);
  flush();
  return { parts, problems };
}

type Read =
  | { readonly specifier: FormatSpecifier; readonly length: number }
  | { readonly problem: FormatProblem };

function readSpecifier(text: string, offset: number): Read {
  specifierPattern.lastIndex = offset;
  const match = specifierPattern.exec(text);
  const [whole = "%", flags = "", width, precision, type = ""] = match ?? [];
  const problem = (kind: FormatProblem["kind"], message: string): Read => ({
    problem: { kind, message, offset, length: whole.length },
  });
  if (width === "*" || precision === "*")
    return problem("unsupported", `'${whole}': a width given by an argument is not part of Fusabi`);
  if (type === "a" || type === "t")
    return problem("unsupported", `'${whole}' is not part of Fusabi; use %s with a function's result`);
  if (!isFormatType(type)) return problem("unknown", "'%' starts no format specifier");
  if (precision === "") return problem("flags", `'${whole}': digits are missing behind the point`);
  if (Number(width ?? 0) > MAX_WIDTH)
    return problem("size", `'${whole}': a width may be at most ${MAX_WIDTH}`);
  if (Number(precision ?? 0) > MAX_PRECISION)
    return problem("size", `'${whole}': a precision may be at most ${MAX_PRECISION}`);
  if (precision !== undefined && !floatTypes.includes(type) && type !== "A") {
    return problem("flags", `'%${type}' takes no precision`);
  }
  if (/[0+ ]/.test(flags) && !floatTypes.includes(type) && !intTypes.includes(type) && type !== "A") {
    return problem("flags", `'%${type}' takes no flag but '-'`);
  }
  return {
    specifier: {
      type,
      left: flags.includes("-"),
      zero: flags.includes("0"),
      plus: flags.includes("+"),
      space: flags.includes(" "),
      width: width === undefined ? undefined : Number(width),
      precision: precision === undefined ? undefined : Number(precision),
    },
    length: whole.length,
  };
}

function isFormatType(text: string): text is FormatType {
  return types.has(text);
}

/**
 * An int by `%d %i %u %x %X %o %B`. All but `%d` and `%i` show a negative int as its 64 bits without sign.
 *
 * @example
 * const [part] = parseFormat("%04x").parts;
 * if (part?.kind === "specifier") formatInt(255, part.specifier); // "00ff"
 */
export function formatInt(value: Int, specifier: FormatSpecifier): string {
  return withSign(intDigits(value, specifier.type), specifier, true);
}

/**
 * A float by `%f %F %e %E %g %G`; without a precision, six digits.
 *
 * @example
 * const [part] = parseFormat("%.2f").parts;
 * if (part?.kind === "specifier") formatFloat(2.5, part.specifier); // "2.50"
 */
export function formatFloat(value: number, specifier: FormatSpecifier): string {
  return withSign(
    floatDigits(value, specifier.type, specifier.precision ?? 6),
    specifier,
    Number.isFinite(value),
  );
}

/**
 * A string by `%s`, and the text made for `%O` and `%A`: padded with blanks to the width, in UTF-16 units.
 *
 * @example
 * const [part] = parseFormat("%-3s").parts;
 * if (part?.kind === "specifier") formatString("a", part.specifier); // "a  "
 */
export function formatString(text: string, specifier: FormatSpecifier): string {
  return pad(text, specifier);
}

/**
 * A char by `%c`: padded with blanks to the width.
 *
 * @example
 * const [part] = parseFormat("%3c").parts;
 * if (part?.kind === "specifier") formatChar("a", part.specifier); // "  a"
 */
export function formatChar(char: string, specifier: FormatSpecifier): string {
  return pad(char, specifier);
}

/**
 * A bool by `%b`: padded with blanks to the width.
 *
 * @example
 * const [part] = parseFormat("%5b").parts;
 * if (part?.kind === "specifier") formatBool(true, part.specifier); // " true"
 */
export function formatBool(value: boolean, specifier: FormatSpecifier): string {
  return pad(value ? "true" : "false", specifier);
}

function intDigits(value: Int, type: FormatType): string {
  switch (type) {
    case "u":
      return unsigned(value, 10);
    case "x":
      return unsigned(value, 16);
    case "X":
      return unsigned(value, 16).toUpperCase();
    case "o":
      return unsigned(value, 8);
    case "B":
      return unsigned(value, 2);
    default:
      return value.toString();
  }
}

function unsigned(value: Int, radix: number): string {
  return value >= 0 ? value.toString(radix) : BigInt.asUintN(64, BigInt(value)).toString(radix);
}

function floatDigits(value: number, type: FormatType, precision: number): string {
  switch (type) {
    case "e":
      return scientific(value, precision, 3);
    case "E":
      return upperExponent(scientific(value, precision, 3));
    case "g":
      return general(value, precision);
    case "G":
      return upperExponent(general(value, precision));
    default:
      return fixedPoint(value, precision);
  }
}

export function upperExponent(text: string): string {
  return text.replace(/e(?=[-+]\d)/, "E");
}

/** Adds the plus or blank that the flags ask for, and the padding; zeros only where they make a number. */
function withSign(digits: string, specifier: FormatSpecifier, isNumber: boolean): string {
  const negative = digits.startsWith("-");
  const sign = negative ? "-" : specifier.plus ? "+" : specifier.space ? " " : "";
  const size = negative ? digits.slice(1) : digits;
  if (specifier.zero && !specifier.left && isNumber)
    return sign + size.padStart((specifier.width ?? 0) - sign.length, "0");
  return pad(sign + size, specifier);
}

function pad(text: string, specifier: FormatSpecifier): string {
  const width = specifier.width ?? 0;
  return specifier.left ? text.padEnd(width) : text.padStart(width);
}
