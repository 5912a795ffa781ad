/** `module rec`: its types see each other whatever their order, and so do functions that stand together. */
import type { Binding, Declaration, LetItem, TypeDefinition } from "../syntax/ast.js";

/** The items of a recursive module as ordinary ones: one group of types, before the first binding, and one `let rec` for every run of functions. */
export function recursiveItems(items: readonly Declaration[]): readonly Declaration[] {
  const result: Declaration[] = [];
  let definitions: TypeDefinition[] | undefined;
  let run: Binding[] | undefined;
  for (const item of items) {
    if (item.kind === "types") {
      if (definitions === undefined) {
        definitions = [];
        const binding = result.findIndex(({ kind }) => kind === "let");
        result.splice(binding < 0 ? result.length : binding, 0, { ...item, definitions });
      }
      definitions.push(...item.definitions);
    } else if (isFunctions(item)) {
      if (run === undefined) {
        run = [];
        result.push({ ...item, recursive: true, bindings: run });
      }
      run.push(...item.bindings);
    } else {
      run = undefined;
      result.push(item);
    }
  }
  return result;
}

function isFunctions(item: Declaration): item is LetItem {
  return (
    item.kind === "let" &&
    item.bindings.every(({ head }) => head.kind === "function" && head.active === undefined)
  );
}
