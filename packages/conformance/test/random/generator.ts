/** What all parts of the generator share: decisions, declarations, fresh variables, types to choose from. */

import type { Statement } from "./blocks.js";
import type { Choices } from "./choices.js";
import { type Block, type Code, type Environment, type Scope, Trace, type Variable } from "./code.js";
import {
  arrayOf,
  bool,
  type ClassDeclaration,
  char,
  type Declaration,
  type ExceptionDeclaration,
  float,
  functionOf,
  int,
  listOf,
  mapOf,
  optionOf,
  setOf,
  string,
  type Type,
  tupleOf,
} from "./types.js";
import { Closure, type Value } from "./values.js";

const names = [
  "a",
  "b",
  "c",
  "d",
  "e",
  "f",
  "g",
  "h",
  "x",
  "y",
  "z",
  "acc",
  "item",
  "left'",
  "``the value``",
];

/** Forms that are made of what they are a part of: blocks of statements of blocks. They are handed in, since no file can come before the others. */
export interface Grammar {
  readonly statement: (g: Generator, scope: Scope, depth: number) => Statement;
  readonly collecting: (g: Generator, kind: "list" | "array", of: Type, scope: Scope, depth: number) => Block;
  readonly computation: (g: Generator, of: Type, scope: Scope, depth: number) => Block;
  readonly memberUses: (g: Generator, type: Type, scope: Scope, depth: number) => readonly (() => Code)[];
}

export class Generator {
  readonly choices: Choices;
  readonly grammar: Grammar;
  readonly declarations: Declaration[] = [];
  readonly exceptions: ExceptionDeclaration[] = [];
  readonly classes: ClassDeclaration[] = [];
  /** Of the run of the program; the pieces of code write to it. */
  readonly trace: Trace = new Trace();
  #nextId = 1_000;

  constructor(choices: Choices, grammar: Grammar) {
    this.choices = choices;
    this.grammar = grammar;
  }

  freshId(): number {
    return this.#nextId++;
  }

  variable(type: Type, options: Partial<Variable> = {}): Variable {
    return {
      name: this.choices.one(names),
      id: this.freshId(),
      type,
      quantified: new Set(),
      assignable: false,
      ...options,
    };
  }

  /** As many variables with names of their own. */
  variables(types: readonly Type[]): readonly Variable[] {
    const used = new Set<string>();
    return types.map((type) => {
      const variable = this.variable(type);
      if (!used.has(variable.name)) {
        used.add(variable.name);
        return variable;
      }
      const name = `v${variable.id}`;
      used.add(name);
      return { ...variable, name };
    });
  }

  /** A type with equality, order and text. */
  dataType(depth: number): Type {
    const { choices } = this;
    const simple = [int, string, bool, float, char];
    if (depth <= 0 || choices.once(2)) return choices.one(simple);
    const inner = (): Type => this.dataType(depth - 1);
    switch (choices.below(8)) {
      case 0:
        return listOf(inner());
      case 1:
        return optionOf(inner());
      case 2:
        return tupleOf(...choices.many(2, 3, inner));
      case 3:
        return arrayOf(inner());
      case 4:
        return mapOf(choices.one([string, int, tupleOf(int, bool)]), inner());
      case 5:
        return setOf(choices.one([int, string]));
      default: {
        if (this.declarations.length === 0) return int;
        const declaration = choices.one(this.declarations);
        const args = Array.from({ length: declaration.parameters }, inner);
        return { kind: "declared", declaration, args };
      }
    }
  }

  type(depth: number): Type {
    if (depth > 0 && this.choices.once(6)) return functionOf(this.dataType(0), this.dataType(depth - 1));
    return this.dataType(depth);
  }

  /** A function of the program as a value. */
  closure(arity: number, run: (args: readonly Value[]) => Value): Closure {
    const collect = (args: readonly Value[]): Closure =>
      new Closure((argument) => {
        const all = [...args, argument];
        if (all.length < arity) return collect(all);
        this.trace.tick();
        return run(all);
      });
    return collect([]);
  }
}

export function bind(environment: Environment | undefined, id: number, value: Value): Environment {
  return { id, value, next: environment };
}
