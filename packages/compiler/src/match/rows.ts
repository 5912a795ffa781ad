/** Matching a pattern step by step: for patterns that stand alone, and for matches whose decision tree would grow too large. */
import type { Local } from "../core/local.js";
import type { TypedPattern } from "../typed/tree.js";
import type { Patterns } from "./pattern.js";
import type { Operation } from "./plan.js";
import type { Part, Shape } from "./shape.js";

/** The steps that match `subject` and bind the pattern's variables. */
export function matchingOperations(
  patterns: Patterns,
  pattern: TypedPattern,
  subject: Local,
  dynamic: boolean,
): readonly Operation[] {
  return operationsOf(patterns, patterns.shape(pattern, dynamic), subject, false);
}

type Task =
  | { readonly kind: "shape"; readonly shape: Shape; readonly on: Local }
  | { readonly kind: "part"; readonly part: Part; readonly of: Local };

/** `joined`: other ways bind the same variables, so they are assigned rather than defined. */
export function operationsOf(
  patterns: Patterns,
  shape: Shape,
  subject: Local,
  joined: boolean,
): readonly Operation[] {
  const { lowerer } = patterns;
  const operations: Operation[] = [];
  const tasks: Task[] = [{ kind: "shape", shape, on: subject }];
  for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) {
    if (task.kind === "part") {
      const { part, of } = task;
      const { shape: inner } = part;
      if (inner.kind === "anything" && !part.effect) continue;
      if (inner.kind === "bind" && !joined) {
        const needed = part.effect ? undefined : [inner.variable];
        operations.push({ kind: "fetch", local: inner.variable, value: part.take(of), for: needed });
        continue;
      }
      const local = lowerer.local("part");
      operations.push({ kind: "fetch", local, value: part.take(of), for: undefined });
      tasks.push({ kind: "shape", shape: inner, on: local });
      continue;
    }
    const { shape: at, on } = task;
    switch (at.kind) {
      case "anything":
        break;
      case "bind":
        operations.push({ kind: "bind", variable: at.variable, from: lowerer.mention(on) });
        break;
      case "check":
        operations.push({ kind: "test", on: lowerer.mention(on), test: at.test, span: at.span });
        tasks.push({ kind: "shape", shape: at.rest, on });
        break;
      case "parts":
        for (let i = at.parts.length - 1; i >= 0; i--)
          tasks.push({ kind: "part", part: at.parts[i] as Part, of: on });
        break;
      case "all":
        for (let i = at.shapes.length - 1; i >= 0; i--)
          tasks.push({ kind: "shape", shape: at.shapes[i] as Shape, on });
        break;
      case "either": {
        const ways = at.shapes.map((way) => operationsOf(patterns, way, on, true));
        const variables = at.shapes[0] === undefined ? [] : variablesOf(at.shapes[0]);
        operations.push({ kind: "alternatives", ways, variables });
        break;
      }
    }
  }
  return operations;
}

function variablesOf(shape: Shape): readonly Local[] {
  const found = new Set<Local>();
  const stack: Shape[] = [shape];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    switch (at.kind) {
      case "anything":
        break;
      case "bind":
        found.add(at.variable);
        break;
      case "check":
        stack.push(at.rest);
        break;
      case "parts":
        for (const part of at.parts) stack.push(part.shape);
        break;
      case "all":
        stack.push(...at.shapes);
        break;
      case "either":
        if (at.shapes[0] !== undefined) stack.push(at.shapes[0]);
        break;
    }
  }
  return [...found];
}
