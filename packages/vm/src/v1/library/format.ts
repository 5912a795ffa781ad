/** `String.format` and `sprintf`: a format and a list of its arguments. */
import type { FusabiError } from "../../errors.js";
import { floatText } from "../../values/float-text.js";
import { displayV1 } from "../display.js";
import { runtimeError } from "../failure.js";
import type { LibraryContext } from "../library-context.js";
import { Float, isInt, typeName, type Value } from "../value.js";
import { elementsOf } from "./declaration.js";
import { exactFixed } from "./exact-fixed.js";

export function format(context: LibraryContext, pattern: string, list: Value): string {
  const args = elementsOf(context, list);
  const { meter } = context;
  const pieces: string[] = [];
  let units = 0;
  const write = (text: string) => {
    units += text.length;
    meter.charge(1 + (text.length >> 4));
    meter.joinString(units, text.length);
    pieces.push(text);
  };
  let used = 0;
  const next = (): Value => {
    if (used >= args.length) throw malformed("Not enough arguments for format string");
    return args[used++];
  };
  let at = 0;
  for (;;) {
    const percent = pattern.indexOf("%", at);
    write(pattern.slice(at, percent < 0 ? pattern.length : percent));
    if (percent < 0) break;
    const specifier = specifierAt(pattern, percent + 1);
    at = percent + 1 + specifier.length;
    switch (specifier) {
      case "%":
        write("%");
        break;
      case "s":
        write(displayV1(next(), meter));
        break;
      case "d": {
        const value = next();
        if (!isInt(value)) throw malformed(`Expected int for %d, got ${typeName(value)}`);
        write(String(value));
        break;
      }
      case "f":
        write(shortest(next()));
        break;
      default: {
        const decimals = precisionOf(specifier);
        const value = next();
        if (!isInt(value) && !(value instanceof Float))
          throw malformed(`Expected float for %${specifier}, got ${typeName(value)}`);
        meter.charge(decimals >> 4);
        meter.joinString(units + decimals, decimals);
        write(exactFixed(isInt(value) ? Number(value) : value.value, decimals));
      }
    }
  }
  if (used < args.length)
    throw malformed(`Too many arguments for format string: expected ${used}, got ${args.length}`);
  return pieces.join("");
}

function malformed(problem: string): FusabiError {
  return runtimeError(problem, "FUS0514");
}

/** What stands behind a percent sign, without it: one character, or `.2f`. */
function specifierAt(pattern: string, at: number): string {
  const first = pattern.codePointAt(at);
  if (first === undefined) throw malformed("Incomplete format specifier at end of string");
  const character = String.fromCodePoint(first);
  if (character !== ".") {
    if (!"%sdf".includes(character)) throw malformed(`Unknown format specifier: %${character}`);
    return character;
  }
  let end = at + 1;
  while (isDigit(pattern.charCodeAt(end))) end++;
  if (pattern.charAt(end) !== "f") throw malformed(`Invalid format specifier: %${pattern.slice(at, end)}`);
  return pattern.slice(at, end + 1);
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

/** Of `.2f`. More decimals than a string can have are refused like no number at all. */
function precisionOf(specifier: string): number {
  const digits = specifier.slice(1, -1);
  const decimals = Number(digits);
  if (digits === "" || decimals > 0xffff_ffff) throw malformed("Invalid precision specifier");
  return decimals;
}

/** `%f`: the shortest digits, but `3.0` for the int 3. */
function shortest(value: Value): string {
  if (isInt(value)) return `${floatText(Number(value))}.0`;
  if (value instanceof Float) return floatText(value.value);
  throw malformed(`Expected float for %f, got ${typeName(value)}`);
}
