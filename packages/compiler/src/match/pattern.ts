import type { OpcodeName } from "@fusabi/vm";
import type { Core } from "../core/core.js";
import type { Local } from "../core/local.js";
import { CompilerBug } from "../errors.js";
import type { Lowerer } from "../lower/lowerer.js";
import type { Span } from "../source/source.js";
import type { TypedExpr, TypedPattern, Variable } from "../typed/tree.js";
import { ANY, arrayOf, constructed, listOf, OPTION_DECLARATION, tupleOf, UNIT } from "../types/builtin.js";
import type { CaseInfo, Type, TypeDeclaration } from "../types/type.js";
import type { Test } from "./plan.js";
import { ANYTHING, type Part, type Shape, tupleSlotKey } from "./shape.js";

/** Turns the patterns of one rule into shapes. A variable that several alternatives bind is declared once. */
export class Patterns {
  #declared: Map<Variable, Local> | undefined;
  #active = 0;

  constructor(
    readonly lowerer: Lowerer,
    readonly declare: (variable: Variable) => Local,
  ) {}

  /** Locals of the variables seen so far. */
  get variables(): readonly Local[] {
    return this.#declared === undefined ? [] : [...this.#declared.values()];
  }

  /** `dynamic`: the value that is matched has type `any`, whatever the pattern says. */
  shape(pattern: TypedPattern, dynamic: boolean): Shape {
    switch (pattern.kind) {
      case "wildcard":
        return ANYTHING;
      case "variable":
        return this.#variable(pattern.variable, dynamic, pattern.span);
      case "literal":
        return this.#literal(pattern.value, pattern.type, dynamic, pattern.span);
      case "unit":
        return dynamic ? this.#typed(UNIT, ANYTHING, pattern.span) : ANYTHING;
      case "nil":
        return this.#list(check({ kind: "nil" }, ANYTHING, pattern.span), dynamic, pattern.span);
      case "cons":
        return this.#cons(pattern, dynamic);
      case "tuple": {
        const { span } = pattern;
        const parts = pattern.items.map((item, index) => this.#field(index, item, dynamic, span));
        return dynamic
          ? this.#typed(tupleOf(pattern.items.map(() => ANY)), { kind: "parts", parts }, span)
          : { kind: "parts", parts };
      }
      case "array":
        return this.#array(pattern, dynamic);
      case "record":
        return this.#record(pattern, dynamic);
      case "case":
        return this.#case(pattern.info, pattern.args, dynamic, pattern.span);
      case "exception": {
        const { span } = pattern;
        const definition = this.lowerer.tables.definition(pattern.declaration);
        const parts = pattern.args.map((arg, index) =>
          this.#part(`f${index}`, "exn.field", [index], arg, false, span),
        );
        return check({ kind: "exception", definition }, { kind: "parts", parts }, span);
      }
      case "type-test":
        return this.#typeTest(pattern, dynamic);
      case "or":
        return { kind: "either", shapes: alternatives(pattern).map((way) => this.shape(way, dynamic)) };
      case "and":
        return {
          kind: "all",
          shapes: [this.shape(pattern.left, dynamic), this.shape(pattern.right, dynamic)],
        };
      case "as": {
        const inner = this.shape(pattern.pattern, dynamic);
        const variable = this.#variable(pattern.variable, dynamic, pattern.span);
        return inner.kind === "anything" ? variable : { kind: "all", shapes: [inner, variable] };
      }
      case "active":
        return this.#activePattern(pattern);
    }
  }

  #variable(variable: Variable, dynamic: boolean, span: Span): Shape {
    this.#declared ??= new Map();
    let local = this.#declared.get(variable);
    if (local === undefined) {
      local = this.declare(variable);
      this.#declared.set(variable, local);
    }
    const bind: Shape = { kind: "bind", variable: local };
    if (!dynamic) return bind;
    const kind = this.lowerer.classOf(variable.scheme.type);
    if (kind === "any" || kind === "open") return bind;
    const type = this.lowerer.typeIndex(variable.scheme.type);
    const take = (from: Local): Core =>
      this.#primitive("cast", [this.lowerer.read(from, span)], [type], span);
    return { kind: "parts", parts: [{ key: `cast ${type}`, take, shape: bind, effect: false }] };
  }

