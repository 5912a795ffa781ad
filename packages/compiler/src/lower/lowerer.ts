import { mayHoldFunction } from "../capabilities/function-holding.js";
import type { Core, GlobalVariable, Item } from "../core/core.js";
import { CoreFunction } from "../core/function.js";
import { Local } from "../core/local.js";
import { References } from "../core/references.js";
import { CompilerBug } from "../errors.js";
import type { ModuleTables } from "../module/tables.js";
import type { Span } from "../source/source.js";
import type { TypedExpr, Variable } from "../typed/tree.js";
import type { Type, TypeConstructor, TypeVariable } from "../types/type.js";
import type { Argument } from "./argument.js";
import type { Environment, Meaning } from "./environment.js";
import type { HostMembers } from "./host-members.js";
import { classOfType, type TypeClass } from "./type-class.js";

/** Where lowering stands. */
export interface Context {
  /** Function that the code belongs to. */
  readonly fn: CoreFunction;
  readonly environment: Environment;
  /** What the code mentions is noted here. */
  readonly references: References;
  /** The exception that the surrounding handler has caught, for `reraise`. */
  readonly exception: Local | undefined;
  /** List, last element first, of what the surrounding comprehension has yielded. */
  readonly accumulator: Local | undefined;
}

/** How trees are lowered; handed in, since every rule needs the lowerer and the lowerer needs the rules. */
export interface LoweringRules {
  expression(lowerer: Lowerer, expr: TypedExpr): Core;
  apply(lowerer: Lowerer, callee: TypedExpr, args: readonly Argument[], span: Span): Core;
}

/** Lowers one program: carries the context and what is common to all stages of it. */
export class Lowerer {
  /** Stands for whatever a mutable variable or a cell may hold. */
  readonly stored: References = new References();
  /** The program keeps functions where only `stored` tells which. */
  storesFunctions = false;
  /** It does so in fields or arrays, which patterns and library functions read. */
  storesInside = false;
  /** All functions made so far. */
  readonly functions: CoreFunction[] = [];
  /** Where the values of exported variables are stored. */
  readonly exportedGlobals: Map<Variable, GlobalVariable> = new Map();
  /** Types that the exported instance of a specialised binding gives to its type variables. */
  readonly exportedTypes: Map<Variable, ReadonlyMap<TypeVariable, Type>> = new Map();
  /** Tells type constructors of equal names apart in keys. */
  readonly constructorNumbers: Map<TypeConstructor, number> = new Map();
  readonly #rules: LoweringRules;
  readonly #pending: (() => void)[] = [];
  /** Functions that are made once for the program, by key. */
  readonly #shared = new Map<string, CoreFunction>();
  /** Where functions of the host that need a capability are used as values. */
  readonly #importValues: { readonly index: number; readonly span: Span }[] = [];
  #context: Context;

  constructor(
    readonly tables: ModuleTables,
    readonly hosts: HostMembers,
    context: Context,
    rules: LoweringRules,
  ) {
    this.#context = context;
    this.#rules = rules;
    this.functions.push(context.fn);
  }

  get context(): Context {
    return this.#context;
  }

  expression(expr: TypedExpr): Core {
    return this.#rules.expression(this, expr);
  }

  expressions(exprs: readonly TypedExpr[]): readonly Core[] {
    return exprs.map((expr) => this.expression(expr));
  }

  /** The application of `callee` to arguments that may not come from the tree. */
  apply(callee: TypedExpr, args: readonly Argument[], span: Span): Core {
    return this.#rules.apply(this, callee, args, span);
  }

  within<T>(context: Context, action: () => T): T {
    const outer = this.#context;
    this.#context = context;
    try {
      return action();
    } finally {
      this.#context = outer;
    }
  }

  /** Work that may wait, so that chains of instances do not nest. It runs in the context of now. */
  later(action: () => void): void {
    const context = this.#context;
    this.#pending.push(() => this.within(context, action));
  }

