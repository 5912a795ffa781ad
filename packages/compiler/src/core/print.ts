/** Core as text, for people: one function after the other, as S-expressions with a line for every step of a block. */
import { opcodes } from "@fusabi/vm";
import type { CoreProgram } from "../lower/program.js";
import type { Decision, Leaf, Operation, Plan, Test } from "../match/plan.js";
import type { ModuleTables } from "../module/tables.js";
import type { Core, Item } from "./core.js";
import type { CoreFunction } from "./function.js";
import type { Local } from "./local.js";

/** All functions of a program. */
export function printCore(program: CoreProgram): string {
  const printer = new Printer(program.tables);
  return program.functions.map((fn) => printer.function(fn)).join("\n");
}

/** Expressions longer than this get a line for each part. */
const WIDTH = 100;

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

  function(fn: CoreFunction): string {
    const params = fn.params.map((param) => this.#name(param)).join(" ");
    return `(function ${this.#name(fn)} (${params})\n${indented(this.#core(fn.body))})\n`;
  }

  #list(head: string, parts: readonly string[]): string {
    const line = `(${[head, ...parts].join(" ")})`;
    if (parts.length === 0 || (line.length <= WIDTH && !line.includes("\n"))) return line;
    return `(${head}\n${parts.map(indented).join("\n")})`;
  }

  #all(parts: readonly Core[]): readonly string[] {
    return parts.map((part) => this.#core(part));
  }

  #core(core: Core): string {
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
        return this.#list("call", this.#all([core.callee, ...core.args]));
      case "call-known":
        return this.#list(`call #${this.#name(core.fn)}`, this.#all(core.args));
      case "call-import":
        return this.#list(`call ${this.#import(core.import)}`, this.#all(core.args));
      case "primitive":
        return this.#list([core.op, ...this.#extra(core)].join(" "), this.#all(core.args));
      case "compare":
        return this.#list(`${core.operator}.${core.mode}`, this.#all([core.left, core.right]));
      case "and":
      case "or":
        return this.#list(core.kind, this.#all([core.left, core.right]));
      case "block":
        return `(block\n${[...core.items.map((item) => this.#item(item)), this.#core(core.result)].map(indented).join("\n")})`;
      case "if": {
        const branches = core.branches.map((branch) =>
          this.#list("when", this.#all([branch.condition, branch.body])),
        );
        return this.#list("if", [...branches, this.#list("else", [this.#core(core.otherwise)])]);
      }
      case "match": {
        const subject =
          core.components.length > 0
            ? this.#list(
                "tuple",
                core.components.map((local) => this.#name(local)),
              )
            : this.#name(core.subject);
        const value = core.value === undefined ? [] : [`(is ${this.#core(core.value)})`];
        return this.#list(`match ${subject}`, [
          ...value,
          ...this.#plan(core.plan),
          `(otherwise ${core.failure})`,
        ]);
      }
      case "assign":
        return this.#list(`set ${this.#name(core.local)}`, [this.#core(core.value)]);
      case "assign-global":
        return this.#list(`set @${core.global.name}`, [this.#core(core.value)]);
      case "while":
        return this.#list("while", this.#all([core.condition, core.body]));
      case "count":
        return this.#list(
          `count ${this.#name(core.local)} by ${core.step}`,
          this.#all([core.from, core.to, core.body]),
        );
      case "each":
        return this.#list(
          `each ${this.#name(core.local)} of ${core.over}`,
          this.#all([core.collection, core.body]),
        );
      case "break":
      case "continue":
        return `(${core.kind})`;
      case "try-with":
        return this.#list("try", [
          this.#core(core.body),
          this.#list(`catch ${this.#name(core.exception)}`, [this.#core(core.handler)]),
        ]);
      case "try-finally":
        return this.#list("try", [this.#core(core.body), this.#list("finally", [this.#core(core.cleanup)])]);
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

  #item(item: Item): string {
    switch (item.kind) {
      case "let":
        return this.#list(`let ${this.#name(item.local)}`, [this.#core(item.value)]);
      case "do":
        return this.#core(item.value);
      case "functions":
        return this.#list(
          "functions",
          item.functions.map((fn) => `#${this.#name(fn)}`),
        );
      case "group":
        return this.#list(
          "instances",
          item.items.map((inner) => this.#item(inner)),
        );
      case "destructure": {
        const value = item.value === undefined ? [] : [`(is ${this.#core(item.value)})`];
        return this.#list(`take ${this.#name(item.subject)}`, [
          ...value,
          ...item.operations.map((operation) => this.#operation(operation)),
        ]);
      }
    }
  }

  // ------------------------------------------------------------------------------------------------------------------ plans

  #plan(plan: Plan): readonly string[] {
    const outer = this.#leaves;
    this.#leaves = new Map();
    const lines =
      plan.kind === "decision"
        ? [...this.#decision(plan)]
        : plan.rows.map((row) => {
            const guard = row.guard === undefined ? [] : [`(guard ${this.#core(row.guard)})`];
            return this.#list("row", [
              ...row.operations.map((operation) => this.#operation(operation)),
              ...guard,
              this.#leaf(row.leaf),
            ]);
          });
    this.#leaves = outer;
    return lines;
  }

  #decision(decision: Decision): readonly string[] {
    const lines: string[] = [];
    const bound = (
      bindings: readonly { readonly variable: Local; readonly from: Local }[],
    ): readonly string[] =>
      bindings.map(({ variable, from }) => `(${this.#name(variable)} is ${this.#name(from)})`);
    for (const step of decision.steps) {
      switch (step.kind) {
        case "fetch":
          lines.push(this.#list(`let ${this.#name(step.local)}`, [this.#core(step.value)]));
          break;
        case "switch":
          for (const item of step.cases)
            lines.push(
              this.#list(`if ${this.#name(step.on)} ${this.#test(item.test)}`, this.#decision(item.decision)),
            );
          break;
        case "guard":
          lines.push(
            this.#list(`when ${this.#core(step.condition)}`, [
              ...bound(step.bindings),
              this.#leaf(step.leaf),
            ]),
          );
          break;
      }
    }
    if (decision.end.kind === "leaf")
      lines.push(...bound(decision.end.bindings), this.#leaf(decision.end.leaf));
    else lines.push("(fail)");
    return lines;
  }

  /** A body that several decisions end in is shown once. */
  #leaf(leaf: Leaf): string {
    if (leaf.references < 2) return this.#core(leaf.body);
    const known = this.#leaves.get(leaf);
    if (known !== undefined) return `(goto ${known})`;
    const number = this.#leaves.size + 1;
    this.#leaves.set(leaf, number);
    return this.#list(`body ${number}`, [this.#core(leaf.body)]);
  }

  #operation(operation: Operation): string {
    switch (operation.kind) {
      case "fetch":
        return this.#list(`let ${this.#name(operation.local)}`, [this.#core(operation.value)]);
      case "test":
        return `(need ${this.#name(operation.on)} ${this.#test(operation.test)})`;
      case "bind":
        return `(let ${this.#name(operation.variable)} ${this.#name(operation.from)})`;
      case "alternatives":
        return this.#list(
          "one-of",
          operation.ways.map((way) =>
            this.#list(
              "way",
              way.map((inner) => this.#operation(inner)),
            ),
          ),
        );
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
        return `= ${this.#core(test.constant)}`;
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

function indented(text: string): string {
  return text
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}
