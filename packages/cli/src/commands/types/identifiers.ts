/** Names of programs as identifiers of TypeScript. */

/** Words that cannot name anything. */
const RESERVED: ReadonlySet<string> = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally " +
    "for function if implements import in instanceof interface let new null package private protected public return static super " +
    "switch this throw true try typeof var void while with yield"
  ).split(" "),
);

/** Words that mean something where a type is expected, and the global types that declarations use. */
export const predefinedTypes: readonly string[] = (
  "abstract any asserts bigint boolean infer intrinsic is keyof never number object readonly string symbol undefined unique unknown " +
  "Error Promise ReadonlyMap ReadonlySet"
).split(" ");

/** Gives out identifiers, each once. */
export class Identifiers {
  readonly #given: Set<string>;

  constructor(given: Iterable<string> = []) {
    this.#given = new Set(given);
  }

  /** An identifier that is like the name, with a number if it has been given out. */
  take(name: string): string {
    const base = identifierLike(name);
    let free = base;
    for (let number = 2; this.#given.has(free) || RESERVED.has(free); number++) free = `${base}${number}`;
    this.#given.add(free);
    return free;
  }
}

/** `Geometry.Shape` is GeometryShape, `x'` is x_. */
function identifierLike(name: string): string {
  const joined = name.replaceAll(/\.(.?)/gu, (_, next: string) => next.toUpperCase());
  const legal = joined.replaceAll(/[^\p{ID_Continue}$]/gu, "_");
  return /^[\p{ID_Start}$_]/u.test(legal) ? legal : `_${legal}`;
}

/** A name as the key of a member: as it is where it is an identifier, else in quotes. */
export function memberKey(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}
