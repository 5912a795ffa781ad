/**
 * Usefulness of a row of patterns after others (Maranget, "Warnings for pattern matching"): is there a value that the row matches and no row
 * above it does? With a row of wildcards that is the question whether a match is complete, and the value is the counter-example.
 */
import { type Constructor, freshExample, type Space } from "./space.js";

/** Patterns side by side, one a column. Rows that go on alike share what is behind. */
interface Row {
  readonly first: Space;
  readonly rest: Row | undefined;
}

/** The problem is NP-hard; what has not been answered after this many rows is left without a warning. */
const MAX_ROWS = 1_000_000;

/** Columns that are looked at, one inside the other. */
const MAX_DEPTH = 1_000;

const ALL: Space = { kind: "all" };

interface Group {
  readonly constructor: Constructor;
  readonly rows: (Row | undefined)[];
}

const NO_GROUPS: ReadonlyMap<Constructor["key"], Group> = new Map();

/** Rows by the constructors of their first column; the order of rows does not matter here. */
class Split {
  /** Family of the first constructor. */
  #family: unknown;
  #groups: Map<Constructor["key"], Group> | undefined;
  readonly #own: Row[] = [];
  /** Rows whose first column looks at the value in another way: with another active pattern, or not with one. */
  readonly #foreign: Row[] = [];
  /** What is behind the first column in rows that match every value there. */
  readonly others: (Row | undefined)[] = [];

  get groups(): ReadonlyMap<Constructor["key"], Group> {
    return this.#groups ?? NO_GROUPS;
  }

  add(first: Space, rest: Row | undefined): void {
    switch (first.kind) {
      case "all":
        this.others.push(rest);
        return;
      case "either":
        for (const alternative of first.alternatives) this.add(alternative, rest);
        return;
      case "constructor": {
        const { constructor } = first;
        if (this.#groups === undefined) {
          this.#family = constructor.family;
          this.#groups = new Map();
        }
        if (constructor.family !== this.#family) {
          this.#foreign.push({ first, rest });
          return;
        }
        this.#own.push({ first, rest });
        const group = this.#groups.get(constructor.key);
        const row = before(first.args, rest);
        if (group === undefined) this.#groups.set(constructor.key, { constructor, rows: [row] });
        else group.rows.push(row);
        return;
      }
      case "some":
        return;
    }
  }

