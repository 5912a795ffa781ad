/** The typed tree as text, for `fus explain --stage types`: every binding with its type, every sugar gone. */
import { formatType } from "../types/format.js";
import type { Type } from "../types/type.js";
import { prune } from "../types/type.js";
import type { Statement, TypedExpr, TypedPattern, TypedProgram, TypedRule, Variable } from "./tree.js";

/** One line a statement or branch; `->` and `:` as in the language. */
export function printTyped(program: TypedProgram): string {
  const printer = new TypedPrinter();
  for (const declaration of program.declarations) printer.line(`${declaration.kind} ${declaration.name}`);
  for (const statement of program.statements) printer.statement(statement);
  if (program.result !== undefined) {
    printer.line(`result : ${formatType(program.result.type)} =`);
    printer.nested(() => printer.expr(program.result as TypedExpr));
  }
  printer.continuations();
  return printer.text;
}

class TypedPrinter {
  readonly #lines: string[] = [];
  #indent = 0;
  readonly #continued: TypedExpr[] = [];

  get text(): string {
    return this.#lines.length === 0 ? "" : `${this.#lines.join("\n")}\n`;
  }

  line(text: string): void {
    this.#lines.push("  ".repeat(this.#indent) + text);
  }

  nested(body: () => void): void {
    this.#indent++;
    body();
    this.#indent--;
  }

  statement(statement: Statement): void {
    switch (statement.kind) {
      case "let":
        this.#binding(`let ${binding(statement.pattern)}`, statement.value);
        return;
      case "use":
        this.#binding(`use ${declared(statement.variable)}`, statement.value);
        return;
      case "let-rec":
        for (const [i, item] of statement.bindings.entries()) {
          this.#binding(`${i === 0 ? "let rec" : "and"} ${declared(item.variable)}`, item.value);
        }
        return;
      case "do":
        this.#binding("do", statement.expr);
        return;
    }
  }

  #binding(head: string, value: TypedExpr): void {
    const short = inline(value);
    if (short !== undefined) this.line(`${head} = ${short}`);
    else {
      this.line(`${head} =`);
      this.nested(() => this.expr(value));
    }
  }

  /** What has been left for later. */
  continuations(): void {
    // Printing one may leave more.
    for (const [i, body] of this.#continued.entries()) {
      this.line(`continuation ${i + 1} : ${formatType(body.type)} =`);
      this.nested(() => this.expr(body));
    }
  }

  /** An expression on lines of its own. */
  expr(node: TypedExpr): void {
    const short = inline(node);
    if (short !== undefined) {
      this.line(short);
      return;
    }
    switch (node.kind) {
      case "lambda":
        this.line(`fun ${node.params.map(parameter).join(" ")} ->`);
        this.nested(() => this.expr(node.body));
        return;
      case "continued":
        this.#continued.push(node.rest.body);
        this.line(`continuation ${this.#continued.length}`);
        return;
      case "block":
        for (const statement of node.statements) this.statement(statement);
        this.expr(node.result);
        return;
      case "if":
        this.#ladder(node);
        return;
      case "match":
        this.#part("match", node.subject);
        this.#rules(node.rules);
        return;
      case "try-with":
        this.#part("try", node.body);
        this.#rules(node.rules);
        return;
      case "try-finally":
        this.#part("try", node.body);
        this.#part("finally", node.cleanup);
        return;
      case "while":
        this.#part("while", node.condition);
        this.#part("do", node.body);
        return;
      case "for-in":
        this.#part(`for ${pattern(node.pattern)} in`, node.iterable);
        this.#part("do", node.body);
        return;
      case "for-to":
        this.#part(`for ${node.variable.name} ${node.down ? "from-down" : "from"}`, node.from);
        this.#part("to", node.to);
        this.#part("do", node.body);
        return;
      default: {
        const { head, parts } = labelled(node);
        this.line(`${head} : ${formatType(node.type)}`);
        this.nested(() => {
          for (const part of parts) this.expr(part);
        });
      }
    }
  }

  #part(word: string, node: TypedExpr): void {
    const short = inline(node);
    if (short !== undefined) this.line(`${word} ${short}`);
    else {
      this.line(word);
      this.nested(() => this.expr(node));
    }
  }

  /** `if`, `elif`, … as a loop: a ladder may be long. */
  #ladder(first: TypedExpr & { readonly kind: "if" }): void {
    let at: TypedExpr = first;
    for (let word = "if"; at.kind === "if"; word = "elif") {
      this.#part(word, at.condition);
      this.#part("then", at.consequent);
      at = at.otherwise;
    }
    this.#part("else", at);
  }

  #rules(rules: readonly TypedRule[]): void {
    for (const rule of rules) {
      const guard = rule.guard === undefined ? "" : ` when ${inline(rule.guard) ?? "…"}`;
      this.#part(`| ${pattern(rule.pattern)}${guard} ->`, rule.body);
    }
  }
}

