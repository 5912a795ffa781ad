/** Which capabilities a program can reach, from where, and where it uses them: the call graph, as far as it leads to a capability. */
import type { CapabilityReach, ImportSite, ReachNode, SourcePosition } from "@fusabi/vm";
import type { References } from "../core/references.js";
import type { CoreProgram } from "../lower/program.js";
import type { Span } from "../source/source.js";

/** A node before it is known whether it leads anywhere. */
interface Mention {
  readonly name: string;
  readonly references: References;
  /** Who mentions it. */
  readonly by: Mention[];
  readonly mentions: Mention[];
  /** Place among the nodes that lead to a capability; -1 for the others. */
  index: number;
}

/** The graph of a program; undefined when it reaches no capability. */
export function capabilityGraph(
  program: CoreProgram,
  positionOf: (span: Span) => SourcePosition,
): CapabilityReach | undefined {
  if (program.tables.imports.every(({ capability }) => capability === undefined)) return undefined;
  const mentions = new Mentions();
  const topLevel = mentions.of("<script>", program.topLevel);
  const exports = program.exports.map((item) =>
    item.holdsFunction ? mentions.of(item.name, item.global.references) : undefined,
  );
  // Code that nothing reaches needs its capabilities, too, when the module is linked.
  for (const fn of program.functions) mentions.of(fn.name, fn.references);
  mentions.follow();
  const { storedInside } = program;
  if (storedInside !== undefined) {
    const stored = mentions.of("<stored>", storedInside);
    mentions.follow();
    for (const root of [topLevel, ...exports]) if (root !== undefined) mentions.link(root, stored);
  }
  const leading = mentions.leading();
  if (leading.length === 0) return undefined;
  /** Its place among the nodes, if it is there. */
  const place = (mention: Mention | undefined): number | undefined =>
    mention === undefined || mention.index < 0 ? undefined : mention.index;
  return {
    nodes: leading.map((mention): ReachNode => {
      return {
        name: mention.name,
        sites: sitesOf(mention.references, program, positionOf),
        mentions: mention.mentions.flatMap(({ index }) => (index < 0 ? [] : [index])).sort((a, b) => a - b),
      };
    }),
    topLevel: place(topLevel),
    exports: exports.map(place),
    further: [...program.tables.furtherNeeds]
      .map(([index, capabilities]) => ({ import: index, capabilities }))
      .sort((a, b) => a.import - b.import),
  };
}

class Mentions {
  readonly #known = new Map<References, Mention>();
  readonly #open: Mention[] = [];

  of(name: string, references: References): Mention {
    const known = this.#known.get(references);
    if (known !== undefined) return known;
    const mention: Mention = { name, references, by: [], mentions: [], index: -1 };
    this.#known.set(references, mention);
    this.#open.push(mention);
    return mention;
  }

  link(from: Mention, to: Mention): void {
    from.mentions.push(to);
    to.by.push(from);
  }

  /** Finds everything that what is known mentions. */
  follow(): void {
    for (let at = this.#open.pop(); at !== undefined; at = this.#open.pop()) {
      const { references } = at;
      for (const fn of references.functions) this.link(at, this.of(fn.name, fn.references));
      for (const global of references.globals) this.link(at, this.of(global.name, global.references));
      for (const other of references.others) this.link(at, this.of(at.name, other));
    }
  }

  /** Those that lead to the use of a capability, in the order in which they were met, each with its place. */
  leading(): readonly Mention[] {
    const found = new Set([...this.#known.values()].filter(({ references }) => references.uses.length > 0));
    for (const mention of found) for (const by of mention.by) found.add(by);
    const leading = [...this.#known.values()].filter((mention) => found.has(mention));
    for (const [index, mention] of leading.entries()) mention.index = index;
    return leading;
  }
}

function sitesOf(
  { uses }: References,
  { tables }: CoreProgram,
  positionOf: (span: Span) => SourcePosition,
): readonly ImportSite[] {
  return uses.map(({ import: index, span }) => {
    const { line, column } = positionOf(span);
    return { import: index, file: tables.file(span.source.name), line, column };
  });
}
