import type { Token } from "../lexer/token.js";
import type { Literal } from "../syntax/ast.js";

/** The literal that a token stands for. */
export function literalOf(token: Token): Literal | undefined {
  switch (token.word) {
    case "true":
      return { type: "bool", value: true };
    case "false":
      return { type: "bool", value: false };
    case "null":
      return { type: "null" };
  }
  const { value } = token;
  return value === undefined || value.type === "template" || value.type === "load" ? undefined : value;
}

/** The literal with the sign of a prefix `-` or `+` taken in, if it is a number. */
export function signedLiteral(sign: string, token: Token): Literal | undefined {
  const { value } = token;
  if (value === undefined) return undefined;
  if (value.type === "int") return { type: "int", value: sign === "-" ? -value.value : value.value };
  if (value.type === "float") return { type: "float", value: sign === "-" ? -value.value : value.value };
  return undefined;
}
