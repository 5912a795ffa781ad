/** Whether a UTF-16 unit is white space: Unicode's property White_Space, all of which is in the basic plane. */
export function isWhiteSpaceUnit(unit: number): boolean {
  if (unit <= 0x20) return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d);
  if (unit < 0x1680) return unit === 0x85 || unit === 0xa0;
  return (
    unit === 0x1680 ||
    (unit >= 0x2000 && unit <= 0x200a) ||
    unit === 0x2028 ||
    unit === 0x2029 ||
    unit === 0x202f ||
    unit === 0x205f ||
    unit === 0x3000
  );
}

/** Index of the first unit that `drop` does not hold for. */
export function trimmedStart(text: string, drop: (unit: number) => boolean = isWhiteSpaceUnit): number {
  let start = 0;
  while (start < text.length && drop(text.charCodeAt(start))) start++;
  return start;
}

/** Index behind the last unit, at or after `from`, that `drop` does not hold for. */
export function trimmedEnd(
  text: string,
  from: number,
  drop: (unit: number) => boolean = isWhiteSpaceUnit,
): number {
  let end = text.length;
  while (end > from && drop(text.charCodeAt(end - 1))) end--;
  return end;
}