  /** The rows with a column of its own for the first way to look at the value, and one for all others; undefined: there is one way. */
  separated(): readonly Row[] | undefined {
    if (this.#foreign.length === 0) return undefined;
    const rows: Row[] = this.#own.map(({ first, rest }) => ({ first, rest: { first: ALL, rest } }));
    for (const row of this.#foreign) rows.push({ first: ALL, rest: row });
    for (const rest of this.others) rows.push({ first: ALL, rest: { first: ALL, rest } });
    return rows;
  }

  /** The rows that match values of this constructor, with its fields as columns. */
  specialised(constructor: Constructor): readonly (Row | undefined)[] {
    const own = constructor.family === this.#family ? (this.groups.get(constructor.key)?.rows ?? []) : [];
    if (this.others.length === 0 || constructor.arity === 0) return own.concat(this.others);
    const fields = everything(constructor.arity);
    return [...own, ...this.others.map((rest) => before(fields, rest))];
  }
}

function before(spaces: readonly Space[], rest: Row | undefined): Row | undefined {
  let row = rest;
  for (let i = spaces.length - 1; i >= 0; i--) row = { first: spaces[i] as Space, rest: row };
  return row;
}

const EVERYTHING: readonly (readonly Space[])[] = [[], [ALL], [ALL, ALL], [ALL, ALL, ALL]];

function everything(count: number): readonly Space[] {
  return EVERYTHING[count] ?? Array.from({ length: count }, () => ALL);
}

/** The patterns of one match. */
export class Usefulness {
  readonly #patterns = new Split();
  #rows = 0;
  #tooDeep = false;

  add(pattern: Space): void {
    this.#patterns.add(pattern, undefined);
  }

  /** A value that the pattern matches and none that was added does, as text; undefined: there is none, or it was not found in time. */
  witness(pattern: Space): string | undefined {
    this.#rows = 0;
    return this.#search(pattern);
  }

  /** Every value that the pattern matches is matched by what was added; false, too, when that takes too long to find out. */
  covers(pattern: Space): boolean {
    return this.#search(pattern) === undefined && !this.#tooDeep && this.#rows <= MAX_ROWS;
  }

  #search(pattern: Space): string | undefined {
    this.#tooDeep = false;
    return this.#first(this.#patterns, { first: pattern, rest: undefined }, 0)?.[0];
  }

  /** Texts of values, one a column. */
  #witness(
    rows: readonly (Row | undefined)[],
    row: Row | undefined,
    depth: number,
  ): readonly string[] | undefined {
    if (rows.length === 0) {
      const texts: string[] = [];
      for (let at = row; at !== undefined; at = at.rest) texts.push("_");
      return texts;
    }
    if (row === undefined) return undefined;
    this.#rows += rows.length;
    if (depth > MAX_DEPTH) this.#tooDeep = true;
    if (this.#tooDeep || this.#rows > MAX_ROWS) return undefined;
    const split = new Split();
    for (const other of rows) if (other !== undefined) split.add(other.first, other.rest);
    return this.#first(split, row, depth);
  }

  #first(split: Split, row: Row, depth: number): readonly string[] | undefined {
    const { first, rest } = row;
    switch (first.kind) {
      case "either":
        for (const alternative of first.alternatives) {
          const found = this.#first(split, { first: alternative, rest }, depth);
          if (found !== undefined) return found;
        }
        return undefined;
      case "constructor":
        return this.#constructed(split, first.constructor, first.args, rest, depth);
      case "all":
      case "some":
        return this.#anything(split, rest, depth);
    }
  }

  #constructed(
    split: Split,
    constructor: Constructor,
    args: readonly Space[],
    rest: Row | undefined,
    depth: number,
  ): readonly string[] | undefined {
    const found = this.#witness(split.specialised(constructor), before(args, rest), depth + 1);
    if (found === undefined) return undefined;
    return [constructor.show(found.slice(0, constructor.arity)), ...found.slice(constructor.arity)];
  }

  #anything(split: Split, rest: Row | undefined, depth: number): readonly string[] | undefined {
    const separated = split.separated();
    if (separated !== undefined) {
      const found = this.#witness(separated, before([ALL, ALL], rest), depth + 1);
      return found && [found[0] === "_" ? (found[1] ?? "_") : (found[0] ?? "_"), ...found.slice(2)];
    }
    const { groups, others } = split;
    const head = groups.values().next().value?.constructor;
    const siblings = head?.siblings?.();
    const missing = siblings?.find((sibling) => !groups.has(sibling.key));
    if (siblings !== undefined && missing === undefined) {
      for (const sibling of siblings) {
        const found = this.#constructed(split, sibling, everything(sibling.arity), rest, depth);
        if (found !== undefined) return found;
      }
      return undefined;
    }
    // What the rows for all values leave open is open for a value that no constructor makes. What they cover is covered for every constructor.
    const found = this.#witness(others, rest, depth + 1);
    if (found === undefined) return undefined;
    return [exampleBeside(head, missing, groups), ...found];
  }
}

/** A value that none of the constructors makes. */
function exampleBeside(
  head: Constructor | undefined,
  missing: Constructor | undefined,
  groups: ReadonlyMap<Constructor["key"], unknown>,
): string {
  if (missing !== undefined) return missing.show(Array.from({ length: missing.arity }, () => "_"));
  return head === undefined ? "_" : freshExample(head.family, new Set(groups.keys()));
}
