/** The syntax of patterns: text to a tree. What needs backtracking (back references, looking around) is refused. */
import type { Charge } from "@fusabi/vm";
import { BadPattern } from "../errors.js";

/** Ranges of UTF-16 units, both ends included: pairs of first and last. */
export type UnitSet = readonly (readonly [number, number])[];

export type Assertion = "textStart" | "textEnd" | "lineStart" | "lineEnd" | "wordEdge" | "wordInside";

export type Node =
  | { readonly kind: "empty" }
  | { readonly kind: "units"; readonly set: UnitSet }
  | { readonly kind: "assertion"; readonly assertion: Assertion }
  | { readonly kind: "group"; readonly index: number; readonly body: Node }
  | { readonly kind: "sequence"; readonly items: readonly Node[] }
  | { readonly kind: "choice"; readonly branches: readonly Node[] }
  | {
      readonly kind: "repeat";
      readonly body: Node;
      readonly least: number;
      /** Infinity without an end. */
      readonly most: number;
      readonly greedy: boolean;
    };

export interface Pattern {
  readonly root: Node;
  /** Groups that capture, the whole match not counted. */
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
}

const MAX_LENGTH = 10_000;
const MAX_DEPTH = 200;
const MAX_GROUPS = 100;
const MAX_REPEAT = 1_000;
const LAST_UNIT = 0xffff;

const DIGITS: UnitSet = [[0x30, 0x39]];
const WORD: UnitSet = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
const SPACE: UnitSet = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0x85, 0x85],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
];
const ALL: UnitSet = [[0, LAST_UNIT]];
const ALL_BUT_LINE_FEED: UnitSet = [
  [0, 0x09],
  [0x0b, LAST_UNIT],
];
const CONTROLS: ReadonlyMap<string, number> = new Map([
  ["t", 0x09],
  ["n", 0x0a],
  ["v", 0x0b],
  ["f", 0x0c],
  ["r", 0x0d],
  ["e", 0x1b],
  ["a", 0x07],
  ["0", 0x00],
]);

/** Everything outside a set. */
function complement(set: UnitSet): UnitSet {
  const result: [number, number][] = [];
  let next = 0;
  for (const [first, last] of mergedSet(set)) {
    if (first > next) result.push([next, first - 1]);
    next = last + 1;
  }
  if (next <= LAST_UNIT) result.push([next, LAST_UNIT]);
  return result;
}

/** In ascending order, without overlap. */
export function mergedSet(set: UnitSet): UnitSet {
  const result: [number, number][] = [];
  for (const [first, last] of [...set].sort(([a], [b]) => a - b)) {
    const previous = result.at(-1);
    if (previous !== undefined && first <= previous[1] + 1) previous[1] = Math.max(previous[1], last);
    else result.push([first, last]);
  }
  return result;
}

/** With the other case of every letter; single units only, as a pattern sees nothing longer. */
function withBothCases(set: UnitSet, charge: Charge): UnitSet {
  const ranges: [number, number][] = set.map(([first, last]) => [first, last]);
  for (const [first, last] of set) {
    charge(1 + last - first);
    for (let unit = first; unit <= last; unit++) {
      const char = String.fromCharCode(unit);
      for (const other of [char.toLowerCase(), char.toUpperCase()])
        if (other.length === 1 && other !== char) ranges.push([other.charCodeAt(0), other.charCodeAt(0)]);
    }
  }
  return mergedSet(ranges);
}

interface Flags {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly singleLine: boolean;
}

/** @throws BadPattern, and what `charge` throws */
export function parsePattern(text: string, charge: Charge): Pattern {
  if (text.length > MAX_LENGTH) throw new BadPattern(MAX_LENGTH, `longer than ${MAX_LENGTH} characters`);
  const parser = new PatternParser(text, charge);
  const root = parser.whole();
  return { root, groups: parser.groups, names: parser.names };
}

class PatternParser {
  readonly names = new Map<string, number>();
  groups = 0;
  #at = 0;
  #depth = 0;
  #flags: Flags = { ignoreCase: false, multiline: false, singleLine: false };

  constructor(
    private readonly text: string,
    private readonly charge: Charge,
  ) {}

