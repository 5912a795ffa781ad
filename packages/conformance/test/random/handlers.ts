/** The clauses behind `with` of a `try`. */
import { type Block, type Environment, extend, indent, type Meaning, type Scope } from "./code.js";
import { bind, type Generator } from "./generator.js";
import { string } from "./types.js";
import { Raised } from "./values.js";

/** A clause, and what it does with an exception: nothing, or its body runs in an environment. */
export interface Handler<Body> {
  readonly lines: readonly string[];
  readonly handles: (error: Raised, environment: Environment | undefined) => Handled<Body> | undefined;
}

interface Handled<Body> {
  readonly body: Body;
  readonly environment: Environment | undefined;
}

export function handlers<Body extends { readonly lines: readonly string[] }>(
  g: Generator,
  scope: Scope,
  make: (scope: Scope) => Body,
): readonly Handler<Body>[] {
  const clauses: Handler<Body>[] = [];
  if (g.choices.once(2)) {
    const message = { ...g.variable(string), name: "message" };
    const body = make(extend(scope, [message]));
    clauses.push({
      lines: [`| Failure ${message.name} ->`, ...indent(body.lines)],
      handles: (error, e) =>
        error.code === "FUS0519" ? { body, environment: bind(e, message.id, error.message) } : undefined,
    });
  }
  if (g.choices.once(3)) {
    const body = make(scope);
    clauses.push({
      lines: ["| :? DivideByZeroException ->", ...indent(body.lines)],
      handles: (error, environment) => (error.code === "FUS0503" ? { body, environment } : undefined),
    });
  }
  for (const declaration of g.exceptions) {
    if (g.choices.once(2)) continue;
    const variables = g.variables(declaration.fields);
    const body = make(extend(scope, variables));
    const fields =
      variables.length === 0 ? "" : ` (${variables.map((variable) => variable.name).join(", ")})`;
    clauses.push({
      lines: [`| ${declaration.name}${fields} ->`, ...indent(body.lines)],
      handles: (error, e) => {
        if (error.declared?.declaration !== declaration) return undefined;
        const values = error.declared.fields;
        const environment = variables.reduce((inner, { id }, i) => bind(inner, id, values[i]), e);
        return { body, environment };
      },
    });
  }
  if (clauses.length === 0 || g.choices.once(2)) {
    const body = make(scope);
    clauses.push({
      lines: ["| _ ->", ...indent(body.lines)],
      handles: (_, environment) => ({ body, environment }),
    });
  }
  return clauses;
}

/** `try … with` over several lines. */
export function tried<Body extends { readonly lines: readonly string[]; readonly run: Meaning }>(
  body: Body,
  clauses: readonly Handler<Body>[],
): Block {
  return {
    lines: ["try", ...indent(body.lines), "with", ...clauses.flatMap(({ lines }) => lines)],
    run: (e) => {
      try {
        return body.run(e);
      } catch (error) {
        if (!(error instanceof Raised)) throw error;
        const handler = handled(clauses, error, e);
        return handler.body.run(handler.environment);
      }
    },
  };
}

/** What the first clause that handles the exception does with it; the exception goes on when there is none. */
export function handled<Body>(
  clauses: readonly Handler<Body>[],
  error: Raised,
  environment: Environment | undefined,
): Handled<Body> {
  for (const { handles } of clauses) {
    const found = handles(error, environment);
    if (found !== undefined) return found;
  }
  throw error;
}
