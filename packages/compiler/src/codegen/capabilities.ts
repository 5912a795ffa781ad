/** Which capabilities a value can reach through what it mentions. */
import type { References } from "../core/references.js";
import type { CoreProgram } from "../lower/program.js";

/**
 * The capabilities that each of the roots mentions, directly or through what it mentions; ascending. Each capability is followed backwards
 * from where it is imported, so that the time does not depend on how many roots share what they reach.
 */
export function reachableCapabilities(
  roots: Iterable<References>,
  program: CoreProgram,
): ReadonlyMap<References, readonly string[]> {
  const mentionedBy = new Map<References, References[]>();
  const importing = new Map<string, Set<References>>();
  const stack: References[] = [];
  const open = (references: References): References[] => {
    const known = mentionedBy.get(references);
    if (known !== undefined) return known;
    const own: References[] = [];
    mentionedBy.set(references, own);
    stack.push(references);
    return own;
  };
  const all = [...roots];
  for (const root of all) open(root);
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    for (const index of at.imports) {
      const capability = program.tables.imports[index]?.capability;
      if (capability === undefined) continue;
      const users = importing.get(capability);
      if (users === undefined) importing.set(capability, new Set([at]));
      else users.add(at);
    }
    for (const fn of at.functions) open(fn.references).push(at);
    for (const global of at.globals) open(global.references).push(at);
  }
  const found = new Map(all.map((root): [References, string[]] => [root, []]));
  for (const capability of [...importing.keys()].sort()) {
    const users = importing.get(capability) as Set<References>;
    // A set that grows while it is walked.
    for (const user of users) {
      found.get(user)?.push(capability);
      for (const mention of mentionedBy.get(user) ?? []) users.add(mention);
    }
  }
  return found;
}