  #literal(
    value: bigint | number | boolean | string | null,
    type: Type,
    dynamic: boolean,
    span: Span,
  ): Shape {
    if (value === null) return check({ kind: "null" }, ANYTHING, span);
    if (dynamic)
      return check({ kind: "equal", constant: this.#dynamicConstant(value, type, span) }, ANYTHING, span);
    switch (typeof value) {
      case "bigint":
        return check({ kind: "int", value: intValue(value) }, ANYTHING, span);
      case "number":
        return check({ kind: "float", value }, ANYTHING, span);
      case "boolean":
        return check({ kind: "bool", value }, ANYTHING, span);
      default:
        return check({ kind: "text", value }, ANYTHING, span);
    }
  }

  #dynamicConstant(value: bigint | number | boolean | string, type: Type, span: Span): Core {
    switch (typeof value) {
      case "bigint":
        return { kind: "int", value: intValue(value), span };
      case "number":
        return this.#primitive("box.float", [{ kind: "float", value, span }], [], span);
      case "boolean":
        return { kind: "bool", value, span };
      default: {
        const text: Core = { kind: "string", value, span };
        return this.lowerer.classOf(type) === "char" ? this.#primitive("box.char", [text], [], span) : text;
      }
    }
  }

  /** The tail of a cons pattern may go on for the length of a list pattern, so it is followed in a loop. */
  #cons(pattern: Extract<TypedPattern, { kind: "cons" }>, dynamic: boolean): Shape {
    const cells: { readonly head: Shape; readonly span: Span }[] = [];
    let at: TypedPattern = pattern;
    while (at.kind === "cons") {
      cells.push({ head: this.shape(at.head, this.#within(dynamic, at.head)), span: at.span });
      at = at.tail;
    }
    // A tail is known to be a list once the first cell has been seen.
    let shape = this.shape(at, false);
    for (let i = cells.length - 1; i >= 0; i--) {
      const { head, span } = cells[i] as { readonly head: Shape; readonly span: Span };
      const parts: Part[] = [];
      if (head.kind !== "anything") parts.push(this.#take("head", "list.head", [], head, span));
      if (shape.kind !== "anything") parts.push(this.#take("tail", "list.tail", [], shape, span));
      shape = check({ kind: "cons" }, parts.length === 0 ? ANYTHING : { kind: "parts", parts }, span);
    }
    return this.#list(shape, dynamic, pattern.span);
  }

  #list(shape: Shape, dynamic: boolean, span: Span): Shape {
    return dynamic ? this.#typed(listOf(ANY), shape, span) : shape;
  }

  #array(pattern: Extract<TypedPattern, { kind: "array" }>, dynamic: boolean): Shape {
    const { span } = pattern;
    const parts = pattern.items.map((item, index): Part => {
      const take = (from: Local): Core =>
        this.#primitive(
          "array.get",
          [this.lowerer.read(from, span), { kind: "int", value: index, span }],
          [],
          span,
        );
      return {
        key: `item ${index}`,
        take,
        shape: this.shape(item, this.#within(dynamic, item)),
        effect: false,
      };
    });
    const shape = check({ kind: "length", value: parts.length }, { kind: "parts", parts }, span);
    return dynamic ? this.#typed(arrayOf(ANY), shape, span) : shape;
  }

  #record(pattern: Extract<TypedPattern, { kind: "record" }>, dynamic: boolean): Shape {
    const { span } = pattern;
    const type = this.lowerer.resolve(pattern.type);
    const parts = pattern.fields.map(({ label, pattern: field }): Part => {
      const slot = fieldSlot(type, label);
      if (slot === undefined) {
        const name = this.lowerer.tables.string(label);
        return this.#part(`label ${label}`, "field.named", [name], field, dynamic, span);
      }
      return this.#field(slot, field, dynamic, span);
    });
    const shape: Shape = { kind: "parts", parts };
    if (!dynamic) return shape;
    if (type.kind !== "variable" && this.lowerer.classOf(type) !== "any")
      return this.#typed(type, shape, span);
    const labels = [...new Set(pattern.fields.map((field) => field.label))].sort();
    return this.#typed({ kind: "anonymous", labels, types: labels.map(() => ANY) }, shape, span);
  }

  #case(info: CaseInfo, args: readonly TypedPattern[], dynamic: boolean, span: Span): Shape {
    const parts = args.map((arg, index) => this.#field(index, arg, dynamic, span));
    const rest: Shape = { kind: "parts", parts };
    const { union } = info;
    const shape =
      union.cases.length === 1
        ? rest
        : check({ kind: "tag", tag: info.tag, cases: union.cases.length }, rest, span);
    if (!dynamic) return shape;
    return this.#typed(
      constructed(
        union.constructor,
        union.params.map(() => ANY),
      ),
      shape,
      span,
    );
  }

  #typeTest(pattern: Extract<TypedPattern, { kind: "type-test" }>, dynamic: boolean): Shape {
    const test = typeTestOf(this.lowerer, pattern.target);
    if (test === undefined) return ANYTHING;
    if (!dynamic && test.kind === "type" && pattern.target.kind !== "exception-class") {
      const kind = this.lowerer.classOf(pattern.type);
      if (kind !== "open" && kind === this.lowerer.classOf(pattern.target)) return ANYTHING;
    }
    return check(test, ANYTHING, pattern.span);
  }

  /** Total: the recogniser gives a case of a hidden union. Partial: an option. */
  #activePattern(pattern: Extract<TypedPattern, { kind: "active" }>): Shape {
    const { recognise, span, info, argument } = pattern;
    const key =
      recognise.kind === "variable"
        ? `active ${recognise.variable.id}`
        : `active #${this.#active++} ${span.start}`;
    const callee = this.lowerer.expression(recognise);
    const take = (from: Local): Core => this.#apply(callee, this.lowerer.read(from, span), span);
    const union = info?.union ?? OPTION_DECLARATION;
    const some = info ?? union.cases[1];
    if (some === undefined) throw new CompilerBug("an active pattern without a case", span);
    const argumentParts =
      argument === undefined || some.fields.length === 0 ? [] : [this.#field(0, argument, false, span)];
    const rest: Shape = { kind: "parts", parts: argumentParts };
    const shape =
      union.cases.length === 1
        ? rest
        : check({ kind: "tag", tag: some.tag, cases: union.cases.length }, rest, span);
    return { kind: "parts", parts: [{ key, take, shape, effect: true }] };
  }

  #apply(callee: Core, argument: Core, span: Span): Core {
    if (callee.kind === "function" && callee.fn.params.length === 1)
      return this.lowerer.callKnown(callee.fn, [argument], span);
    return { kind: "call", callee, args: [argument], span };
  }

  #field(slot: number, pattern: TypedPattern, dynamic: boolean, span: Span): Part {
    return this.#part(tupleSlotKey(slot), "field.get", [slot], pattern, dynamic, span);
  }

  #part(
    key: string,
    op: OpcodeName,
    extra: readonly number[],
    pattern: TypedPattern,
    dynamic: boolean,
    span: Span,
  ): Part {
    return this.#take(key, op, extra, this.shape(pattern, this.#within(dynamic, pattern)), span);
  }

  #take(key: string, op: OpcodeName, extra: readonly number[], shape: Shape, span: Span): Part {
    return {
      key,
      take: (from) => this.#primitive(op, [this.lowerer.read(from, span)], extra, span),
      shape,
      effect: false,
    };
  }

  /** Whether a part of a value is dynamic. */
  #within(dynamic: boolean, part: TypedPattern): boolean {
    return dynamic || this.lowerer.classOf(part.type) === "any";
  }

  #typed(type: Type, rest: Shape, span: Span): Shape {
    return check({ kind: "type", type: this.lowerer.typeIndex(type) }, rest, span);
  }

  #primitive(op: OpcodeName, args: readonly Core[], extra: readonly number[], span: Span): Core {
    return { kind: "primitive", op, args, extra, span };
  }
}

