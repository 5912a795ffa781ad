/** Patterns reduced to what matters for coverage: constructors of known families, alternatives, and everything. */
import type { TypedPattern } from "../typed/tree.js";
import { declarationOf } from "../types/builtin.js";
import type { CaseInfo } from "../types/type.js";
import { prune } from "../types/type.js";

export type Space =
  | { readonly kind: "all" }
  | { readonly kind: "constructor"; readonly constructor: Constructor; readonly args: readonly Space[] }
  | { readonly kind: "either"; readonly alternatives: readonly Space[] }
  /** Matches some values, nobody knows which: never counts as covering. */
  | { readonly kind: "some" };

export interface Constructor {
  /** Constructors are compared only within a family. */
  readonly family: unknown;
  /** Unique within the family. */
  readonly key: string | number | bigint | boolean | null;
  readonly arity: number;
  /** Every constructor of the family; undefined: there is no end of them. */
  readonly siblings: (() => readonly Constructor[]) | undefined;
  readonly show: (args: readonly string[]) => string;
}

const ALL: Space = { kind: "all" };
const SOME: Space = { kind: "some" };

const LISTS = {};
const NIL: Constructor = {
  family: LISTS,
  key: "nil",
  arity: 0,
  siblings: () => [NIL, CONS],
  show: () => "[]",
};
const CONS: Constructor = {
  family: LISTS,
  key: "cons",
  arity: 2,
  siblings: () => [NIL, CONS],
  show: ([head, tail]) => `${parenthesised(head ?? "_")} :: ${tail ?? "_"}`,
};
const BOOLS = {};
const FALSE: Constructor = {
  family: BOOLS,
  key: false,
  arity: 0,
  siblings: () => [TRUE, FALSE],
  show: () => "false",
};
const TRUE: Constructor = {
  family: BOOLS,
  key: true,
  arity: 0,
  siblings: () => [TRUE, FALSE],
  show: () => "true",
};

function parenthesised(text: string): string {
  return /^[\w'"-]+$|^[([{]/.test(text) && !text.includes(" :: ") ? text : `(${text})`;
}

export function spaceOf(pattern: TypedPattern): Space {
  switch (pattern.kind) {
    case "wildcard":
    case "variable":
    case "unit":
      return ALL;
    case "as":
      return spaceOf(pattern.pattern);
    case "literal":
      return literalSpace(pattern.value);
    case "tuple":
      return {
        kind: "constructor",
        constructor: tupleConstructor(pattern.items.length),
        args: pattern.items.map(spaceOf),
      };
    case "nil":
      return { kind: "constructor", constructor: NIL, args: [] };
    case "cons":
      return listSpace(pattern);
    case "array":
      return {
        kind: "constructor",
        constructor: arrayConstructor(pattern.items.length),
        args: pattern.items.map(spaceOf),
      };
    case "case": {
      const arity = pattern.info.fields.length;
      const args =
        pattern.args.length === arity ? pattern.args.map(spaceOf) : Array.from({ length: arity }, () => ALL);
      return { kind: "constructor", constructor: caseConstructor(pattern.info), args };
    }
    case "exception": {
      const { declaration } = pattern;
      const arity = declaration.fields.length;
      const args =
        pattern.args.length === arity ? pattern.args.map(spaceOf) : Array.from({ length: arity }, () => ALL);
      const constructor: Constructor = {
        family: declaration,
        key: 0,
        arity,
        siblings: undefined,
        show: (shown) => applied(declaration.name, shown),
      };
      return { kind: "constructor", constructor, args };
    }
    case "record":
      return recordSpace(pattern);
    case "or":
      return { kind: "either", alternatives: alternativesOf(pattern).map(spaceOf) };
    case "and": {
      const left = spaceOf(pattern.left);
      const right = spaceOf(pattern.right);
      if (left.kind === "all") return right;
      return right.kind === "all" ? left : SOME;
    }
    case "active": {
      if (pattern.info === undefined) return SOME;
      const args = pattern.info.fields.map(() =>
        pattern.argument === undefined ? ALL : spaceOf(pattern.argument),
      );
      return { kind: "constructor", constructor: caseConstructor(pattern.info), args };
    }
    case "type-test":
      return SOME;
  }
}

/** A list of many elements makes a deep tree, so its tails are walked in a loop. */
function listSpace(pattern: TypedPattern & { readonly kind: "cons" }): Space {
  const heads: TypedPattern[] = [];
  let tail: TypedPattern = pattern;
  for (; tail.kind === "cons"; tail = tail.tail) heads.push(tail.head);
  return heads.reduceRight<Space>(
    (rest, head) => ({ kind: "constructor", constructor: CONS, args: [spaceOf(head), rest] }),
    spaceOf(tail),
  );
}

/** The patterns between the bars. Many bars make a deep tree, so it is walked in a loop. */
function alternativesOf(pattern: TypedPattern): readonly TypedPattern[] {
  const found: TypedPattern[] = [];
  const open = [pattern];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at.kind === "or") open.push(at.right, at.left);
    else found.push(at);
  }
  return found;
}

