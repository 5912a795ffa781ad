/** What stands at a place of the text: for hovers and "go to definition". */
import type { Source, Span } from "../source/source.js";
import { declarationOf } from "../types/builtin.js";
import { formatType } from "../types/format.js";
import { prune, type Type } from "../types/type.js";
import { partsOfExpr, partsOfPattern, partsOfStatement, type TypedNode } from "./children.js";
import type { TypedExpr, TypedPattern, TypedProgram, Variable } from "./tree.js";

/** The smallest node that covers a place, with its span. */
export interface Found {
  readonly node: TypedNode;
  readonly isPattern: boolean;
}

function nodeAt(program: TypedProgram, source: Source, offset: number): Found | undefined {
  let best: Found | undefined;
  // A node made by the compiler may lie outside of the span of the one it belongs to: everything is looked at.
  for (const found of nodesOf(program)) {
    const { span } = found.node;
    if (covers(span, source, offset) && (best === undefined || narrower(span, best.node.span))) best = found;
  }
  return best;
}

/** Every node of a program, and whether it is a pattern. */
export function* nodesOf(program: TypedProgram): Iterable<Found> {
  const pending: Found[] = program.statements.flatMap((statement) =>
    partsOfStatement(statement).map((node) => ({
      node,
      isPattern: statement.kind === "let" && node === statement.pattern,
    })),
  );
  if (program.result !== undefined) pending.push({ node: program.result, isPattern: false });
  for (let found = pending.pop(); found !== undefined; found = pending.pop()) {
    yield found;
    const parts = found.isPattern
      ? partsOfPattern(found.node as TypedPattern)
      : partsOfExpr(found.node as TypedExpr);
    for (const part of parts) pending.push({ node: part, isPattern: isPartPattern(found, part) });
  }
}

/** Some kinds exist as expression and as pattern; where a node hangs tells which it is. */
function isPartPattern(parent: Found, part: TypedNode): boolean {
  if (parent.isPattern)
    return parent.node.kind !== "active" || part !== (parent.node as { recognise: TypedNode }).recognise;
  const { node } = parent;
  switch (node.kind) {
    case "lambda":
      return node.params.includes(part as TypedPattern);
    case "for-in":
      return node.pattern === part;
    case "match":
    case "try-with":
      return node.rules.some((rule) => rule.pattern === part);
    case "block":
      return node.statements.some((statement) => statement.kind === "let" && statement.pattern === part);
    default:
      return false;
  }
}

function covers(span: Span, source: Source, offset: number): boolean {
  return span.source === source && span.start <= offset && offset < Math.max(span.end, span.start + 1);
}

function narrower(a: Span, b: Span): boolean {
  return a.end - a.start <= b.end - b.start;
}

/** A type with the text that has it. */
export interface TypeAtPlace {
  readonly span: Span;
  readonly type: string;
}

/** The type of the smallest expression or pattern at an offset, as text. */
export function typeAt(program: TypedProgram, source: Source, offset: number): TypeAtPlace | undefined {
  const found = nodeAt(program, source, offset);
  return found === undefined ? undefined : { span: found.node.span, type: formatType(typeOf(found)) };
}

function typeOf({ node, isPattern }: Found): Type {
  return node.kind === "variable" && isPattern
    ? (node as { variable: Variable }).variable.scheme.type
    : node.type;
}

/** Where what stands at an offset is declared; undefined: nowhere in the program. */
export function definitionAt(program: TypedProgram, source: Source, offset: number): Span | undefined {
  const found = nodeAt(program, source, offset);
  if (found === undefined) return undefined;
  const span = definitionOf(found.node);
  return span === undefined || span.source.name === "<prelude>" ? undefined : span;
}

function definitionOf(node: TypedNode): Span | undefined {
  switch (node.kind) {
    case "variable":
      return node.variable.span;
    case "assign-variable":
      return node.variable.span;
    case "case":
    case "case-function":
      return node.info.span;
    case "exception":
    case "exception-function":
      return node.declaration.span;
    case "field":
    case "assign-field": {
      const declaration = declarationOf(prune(node.target.type));
      if (declaration?.kind !== "record" && declaration?.kind !== "class") return undefined;
      return declaration.fields.find((field) => field.label === node.label)?.span;
    }
    default:
      return undefined;
  }
}
