/** More digits than this behind the point are zeros. */
const LAST_DIGIT = 1074;

/** A float with a number of decimals, rounded from its exact value, ties to even. Infinity and not-a-number are `inf` and `NaN`. */
export function exactFixed(x: number, decimals: number): string {
  if (Number.isNaN(x)) return "NaN";
  const sign = x < 0 || Object.is(x, -0) ? "-" : "";
  const size = Math.abs(x);
  if (size === Number.POSITIVE_INFINITY) return `${sign}inf`;
  const kept = Math.min(decimals, LAST_DIGIT);
  const digits = scaled(size, kept)
    .toString()
    .padStart(kept + 1, "0");
  const whole = digits.slice(0, digits.length - kept);
  if (decimals === 0) return sign + whole;
  return `${sign}${whole}.${digits.slice(digits.length - kept)}${"0".repeat(decimals - kept)}`;
}

/** `size * 10 ** decimals` as the nearest whole number, the even one of two. */
function scaled(size: number, decimals: number): bigint {
  const { mantissa, exponent } = partsOf(size);
  const product = mantissa * 10n ** BigInt(decimals);
  if (exponent >= 0) return product << BigInt(exponent);
  const shift = BigInt(-exponent);
  const whole = product >> shift;
  const doubledRest = (product - (whole << shift)) << 1n;
  const unit = 1n << shift;
  const roundsUp = doubledRest > unit || (doubledRest === unit && (whole & 1n) === 1n);
  return roundsUp ? whole + 1n : whole;
}

/** `size` is `mantissa * 2 ** exponent`. */
function partsOf(size: number): { readonly mantissa: bigint; readonly exponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, size);
  const bits = view.getBigUint64(0);
  const biased = Number(bits >> 52n);
  const fraction = bits & (2n ** 52n - 1n);
  return biased === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | (2n ** 52n), exponent: biased - 1075 };
}
