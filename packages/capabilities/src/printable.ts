/**
 * A text that came from outside, made safe to show in a message, a log or a terminal: control, bidirectional and
 * invisible characters become `\u{…}`, and what is longer than 200 characters is cut.
 *
 * @example
 * ```ts
 * printable("a\u001b[2Jb"); // "a\\u{1b}[2Jb"
 * ```
 */
export function printable(text: string): string {
  const shown = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
  // Control (Cc), format (Cf: bidirectional marks, zero width), surrogate (Cs), line and paragraph separators. Not made before it is needed: that takes
  // half a millisecond.
  const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;
  return shown.replace(unprintable, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

const LONGEST_SHOWN = 200;
