/** Core as text, for people: one function after the other, as nested lists with a line for every step of a block. */
import { opcodes } from "@fusabi/vm";
import type { CoreProgram } from "../lower/program.js";
import type { Decision, Leaf, Operation, Plan, Test } from "../match/plan.js";
import type { ModuleTables } from "../module/tables.js";
import { type Form, inline, type Steps, showForm } from "../printing/form.js";
import type { Core, Item } from "./core.js";
import type { CoreFunction } from "./function.js";
import type { Local } from "./local.js";

/** All functions of a program. */
export function printCore(program: CoreProgram): string {
  const printer = new Printer(program.tables);
  return program.functions.map((fn) => `${showForm(printer.function(fn))}\n`).join("\n");
}

class Printer {
  readonly #tables: ModuleTables;
  readonly #names = new Map<Local | CoreFunction, string>();
  readonly #taken = new Map<string, number>();
  #leaves = new Map<Leaf, number>();

  constructor(tables: ModuleTables) {
    this.#tables = tables;
  }

  /** Names are told apart by a number from their second bearer on. */
  #name(of: Local | CoreFunction): string {
    const known = this.#names.get(of);
    if (known !== undefined) return known;
    const count = (this.#taken.get(of.name) ?? 0) + 1;
    this.#taken.set(of.name, count);
    const name = count === 1 ? of.name : `${of.name}.${count}`;
    this.#names.set(of, name);
    return name;
  }

