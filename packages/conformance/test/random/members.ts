/** Members of declared types: properties, methods, static members and operators; each may use those before it. */
import { bindingLines, block } from "./blocks.js";
import {
  applicationLevel,
  type Code,
  extend,
  inside,
  postfixLevel,
  type Scope,
  type Variable,
} from "./code.js";
import { argumentText, binary, expression } from "./expressions.js";
import { bind, type Generator } from "./generator.js";
import { type Declaration, type Member, same, type Type, write } from "./types.js";
import { ObjectValue, type Value } from "./values.js";

/** Levels of the operators that members define. */
const operators = { "+": 11, "-": 11, "*": 12, "@@": 8, "<+>": 6, "|*|": 6, "%%": 12 } as const;

/** Writes members and adds them to those of the type. Types with parameters have none. */
export function memberLines(g: Generator, declaration: Declaration, members: Member[]): readonly string[] {
  if (declaration.parameters > 0) return [];
  const type: Type = { kind: "declared", declaration, args: [] };
  return g.choices
    .many(0, 3, () => {
      const { lines, member } = makeMember(g, type, emptyScope, `M${g.freshId()}`);
      if (!members.some(({ name }) => name === member.name)) {
        members.push(member);
        return lines;
      }
      return [];
    })
    .flat();
}

export const emptyScope: Scope = { variables: [], recognisers: [], inLoop: false, top: false };

/** `member self.M(a: int) = …`; the body sees `scope`, the object and its parameters. */
export function makeMember(
  g: Generator,
  type: Type,
  scope: Scope,
  name: string,
): { readonly lines: readonly string[]; readonly member: Member } {
  const isObject = type.kind === "object";
  const form = g.choices.one([
    "property",
    "method",
    "curried",
    ...(isObject ? [] : (["static", "operator", "operator"] as const)),
  ] as const);
  if (form === "operator") return operator(g, type, scope);
  const types = form === "property" ? [] : g.choices.many(form === "curried" ? 1 : 0, 2, () => g.dataType(1));
  const result = g.dataType(1);
  const parameters = g.variables(types);
  const self: Variable = { ...g.variable(type), name: g.choices.one(["this", "self", "it"]) };
  const inner = extend(scope, [...(form === "static" ? [] : [self]), ...parameters]);
  const body = block(g, result, inner, 2);
  const shown = parameters.map((parameter) => `${parameter.name}: ${write(parameter.type)}`);
  const list =
    form === "property"
      ? ""
      : form === "curried"
        ? shown.map((one) => ` (${one})`).join("")
        : `(${shown.join(", ")})`;
  const head = `${form === "static" ? "static member " : `member ${self.name}.`}${name}${list}`;
  return {
    lines: bindingLines(`${head}: ${write(result)}`, body),
    member: {
      name,
      form,
      parameters: types,
      result,
      run: (value, args) => {
        g.trace.tick();
        const outer = value instanceof ObjectValue ? value.environment : undefined;
        const own = form === "static" ? outer : bind(outer, self.id, value);
        return body.run(parameters.reduce((e, { id }, i) => bind(e, id, args[i]), own));
      },
    },
  };
}

function operator(
  g: Generator,
  type: Type,
  scope: Scope,
): { readonly lines: readonly string[]; readonly member: Member } {
  const name = g.choices.one(Object.keys(operators));
  const types = [type, type];
  const parameters = g.variables(types);
  const body = block(g, type, extend(scope, parameters), 1);
  const shown = parameters.map((parameter) => `${parameter.name}: ${write(type)}`);
  return {
    lines: bindingLines(
      `static member (${name.startsWith("*") || name.endsWith("*") ? ` ${name} ` : name}) (${shown.join(", ")}): ${write(type)}`,
      body,
    ),
    member: {
      name,
      form: "operator",
      parameters: types,
      result: type,
      run: (_, args) => {
        g.trace.tick();
        return body.run(
          parameters.reduce<ReturnType<typeof bind> | undefined>(
            (e, { id }, i) => bind(e, id, args[i]),
            undefined,
          ),
        );
      },
    },
  };
}

/** Uses of members that give the type. */
export function memberUses(g: Generator, type: Type, scope: Scope, depth: number): (() => Code)[] {
  const owners: readonly {
    readonly type: Type;
    readonly name: string;
    readonly members: readonly Member[];
  }[] = [
    ...g.declarations
      .filter(({ parameters }) => parameters === 0)
      .map((declaration) => ({
        type: { kind: "declared", declaration, args: [] } as const,
        name: declaration.name,
        members: declaration.members,
      })),
    ...g.classes.map((declaration) => ({
      type: { kind: "object", declaration } as const,
      name: declaration.name,
      members: declaration.members,
    })),
  ];
  return owners.flatMap((owner) =>
    owner.members
      .filter(({ result }) => same(result, type))
      .map((member) => () => use(g, owner.type, owner.name, member, scope, depth)),
  );
}

function use(g: Generator, type: Type, owner: string, member: Member, scope: Scope, depth: number): Code {
  const { name, form, run } = member;
  if (form === "operator") {
    const [left, right] = member.parameters.map((parameter) => expression(g, parameter, scope, depth)) as [
      Code,
      Code,
    ];
    const level = operators[name as keyof typeof operators];
    return binary(name, level, left, right, (x, y) => run(undefined, [x, y]), level === 8 ? "right" : "left");
  }
  const receiver = form === "static" ? undefined : expression(g, type, scope, depth);
  const args = member.parameters.map((parameter) => expression(g, parameter, scope, depth));
  const target = `${receiver === undefined ? owner : inside(receiver, postfixLevel)}.${name}`;
  const meaning = (e: Parameters<Code["run"]>[0]): Value => {
    const self = receiver?.run(e);
    return run(
      self,
      args.map((argument) => argument.run(e)),
    );
  };
  if (form === "property") return { text: target, level: postfixLevel, run: meaning };
  if (form === "curried")
    return {
      text: [target, ...args.map(argumentText)].join(" "),
      level: applicationLevel,
      run: meaning,
    };
  return {
    text: `${target}(${args.map((argument) => inside(argument, 3)).join(", ")})`,
    level: postfixLevel,
    run: meaning,
  };
}