function check(test: Test, rest: Shape, span: Span): Shape {
  return { kind: "check", test, rest, span };
}

/** The ways of a chain of or-patterns, which may be long. */
function alternatives(pattern: TypedPattern): readonly TypedPattern[] {
  const ways: TypedPattern[] = [];
  const stack: TypedPattern[] = [pattern];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (at.kind === "or") stack.push(at.right, at.left);
    else ways.push(at);
  }
  return ways;
}

export function intValue(value: bigint): number | bigint {
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : value;
}

/** Slot of a label; undefined when the type does not say. */
export function fieldSlot(type: Type, label: string): number | undefined {
  if (type.kind === "anonymous") {
    const index = type.labels.indexOf(label);
    return index < 0 ? undefined : index;
  }
  if (type.kind !== "constructed") return undefined;
  const declaration: TypeDeclaration | undefined = type.constructor.declaration;
  if (declaration?.kind !== "record" && declaration?.kind !== "class") return undefined;
  const index = declaration.fields.findIndex((field) => field.label === label);
  return index < 0 ? undefined : index;
}

/** The test behind `:? T`; undefined when every value passes. */
export function typeTestOf(
  lowerer: Lowerer,
  target: Extract<TypedExpr, { kind: "type-test" }>["target"],
): Test | undefined {
  if (target.kind === "exception-class") {
    return target.name === "Exception" || target.name === "exn"
      ? undefined
      : { kind: "exception-class", name: target.name };
  }
  const type = lowerer.resolve(target);
  const kind = lowerer.classOf(type);
  if (kind === "any" || kind === "open" || kind === "exn") return undefined;
  if (type.kind === "constructed" && type.constructor.declaration?.kind === "exception") {
    return { kind: "exception", definition: lowerer.tables.definition(type.constructor.declaration) };
  }
  return { kind: "type", type: lowerer.typeIndex(type) };
}