  function(fn: CoreFunction): Steps {
    const params = fn.params.map((param) => this.#name(param)).join(" ");
    return { head: `function ${this.#name(fn)} (${params})`, steps: [this.#core(fn.body)] };
  }

  #all(parts: readonly Core[]): readonly Form[] {
    return parts.map((part) => this.#core(part));
  }

  #core(core: Core): Form {
    switch (core.kind) {
      case "int":
      case "bool":
        return String(core.value);
      case "float":
        return Number.isInteger(core.value) ? core.value.toFixed(1) : String(core.value);
      case "string":
        return JSON.stringify(core.value);
      case "unit":
        return "()";
      case "nil":
        return "[]";
      case "null":
        return "null";
      case "local":
        return this.#name(core.local);
      case "global":
        return `@${core.global.name}`;
      case "import":
        return this.#import(core.import);
      case "function":
        return `#${this.#name(core.fn)}`;
      case "call":
        return ["call", ...this.#all([core.callee, ...core.args])];
      case "call-known":
        return [`call #${this.#name(core.fn)}`, ...this.#all(core.args)];
      case "call-import":
        return [`call ${this.#import(core.import)}`, ...this.#all(core.args)];
      case "primitive":
        return [[core.op, ...this.#extra(core)].join(" "), ...this.#all(core.args)];
      case "compare":
        return [`${core.operator}.${core.mode}`, ...this.#all([core.left, core.right])];
      case "and":
      case "or":
        return [core.kind, ...this.#all([core.left, core.right])];
      case "block":
        return {
          head: "block",
          steps: [...core.items.map((item) => this.#item(item)), this.#core(core.result)],
        };
      case "if": {
        const branches = core.branches.map((branch) => [
          "when",
          ...this.#all([branch.condition, branch.body]),
        ]);
        return ["if", ...branches, ["else", this.#core(core.otherwise)]];
      }
      case "match": {
        const subject =
          core.components.length > 0
            ? `(tuple ${core.components.map((local) => this.#name(local)).join(" ")})`
            : this.#name(core.subject);
        const value = core.value === undefined ? [] : [["is", this.#core(core.value)]];
        return [`match ${subject}`, ...value, ...this.#plan(core.plan), `(otherwise ${core.failure})`];
      }
      case "assign":
        return [`set ${this.#name(core.local)}`, this.#core(core.value)];
      case "assign-global":
        return [`set @${core.global.name}`, this.#core(core.value)];
      case "while":
        return ["while", ...this.#all([core.condition, core.body])];
      case "count":
        return [
          `count ${this.#name(core.local)} by ${core.step}`,
          ...this.#all([core.from, core.to, core.body]),
        ];
      case "each":
        return [`each ${this.#name(core.local)} of ${core.over}`, ...this.#all([core.collection, core.body])];
      case "break":
      case "continue":
        return `(${core.kind})`;
      case "try-with":
        return [
          "try",
          this.#core(core.body),
          [`catch ${this.#name(core.exception)}`, this.#core(core.handler)],
        ];
      case "try-finally":
        return ["try", this.#core(core.body), ["finally", this.#core(core.cleanup)]];
    }
  }

  #import(index: number): string {
    const entry = this.#tables.imports[index];
    return entry === undefined
      ? `import ${index}`
      : entry.module === ""
        ? `:${entry.name}`
        : `${entry.module}.${entry.name}`;
  }

  #extra(core: Extract<Core, { kind: "primitive" }>): readonly string[] {
    const info = opcodes.find((entry) => entry.name === core.op);
    const kinds = (info?.operands ?? []).filter(
      (kind) => !["dst", "src", "srcs", "fdst", "fsrc"].includes(kind),
    );
    return core.extra.map((value, index) => this.#operand(kinds[index] ?? "int", value));
  }

  #operand(kind: string, value: number): string {
    switch (kind) {
      case "string":
      case "const":
        return JSON.stringify(this.#constant(value));
      case "def":
        return this.#definition(value);
      case "tag":
        return `#${value}`;
      case "slot":
        return `.${value}`;
      case "type":
        return `<${this.#tables.types[value]?.kind ?? value}>`;
      default:
        return String(value);
    }
  }

  #constant(index: number): string {
    const constant = this.#tables.constants[index];
    return constant === undefined ? `constant ${index}` : String(constant.value);
  }

  #definition(index: number): string {
    const name = this.#tables.definitions[index]?.name;
    return name === undefined || name === "" ? `record${index}` : name;
  }

  #item(item: Item): Form {
    switch (item.kind) {
      case "let":
        return [`let ${this.#name(item.local)}`, this.#core(item.value)];
      case "do":
        return this.#core(item.value);
      case "functions":
        return ["functions", ...item.functions.map((fn) => `#${this.#name(fn)}`)];
      case "group":
        return ["instances", ...item.items.map((inner) => this.#item(inner))];
      case "destructure": {
        const value = item.value === undefined ? [] : [["is", this.#core(item.value)]];
        return [
          `take ${this.#name(item.subject)}`,
          ...value,
          ...item.operations.map((operation) => this.#operation(operation)),
        ];
      }
    }
  }

  // ------------------------------------------------------------------------------------------------------------------ plans

  #plan(plan: Plan): readonly Form[] {
    const outer = this.#leaves;
    this.#leaves = new Map();
    const lines =
      plan.kind === "decision"
        ? [...this.#decision(plan)]
        : plan.rows.map((row) => {
            const guard = row.guard === undefined ? [] : [["guard", this.#core(row.guard)]];
            return [
              "row",
              ...row.operations.map((operation) => this.#operation(operation)),
              ...guard,
              this.#leaf(row.leaf),
            ];
          });
    this.#leaves = outer;
    return lines;
  }

  #decision(decision: Decision): readonly Form[] {
    const lines: Form[] = [];
    const bound = (
      bindings: readonly { readonly variable: Local; readonly from: Local }[],
    ): readonly string[] =>
      bindings.map(({ variable, from }) => `(${this.#name(variable)} is ${this.#name(from)})`);
    for (const step of decision.steps) {
      switch (step.kind) {
        case "fetch":
          lines.push([`let ${this.#name(step.local)}`, this.#core(step.value)]);
          break;
        case "switch":
          for (const item of step.cases)
            lines.push([
              `if ${this.#name(step.on)} ${this.#test(item.test)}`,
              ...this.#decision(item.decision),
            ]);
          break;
        case "guard":
          lines.push(["when", this.#core(step.condition), ...bound(step.bindings), this.#leaf(step.leaf)]);
          break;
      }
    }
    if (decision.end.kind === "leaf")
      lines.push(...bound(decision.end.bindings), this.#leaf(decision.end.leaf));
    else lines.push("(fail)");
    return lines;
  }

  /** A body that several decisions end in is shown once. */
  #leaf(leaf: Leaf): Form {
    if (leaf.references < 2) return this.#core(leaf.body);
    const known = this.#leaves.get(leaf);
    if (known !== undefined) return `(goto ${known})`;
    const number = this.#leaves.size + 1;
    this.#leaves.set(leaf, number);
    return [`body ${number}`, this.#core(leaf.body)];
  }

  #operation(operation: Operation): Form {
    switch (operation.kind) {
      case "fetch":
        return [`let ${this.#name(operation.local)}`, this.#core(operation.value)];
      case "test":
        return `(need ${this.#name(operation.on)} ${this.#test(operation.test)})`;
      case "bind":
        return `(let ${this.#name(operation.variable)} ${this.#name(operation.from)})`;
      case "alternatives":
        return [
          "one-of",
          ...operation.ways.map((way) => ["way", ...way.map((inner) => this.#operation(inner))]),
        ];
    }
  }

  #test(test: Test): string {
    switch (test.kind) {
      case "tag":
        return `tag #${test.tag}`;
      case "cons":
      case "nil":
      case "null":
        return test.kind;
      case "equal":
        return `= ${inline(this.#core(test.constant))}`;
      case "text":
        return JSON.stringify(test.value);
      case "length":
        return `length ${test.value}`;
      case "exception":
        return `exception ${this.#definition(test.definition)}`;
      case "exception-class":
        return `class ${test.name}`;
      case "type":
        return `type ${this.#operand("type", test.type)}`;
      default:
        return String(test.value);
    }
  }
}
