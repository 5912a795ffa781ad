/** The calls of a function whose callee is known, with what is known of their arguments; and from them, which of its parameters a function calls. */
import type { FunctionCode, LinkedUnit } from "@fusabi/vm/engine";
import { graphOf, nameOf } from "./blocks.js";
import { dominatorsOf } from "./dominators.js";
import { type Origin, originStep, originsOf } from "./origins.js";

interface KnownCall {
  /** A function of the program, with the unit that it belongs to; or a parameter, by its number. */
  readonly callee: { readonly code: FunctionCode; readonly unit: LinkedUnit } | number;
  readonly given: readonly Origin[];
}

function knownCalls(code: FunctionCode, unit: LinkedUnit): readonly KnownCall[] {
  const graph = graphOf(code.data, code.index);
  const dominators = dominatorsOf(graph, 0);
  if (dominators === undefined) return [];
  const calls: KnownCall[] = [];
  originsOf(code, graph, dominators).forEach((before, block) => {
    const origins = before?.slice();
    const { start, end } = graph.blocks[block] ?? { start: 0, end: 0 };
    if (origins === undefined) return;
    for (let at = start; at < end; at++) {
      const instruction = code.data.code[at] ?? [];
      const [, a = 0, b = 0] = instruction;
      const inPlace = nameOf(instruction).startsWith("tail.");
      const given = instruction.slice(inPlace ? 3 : 4).map((register) => origins[register]);
      const callee = calleeOf(nameOf(instruction), inPlace ? a : b, origins, code, unit);
      if (callee !== undefined) calls.push({ callee, given });
      originStep(origins, instruction, code);
    }
  });
  return calls;
}

function calleeOf(
  name: string,
  operand: number,
  origins: readonly Origin[],
  { module }: FunctionCode,
  unit: LinkedUnit,
): KnownCall["callee"] | undefined {
  switch (name) {
    case "call":
    case "tail.call": {
      const origin = origins[operand];
      return typeof origin === "object" ? { code: origin, unit } : origin;
    }
    case "call.fn":
    case "tail.fn": {
      const code = module.functions[operand];
      return code === undefined ? undefined : { code, unit };
    }
    case "call.import":
    case "tail.import": {
      const target = unit.imports[operand];
      return target?.code === undefined || target.unit === undefined
        ? undefined
        : { code: target.code, unit: target.unit };
    }
    default:
      return undefined;
  }
}

/** Functions that a parameter is handed on through, at most. */
const FARTHEST = 8;

const applied = new WeakMap<FunctionCode, ReadonlySet<number>>();

/** The parameters that the function calls, or hands on to functions that call them. */
export function appliedParameters(
  code: FunctionCode,
  unit: LinkedUnit,
  farthest: number = FARTHEST,
): ReadonlySet<number> {
  const already = applied.get(code);
  if (already !== undefined) return already;
  const parameters = new Set<number>();
  // A function that calls itself hands on what it was given: what is found by then is what is wanted.
  applied.set(code, parameters);
  for (const { callee, given } of knownCalls(code, unit)) {
    if (typeof callee === "number") parameters.add(callee);
    else if (farthest > 0 && given.some((origin) => typeof origin === "number"))
      for (const parameter of appliedParameters(callee.code, callee.unit, farthest - 1)) {
        const origin = given[parameter];
        if (typeof origin === "number") parameters.add(origin);
      }
  }
  return parameters;
}

/** The functions of the program that the function gives to functions that call them. */
export function appliedFunctions(code: FunctionCode, unit: LinkedUnit): readonly FunctionCode[] {
  return knownCalls(code, unit).flatMap(({ callee, given }) =>
    typeof callee === "number"
      ? []
      : given.filter(
          (origin, parameter): origin is FunctionCode =>
            typeof origin === "object" && appliedParameters(callee.code, callee.unit).has(parameter),
        ),
  );
}