const MAX_INLINE = 90;

/** An expression as a short text on one line, if it is short. */
function inline(node: TypedExpr): string | undefined {
  const text = inlineParts(node, 0);
  return text === undefined || text.length > MAX_INLINE ? undefined : text;
}

function inlineParts(node: TypedExpr, depth: number): string | undefined {
  if (depth > 6) return undefined;
  switch (node.kind) {
    case "int":
    case "float":
    case "bool":
      return String(node.value);
    case "string":
      return JSON.stringify(node.value);
    case "char":
      return `'${JSON.stringify(node.value).slice(1, -1)}'`;
    case "unit":
      return "()";
    case "null":
      return "null";
    case "variable":
      return node.variable.name + instantiated(node.instantiation);
    case "break":
    case "continue":
      return node.kind;
    case "lambda":
    case "continued":
    case "block":
    case "if":
    case "match":
    case "try-with":
    case "try-finally":
    case "while":
    case "for-in":
    case "for-to":
    case "comprehension":
      return undefined;
    default: {
      const { head, parts } = labelled(node);
      const texts: string[] = [];
      for (const part of parts) {
        const text = inlineParts(part, depth + 1);
        if (text === undefined) return undefined;
        texts.push(text);
      }
      return texts.length === 0 ? head : `${head}(${texts.join(", ")})`;
    }
  }
}

function instantiated(types: readonly Type[]): string {
  const known = types.filter((type) => prune(type).kind !== "variable");
  return known.length === 0 ? "" : `<${types.map((type) => formatType(type)).join(", ")}>`;
}