  whole(): Node {
    const root = this.#choice();
    if (this.#at < this.text.length) throw this.#error("a ')' without a '('");
    return root;
  }

  #choice(): Node {
    if (++this.#depth > MAX_DEPTH) throw this.#error(`groups nested more than ${MAX_DEPTH} deep`);
    const outer = this.#flags;
    const branches = [this.#sequence()];
    while (this.#take("|")) branches.push(this.#sequence());
    this.#flags = outer;
    this.#depth--;
    const [only] = branches;
    return branches.length === 1 && only !== undefined ? only : { kind: "choice", branches };
  }

  #sequence(): Node {
    const items: Node[] = [];
    while (this.#at < this.text.length && !"|)".includes(this.text[this.#at] ?? "")) {
      const item = this.#atom();
      if (item !== undefined) items.push(this.#repeated(item));
    }
    const [only] = items;
    if (only === undefined) return { kind: "empty" };
    return items.length === 1 ? only : { kind: "sequence", items };
  }

  #repeated(body: Node): Node {
    const start = this.#at;
    const counts = this.#counts();
    if (counts === undefined) return body;
    const [least, most] = counts;
    if (body.kind === "assertion") throw this.#error("nothing to repeat", start);
    const greedy = !this.#take("?");
    const next = this.#at;
    if (this.#counts() !== undefined || this.#take("+")) throw this.#error("a repeat of a repeat", next);
    return { kind: "repeat", body, least, most, greedy };
  }

  /** `*`, `+`, `?`, `{n}`, `{n,}`, `{n,m}`; a brace that starts none of them is itself. */
  #counts(): readonly [number, number] | undefined {
    if (this.#take("*")) return [0, Number.POSITIVE_INFINITY];
    if (this.#take("+")) return [1, Number.POSITIVE_INFINITY];
    if (this.#take("?")) return [0, 1];
    const braces = /^\{(\d{1,9})(?:(,)(\d{0,9}))?\}/.exec(this.text.slice(this.#at, this.#at + 24));
    if (braces === null) return undefined;
    const least = Number(braces[1]);
    const most =
      braces[2] === undefined ? least : braces[3] === "" ? Number.POSITIVE_INFINITY : Number(braces[3]);
    if (least > MAX_REPEAT || (most > MAX_REPEAT && most !== Number.POSITIVE_INFINITY))
      throw this.#error(`more than ${MAX_REPEAT} repeats`);
    if (most < least) throw this.#error("a greatest count below the least");
    this.#at += braces[0].length;
    return [least, most];
  }

  /** Undefined for what only sets flags. */
  #atom(): Node | undefined {
    const char = this.text[this.#at] ?? "";
    switch (char) {
      case "(":
        return this.#group();
      case "[":
        return this.#class();
      case ".":
        this.#at++;
        return { kind: "units", set: this.#flags.singleLine ? ALL : ALL_BUT_LINE_FEED };
      case "^":
        this.#at++;
        return { kind: "assertion", assertion: this.#flags.multiline ? "lineStart" : "textStart" };
      case "$":
        this.#at++;
        return { kind: "assertion", assertion: this.#flags.multiline ? "lineEnd" : "textEnd" };
      case "*":
      case "+":
      case "?":
        throw this.#error("nothing to repeat");
      case "\\":
        return this.#escape();
      default:
        this.#at++;
        return this.#unit(char.charCodeAt(0));
    }
  }

  #unit(unit: number): Node {
    return this.#set([[unit, unit]]);
  }

  #set(set: UnitSet): Node {
    return { kind: "units", set: this.#flags.ignoreCase ? withBothCases(set, this.charge) : set };
  }

  #group(): Node | undefined {
    const start = this.#at++;
    if (!this.#take("?")) return this.#captured(start, undefined);
    if (this.#take(":")) return this.#closed(start);
    const flags = /^([ims]+)([:)])/.exec(this.text.slice(this.#at, this.#at + 8));
    if (flags !== null) {
      const [whole, letters = "", end] = flags;
      this.#at += whole.length;
      const outer = this.#flags;
      this.#flags = {
        ignoreCase: outer.ignoreCase || letters.includes("i"),
        multiline: outer.multiline || letters.includes("m"),
        singleLine: outer.singleLine || letters.includes("s"),
      };
      if (end === ")") return undefined;
      const body = this.#closed(start);
      this.#flags = outer;
      return body;
    }
    const name = /^(?:<([A-Za-z_]\w{0,31})>|'([A-Za-z_]\w{0,31})')/.exec(
      this.text.slice(this.#at, this.#at + 36),
    );
    if (name !== null) {
      this.#at += name[0].length;
      return this.#captured(start, name[1] ?? name[2]);
    }
    if (/^(?:[=!]|<[=!])/.test(this.text.slice(this.#at, this.#at + 2)))
      throw this.#error(
        "looking ahead and behind is not supported, since it cannot be done in linear time",
        start,
      );
    throw this.#error("an unknown kind of group", start);
  }

  #captured(start: number, name: string | undefined): Node {
    const index = ++this.groups;
    if (index > MAX_GROUPS) throw this.#error(`more than ${MAX_GROUPS} groups`, start);
    if (name !== undefined) {
      if (this.names.has(name)) throw this.#error(`a second group '${name}'`, start);
      this.names.set(name, index);
    }
    return { kind: "group", index, body: this.#closed(start) };
  }

  #closed(start: number): Node {
    const body = this.#choice();
    if (!this.#take(")")) throw this.#error("a '(' without a ')'", start);
    return body;
  }

  #escape(): Node {
    const start = this.#at++;
    const char = this.text[this.#at++];
    switch (char) {
      case undefined:
        throw this.#error("a '\\' at the end", start);
      case "b":
        return { kind: "assertion", assertion: "wordEdge" };
      case "B":
        return { kind: "assertion", assertion: "wordInside" };
      case "A":
        return { kind: "assertion", assertion: "textStart" };
      case "z":
      case "Z":
        return { kind: "assertion", assertion: "textEnd" };
      default:
        if (/[1-9]/.test(char))
          throw this.#error(
            "references back to a group are not supported, since they cannot be matched in linear time",
            start,
          );
        this.#at = start;
        return this.#set(this.#escapedSet());
    }
  }

  /** What an escape stands for, in a class and outside. */
  #escapedSet(): UnitSet {
    const start = this.#at++;
    const char = this.text[this.#at++] ?? "";
    switch (char) {
      case "d":
        return DIGITS;
      case "D":
        return complement(DIGITS);
      case "w":
        return WORD;
      case "W":
        return complement(WORD);
      case "s":
        return SPACE;
      case "S":
        return complement(SPACE);
      case "x":
        return this.#hexadecimal(2, start);
      case "u":
        return this.#hexadecimal(4, start);
      default: {
        const control = CONTROLS.get(char);
        if (control !== undefined) return [[control, control]];
        if (char === "" || /[A-Za-z0-9]/.test(char))
          throw this.#error(`an unknown escape '\\${char}'`, start);
        return [[char.charCodeAt(0), char.charCodeAt(0)]];
      }
    }
  }

  #hexadecimal(digits: number, start: number): UnitSet {
    const text = this.text.slice(this.#at, this.#at + digits);
    if (text.length !== digits || /[^0-9A-Fa-f]/.test(text))
      throw this.#error(`${digits} hexadecimal digits are missing`, start);
    this.#at += digits;
    const unit = Number.parseInt(text, 16);
    return [[unit, unit]];
  }

  #class(): Node {
    const start = this.#at++;
    const negated = this.#take("^");
    const ranges: (readonly [number, number])[] = [];
    // A bracket that comes first is itself.
    for (let first = true; first || this.text[this.#at] !== "]"; first = false) {
      if (this.#at >= this.text.length) throw this.#error("a '[' without a ']'", start);
      const place = this.#at;
      const low = this.#classItem();
      const dash = this.text[this.#at] === "-" && !["]", undefined].includes(this.text[this.#at + 1]);
      if (!dash) {
        ranges.push(...low);
        continue;
      }
      this.#at++;
      const high = this.#classItem();
      const [from, to] = [singleUnit(low), singleUnit(high)];
      if (from === undefined || to === undefined) throw this.#error("a range between sets", place);
      if (to < from) throw this.#error("a range whose end comes before its start", place);
      ranges.push([from, to]);
    }
    this.#at++;
    const set = this.#flags.ignoreCase ? withBothCases(ranges, this.charge) : mergedSet(ranges);
    return { kind: "units", set: negated ? complement(set) : set };
  }

  #classItem(): UnitSet {
    const char = this.text[this.#at] ?? "";
    if (char === "\\") {
      if (this.text[this.#at + 1] === "b") {
        this.#at += 2;
        return [[0x08, 0x08]];
      }
      return this.#escapedSet();
    }
    this.#at++;
    return [[char.charCodeAt(0), char.charCodeAt(0)]];
  }

  #take(char: string): boolean {
    if (this.text[this.#at] !== char) return false;
    this.#at++;
    return true;
  }

  #error(why: string, at: number = this.#at): BadPattern {
    return new BadPattern(at, why);
  }
}

function singleUnit(set: UnitSet): number | undefined {
  const [range] = set;
  return set.length === 1 && range !== undefined && range[0] === range[1] ? range[0] : undefined;
}
