/** Text of a module made safe for messages and listings: a name may hold terminal escapes, direction marks or a megabyte. */
const LONGEST_SHOWN = 60;
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

/** The text with unprintable characters as `\u{…}`, cut after 60 units. */
export function printable(text: string): string {
  const shown = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
  return shown.replace(UNPRINTABLE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** The text as a string literal for a listing. */
export function quoted(text: string): string {
  const escaped = text.slice(0, LONGEST_SHOWN + 1).replace(/[\\"]/g, "\\$&");
  const lines = escaped.replace(/\n/g, "\\n").replace(/\r/g, "\\r").replace(/\t/g, "\\t");
  const shown = lines.replace(
    UNPRINTABLE,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
  return text.length > LONGEST_SHOWN ? `"${shown}…"` : `"${shown}"`;
}