/** The name of a node and its parts, for nodes that are shown alike. */
function labelled(node: TypedExpr): { readonly head: string; readonly parts: readonly TypedExpr[] } {
  switch (node.kind) {
    case "host":
      return { head: node.module === "" ? node.member : `${node.module}.${node.member}`, parts: [] };
    case "intrinsic":
      return { head: node.name, parts: [] };
    case "operator":
      return {
        head: `(${node.operator})<${formatType(node.operandType)}>`,
        parts: node.right === undefined ? [node.left] : [node.left, node.right],
      };
    case "and":
    case "or":
      return { head: node.kind, parts: [node.left, node.right] };
    case "apply": {
      const callee = inlineParts(node.callee, 1);
      if (callee !== undefined && !callee.includes("(")) return { head: callee, parts: node.args };
      return { head: "apply", parts: [node.callee, ...node.args] };
    }
    case "tuple":
    case "list":
    case "array":
      return { head: node.kind, parts: node.items };
    case "range":
      return {
        head: "range",
        parts: node.step === undefined ? [node.first, node.last] : [node.first, node.step, node.last],
      };
    case "comprehension":
      return { head: `${node.shape} of`, parts: [node.body] };
    case "yield":
      return { head: node.many ? "yield!" : "yield", parts: [node.value] };
    case "record":
      return {
        head: `record{${node.fields.map((field) => field.label).join("; ")}}`,
        parts: node.fields.map((field) => field.value),
      };
    case "update":
      return {
        head: `update{${node.fields.map((field) => field.label).join("; ")}}`,
        parts: [node.base, ...node.fields.map((field) => field.value)],
      };
    case "case":
      return { head: node.info.name, parts: node.args };
    case "case-function":
      return { head: node.info.name, parts: [] };
    case "exception":
      return { head: node.declaration.name, parts: node.args };
    case "exception-function":
      return { head: node.declaration.name, parts: [] };
    case "field":
      return { head: `.${node.label}`, parts: [node.target] };
    case "member":
      return { head: `.${node.label}`, parts: [node.target, ...(node.args ?? [])] };
    case "index":
      return { head: "index", parts: [node.target, node.index] };
    case "slice":
      return { head: "slice", parts: [node.target, node.from, node.to].filter((part) => part !== undefined) };
    case "assign-variable":
      return { head: `${node.variable.name} <-`, parts: [node.value] };
    case "assign-field":
      return { head: `.${node.label} <-`, parts: [node.target, node.value] };
    case "assign-index":
      return { head: node.copy ? "with-index" : "set-index", parts: [node.target, node.index, node.value] };
    case "coerce":
      return { head: `${formatType(node.type)} of ${formatType(node.expr.type)}`, parts: [node.expr] };
    case "downcast":
      return { head: `downcast<${formatType(node.type)}>`, parts: [node.expr] };
    case "type-test": {
      const target = node.target.kind === "exception-class" ? node.target.name : formatType(node.target);
      return { head: `is<${target}>`, parts: [node.expr] };
    }
    case "interpolation": {
      const shape = node.parts.map((part) => (typeof part === "string" ? part : "{}")).join("");
      return {
        head: `text ${JSON.stringify(shape)}`,
        parts: node.parts.flatMap((part) => (typeof part === "string" ? [] : [part.value])),
      };
    }
    case "lazy":
      return { head: "lazy", parts: [node.body] };
    case "assert":
      return { head: "assert", parts: [node.condition] };
    default:
      return { head: node.kind, parts: [] };
  }
}

function declared(variable: Variable): string {
  return `${variable.mutable ? "mutable " : ""}${variable.name} : ${formatType(variable.scheme.type)}`;
}

function binding(node: TypedPattern): string {
  return node.kind === "variable" ? declared(node.variable) : `${pattern(node)} : ${formatType(node.type)}`;
}

function parameter(node: TypedPattern): string {
  return `(${pattern(node)} : ${formatType(node.type)})`;
}

function pattern(node: TypedPattern): string {
  switch (node.kind) {
    case "wildcard":
      return "_";
    case "variable":
      return node.variable.name;
    case "literal":
      return typeof node.value === "string" ? JSON.stringify(node.value) : String(node.value);
    case "unit":
      return "()";
    case "tuple":
      return `(${node.items.map(pattern).join(", ")})`;
    case "cons":
      return `(${pattern(node.head)} :: ${pattern(node.tail)})`;
    case "nil":
      return "[]";
    case "array":
      return `[|${node.items.map(pattern).join("; ")}|]`;
    case "record":
      return `{ ${node.fields.map((field) => `${field.label} = ${pattern(field.pattern)}`).join("; ")} }`;
    case "case":
      return constructor(node.info.name, node.args);
    case "exception":
      return constructor(node.declaration.name, node.args);
    case "type-test":
      return `:? ${node.target.kind === "exception-class" ? node.target.name : formatType(node.target)}`;
    case "or":
      return `(${pattern(node.left)} | ${pattern(node.right)})`;
    case "and":
      return `(${pattern(node.left)} & ${pattern(node.right)})`;
    case "as":
      return `(${pattern(node.pattern)} as ${node.variable.name})`;
    case "active": {
      const name = node.info?.name ?? `(${inline(node.recognise) ?? "active"})`;
      return node.argument === undefined ? name : `${name} ${pattern(node.argument)}`;
    }
  }
}

function constructor(name: string, args: readonly TypedPattern[]): string {
  return args.length === 0 ? name : `${name}(${args.map(pattern).join(", ")})`;
}
