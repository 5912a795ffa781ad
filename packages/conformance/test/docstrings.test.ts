import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, test } from "vitest";

const packages = fileURLToPath(new URL("../../", import.meta.url));

interface PackageManifest {
  readonly name: string;
  readonly private?: boolean;
  readonly exports: Readonly<Record<string, unknown>>;
}

/** An entry point of a public package: what users import, and the source file behind it. */
interface Door {
  readonly specifier: string;
  readonly source: string;
}

function doorsOf(folder: string): readonly Door[] {
  const path = join(packages, folder, "package.json");
  if (!existsSync(path)) return [];
  const manifest = JSON.parse(readFileSync(path, "utf8")) as PackageManifest;
  if (manifest.private === true) return [];
  // Entries such as `./package.json` are files; a door has types.
  return Object.entries(manifest.exports).flatMap(([subpath, target]): Door[] =>
    typeof target === "object" && target !== null && "types" in target
      ? [
          {
            specifier: join(manifest.name, subpath),
            source: join(packages, folder, "src", subpath, "index.ts"),
          },
        ]
      : [],
  );
}

const doors = readdirSync(packages).flatMap(doorsOf);

/** All sources in one program, so that they are read once; a package is found at its source as everywhere in the tests. */
const program = ts.createProgram(
  doors.map(({ source }) => source),
  {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    noLib: true,
    types: [],
    noEmit: true,
  },
);
const checker = program.getTypeChecker();

/** What is behind a door: the exports, each where it is declared, or, for a namespace (`export * as`), as it is exported. */
function exportsOf(door: Door): readonly ts.Symbol[] {
  const file = program.getSourceFile(door.source);
  const symbol = file && checker.getSymbolAtLocation(file);
  if (symbol === undefined) throw new Error(`${door.source} exports nothing`);
  return checker.getExportsOfModule(symbol);
}

interface Docs {
  readonly text: string;
  readonly hasExample: boolean;
}

function docsOf(exported: ts.Symbol): Docs {
  const comments = (exported.declarations ?? []).flatMap((node) =>
    ts.isNamespaceExport(node) ? ts.getJSDocCommentsAndTags(node.parent) : [],
  );
  const symbol = declared(exported);
  const tags = [
    ...symbol.getJsDocTags(checker).map(({ name, text }) => ({ name, text: ts.displayPartsToString(text) })),
    ...comments
      .filter(ts.isJSDoc)
      .flatMap(({ tags: all }) => all ?? [])
      .map((tag) => ({ name: tag.tagName.text, text: ts.getTextOfJSDocComment(tag.comment) ?? "" })),
  ];
  const texts = [
    ts.displayPartsToString(symbol.getDocumentationComment(checker)),
    ...comments.filter(ts.isJSDoc).map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? ""),
  ];
  return {
    text: texts.join("\n").trim(),
    hasExample: tags.some(({ name, text }) => name === "example" && text.trim() !== ""),
  };
}

function declared(exported: ts.Symbol): ts.Symbol {
  return exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
}

/** Types and constants speak for themselves; what is called or made is shown in use. */
function needsExample(exported: ts.Symbol): boolean {
  const { flags } = declared(exported);
  return (flags & (ts.SymbolFlags.Function | ts.SymbolFlags.Class | ts.SymbolFlags.ValueModule)) !== 0;
}

test("the doors are found", () => {
  expect(doors.map(({ specifier }) => specifier)).toEqual(
    expect.arrayContaining(["@fusabi/vm", "@fusabi/compiler", "@fusabi/stdlib", "@fusabi/stdlib/node"]),
  );
});

describe.each(doors)("$specifier", (door) => {
  test("every export has a docstring", () => {
    const bare = exportsOf(door).filter((exported) => docsOf(exported).text === "");
    expect(bare.map(({ name }) => name)).toEqual([]);
  });

  test("every function and class has an example", () => {
    const bare = exportsOf(door).filter((exported) => needsExample(exported) && !docsOf(exported).hasExample);
    expect(bare.map(({ name }) => name)).toEqual([]);
  });

  test("every member of an exported namespace has a docstring", () => {
    const bare = exportsOf(door)
      .filter((exported) => declared(exported).flags & ts.SymbolFlags.ValueModule)
      .flatMap((namespace) =>
        checker
          .getExportsOfModule(declared(namespace))
          .filter((member) => docsOf(member).text === "")
          .map((member) => `${namespace.name}.${member.name}`),
      );
    expect(bare).toEqual([]);
  });
});
