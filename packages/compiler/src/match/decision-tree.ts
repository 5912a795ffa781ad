/**
 * Decision trees after Maranget: the rows of a match are split by the outcome of one test at a time, so that no path asks about a part of the
 * value twice. The test comes from the first row, at the part that most rows ask about.
 */

import type { Core } from "../core/core.js";
import type { CoreFunction } from "../core/function.js";
import { Local } from "../core/local.js";
import { CompilerBug } from "../errors.js";
import { appended } from "../short-list.js";
import type { Binding, Decision, Fetch, Leaf, Step, SwitchCase, Test } from "./plan.js";
import {
  familySize,
  type Part,
  type Shape,
  type TestFamily,
  testFamily,
  testKey,
  tupleSlotKey,
} from "./shape.js";

export interface Rule {
  readonly shape: Shape;
  readonly guard: Core | undefined;
  readonly leaf: Leaf;
}

/** A part of the subject that some pattern looks at. */
interface Occurrence {
  readonly local: Local;
  readonly parent: Occurrence | undefined;
  readonly part: Part | undefined;
  parts: Map<string, Occurrence> | undefined;
  /** It has been taken out of the value on the path that is being built. */
  available: boolean;
  /** While the bindings of a row are collected: the variables that stand for it, if it has not been taken out. */
  neededFor: Local[] | undefined;
}

type Constraint =
  | {
      readonly kind: "check";
      readonly on: Occurrence;
      readonly shape: Extract<Shape, { kind: "check" }>;
      readonly key: string;
    }
  | { readonly kind: "either"; readonly on: Occurrence; readonly shape: Extract<Shape, { kind: "either" }> }
  /** A part that costs a call of the program; it is not taken before its turn. */
  | { readonly kind: "active"; readonly on: Occurrence; readonly of: Occurrence; readonly shape: Shape };

interface RowBinding {
  readonly variable: Local;
  readonly on: Occurrence;
}

interface Row {
  readonly constraints: readonly Constraint[];
  readonly bindings: readonly RowBinding[];
  readonly rule: Rule;
}

/** Rows looked at and steps made may not exceed this many per pattern node; nor may tests nest deeper than the limit. */
const WORK_PER_NODE = 40;
const MIN_WORK = 4000;
const MAX_DEPTH = 150;

/**
 * Undefined: the tree would grow out of proportion to the rules. `components`: the subject is a tuple that was never built, of these values.
 */
export function decisionTree(
  rules: readonly Rule[],
  subject: Local,
  owner: CoreFunction,
  components: readonly Local[] = [],
): Decision | undefined {
  let nodes = 0;
  for (const rule of rules) nodes += shapeSize(rule.shape);
  const builder = new TreeBuilder(owner, Math.max(MIN_WORK, nodes * WORK_PER_NODE));
  const root: Occurrence = {
    local: subject,
    parent: undefined,
    part: undefined,
    parts: undefined,
    available: true,
    neededFor: undefined,
  };
  if (components.length > 0) {
    root.parts = new Map(
      components.map((local, index) => [
        tupleSlotKey(index),
        {
          local,
          parent: root,
          part: undefined,
          parts: undefined,
          available: true,
          neededFor: undefined,
        },
      ]),
    );
  }
  const rows = rules.map((rule) => builder.row(root, rule));
  const tree = builder.build(rows, 0);
  if (tree === undefined) for (const rule of rules) rule.leaf.references = 0;
  return tree;
}

function shapeSize(shape: Shape): number {
  let size = 0;
  const stack: Shape[] = [shape];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    size++;
    if (at.kind === "check") stack.push(at.rest);
    else if (at.kind === "parts") for (const part of at.parts) stack.push(part.shape);
    else if (at.kind === "all" || at.kind === "either") for (const inner of at.shapes) stack.push(inner);
  }
  return size;
}

/** What a value has to fit, in front of what else is to be looked at. */
interface Task {
  readonly shape: Shape;
  readonly on: Occurrence;
  readonly next: Task | undefined;
}

class TreeBuilder {
  readonly #owner: CoreFunction;
  #work: number;

  constructor(owner: CoreFunction, work: number) {
    this.#owner = owner;
    this.#work = work;
  }

  row(root: Occurrence, rule: Rule): Row {
    return this.#extended({ constraints: [], bindings: [], rule }, -1, root, rule.shape);
  }

  build(start: readonly Row[], depth: number): Decision | undefined {
    if (depth > MAX_DEPTH) return undefined;
    const taken: Occurrence[] = [];
    const decision = this.#decide(start, taken, depth);
    for (const occurrence of taken) occurrence.available = false;
    return decision;
  }

