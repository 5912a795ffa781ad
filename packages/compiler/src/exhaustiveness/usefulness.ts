/**
 * Usefulness of a row of patterns after others (Maranget, "Warnings for pattern matching"): is there a value that the row matches and no row
 * above it does? With a row of wildcards that is the question whether a match is complete, and the value is the counter-example.
 */
import { type Constructor, freshExample, type Space } from "./space.js";

type Row = readonly Space[];

/** The problem is NP-hard; what has not been answered after this many rows is left without a warning. */
const MAX_ROWS = 200_000;

const ALL: Space = { kind: "all" };

export class Usefulness {
  #rows = 0;

  /** Gave up: the last answer is not to be relied on. */
  get exhausted(): boolean {
    return this.#rows > MAX_ROWS;
  }

  /** Texts of values, one a column, that the row matches and the matrix does not; undefined: there are none. */
  witness(matrix: readonly Row[], row: Row): readonly string[] | undefined {
    this.#rows += matrix.length + 1;
    if (this.#rows > MAX_ROWS) return undefined;
    const first = row[0];
    if (first === undefined) return matrix.length === 0 ? [] : undefined;
    const rest = row.slice(1);
    switch (first.kind) {
      case "either":
        return this.witness(matrix, [first.left, ...rest]) ?? this.witness(matrix, [first.right, ...rest]);
      case "constructor":
        return this.#specialised(matrix, first.constructor, [...first.args, ...rest]);
      case "all":
      case "some":
        return this.#anything(matrix, rest);
    }
  }

  #specialised(matrix: readonly Row[], constructor: Constructor, row: Row): readonly string[] | undefined {
    const found = this.witness(specialise(matrix, constructor), row);
    if (found === undefined) return undefined;
    return [constructor.show(found.slice(0, constructor.arity)), ...found.slice(constructor.arity)];
  }

  #anything(matrix: readonly Row[], rest: Row): readonly string[] | undefined {
    const heads = headConstructors(matrix);
    const first = heads.values().next().value;
    if (first === undefined) {
      const found = this.witness(defaults(matrix), rest);
      return found === undefined ? undefined : ["_", ...found];
    }
    const siblings = first.siblings?.();
    if (siblings !== undefined) {
      const missing = siblings.find((sibling) => !heads.has(sibling.key));
      if (missing === undefined) {
        for (const sibling of siblings) {
          const args = Array.from({ length: sibling.arity }, () => ALL);
          const found = this.#specialised(matrix, sibling, [...args, ...rest]);
          if (found !== undefined) return found;
        }
        return undefined;
      }
      const found = this.witness(defaults(matrix), rest);
      if (found === undefined) return undefined;
      return [missing.show(Array.from({ length: missing.arity }, () => "_")), ...found];
    }
    for (const constructor of heads.values()) {
      const args = Array.from({ length: constructor.arity }, () => ALL);
      const found = this.#specialised(matrix, constructor, [...args, ...rest]);
      if (found !== undefined) return found;
    }
    const found = this.witness(defaults(matrix), rest);
    if (found === undefined) return undefined;
    return [freshExample(first.family, new Set(heads.keys())), ...found];
  }
}

/** Constructors at the head of the first column that belong to the family of the first one. */
function headConstructors(matrix: readonly Row[]): ReadonlyMap<Constructor["key"], Constructor> {
  const heads = new Map<Constructor["key"], Constructor>();
  let family: unknown;
  const collect = (space: Space | undefined): void => {
    if (space?.kind === "either") {
      collect(space.left);
      collect(space.right);
    } else if (space?.kind === "constructor") {
      if (heads.size === 0) family = space.constructor.family;
      if (space.constructor.family === family) heads.set(space.constructor.key, space.constructor);
    }
  };
  for (const row of matrix) collect(row[0]);
  return heads;
}

/** The rows that match values of this constructor, with its fields as columns. */
function specialise(matrix: readonly Row[], constructor: Constructor): readonly Row[] {
  const rows: Row[] = [];
  const add = (first: Space | undefined, rest: Row): void => {
    switch (first?.kind) {
      case "all":
        rows.push([...Array.from({ length: constructor.arity }, () => ALL), ...rest]);
        return;
      case "constructor":
        if (first.constructor.family === constructor.family && first.constructor.key === constructor.key) {
          rows.push([...first.args, ...rest]);
        }
        return;
      case "either":
        add(first.left, rest);
        add(first.right, rest);
        return;
      default:
        return;
    }
  };
  for (const row of matrix) add(row[0], row.slice(1));
  return rows;
}

/** The rows that match a value of none of the constructors at their heads. */
function defaults(matrix: readonly Row[]): readonly Row[] {
  const rows: Row[] = [];
  const add = (first: Space | undefined, rest: Row): void => {
    if (first?.kind === "all") rows.push(rest);
    else if (first?.kind === "either") {
      add(first.left, rest);
      add(first.right, rest);
    }
  };
  for (const row of matrix) add(row[0], row.slice(1));
  return rows;
}
