/** Members and constructors of declared types, and what classes bind (language reference 3.2). */
import { Scope } from "../names/scope.js";
import type {
  Binding,
  Item,
  LetItem,
  MemberDefinition,
  Name,
  Pattern,
  TypeDefinition,
  TypeExpr,
} from "../syntax/ast.js";
import type { FieldValue, Statement, TypedExpr, TypedPattern, Variable } from "../typed/tree.js";
import { ANY, constructed, curried, functionType, refOf, UNIT } from "../types/builtin.js";
import { monomorphic, quantify } from "../types/scheme.js";
import type {
  Bound,
  ClassDeclaration,
  MemberInfo,
  Scheme,
  Type,
  TypeDeclaration,
  TypeVariable,
} from "../types/type.js";
import { GENERIC_LEVEL, prune } from "../types/type.js";
import { inferLambda, inferLet } from "./bindings.js";
import type { Checker, PolymorphicUse, RecursiveGroup } from "./checker.js";
import { type GroupMember, inferInParts } from "./group-parts.js";
import { operatorOfMember } from "./member-operators.js";
import type { Defined } from "./type-definitions.js";
import { announcedType } from "./type-expressions.js";
import { intrinsic } from "./values.js";

/** Members and constructors of a group see each other: they are one recursive group of functions. */
export function inferMembers(
  checker: Checker,
  defined: readonly Defined[],
  scope: Scope,
): readonly Statement[] {
  const polymorphic: PolymorphicUse[] = [];
  const group: RecursiveGroup = { variables: new Set(), uses: [], polymorphic };
  const bindings: GroupMember[] = [];
  const owners: Type[] = [];
  const classes: ClassDeclaration[] = [];
  const { parts, rest } = checker.deeper(() => {
    for (const { definition, params, declaration } of defined) {
      if (declaration === undefined) continue;
      if (definition.members.length === 0 && declaration.kind !== "class") continue;
      const args = declaration.params.map((param) => checker.fresh(param.name));
      const owner = constructed(declaration.constructor, args);
      owners.push(owner);
      const names = [...params.keys()];
      const own = new Map(names.map((name, i) => [name, args[i] as TypeVariable]));
      const member = new MemberGroup(checker, definition, declaration, owner, own, scope);
      if (declaration.kind === "class") {
        classes.push(declaration);
        bindings.push(member.constructorBinding(declaration));
      }
      bindings.push(...member.memberBindings());
    }
    for (const binding of bindings) group.variables.add(binding.variable);
    checker.groups.push(group);
    try {
      return inferInParts(
        checker,
        group,
        bindings.map((one) => unified(checker, one)),
        scope,
        () => [...owners, ...classes.flatMap(({ fields }) => fields.map(({ type }) => type))],
      );
    } finally {
      checker.groups.pop();
    }
  });
  if (bindings.length === 0) return [];
  // What a class holds belongs to the object, not to each use: only the parameters of the type itself may vary.
  const ownParams = new Set(
    owners.flatMap((owner) => (owner.kind === "constructed" ? owner.args.map(prune) : [])),
  );
  for (const declaration of classes) {
    quantify(
      declaration.fields.map((field) => field.type).filter((type) => !ownParams.has(prune(type))),
      checker.level,
      (variable) => ownParams.has(variable),
    );
  }
  const types = bindings.map(({ variable }) => variable.scheme.type);
  const shared = [...ownParams].filter(
    (type): type is TypeVariable => type.kind === "variable" && type.level === GENERIC_LEVEL,
  );
  shared.push(...checker.generalise(types, scope, () => true));
  // What the parts have of their own comes behind what the whole group shares.
  for (const { variable } of bindings) {
    const { quantified, type } = variable.scheme;
    variable.scheme = { quantified: [...shared, ...quantified], type };
  }
  for (const use of [...group.uses, ...polymorphic]) use.instantiation = [...shared, ...use.instantiation];
  for (const { declaration } of defined) if (declaration?.kind === "class") alignFields(declaration, owners);
  const span = defined[0]?.definition.span ?? (bindings[0] as GroupMember).variable.span;
  return [...parts.map((part) => part.bindings), rest].map((part) => ({
    kind: "let-rec",
    bindings: part,
    span,
  }));
}