  /** `taken`: what becomes available on the way. */
  #decide(start: readonly Row[], taken: Occurrence[], depth: number): Decision | undefined {
    const steps: Step[] = [];
    let rows = start;
    for (;;) {
      this.#work -= rows.length + 1;
      if (this.#work < 0) return undefined;
      const [first] = rows;
      if (first === undefined) return { kind: "decision", steps, end: { kind: "failure" } };
      const constraint = this.#choose(rows, first);
      if (constraint === undefined) {
        const bindings = this.#bindingsOf(first, taken, steps);
        const { leaf, guard } = first.rule;
        leaf.references++;
        if (guard === undefined) return { kind: "decision", steps, end: { kind: "leaf", leaf, bindings } };
        steps.push({ kind: "guard", condition: guard, leaf, bindings });
        rows = rows.slice(1);
      } else if (constraint.kind === "either") {
        const at = first.constraints.indexOf(constraint);
        const ways = constraint.shape.shapes.map((way) => this.#extended(first, at, constraint.on, way));
        rows = [...ways, ...rows.slice(1)];
      } else if (constraint.kind === "active") {
        this.#fetch(constraint.on, taken, steps);
        rows = rows.map((row) => this.#withPartTaken(row, constraint.on));
      } else {
        const next = this.#switch(rows, constraint, taken, steps, depth);
        if (next === undefined) return undefined;
        rows = next;
      }
    }
  }

  /** Something that the first row still asks: plain tests before alternatives, and calls of the program in their order. */
  #choose(rows: readonly Row[], first: Row): Constraint | undefined {
    const { constraints } = first;
    if (constraints.length <= 1) return constraints[0];
    const checks = constraints.filter((constraint) => constraint.kind === "check");
    if (checks.length <= 1) return checks[0] ?? constraints[0];
    const counts = new Map<Occurrence, number>(checks.map((constraint) => [constraint.on, 0]));
    const looked = Math.min(rows.length, 200);
    this.#work -= looked;
    for (let i = 0; i < looked; i++) {
      for (const { on } of rows[i]?.constraints ?? []) {
        const count = counts.get(on);
        if (count !== undefined) counts.set(on, count + 1);
      }
    }
    let best = checks[0];
    for (const constraint of checks) {
      if (best !== undefined && (counts.get(constraint.on) ?? 0) > (counts.get(best.on) ?? 0))
        best = constraint;
    }
    return best;
  }

  /** Adds the step that asks about one part, and gives the rows that are left when no test holds. */
  #switch(
    rows: readonly Row[],
    chosen: Extract<Constraint, { kind: "check" }>,
    taken: Occurrence[],
    steps: Step[],
    depth: number,
  ): readonly Row[] | undefined {
    const { on } = chosen;
    const family = testFamily(chosen.shape.test);
    this.#fetch(on, taken, steps);
    // Of the others, a value passes at most one.
    const exclusive = family !== "type";
    const tests = new Map<string, { readonly test: Test; readonly rows: Row[] }>();
    for (const row of rows) {
      for (const constraint of row.constraints) {
        if (!asks(constraint, on, family) || tests.has(constraint.key)) continue;
        // Tests that do not exclude each other are asked one by one.
        if (!exclusive && tests.size > 0) continue;
        tests.set(constraint.key, { test: constraint.shape.test, rows: [] });
      }
    }
    const rest: Row[] = [];
    for (const row of rows) {
      const keys = keysAsked(row, on, family);
      if (keys === undefined || !keys.some((key) => tests.has(key))) {
        this.#work -= tests.size;
        if (this.#work < 0) return undefined;
        for (const { rows: into } of tests.values()) into.push(row);
        rest.push(row);
        continue;
      }
      // It cannot pass two tests that exclude each other.
      if (exclusive && keys.length > 1) continue;
      for (const key of keys) tests.get(key)?.rows.push(this.#withTestPassed(row, on, key));
    }
    const cases: SwitchCase[] = [];
    for (const { test, rows: left } of tests.values()) {
      const decision = this.build(left, depth + 1);
      if (decision === undefined) return undefined;
      cases.push({ test, decision });
    }
    const exhaustive = cases.length === familySize(chosen.shape.test);
    steps.push({ kind: "switch", on: on.local, cases, exhaustive, span: chosen.shape.span });
    return exhaustive ? [] : rest;
  }

  #withTestPassed(row: Row, on: Occurrence, key: string): Row {
    let result = row;
    for (const constraint of row.constraints) {
      if (constraint.kind !== "check" || constraint.on !== on || constraint.key !== key) continue;
      result = this.#extended(result, result.constraints.indexOf(constraint), on, constraint.shape.rest);
    }
    return result;
  }

  #withPartTaken(row: Row, on: Occurrence): Row {
    const constraint = row.constraints.find((item) => item.kind === "active" && item.on === on);
    if (constraint === undefined) return row;
    return this.#extended(row, row.constraints.indexOf(constraint), on, constraint.shape);
  }

