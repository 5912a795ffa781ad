/** Classes of characters (language reference 1.3, 1.9), by UTF-16 unit with a table for ASCII. */

const NAME_START = 1;
const NAME_PART = 2;
const OPERATOR = 4;
const DIGIT = 8;

const ascii = new Uint8Array(128);
for (let unit = 0; unit < 128; unit++) {
  const char = String.fromCharCode(unit);
  // Without patterns: to translate one takes longer than all the rest.
  const lowerCase = char.toLowerCase();
  if ((lowerCase >= "a" && lowerCase <= "z") || char === "_") ascii[unit] = NAME_START | NAME_PART;
  else if (char >= "0" && char <= "9") ascii[unit] = NAME_PART | DIGIT;
  else if (char === "'") ascii[unit] = NAME_PART;
  else if ("!%&*+-./<=>?@^|~:$".includes(char)) ascii[unit] = OPERATOR;
}

export function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57;
}

export function isHexDigit(unit: number): boolean {
  return isDigit(unit) || (unit >= 65 && unit <= 70) || (unit >= 97 && unit <= 102);
}

export function isOperatorUnit(unit: number): boolean {
  return unit < 128 && ((ascii[unit] ?? 0) & OPERATOR) !== 0;
}

/** Space, tab, form feed; line ends are not blanks. */
export function isBlank(unit: number): boolean {
  return unit === 32 || unit === 9 || unit === 12;
}

export function isLineEnd(unit: number): boolean {
  return unit === 10 || unit === 13;
}

export function startsName(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  if (unit < 128) return ((ascii[unit] ?? 0) & NAME_START) !== 0;
  const point = text.codePointAt(at);
  return point !== undefined && /^[\p{L}\p{Nl}]$/u.test(String.fromCodePoint(point));
}

/** The offset behind the name that starts at `at`. */
export function nameEnd(text: string, at: number): number {
  let end = at;
  for (;;) {
    const unit = text.charCodeAt(end);
    if (unit < 128) {
      if (((ascii[unit] ?? 0) & NAME_PART) === 0) return end;
      end++;
    } else {
      const point = text.codePointAt(end);
      if (point === undefined || !isUnicodeNamePart(point)) return end;
      end += point > 0xffff ? 2 : 1;
    }
  }
}

function isUnicodeNamePart(point: number): boolean {
  return /^[\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}\p{Cf}]$/u.test(String.fromCodePoint(point));
}

/** A character for a message: itself when it is visible, otherwise its code point, `U+00A0`. */
export function showCharacter(point: number): string {
  const text = String.fromCodePoint(point);
  if (/^[\p{L}\p{N}\p{P}\p{S}]$/u.test(text)) return text;
  return `U+${point.toString(16).toUpperCase().padStart(4, "0")}`;
}