function recordSpace(pattern: TypedPattern & { readonly kind: "record" }): Space {
  const type = prune(pattern.type);
  const declaration = declarationOf(type);
  const labels =
    type.kind === "anonymous"
      ? type.labels
      : declaration?.kind === "record"
        ? declaration.fields.map((field) => field.label)
        : // Of an open type only the labels that are asked for matter.
          pattern.fields.map((field) => field.label).sort();
  const args = labels.map((label) => {
    const field = pattern.fields.find((item) => item.label === label);
    return field === undefined ? ALL : spaceOf(field.pattern);
  });
  const family = declaration ?? `{${labels.join(";")}}`;
  const constructor: Constructor = {
    family,
    key: 0,
    arity: labels.length,
    siblings: () => [constructor],
    show: (shown) => {
      const fields = labels
        .map((label, i) => `${label} = ${shown[i] ?? "_"}`)
        .filter((text) => !text.endsWith(" = _"));
      if (fields.length === 0) return "_";
      return type.kind === "anonymous" ? `{| ${fields.join("; ")} |}` : `{ ${fields.join("; ")} }`;
    },
  };
  return { kind: "constructor", constructor, args };
}

const caseConstructors = new WeakMap<CaseInfo, Constructor>();

function caseConstructor(info: CaseInfo): Constructor {
  const known = caseConstructors.get(info);
  if (known !== undefined && known.arity === info.fields.length) return known;
  const constructor: Constructor = {
    family: info.union,
    key: info.tag,
    arity: info.fields.length,
    siblings: () => info.union.cases.map(caseConstructor),
    show: (args) =>
      applied(
        info.union.requireQualifiedAccess ? `${info.union.constructor.name}.${info.name}` : info.name,
        args,
      ),
  };
  caseConstructors.set(info, constructor);
  return constructor;
}

function applied(name: string, args: readonly string[]): string {
  if (args.length === 0) return name;
  if (args.length === 1) return `${name} ${parenthesised(args[0] as string)}`;
  return `${name} (${args.join(", ")})`;
}

function tupleConstructor(arity: number): Constructor {
  const constructor: Constructor = {
    family: `tuple${arity}`,
    key: 0,
    arity,
    siblings: () => [constructor],
    show: (args) => `(${args.join(", ")})`,
  };
  return constructor;
}

function arrayConstructor(arity: number): Constructor {
  return {
    family: "array",
    key: arity,
    arity,
    siblings: undefined,
    show: (args) => (args.length === 0 ? "[||]" : `[| ${args.join("; ")} |]`),
  };
}

function literalSpace(value: bigint | number | boolean | string | null): Space {
  if (typeof value === "boolean") return { kind: "constructor", constructor: value ? TRUE : FALSE, args: [] };
  const constructor: Constructor = {
    family: value === null ? "null" : typeof value,
    key: value,
    arity: 0,
    siblings: undefined,
    show: () => (typeof value === "string" ? JSON.stringify(value) : String(value)),
  };
  return { kind: "constructor", constructor, args: [] };
}

/** A value of an endless family that none of the keys is. */
export function freshExample(family: unknown, used: ReadonlySet<Constructor["key"]>): string {
  switch (family) {
    case "bigint":
      for (let n = 0n; ; n++) if (!used.has(n)) return String(n);
    case "number":
      for (let n = 0; ; n++) if (!used.has(n)) return n.toFixed(1);
    case "string": {
      const single = [...used].every((key) => typeof key === "string" && key.length === 1);
      if (single && used.size > 0) {
        for (const char of "abcdefghijklmnopqrstuvwxyz0123456789") if (!used.has(char)) return `'${char}'`;
      }
      for (let text = ""; ; text += "a") if (!used.has(text)) return JSON.stringify(text);
    }
    case "array":
      for (let n = 0; ; n++) {
        if (!used.has(n))
          return n === 0 ? "[||]" : `[| ${Array.from({ length: n }, () => "_").join("; ")} |]`;
      }
    default:
      return "_";
  }
}
