import { nearestWord, printable } from "@fusabi/capabilities";
import type { ManifestPath, ManifestProblem, ManifestProblemCode } from "./problem.js";
import { formatManifestPath } from "./problem.js";

/** A JSON Schema fragment. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * What a value must look like, said once: the JSON Schema is printed from it and values are read by it. `read` reports
 * what is wrong and answers `undefined`; it never throws.
 */
export interface Rule<T> {
  readonly schema: JsonSchema;
  read(value: unknown, place: Place): T | undefined;
}

/** Where a value stands, and whom to tell about its problems. */
export class Place {
  readonly path: ManifestPath;
  readonly #problems: ManifestProblem[];

  constructor(problems: ManifestProblem[], path: ManifestPath = []) {
    this.#problems = problems;
    this.path = path;
  }

  at(step: string | number): Place {
    return new Place(this.#problems, [...this.path, step]);
  }

  report(severity: ManifestProblem["severity"], code: ManifestProblemCode, message: string): undefined {
    this.#problems.push({ severity, code, message, path: this.path });
    return undefined;
  }

  error(code: ManifestProblemCode, message: string): undefined {
    return this.report("error", code, message);
  }

  toString(): string {
    return printable(formatManifestPath(this.path));
  }
}

/** A text that a test accepts; `problem` continues "NAME …" for one that it does not. */
export function text(
  schema: JsonSchema,
  problem: (value: string, place: Place) => string | undefined = () => undefined,
): Rule<string> {
  return {
    schema: { type: "string", ...schema },
    read(value, place) {
      if (typeof value !== "string") return wrongType(value, "a text", place);
      if (value.length > LONGEST_TEXT)
        return place.error("INVALID_VALUE", `${place} is longer than ${LONGEST_TEXT} characters`);
      if (/\p{Cs}/u.test(value)) return place.error("INVALID_VALUE", `${place} holds half a surrogate pair`);
      const wrong = problem(value, place);
      return wrong === undefined ? value : place.error("INVALID_VALUE", wrong);
    },
  };
}

const LONGEST_TEXT = 65_536;

/** A whole number of at least 0. */
export const wholeNumber: Rule<number> = {
  schema: { type: "integer", minimum: 0, maximum: 999_999_999 },
  read(value, place) {
    if (typeof value !== "number" && typeof value !== "bigint")
      return wrongType(value, "a whole number", place);
    if (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 999_999_999) return Number(value);
    return place.error("INVALID_VALUE", `${place} must be a whole number from 0 to 999999999, not ${value}`);
  },
};

export const flag: Rule<boolean> = {
  schema: { type: "boolean" },
  read: (value, place) => (typeof value === "boolean" ? value : wrongType(value, "true or false", place)),
};

/** A list; an element that is wrong is reported and left out. */
export function listOf<T>(element: Rule<T>, schema: JsonSchema = {}): Rule<readonly T[]> {
  return {
    schema: { type: "array", items: element.schema, ...schema },
    read(value, place) {
      if (!Array.isArray(value)) return wrongType(value, "a list", place);
      if (value.length > LONGEST_LIST)
        return place.error("INVALID_VALUE", `${place} has more than ${LONGEST_LIST} entries`);
      const read = value.map((item: unknown, index) => element.read(item, place.at(index)));
      return read.filter((item) => item !== undefined) as T[];
    },
  };
}

const LONGEST_LIST = 10_000;

/** A list in which an entry that stands twice is a warning, and counts once. */
export function distinct(list: Rule<readonly string[]>): Rule<readonly string[]> {
  return {
    schema: { ...list.schema, uniqueItems: true },
    read(value, place) {
      const read = list.read(value, place);
      const seen = new Set<unknown>();
      for (const [index, item] of (Array.isArray(value) ? (value as unknown[]) : []).entries()) {
        if (typeof item === "string" && seen.has(item)) {
          place.at(index).report("warning", "DUPLICATE_ENTRY", `${printable(item)} stands twice in ${place}`);
        }
        seen.add(item);
      }
      return read === undefined ? undefined : [...new Set(read)];
    },
  };
}

/** A table with keys of anyone's choosing. Has no prototype, so that no key is special. */
export function tableOf<T>(value: Rule<T>): Rule<Readonly<Record<string, T>>> {
  return {
    schema: { type: "object", additionalProperties: value.schema },
    read(table, place) {
      if (!isTable(table)) return wrongType(table, "a table", place);
      const result = Object.create(null) as Record<string, T>;
      for (const [key, member] of Object.entries(table)) {
        const read = value.read(member, place.at(key));
        if (read !== undefined) result[key] = read;
      }
      return Object.freeze(result);
    },
  };
}

/** One key of a table with fixed keys. */
export interface Field<T> {
  readonly rule: Rule<T>;
  readonly description: string;
  /** Must be there; the text is an example for the message. */
  readonly required?: string;
}

/** A table with fixed keys; an unknown one is a warning that names the nearest known one. */
export function tableWith<T extends object>(
  fields: { readonly [K in keyof T]-?: Field<Exclude<T[K], undefined>> },
  { ignored = [] }: { readonly ignored?: readonly string[] } = {},
): Rule<Partial<T>> {
  const known = Object.entries(fields) as [string, Field<unknown>][];
  return {
    schema: {
      type: "object",
      properties: Object.fromEntries(
        known.map(([key, { rule, description }]) => [key, { description, ...rule.schema }]),
      ),
      required: known.filter(([, field]) => field.required !== undefined).map(([key]) => key),
    },
    read(table, place) {
      if (!isTable(table)) return wrongType(table, "a table", place);
      const result: Record<string, unknown> = {};
      for (const [key, { rule, required }] of known) {
        if (!Object.hasOwn(table, key)) {
          if (required !== undefined) {
            const missing = place.at(key);
            missing.error("MISSING_FIELD", `missing field ${missing}; write ${required}`);
          }
          continue;
        }
        const read = rule.read(table[key], place.at(key));
        if (read !== undefined) result[key] = read;
      }
      for (const key of Object.keys(table)) {
        if (!Object.hasOwn(fields, key) && !ignored.includes(key))
          reportUnknownKey(place.at(key), key, known);
      }
      return result as Partial<T>;
    },
  };
}

function reportUnknownKey(place: Place, key: string, known: readonly (readonly [string, unknown])[]): void {
  const nearest = nearestWord(
    key,
    known.map(([name]) => name),
  );
  const hint = nearest === undefined ? "it is ignored" : `did you mean ${nearest}?`;
  place.report("warning", "UNKNOWN_KEY", `unknown key ${place}; ${hint}`);
}

function wrongType(value: unknown, expected: string, place: Place): undefined {
  return place.error(
    "WRONG_TYPE",
    `${place.path.length === 0 ? "the manifest" : place} must be ${expected}, not ${kindOf(value)}`,
  );
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (value instanceof Date) return "a date";
  switch (typeof value) {
    case "string":
      return "a text";
    case "number":
    case "bigint":
      return "a number";
    case "boolean":
      return `${value}`;
    case "object":
      return "a table";
    default:
      return `a ${typeof value}`;
  }
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object" && !Array.isArray(value) && !(value instanceof Date);
}
