/** Types as text, in Fusabi's terms. Long or deep types are cut: a message needs the shape, not the whole graph. */
import type { Bound, Type, TypeVariable } from "./type.js";
import { prune } from "./type.js";

const MAX_DEPTH = 12;
const MAX_LENGTH = 400;

/** Precedence of the place a type stands in: of a function's result, a tuple's item, or an argument. */
const RESULT_PLACE = 0;
const PARAMETER_PLACE = 1;
const ITEM_PLACE = 2;
const ARGUMENT_PLACE = 3;

/** Names the variables of one message `'a`, `'b`, … in the order in which they appear. */
class TypeFormatter {
  readonly #names = new Map<TypeVariable, string>();
  readonly #taken = new Set<string>();
  readonly #open = new Set<TypeVariable>();
  #constraints = new Map<TypeVariable, string>();
  #budget = MAX_LENGTH;

  /** The text of a type; operator bounds of its variables follow behind `when`. */
  format(type: Type): string {
    this.#constraints = new Map();
    this.#budget = MAX_LENGTH;
    const text = this.#write(type, RESULT_PLACE, 0);
    const constraints = [...this.#constraints.values()];
    return constraints.length === 0 ? text : `${text} when ${constraints.join(" and ")}`;
  }

  #write(raw: Type, place: number, depth: number): string {
    const type = prune(raw);
    if (depth > MAX_DEPTH || this.#budget <= 0) return "…";
    this.#budget -= 4;
    switch (type.kind) {
      case "variable":
        return this.#writeVariable(type, depth);
      case "function": {
        const text = `${this.#write(type.parameter, PARAMETER_PLACE, depth + 1)} -> ${this.#write(type.result, RESULT_PLACE, depth)}`;
        return place === RESULT_PLACE ? text : `(${text})`;
      }
      case "tuple": {
        const text = type.items.map((item) => this.#write(item, ITEM_PLACE, depth + 1)).join(" * ");
        return place >= ITEM_PLACE ? `(${text})` : text;
      }
      case "anonymous":
        return `{| ${type.labels.map((label, i) => `${label}: ${this.#write(type.types[i] as Type, RESULT_PLACE, depth + 1)}`).join("; ")} |}`;
      case "constructed": {
        const name = type.constructor.name;
        this.#budget -= name.length;
        if (type.args.length === 0) return name;
        if (type.args.length === 1 && /^(?:list|array|option|seq|ref)$/.test(name)) {
          return `${this.#write(type.args[0] as Type, ARGUMENT_PLACE, depth + 1)} ${name}`;
        }
        return `${name}<${type.args.map((arg) => this.#write(arg, RESULT_PLACE, depth + 1)).join(", ")}>`;
      }
    }
  }

  #writeVariable(variable: TypeVariable, depth: number): string {
    const labels = variable.bounds.filter((bound) => bound.kind === "field" || bound.kind === "exactly");
    if (labels.length > 0 && !this.#open.has(variable)) {
      this.#open.add(variable);
      const parts: string[] = [];
      let exact = false;
      for (const bound of labels) {
        if (bound.kind === "field")
          parts.push(`${bound.label}: ${this.#write(bound.type, RESULT_PLACE, depth + 1)}`);
        else {
          exact = true;
          bound.labels.forEach((label, i) => {
            parts.push(`${label}: ${this.#write(bound.types[i] as Type, RESULT_PLACE, depth + 1)}`);
          });
        }
      }
      this.#open.delete(variable);
      return exact ? `{ ${parts.join("; ")} }` : `{ ${parts.join("; ")}; .. }`;
    }
    const name = this.#nameOf(variable);
    const operators = variable.bounds.map(operatorBound).filter((text) => text !== undefined);
    if (operators.length > 0 && !this.#constraints.has(variable)) {
      this.#constraints.set(
        variable,
        [...new Set(operators)].map((text) => `'${name} : ${text}`).join(" and "),
      );
    }
    return `'${name}`;
  }

  #nameOf(variable: TypeVariable): string {
    const known = this.#names.get(variable);
    if (known !== undefined) return known;
    let name = variable.name;
    for (let i = 0; name === undefined || this.#taken.has(name); i++) {
      name = String.fromCharCode(97 + (i % 26)) + (i < 26 ? "" : String(Math.floor(i / 26)));
    }
    this.#taken.add(name);
    this.#names.set(variable, name);
    return name;
  }
}

function operatorBound(bound: Bound): string | undefined {
  switch (bound.kind) {
    case "add":
    case "num":
    case "bits":
      return `(${operatorText(bound)})`;
    case "eq":
      return "equality";
    case "ord":
      return "comparison";
    case "call":
      return `(.${bound.label})`;
    case "elem":
      return "(for … in)";
    case "index":
      return "(.[ ])";
    default:
      return undefined;
  }
}

/** Whether what asks for the bound is an operator in the text, and not a function that uses one. */
export function isWrittenOperator(bound: Bound): boolean {
  return /^[!%&*+\-./<=>?@^|~:$]+$/.test(textOf(bound));
}

function textOf({ span }: Bound): string {
  return span.source.text.slice(span.start, span.end);
}

/** The operator, or the static member, that an operator bound comes from, as written where it can be seen. */
export function operatorText(bound: Bound): string {
  if (isWrittenOperator(bound)) return textOf(bound);
  if ("operator" in bound && bound.operator !== undefined) return bound.operator.replace(/^~/, "");
  switch (bound.kind) {
    case "add":
      return "+";
    case "num":
      return "-";
    case "bits":
      return "&&&";
    case "eq":
      return "=";
    default:
      return "<";
  }
}

/** A single type as text. */
export function formatType(type: Type): string {
  return new TypeFormatter().format(type);
}

/** Two types of one message, with consistent names for their variables. */
export function formatTypes(first: Type, second: Type): readonly [string, string] {
  const formatter = new TypeFormatter();
  return [formatter.format(first), formatter.format(second)];
}
