/** A piece of a generated program: its text, and what it means, as a function that the evaluator calls. */
import type { Type, UnionDeclaration } from "./types.js";
import { Unsuitable, type Value } from "./values.js";

/** Variables in scope while the program runs, innermost first. */
export interface Environment {
  readonly id: number;
  value: Value;
  readonly next: Environment | undefined;
}

export type Meaning = (environment: Environment | undefined) => Value;

/** An expression on one line. `level` is that of its outermost operator (language reference 3.4). */
export interface Code {
  readonly text: string;
  readonly level: number;
  readonly run: Meaning;
}

/** Lines of a block, indented from 0; the last is an expression. */
export interface Block {
  readonly lines: readonly string[];
  readonly run: Meaning;
}

/** What the generator knows of a variable of the program. */
export interface Variable {
  readonly name: string;
  readonly id: number;
  readonly type: Type;
  /** Type variables that every use may choose anew. */
  readonly quantified: ReadonlySet<number>;
  readonly assignable: boolean;
  /** A recursive function may only be called with this variable less one as first argument. */
  readonly fuel?: Variable;
  /** A function that recurs takes a small number first. */
  readonly takesFuel?: boolean;
}

/** An active pattern. */
export interface Recogniser {
  /** The variable that holds its function. */
  readonly id: number;
  /** Its cases, with a payload or none; a partial pattern has one, and its function gives an option. */
  readonly union: UnionDeclaration;
  readonly partial: boolean;
  readonly parameters: readonly Type[];
  readonly input: Type;
}

export interface Scope {
  readonly variables: readonly Variable[];
  readonly recognisers: readonly Recogniser[];
  /** `break` and `continue` are allowed. */
  readonly inLoop: boolean;
  /** Of the file, in no block. */
  readonly top: boolean;
}

export function extend(scope: Scope, variables: readonly Variable[]): Scope {
  return { ...scope, variables: [...scope.variables, ...variables] };
}

/** The innermost variable of each name. */
export function visible(scope: Scope): readonly Variable[] {
  const byName = new Map(scope.variables.map((variable) => [variable.name, variable]));
  return [...byName.values()];
}

export function lookUp(environment: Environment | undefined, id: number): Environment {
  for (let at = environment; at !== undefined; at = at.next) if (at.id === id) return at;
  throw new Error(`variable ${id} has no value`);
}

export const atomLevel = 17;
export const postfixLevel = 16;
export const applicationLevel = 15;
export const prefixLevel = 14;
export const keywordLevel = -1;

/** The text where an operator of this level is outside. */
export function inside(code: Code, level: number): string {
  return code.level < level ? `(${code.text})` : code.text;
}

export const indent = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => (line === "" ? line : `    ${line}`));

/** What a running program has used up and written. */
export class Trace {
  output = "";
  #steps = 0;

  tick(): void {
    if (++this.#steps > 20_000) throw new Unsuitable("takes too long");
  }

  print(text: string): void {
    this.output += text;
    if (this.output.length > 100_000) throw new Unsuitable("writes too much");
  }
}

/** `break` and `continue` on their way to the loop. */
export class Jump extends Error {
  constructor(readonly kind: "break" | "continue") {
    super(kind);
  }
}
