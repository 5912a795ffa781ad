/** Classes with `let` bindings, functions and members that share them. */
import {
  behind,
  bindingLines,
  block,
  functionBinding,
  mutableBinding,
  type Statement,
  valueBinding,
} from "./blocks.js";
import { type Environment, extend, indent, inside, lookUp, type Scope, visible } from "./code.js";
import { construction, expression } from "./expressions.js";
import { bind, type Generator } from "./generator.js";
import { emptyScope, makeMember } from "./members.js";
import { type ClassDeclaration, type Member, type Setter, type Type, write } from "./types.js";
import { ObjectValue } from "./values.js";

/** `type K0(a: int) = …` */
export function classDeclaration(g: Generator, index: number): readonly string[] {
  const name = `K${index}`;
  const parameters = g.choices.many(0, 2, () => g.dataType(1));
  const variables = g.variables(parameters);
  const members: Member[] = [];
  const setters: Setter[] = [];
  const steps: Statement[] = [];
  let scope = extend(emptyScope, variables);
  for (const _ of g.choices.many(1, 4, () => 0)) {
    const make = g.choices.one([mutableBinding, mutableBinding, valueBinding, functionBinding]);
    const step = make(g, scope, 1);
    steps.push(step);
    scope = behind(scope, step);
  }
  const declaration: ClassDeclaration = {
    name,
    parameters,
    members,
    setters,
    make: (args) => {
      g.trace.tick();
      const start = variables.reduce<Environment | undefined>(
        (e, { id }, i) => bind(e, id, args[i]),
        undefined,
      );
      return new ObjectValue(steps.reduce((e, { run }) => run(e), start));
    },
  };
  const type: Type = { kind: "object", declaration };
  const lines = g.choices.many(1, 4, () => {
    if (g.choices.once(3)) return property(g, scope, members, setters);
    const made = makeMember(g, type, scope, `M${g.freshId()}`);
    members.push(made.member);
    return made.lines;
  });
  g.classes.push(declaration);
  return [
    `type ${name}(${variables.map((one) => `${one.name}: ${write(one.type)}`).join(", ")}) =`,
    ...indent([...steps.flatMap((step) => step.lines), ...lines.flat()]),
  ];
}

/** A property that reads and assigns a variable of the object. */
function property(g: Generator, scope: Scope, members: Member[], setters: Setter[]): readonly string[] {
  const assignable = visible(scope).filter((variable) => variable.assignable);
  if (assignable.length === 0) return [];
  const target = g.choices.one(assignable);
  const name = `M${g.freshId()}`;
  const value = { ...g.variable(target.type), name: "value" };
  const read = block(g, target.type, scope, 1);
  const written = block(g, target.type, extend(scope, [value]), 1);
  const environment = (self: unknown): Environment | undefined => (self as ObjectValue).environment;
  members.push({
    name,
    form: "property",
    parameters: [],
    result: target.type,
    run: (self) => {
      g.trace.tick();
      return read.run(environment(self));
    },
  });
  setters.push({
    name,
    type: target.type,
    assign: (self, given) => {
      g.trace.tick();
      const e = environment(self);
      lookUp(e, target.id).value = written.run(bind(e, value.id, given));
    },
  });
  return [
    `member _.${name}`,
    ...indent(bindingLines(`with get (): ${write(target.type)}`, read)),
    ...indent([
      `and set (value: ${write(target.type)}) =`,
      ...indent([`${target.name} <-`, ...indent(written.lines)]),
    ]),
  ];
}

/** Makes an object, or assigns a property of one. */
export function objectStatement(g: Generator, scope: Scope): Statement | undefined {
  if (g.classes.length === 0) return undefined;
  const known = visible(scope).filter(
    ({ type }) => type.kind === "object" && type.declaration.setters.length > 0,
  );
  if (known.length > 0 && g.choices.once(2)) {
    const target = g.choices.one(known);
    const { declaration } = target.type as Type & { readonly kind: "object" };
    const setter = g.choices.one(declaration.setters);
    const value = expression(g, setter.type, scope, 3);
    return {
      lines: [`${target.name}.${setter.name} <- ${inside(value, 0)}`],
      variables: [],
      run: (e) => {
        const self = lookUp(e, target.id).value;
        setter.assign(self, value.run(e));
        return e;
      },
    };
  }
  const declaration = g.choices.one(g.classes);
  const made = construction(declaration, (type) => expression(g, type, scope, 2));
  const variable = g.variable({ kind: "object", declaration });
  return {
    lines: [`let ${variable.name} = ${made.text}`],
    variables: [variable],
    run: (e) => bind(e, variable.id, made.run(e)),
  };
}