/** The member, with what is inferred for it as the type that the others know. */
function unified(checker: Checker, { variable, infer }: GroupMember): GroupMember {
  return {
    variable,
    infer: () => {
      const value = infer();
      checker.unify(variable.scheme.type, value.type, variable.span);
      return value;
    },
  };
}

/** Field types of a class speak of the variables of its constructor; from outside they speak of its parameters. */
function alignFields(declaration: ClassDeclaration, owners: readonly Type[]): void {
  const owner = owners.find(
    (type) => type.kind === "constructed" && type.constructor === declaration.constructor,
  );
  if (owner?.kind !== "constructed") return;
  owner.args.forEach((arg, i) => {
    const own = prune(arg);
    const param = declaration.params[i];
    if (own.kind !== "variable" || param === undefined) return;
    declaration.fields = declaration.fields.map((field) =>
      prune(field.type) === own ? { ...field, type: param } : field,
    );
  });
}

class MemberGroup {
  readonly #captured = new Map<string, { readonly scheme: Scheme; readonly cell: boolean }>();

  constructor(
    readonly checker: Checker,
    readonly definition: TypeDefinition,
    readonly declaration: TypeDeclaration,
    readonly owner: Type,
    readonly params: ReadonlyMap<string, TypeVariable>,
    readonly scope: Scope,
  ) {}

