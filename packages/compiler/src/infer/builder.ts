/** What a computation expression's builder is: an object, a module, or one of the predefined ones (language reference 3.9). */
import type { ModuleEntry, ValueEntry } from "../names/entry.js";
import type { Scope } from "../names/scope.js";
import type { Span } from "../source/source.js";
import type { Expr, Name } from "../syntax/ast.js";
import type { TypedExpr } from "../typed/tree.js";
import { isAny, isConstructed, tupleOf, UNIT } from "../types/builtin.js";
import type { Type } from "../types/type.js";
import { prune } from "../types/type.js";
import { type Argument, applyFunction, type CallSite, inferArgument, typed, written } from "./call.js";
import type { Checker } from "./checker.js";
import { applyHost } from "./host-call.js";
import { accessLabel } from "./members.js";
import { valueOf } from "./values.js";

export interface Builder {
  /** The body follows the rules of comprehensions: items without `yield` yield, ranges are computed on demand. */
  readonly generates?: boolean;
  /** Of the program, not of the library. */
  readonly own?: boolean;
  /** Of the program, with all that it takes for items that have a value to be yielded in a body without `yield` and `return`, as in F#. */
  readonly yieldsItems?: boolean;
  has(operation: string): boolean;
  /** Applies an operation to its arguments, as one tuple if its parameter is one. */
  apply(checker: Checker, operation: string, site: CallSite): TypedExpr;
}

/** `Bind` is also found as `bind`. */
function spellings(operation: string): readonly string[] {
  return [operation, operation.charAt(0).toLowerCase() + operation.slice(1)];
}

/** Operations without which no item is yielded that does not say so. */
const FOR_YIELDED_ITEMS = ["Yield", "Combine", "Delay", "Zero"];

/** A builder of the program. */
abstract class OwnBuilder implements Builder {
  readonly own = true;

  get yieldsItems(): boolean {
    return FOR_YIELDED_ITEMS.every((operation) => this.has(operation));
  }

  has(operation: string): boolean {
    return operation === "Item" || operation === "Statement" || this.finds(operation);
  }

  apply(checker: Checker, operation: string, site: CallSite): TypedExpr {
    const { args, span, scope, expected } = site;
    if (operation !== "Item" && operation !== "Statement") return this.call(checker, operation, site);
    const [item, rest] = args as readonly [Argument, Argument | undefined];
    const node = inferArgument(checker, item, scope);
    const isUnit = isConstructed(prune(node.type), UNIT.constructor);
    if (!isUnit) {
      const value = this.call(checker, "Yield", { ...site, args: [typed(node)], expected: undefined });
      if (rest?.kind !== "written") return value;
      const later: Expr = { kind: "lambda", params: [{ kind: "unit", span }], body: rest.expr, span };
      const delayed = this.call(checker, "Delay", { ...site, args: [written(later)], expected: undefined });
      return this.call(checker, "Combine", { ...site, args: [typed(value), typed(delayed)] });
    }
    const unit = typed({ kind: "unit", type: UNIT, span });
    const result =
      rest?.kind === "written"
        ? checker.infer(rest.expr, scope, expected)
        : this.call(checker, "Zero", { ...site, args: [unit] });
    return { kind: "block", statements: [{ kind: "do", expr: node, span }], result, type: result.type, span };
  }

  protected abstract finds(operation: string): boolean;

  protected abstract call(checker: Checker, operation: string, site: CallSite): TypedExpr;
}

/** An object of a class, a record, an anonymous record or a host object. */
export class ObjectBuilder extends OwnBuilder {
  constructor(
    readonly checker: Checker,
    readonly target: TypedExpr,
  ) {
    super();
  }

  #name(operation: string): string | undefined {
    const type = prune(this.target.type);
    const { members } = this.checker;
    return spellings(operation).find(
      (name) =>
        members.field(type, name) !== undefined ||
        members.declared(type, name) !== undefined ||
        isHostMember(members.intrinsic(type, name)?.module),
    );
  }

  protected override finds(operation: string): boolean {
    if (isAny(prune(this.target.type))) return ["Bind", "Return", "Zero"].includes(operation);
    return this.#name(operation) !== undefined;
  }

  /** Has it any operation that makes it a builder? */
  get isBuilder(): boolean {
    return (
      isAny(prune(this.target.type)) ||
      ["Bind", "Return", "Yield", "For", "Zero", "Run"].some((name) => this.finds(name))
    );
  }

  protected override call(checker: Checker, operation: string, site: CallSite): TypedExpr {
    const { span, scope } = site;
    const name = this.#name(operation);
    if (name === undefined && !isAny(prune(this.target.type))) return checker.broken(span);
    const label: Name = { text: name ?? operation, span };
    const callee = accessLabel(checker, this.target, label, scope, span);
    return applyOperationTo(checker, callee, site);
  }
}

function isHostMember(module: string | undefined): boolean {
  return module !== undefined && module !== "<any>";
}

/** A module of the script or the host. */
export class ModuleBuilder extends OwnBuilder {
  constructor(readonly module: ModuleEntry) {
    super();
  }