  /** The row with what `shape` demands of `on` in the place of the constraint `at`; -1 for a row that has none yet. */
  #extended(row: Row, at: number, on: Occurrence, shape: Shape): Row {
    if (shape.kind === "anything" && at >= 0) {
      this.#work--;
      return { constraints: row.constraints.toSpliced(at, 1), bindings: row.bindings, rule: row.rule };
    }
    let added: Constraint[] = [];
    let bound: RowBinding[] | undefined;
    let tasks: Task | undefined = { shape, on, next: undefined };
    while (tasks !== undefined) {
      const { shape: item, on: here }: Task = tasks;
      tasks = tasks.next;
      this.#work--;
      switch (item.kind) {
        case "anything":
          break;
        case "bind":
          bound = appended(bound, { variable: item.variable, on: here });
          break;
        case "check":
          added = appended(added, { kind: "check", on: here, shape: item, key: testKey(item.test) });
          break;
        case "either":
          added = appended(added, { kind: "either", on: here, shape: item });
          break;
        case "all":
          for (let i = item.shapes.length - 1; i >= 0; i--)
            tasks = { shape: item.shapes[i] as Shape, on: here, next: tasks };
          break;
        case "parts":
          for (let i = item.parts.length - 1; i >= 0; i--) {
            const part = item.parts[i] as Part;
            if (part.shape.kind === "anything" && !part.effect) continue;
            const child = this.#part(here, part);
            if (part.effect)
              added = appended(added, { kind: "active", on: child, of: here, shape: part.shape });
            else tasks = { shape: part.shape, on: child, next: tasks };
          }
          break;
      }
    }
    return {
      constraints: at < 0 ? added : row.constraints.toSpliced(at, 1, ...added),
      bindings: bound === undefined ? row.bindings : row.bindings.concat(bound),
      rule: row.rule,
    };
  }

  #part(of: Occurrence, part: Part): Occurrence {
    of.parts ??= new Map();
    const known = of.parts.get(part.key);
    if (known !== undefined) return known;
    const local = new Local("part", this.#owner, false);
    const fresh: Occurrence = {
      local,
      parent: of,
      part,
      parts: undefined,
      available: false,
      neededFor: undefined,
    };
    of.parts.set(part.key, fresh);
    return fresh;
  }

  /** Takes a part out of the value, and before it what it is a part of. */
  #fetch(on: Occurrence, taken: Occurrence[], steps: Step[]): void {
    if (on.available) return;
    const missing: Occurrence[] = [];
    for (let at: Occurrence | undefined = on; at !== undefined && !at.available; at = at.parent)
      missing.push(at);
    for (let i = missing.length - 1; i >= 0; i--) {
      const at = missing[i] as Occurrence;
      steps.push(fetchStep(at, undefined));
      at.available = true;
      taken.push(at);
    }
  }

  #bindingsOf(row: Row, taken: Occurrence[], steps: Step[]): readonly Binding[] {
    let missing: Occurrence[] | undefined;
    for (const { variable, on } of row.bindings) {
      if (on.available) continue;
      if (on.neededFor === undefined) missing = appended(missing, on);
      on.neededFor = appended(on.neededFor, variable);
    }
    for (const on of missing ?? []) {
      const needed = on.neededFor;
      on.neededFor = undefined;
      if (on.available) continue;
      if (on.parent !== undefined) this.#fetch(on.parent, taken, steps);
      // It may turn out not to be needed, so that later steps must not count on it.
      steps.push(fetchStep(on, needed));
    }
    return row.bindings.map(({ variable, on }) => ({ variable, from: on.local }));
  }
}

/** A test of the family on this part. */
function asks(
  constraint: Constraint,
  on: Occurrence,
  family: TestFamily,
): constraint is Extract<Constraint, { kind: "check" }> {
  return constraint.kind === "check" && constraint.on === on && testFamily(constraint.shape.test) === family;
}

/** Keys of such tests, each once. */
function keysAsked(row: Row, on: Occurrence, family: TestFamily): readonly string[] | undefined {
  let keys: string[] | undefined;
  for (const constraint of row.constraints)
    if (asks(constraint, on, family) && keys?.includes(constraint.key) !== true)
      keys = appended(keys, constraint.key);
  return keys;
}

function fetchStep(on: Occurrence, needed: readonly Local[] | undefined): Fetch {
  if (on.part === undefined || on.parent === undefined)
    throw new CompilerBug("the subject itself is always there");
  return { kind: "fetch", local: on.local, value: on.part.take(on.parent.local), for: needed };
}
