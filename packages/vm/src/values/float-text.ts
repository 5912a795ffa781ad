/**
 * A float in text form: the shortest digits that read back equal, never an exponent, no fraction for whole numbers.
 *
 * @example
 * floatText(1e20); // "100000000000000000000"
 * floatText(-0); // "-0"
 */
export function floatText(x: number): string {
  if (Number.isNaN(x)) return "NaN";
  if (x === Number.POSITIVE_INFINITY) return "inf";
  if (x === Number.NEGATIVE_INFINITY) return "-inf";
  if (Object.is(x, -0)) return "-0";
  const text = String(x);
  return text.includes("e") ? withoutExponent(text) : text;
}

/** `1.5e-7` as `0.00000015`, `1e+21` as `1000000000000000000000`. */
function withoutExponent(text: string): string {
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (match === null) throw new RangeError(`not in exponent form: ${text}`);
  const [, sign = "", whole = "", fraction = "", exponentText = "0"] = match;
  const digits = whole + fraction;
  const exponent = Number(exponentText);
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  // From 1e21 on, the shortest digits never reach behind the point.
  return sign + digits + "0".repeat(exponent - fraction.length);
}