  #entry(operation: string): ValueEntry | undefined {
    for (const name of spellings(operation)) {
      const entry = this.module.values.get(name) ?? this.module.host?.value(name);
      if (entry !== undefined) return entry;
    }
    return undefined;
  }

  protected override finds(operation: string): boolean {
    return this.#entry(operation) !== undefined;
  }

  protected override call(checker: Checker, operation: string, site: CallSite): TypedExpr {
    const { span } = site;
    const entry = this.#entry(operation);
    if (entry === undefined) return checker.broken(span);
    if (entry.kind === "host") return applyHost(checker, entry, span, site);
    return applyOperationTo(checker, valueOf(checker, entry, span), site);
  }
}

/** Names of library functions and constructors that do the work of a predefined builder; `swap`: the function comes first. */
interface Operation {
  readonly callee: (span: Span) => Expr;
  readonly swap: boolean;
}

/** `option`, `result`, `list`. */
export class PredefinedBuilder implements Builder {
  constructor(
    readonly operations: ReadonlyMap<string, Operation>,
    readonly root: Scope,
  ) {}

  has(operation: string): boolean {
    return this.operations.has(operation);
  }

  apply(checker: Checker, operation: string, site: CallSite): TypedExpr {
    const { args, span, scope } = site;
    const found = this.operations.get(operation);
    if (found === undefined) return checker.broken(span);
    if (!found.swap) {
      const callee = checker.infer(found.callee(span), this.root);
      return applyFunction(checker, callee, site);
    }
    // `List.collect f xs`: the value is known before the function, as in a pipe.
    const [value, callback] = args as readonly [Argument, Argument];
    const node = value.kind === "written" ? checker.infer(value.expr, scope) : value.node;
    const callee = checker.infer(found.callee(span), this.root);
    return applyFunction(checker, callee, { ...site, args: [callback, { kind: "typed", node }] });
  }
}

function member(module: string, name: string): (span: Span) => Expr {
  return (span) => ({
    kind: "member",
    target: { kind: "name", name: { text: module, span }, span },
    label: { text: name, span },
    span,
  });
}

function core(name: string): (span: Span) => Expr {
  return (span) => ({ kind: "name", name: { text: name, span }, span });
}

/** `fun x -> body x`. */
function lambda(body: (x: Expr, span: Span) => Expr): (span: Span) => Expr {
  return (span) => {
    const name: Name = { text: "x", span };
    const x: Expr = { kind: "name", name, span };
    return {
      kind: "lambda",
      params: [{ kind: "name", name: { parts: [name], span }, span }],
      body: body(x, span),
      span,
    };
  };
}

const singleton = lambda((x, span) => ({
  kind: "collection",
  shape: "list",
  content: { kind: "items", items: [x] },
  span,
}));

const PREDEFINED: ReadonlyMap<string, ReadonlyMap<string, Operation>> = new Map([
  [
    "option",
    new Map<string, Operation>([
      ["Bind", { callee: member("Option", "bind"), swap: true }],
      ["Return", { callee: core("Some"), swap: false }],
    ]),
  ],
  [
    "result",
    new Map<string, Operation>([
      ["Bind", { callee: member("Result", "bind"), swap: true }],
      ["Return", { callee: core("Ok"), swap: false }],
    ]),
  ],
  [
    "list",
    new Map<string, Operation>([
      ["Bind", { callee: member("List", "collect"), swap: true }],
      ["For", { callee: member("List", "collect"), swap: true }],
      ["Return", { callee: singleton, swap: false }],
      ["Yield", { callee: singleton, swap: false }],
      ["Combine", { callee: member("List", "append"), swap: false }],
      [
        "Zero",
        {
          callee: lambda((_, span) => ({
            kind: "collection",
            shape: "list",
            content: { kind: "items", items: [] },
            span,
          })),
          swap: false,
        },
      ],
    ]),
  ],
]);

export function predefinedBuilder(name: string, root: Scope): PredefinedBuilder | undefined {
  const operations = PREDEFINED.get(name);
  return operations === undefined ? undefined : new PredefinedBuilder(operations, root);
}

/** An operation whose parameter type is a tuple takes one; otherwise its arguments are curried. */
function applyOperationTo(checker: Checker, callee: TypedExpr, site: CallSite): TypedExpr {
  const { args, span, scope } = site;
  const type = prune(callee.type);
  const parameter: Type | undefined = type.kind === "function" ? prune(type.parameter) : undefined;
  if (args.length < 2 || parameter?.kind !== "tuple" || parameter.items.length !== args.length) {
    return applyFunction(checker, callee, site);
  }
  const expressions = args.flatMap((argument) => (argument.kind === "written" ? [argument.expr] : []));
  if (expressions.length === args.length)
    return applyFunction(checker, callee, {
      ...site,
      args: [written({ kind: "tuple", items: expressions, span })],
    });
  const items = args.map((argument, i) =>
    checker.coerce(inferArgument(checker, argument, scope), parameter.items[i] as Type),
  );
  const tuple: TypedExpr = { kind: "tuple", items, type: tupleOf(items.map((item) => item.type)), span };
  return applyFunction(checker, callee, { ...site, args: [typed(tuple)] });
}
