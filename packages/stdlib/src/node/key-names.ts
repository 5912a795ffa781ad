/** The names of keys, from the bytes that a terminal sends for them. */

/** Of single bytes. Both codes of Backspace and of Enter. */
const CONTROLS: ReadonlyMap<number, string> = new Map([
  [0x08, "Backspace"],
  [0x09, "Tab"],
  [0x0a, "Enter"],
  [0x0d, "Enter"],
  [0x1b, "Escape"],
  [0x7f, "Backspace"],
]);

/** Last letters of sequences that name a key: `ESC [ A`, `ESC O A`, with modifiers `ESC [ 1 ; 5 A`. */
const LETTERS: ReadonlyMap<string, string> = new Map([
  ["A", "ArrowUp"],
  ["B", "ArrowDown"],
  ["C", "ArrowRight"],
  ["D", "ArrowLeft"],
  ["F", "End"],
  ["H", "Home"],
  ["P", "F1"],
  ["Q", "F2"],
  ["R", "F3"],
  ["S", "F4"],
  ["Z", "Tab"],
]);

/** Numbers of sequences that end in a tilde: `ESC [ 3 ~`. */
const NUMBERS: ReadonlyMap<string, string> = new Map([
  ["1", "Home"],
  ["2", "Insert"],
  ["3", "Delete"],
  ["4", "End"],
  ["5", "PageUp"],
  ["6", "PageDown"],
  ["7", "Home"],
  ["8", "End"],
  ["11", "F1"],
  ["12", "F2"],
  ["13", "F3"],
  ["14", "F4"],
  ["15", "F5"],
  ["17", "F6"],
  ["18", "F7"],
  ["19", "F8"],
  ["20", "F9"],
  ["21", "F10"],
  ["23", "F11"],
  ["24", "F12"],
]);

/** The name of a byte that is a key by itself; a control key is `Ctrl+` and its letter. Undefined for the bytes of texts. */
export function controlKey(byte: number): string | undefined {
  if (byte >= 0x20 && byte !== 0x7f) return undefined;
  return CONTROLS.get(byte) ?? (byte === 0 ? "Ctrl+Space" : `Ctrl+${String.fromCharCode(byte + 0x40)}`);
}

/** Whether a sequence is whole: what follows an Escape, so far. */
export function isWholeSequence(text: string): boolean {
  if (text.startsWith("O")) return text.length === 2;
  return /^\[(?:\[.|[0-9;]*[@-Z\\-~])$/.test(text);
}

/** The key of a whole sequence; undefined for one that no key has. */
export function sequenceKey(text: string): string | undefined {
  const [, numbers = "", last = ""] = /^(?:O|\[)([0-9;]*)(.)$/.exec(text) ?? [];
  return last === "~" ? NUMBERS.get(numbers.split(";")[0] ?? "") : LETTERS.get(last);
}

/** How many bytes a character of UTF-8 has that starts with this one. */
export function bytesOfCharacter(first: number): number {
  if (first < 0xc0) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}
