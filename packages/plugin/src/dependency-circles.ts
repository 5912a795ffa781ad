/** Who needs whom, by name; everybody who is named has an entry. */
export type Needs = ReadonlyMap<string, readonly string[]>;

/** In a larger knot, all are told the same circle: one for each would be as large as the square of the knot. */
const LARGE_KNOT = 100;

/** For each that is part of a circle, a circle; of a small knot of circles the shortest that it is part of, from itself to itself. */
export function circles(needs: Needs): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const knot of knots(needs)) {
    const members = new Set(knot);
    const circleOf = (start: string): readonly string[] =>
      dependencyCircle(start, (name) => (needs.get(name) ?? []).filter((next) => members.has(next))) ?? [
        start,
      ];
    const common = knot.length > LARGE_KNOT ? circleOf(knot[0] ?? "") : undefined;
    for (const member of knot) found.set(member, common ?? circleOf(member));
  }
  return found;
}

/**
 * The shortest circle of needs that a plugin is part of: names of plugins, each needing the next, the first also the last.
 * Undefined if there is none.
 *
 * @example
 * ```ts
 * dependencyCircle("a", (name) => registry.find(name)?.manifest.dependencies.map((dependency) => dependency.name) ?? []);
 * ```
 */
export function dependencyCircle(
  start: string,
  needsOf: (plugin: string) => Iterable<string>,
): readonly string[] | undefined {
  const cameFrom = new Map<string, string>();
  const pending = [start];
  for (const name of pending) {
    for (const next of needsOf(name)) {
      if (next === start) {
        const circle = [start];
        for (let at = name; at !== start; at = cameFrom.get(at) ?? start) circle.unshift(at);
        return [start, ...circle];
      }
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, name);
      pending.push(next);
    }
  }
  return undefined;
}

/** One name on the way of the search: the names that it needs are looked at one after the other. */
interface Visit {
  readonly name: string;
  readonly needs: readonly string[];
  next: number;
}

/**
 * The sets in which each reaches each other: strongly connected components of more than one, by Tarjan's algorithm. By
 * hand instead of by recursion: a chain of dependencies is as long as the plugins want it to be.
 */
function knots(needs: Needs): readonly (readonly string[])[] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const result: (readonly string[])[] = [];
  const enter = (name: string): Visit => {
    order.set(name, order.size);
    lowest.set(name, order.size - 1);
    open.push(name);
    isOpen.add(name);
    return { name, needs: needs.get(name) ?? [], next: 0 };
  };
  const lower = (name: string, to: number | undefined): void => {
    lowest.set(name, Math.min(lowest.get(name) ?? 0, to ?? 0));
  };
  for (const start of needs.keys()) {
    if (order.has(start)) continue;
    const way = [enter(start)];
    for (let visit = way.at(-1); visit !== undefined; visit = way.at(-1)) {
      const next = visit.needs[visit.next++];
      if (next !== undefined) {
        if (!order.has(next)) way.push(enter(next));
        else if (isOpen.has(next)) lower(visit.name, order.get(next));
        continue;
      }
      way.pop();
      const { name } = visit;
      const outer = way.at(-1);
      if (outer !== undefined) lower(outer.name, lowest.get(name));
      if (lowest.get(name) !== order.get(name)) continue;
      const knot = open.splice(open.lastIndexOf(name));
      for (const member of knot) isOpen.delete(member);
      if (knot.length > 1) result.push(knot);
    }
  }
  return result;
}