  #variable(name: Name): Variable {
    const { checker } = this;
    const variable = checker.variable(`${this.declaration.name}.${name.text}`, checker.fresh(), name.span, {
      global: true,
    });
    return variable;
  }

  #annotated<T>(body: () => T): T {
    const { checker } = this;
    const { annotated, annotatedLevel } = checker;
    checker.annotated = new Map(this.params);
    checker.annotatedLevel = checker.level;
    try {
      return body();
    } finally {
      checker.annotated = annotated;
      checker.annotatedLevel = annotatedLevel;
    }
  }

  memberBindings(): readonly GroupMember[] {
    const { members, operators, setters } = this.declaration;
    return this.definition.members.map((member): GroupMember => {
      const operator = member.isStatic ? operatorOfMember(member.name.text) : undefined;
      const known = member.isSetter ? setters : members;
      if (operator === undefined && known.has(member.name.text)) {
        this.checker.error(
          "FUS0210",
          member.name.span,
          `Duplicate member '${member.name.text}'`,
          "Rename one",
        );
      }
      const variable = this.#variable(member.name);
      const info: MemberInfo = {
        name: member.name.text,
        isStatic: member.isStatic,
        isProperty: member.params.length === 0,
        variable,
      };
      if (operator === undefined || operator !== member.name.text) known.set(member.name.text, info);
      if (operator !== undefined) operators.set(operator, [...(operators.get(operator) ?? []), info]);
      this.#announceType(member, variable);
      return { variable, infer: () => this.#annotated(() => this.#memberFunction(member, variable)) };
    });
  }

  /** The shape of a member is known to the members before it. */
  #announceType(member: MemberDefinition, variable: Variable): void {
    const { checker } = this;
    const parameters: Type[] = member.isStatic ? [] : [this.owner];
    if (member.isStatic && member.params.length === 0) parameters.push(UNIT);
    for (const param of member.params)
      parameters.push(this.#annotated(() => announcedType(checker, param, this.scope)));
    const result =
      member.type === undefined
        ? checker.fresh()
        : this.#annotated(() => checker.rules.type(checker, member.type as TypeExpr, this.scope));
    checker.unify(variable.scheme.type, curried(parameters, result), variable.span);
  }

  #memberFunction(member: MemberDefinition, variable: Variable): TypedExpr {
    const { checker } = this;
    const selfName: Name = member.self ?? { text: "_", span: member.name.span };
    const self = checker.variable(selfName.text, this.owner, selfName.span);
    const inner = new Scope(this.scope);
    if (!member.isStatic) {
      for (const [label, { scheme, cell }] of this.#captured)
        inner.defineValue(label, { kind: "captured", self, label, scheme, cell });
      if (selfName.text !== "_") inner.defineValue(selfName.text, { kind: "variable", variable: self });
    }
    const announced = prune(variable.scheme.type);
    const afterSelf = announced.kind === "function" && !member.isStatic ? announced.result : announced;
    const params: readonly Pattern[] =
      member.isStatic && member.params.length === 0
        ? [{ kind: "unit", span: member.name.span }]
        : member.params;
    const typed = inferLambda(
      checker,
      params,
      inner,
      variable.name,
      afterSelf,
      member.span,
      (scope, result) => {
        if (member.type !== undefined)
          return checker.check(member.body, scope, checker.rules.type(checker, member.type, scope));
        return result === undefined || result.kind === "variable"
          ? checker.infer(member.body, scope)
          : checker.check(member.body, scope, result);
      },
    );
    if (member.isStatic) return typed.lambda;
    const selfPattern: TypedPattern = {
      kind: "variable",
      variable: self,
      type: this.owner,
      span: selfName.span,
    };
    const type = functionType(this.owner, typed.type);
    const { lambda } = typed;
    if (lambda.kind !== "lambda") return lambda;
    return { ...lambda, params: [selfPattern, ...lambda.params], type };
  }

  /** `type B(a, b) = let … member …`: a function that evaluates the bindings and makes the object of what they bind. */
  constructorBinding(declaration: ClassDeclaration): GroupMember {
    const { checker, definition } = this;
    const variable = this.#variable({ text: "new", span: definition.name.span });
    const { body } = definition;
    const params = body.kind === "class" ? body.params : [];
    const span = definition.span;
    const param: Pattern =
      params.length === 0
        ? { kind: "unit", span }
        : params.length === 1
          ? (params[0] as Pattern)
          : { kind: "tuple", items: params, span };
    checker.unify(variable.scheme.type, functionType(checker.fresh(), this.owner), variable.span);
    this.scope.defineValue(definition.name.text, { kind: "class", declaration, create: variable });
    const infer = (): TypedExpr =>
      this.#annotated(
        () =>
          inferLambda(
            checker,
            [param],
            this.scope,
            variable.name,
            prune(variable.scheme.type),
            span,
            (scope) =>
              this.#constructorBody(declaration, param, body.kind === "class" ? body.bindings : [], scope),
          ).lambda,
      );
    return { variable, infer };
  }

  /** The object and the closures of its constructor share a mutable binding: it lives in a reference cell, which hides the value it starts with. */
  #cell(start: Variable, scope: Scope): Statement {
    const { checker } = this;
    const { name, span } = start;
    const initial = checker.use(start, span);
    const type = refOf(initial.type);
    const variable = checker.variable(name, type, span);
    const callee: TypedExpr = { ...intrinsic(checker, "ref", span), type: functionType(initial.type, type) };
    scope.defineValue(name, { kind: "cell", variable });
    return {
      kind: "let",
      pattern: { kind: "variable", variable, type, span },
      value: { kind: "apply", callee, args: [initial], type, span },
      span,
    };
  }

  #constructorBody(
    declaration: ClassDeclaration,
    param: Pattern,
    items: readonly Item[],
    scope: Scope,
  ): TypedExpr {
    const { checker } = this;
    const span = this.definition.span;
    const statements: Statement[] = [];
    const names = new Set<string>(namesIn(param));
    for (const item of items) {
      if (item.kind === "expr") {
        statements.push({
          kind: "do",
          expr: checker.rules.statement(checker, item.expr, scope),
          span: item.span,
        });
        continue;
      }
      const made = inferLet(checker, immutable(item), scope, false);
      statements.push(...made);
      for (const statement of made)
        for (const variable of boundBy(statement)) {
          names.add(variable.name);
          if (isMutable(item)) statements.push(this.#cell(variable, scope));
        }
    }
    const fields: FieldValue[] = [];
    const described: { label: string; type: Type; mutable: boolean; span: Name["span"] }[] = [];
    for (const name of names) {
      const entry = scope.value(name);
      if (entry?.kind !== "variable" && entry?.kind !== "cell") continue;
      const { variable } = entry;
      const { value, scheme } = captured(checker, variable);
      fields.push({ label: name, value });
      described.push({ label: name, type: value.type, mutable: false, span: variable.span });
      this.#captured.set(name, { scheme, cell: entry.kind === "cell" });
    }
    declaration.fields = described;
    const object: TypedExpr = { kind: "record", fields, type: this.owner, span };
    return statements.length === 0
      ? object
      : { kind: "block", statements, result: object, type: this.owner, span };
  }
}

