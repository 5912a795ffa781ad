/** Where the names of a file are declared, for the hint that a name is used before its declaration. */
import { countBelow, lineIndexAt, type Span } from "../source/source.js";
import type { Declaration, LetItem, Pattern } from "../syntax/ast.js";

/** Declarations of one name, in the order of the text. */
interface Places {
  /** Where the items start. */
  readonly starts: number[];
  readonly lines: number[];
}

/** The declarations of a file, or of the body of a module in it. */
export class Definitions {
  readonly #places = new Map<string, Places>();
  readonly #modules: { readonly span: Span; readonly body: Definitions }[] = [];

  constructor(items: readonly Declaration[]) {
    for (const item of items) this.#add(item);
  }

  /** Line of the first declaration of `name` behind a place. */
  lineBehind(name: string, span: Span): number | undefined {
    for (const module of this.#modules) {
      if (module.span.start > span.start || span.start >= module.span.end) continue;
      const inner = module.body.lineBehind(name, span);
      if (inner !== undefined) return inner;
    }
    const places = this.#places.get(name);
    return places?.lines[countBelow(places.starts, span.start + 1)];
  }

  #add(item: Declaration): void {
    switch (item.kind) {
      case "module":
        this.#modules.push({ span: item.span, body: new Definitions(item.items) });
        this.#note(item.name.parts[0]?.text, item);
        return;
      case "let":
        for (const { head } of item.bindings) {
          if (head.kind === "function") this.#note(head.name.text, item);
          else this.#notePattern(head.pattern, item);
        }
        return;
      case "types":
        for (const { name, body, span } of item.definitions) {
          this.#note(name.text, item, span);
          if (body.kind === "union") for (const part of body.cases) this.#note(part.name.text, item, span);
        }
        return;
      case "exception":
        this.#note(item.name.text, item);
    }
  }

  #notePattern(pattern: Pattern, item: LetItem): void {
    switch (pattern.kind) {
      case "name":
        if (pattern.name.parts.length === 1) this.#note(pattern.name.parts[0]?.text, item);
        return;
      case "paren":
        return this.#notePattern(pattern.inner, item);
      case "annotate":
        return this.#notePattern(pattern.pattern, item);
      case "tuple":
        for (const part of pattern.items) this.#notePattern(part, item);
    }
  }

  #note(name: string | undefined, item: Declaration, definition: Span = item.span): void {
    if (name === undefined) return;
    let places = this.#places.get(name);
    if (places === undefined) {
      places = { starts: [], lines: [] };
      this.#places.set(name, places);
    }
    places.starts.push(item.span.start);
    places.lines.push(lineIndexAt(definition.source, definition.start) + 1);
  }
}
