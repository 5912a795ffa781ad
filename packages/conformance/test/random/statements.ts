/** The kinds of statements, and with them the whole grammar. */
import { activePattern } from "./active-patterns.js";
import {
  assignment,
  block,
  effect,
  functionBinding,
  loop,
  mutableBinding,
  patternBinding,
  print,
  printedBinding,
  recursiveBinding,
  type Statement,
  valueBinding,
  whileLoop,
} from "./blocks.js";
import { objectStatement } from "./classes.js";
import { indent, Jump, type Scope } from "./code.js";
import { collecting } from "./collecting.js";
import { computation, computed } from "./computations.js";
import { expression } from "./expressions.js";
import type { Generator, Grammar } from "./generator.js";
import { memberUses } from "./members.js";
import { trial } from "./trials.js";
import { bool, unit } from "./types.js";

function statement(g: Generator, scope: Scope, depth: number): Statement {
  switch (g.choices.below(22)) {
    case 0:
    case 1:
      return valueBinding(g, scope, depth);
    case 2:
      return mutableBinding(g, scope, depth);
    case 3:
    case 4:
      return functionBinding(g, scope, depth);
    case 5:
      return recursiveBinding(g, scope, depth);
    case 6:
      return patternBinding(g, scope, depth);
    case 7:
      return assignment(g, scope) ?? print(g, scope);
    case 8:
      return loop(g, scope, depth);
    case 9:
      return whileLoop(g, scope, depth);
    case 10: {
      const condition = expression(g, bool, scope, 2);
      const body = block(g, unit, scope, depth);
      const jump =
        scope.inLoop && g.choices.once(2) ? g.choices.one(["break", "continue"] as const) : undefined;
      return effect(
        [`if ${condition.text} then`, ...indent(body.lines), ...(jump === undefined ? [] : indent([jump]))],
        (e) => {
          if (condition.run(e) !== true) return;
          body.run(e);
          if (jump !== undefined) throw new Jump(jump);
        },
      );
    }
    case 11:
      return activePattern(g, scope, depth);
    case 12:
    case 13:
      return trial(g, scope);
    case 14:
    case 15:
      return collection(g, scope, depth);
    case 16:
    case 17:
      return objectStatement(g, scope) ?? print(g, scope);
    case 18:
    case 19:
      return computed(g, scope, depth);
    default:
      return print(g, scope);
  }
}

function collection(g: Generator, scope: Scope, depth: number): Statement {
  const kind = g.choices.one(["list", "array"] as const);
  const of = g.dataType(1);
  const variable = g.variable({ kind, of });
  const body = collecting(g, kind, of, scope, depth + 1);
  return printedBinding(g, variable, body);
}

export const grammar: Grammar = { statement, collecting, computation, memberUses };