/**
 * The value of a binding of a class as a field of the object. A field holds one function for all its uses: a function that asks nothing of a type that
 * a value cannot answer itself stays polymorphic, any other is of the one type at which the members use it.
 */
function captured(
  checker: Checker,
  variable: Variable,
): { readonly value: TypedExpr; readonly scheme: Scheme } {
  const { scheme } = variable;
  const value = checker.use(variable, variable.span);
  const isOpen = scheme.quantified.every(({ bounds }) => bounds.every(({ kind }) => ANSWERED.has(kind)));
  if (value.kind !== "variable" || !isOpen) return { value, scheme: monomorphic(value.type) };
  for (const type of value.instantiation) checker.unify(type, ANY, variable.span);
  return { value, scheme };
}

/** Bounds that every value satisfies by what it says of itself. */
const ANSWERED: ReadonlySet<Bound["kind"]> = new Set(["eq", "ord"]);

/** `let mutable x = e` of a class. */
function isMutable({ bindings }: LetItem): boolean {
  return bindings.some(({ head }) => head.kind === "pattern" && head.mutable);
}

/** What a mutable binding of a class starts with. */
function immutable(item: LetItem): LetItem {
  if (!isMutable(item)) return item;
  const bindings = item.bindings.map(
    (binding): Binding =>
      binding.head.kind === "pattern" ? { ...binding, head: { ...binding.head, mutable: false } } : binding,
  );
  return { ...item, bindings };
}

function boundBy(statement: Statement): readonly Variable[] {
  switch (statement.kind) {
    case "let":
      return variablesIn(statement.pattern);
    case "use":
      return [statement.variable];
    case "let-rec":
      return statement.bindings.map((binding) => binding.variable);
    case "do":
      return [];
  }
}

function variablesIn(pattern: TypedPattern): readonly Variable[] {
  switch (pattern.kind) {
    case "variable":
      return [pattern.variable];
    case "tuple":
    case "array":
      return pattern.items.flatMap(variablesIn);
    case "cons":
      return [...variablesIn(pattern.head), ...variablesIn(pattern.tail)];
    case "record":
      return pattern.fields.flatMap((field) => variablesIn(field.pattern));
    case "case":
    case "exception":
      return pattern.args.flatMap(variablesIn);
    case "or":
      return variablesIn(pattern.left);
    case "and":
      return [...variablesIn(pattern.left), ...variablesIn(pattern.right)];
    case "as":
      return [pattern.variable, ...variablesIn(pattern.pattern)];
    case "active":
      return pattern.argument === undefined ? [] : variablesIn(pattern.argument);
    default:
      return [];
  }
}

/** Names that a pattern of a constructor binds. */
function namesIn(pattern: Pattern): readonly string[] {
  switch (pattern.kind) {
    case "name":
      return pattern.name.parts.length === 1 ? [(pattern.name.parts[0] as Name).text] : [];
    case "paren":
      return namesIn(pattern.inner);
    case "annotate":
      return namesIn(pattern.pattern);
    case "tuple":
      return pattern.items.flatMap(namesIn);
    case "as":
      return [pattern.name.text, ...namesIn(pattern.pattern)];
    default:
      return [];
  }
}
