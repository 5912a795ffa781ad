/** Names in place of those that are not known. */

/** How Fusabi calls what other languages have under another name. */
const EQUIVALENTS: ReadonlyMap<string, string> = new Map([
  ["Just", "Some"],
  ["Nothing", "None"],
  ["Err", "Error"],
  ["Dictionary", "Map"],
]);

/** Names that are compared for one program. Each unknown name is compared with all that there are: of thousands, the first get a hint. */
const MAX_COMPARED = 300_000;

/** Hints for the unknown names of one program. */
export class Suggestions {
  #left = MAX_COMPARED;

  /** The hint for a name that is not there: the closest of the names that are, or what other languages mean by it. */
  didYouMean(wanted: string, candidates: Iterable<string>): string | undefined {
    const meant = this.#closest(wanted, candidates) ?? EQUIVALENTS.get(wanted);
    return meant === undefined ? undefined : `Did you mean '${meant}'?`;
  }

  /** The closest of some names, if one is close enough to be a slip. */
  #closest(wanted: string, candidates: Iterable<string>): string | undefined {
    if (wanted.length > 60) return undefined;
    const limit = wanted.length <= 4 ? 1 : wanted.length <= 8 ? 2 : 3;
    let best: string | undefined;
    let bestDistance = limit + 1;
    for (const candidate of candidates) {
      if (--this.#left < 0) break;
      if (candidate === wanted || Math.abs(candidate.length - wanted.length) >= bestDistance) continue;
      if (!/^[\p{L}_]/u.test(candidate)) continue;
      const distance =
        candidate.toLowerCase() === wanted.toLowerCase()
          ? 0.5
          : editDistance(wanted, candidate, bestDistance);
      if (distance < bestDistance && distance < Math.max(wanted.length, candidate.length)) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return best;
  }
}

/** The hint for a module that nothing resembles. */
export const NOT_PROVIDED = "The host does not provide it, or a #load is missing";

const MAX_KNOWN_NAMES = 8;

/** What there is, where none of it is close to what was written. */
export function knownNames(names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const shown = names.slice(0, MAX_KNOWN_NAMES).join(", ");
  return `It has ${shown}${names.length > MAX_KNOWN_NAMES ? ", ..." : ""}`;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`; `limit` or more is all the same. */
function editDistance(a: string, b: string, limit: number): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let smallest = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(
        (last[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (last[j - 1] as number) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (beforeLast[j - 2] as number) + 1);
      }
      row.push(cost);
      smallest = Math.min(smallest, cost);
    }
    if (smallest >= limit) return limit;
    beforeLast = last;
    last = row;
  }
  return last[b.length] as number;
}
