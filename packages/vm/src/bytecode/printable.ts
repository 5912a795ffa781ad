/** Text of a module made safe for messages and listings: a name may hold terminal escapes, direction marks or a megabyte. */
const LONGEST_SHOWN = 60;

/** The text with unprintable characters as `\u{…}`, cut after 60 units. */
export function printable(text: string): string {
  const shown = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
  return escaped(shown);
}

/** The text as a string literal for a listing. */
export function quoted(text: string): string {
  const marked = text.slice(0, LONGEST_SHOWN + 1).replace(/[\\"]/g, "\\$&");
  const lines = marked.replace(/\n/g, "\\n").replace(/\r/g, "\\r").replace(/\t/g, "\\t");
  const shown = escaped(lines);
  return text.length > LONGEST_SHOWN ? `"${shown}…"` : `"${shown}"`;
}

function escaped(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