  finish(): void {
    for (let next = this.#pending.pop(); next !== undefined; next = this.#pending.pop()) next();
    if (!this.storesFunctions) return;
    for (const fn of this.functions) if (fn.handedOn) this.stored.addFunction(fn);
    for (const { index, span } of this.#importValues) this.stored.addUse(index, span);
  }

  // ---------------------------------------------------------------------------------------------------------------- types

  resolve(type: Type): Type {
    return this.#context.environment.resolve(type);
  }

  classOf(type: Type): TypeClass {
    return classOfType(this.resolve(type));
  }

  typeIndex(type: Type): number {
    return this.tables.type(this.#context.environment.resolveAll(type));
  }

  // ------------------------------------------------------------------------------------------------------------ variables

  bind(variable: Variable, meaning: Meaning): void {
    this.#context.environment.bind(variable, meaning);
  }

  meaning(variable: Variable): Meaning {
    const meaning = this.#context.environment.find(variable);
    if (meaning === undefined)
      throw new CompilerBug(`variable '${variable.name}' has no meaning here`, variable.span);
    return meaning;
  }

  local(name: string, mutable = false): Local {
    return new Local(name, this.#context.fn, mutable);
  }

  /** A fresh local for a variable of the source. */
  declare(variable: Variable): Local {
    const local = this.local(variable.name, variable.mutable);
    this.bind(variable, { kind: "local", local });
    return local;
  }

  mention(local: Local): Local {
    if (local.owner === this.#context.fn) local.uses++;
    else {
      local.captured = true;
      this.#context.fn.mentionFree(local);
    }
    return local;
  }

  read(local: Local, span: Span): Core {
    return { kind: "local", local: this.mention(local), span };
  }

  assign(local: Local, value: Core, span: Span): Core {
    return { kind: "assign", local: this.mention(local), value, span };
  }

  // ------------------------------------------------------------------------------------------------------------ functions

  function(name: string, arity: number, binder: Local | undefined, span: Span): CoreFunction {
    const fn = new CoreFunction(name, arity, binder, span);
    this.functions.push(fn);
    return fn;
  }

  /** Lowers the body of `fn` with its own context. */
  inside<T>(fn: CoreFunction, action: () => T): T {
    const { environment, exception } = this.#context;
    return this.within(
      { fn, environment, references: fn.references, exception, accumulator: undefined },
      action,
    );
  }

  #note(fn: CoreFunction): void {
    const { fn: user, references } = this.#context;
    user.references.addFunction(fn);
    if (references !== user.references) references.addFunction(fn);
  }

  functionValue(fn: CoreFunction, span: Span): Core {
    fn.handedOn = true;
    return this.functionForHost(fn, span);
  }

  /** A function as a value that the program does not see. */
  functionForHost(fn: CoreFunction, span: Span): Core {
    fn.escapes = true;
    this.#note(fn);
    if (fn.binder !== undefined) this.mentionBinder(fn.binder);
    return { kind: "function", fn, span };
  }

  callKnown(fn: CoreFunction, args: readonly Core[], span: Span): Core {
    this.#note(fn);
    if (fn.binder !== undefined) this.mentionBinder(fn.binder);
    return { kind: "call-known", fn, args, span };
  }

  /** Whether the closure is needed at all is known only when all uses have been seen; closure conversion adds the capture. */
  mentionBinder(binder: Local): void {
    if (binder.owner === this.#context.fn) binder.uses++;
  }

  /** A function without free variables that the program holds once. */
  shared(
    key: string,
    name: string,
    span: Span,
    params: readonly string[],
    body: (params: readonly Local[]) => Core,
  ): CoreFunction {
    const known = this.#shared.get(key);
    if (known !== undefined) return known;
    const fn = this.function(name, params.length, undefined, span);
    this.#shared.set(key, fn);
    this.inside(fn, () => {
      const locals = params.map((param) => this.local(param));
      fn.params = locals;
      fn.body = body(locals);
    });
    return fn;
  }

  callImport(index: number, args: readonly Core[], span: Span): Core {
    if (this.#isGuarded(index)) this.#context.references.addUse(index, span);
    return { kind: "call-import", import: index, args, span };
  }

  #isGuarded(index: number): boolean {
    return this.tables.imports[index]?.capability !== undefined;
  }

  /** A value that may hold functions is stored where only `stored` tells what it is. */
  noteStore(type: Type, where: "variable" | "inside"): void {
    if (!mayHoldFunction(this.resolve(type))) return;
    this.storesFunctions = true;
    if (where === "inside") this.storesInside = true;
  }

  /** A value is read that was stored so. */
  noteStoredRead(type: Type): void {
    if (mayHoldFunction(this.resolve(type))) this.#context.references.addOther(this.stored);
  }

  importValue(index: number, span: Span): Core {
    if (this.#isGuarded(index)) {
      this.#context.references.addUse(index, span);
      this.#importValues.push({ index, span });
    }
    return { kind: "import", import: index, span };
  }

  /** Keeps a value in a local while `use` looks at it more than once. */
  bound(value: Core, name: string, span: Span, use: (read: () => Core) => Core): Core {
    if (value.kind === "local" && !value.local.mutable) {
      let first = true;
      return use(() => {
        if (!first) this.mention(value.local);
        first = false;
        return value;
      });
    }
    const local = this.local(name);
    const items: Item[] = [{ kind: "let", local, value, span }];
    return { kind: "block", items, result: use(() => this.read(local, span)), span };
  }
}
