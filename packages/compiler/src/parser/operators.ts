/** Levels of the binary operators (language reference 3.4); higher binds tighter. */
import { isQuoted, type Token } from "../lexer/token.js";

export const TYPE_TEST_LEVEL = 10;
export const CAST_LEVEL = 5;
export const COMMA_LEVEL = 2;
const REF_ASSIGN_LEVEL = 1;
export const ASSIGN_LEVEL = 0;
/** The level of tokens that are no binary operator. */
export const NO_OPERATOR = -1;

const SYMBOL_LEVELS: ReadonlyMap<string, number> = new Map([
  ["::", 9],
  ["=", 6],
  [":=", REF_ASSIGN_LEVEL],
  ["<-", ASSIGN_LEVEL],
  [",", COMMA_LEVEL],
  [":?", TYPE_TEST_LEVEL],
  [":>", CAST_LEVEL],
  [":?>", CAST_LEVEL],
]);

const EXACT_LEVELS: ReadonlyMap<string, number> = new Map([
  ["&&&", 7],
  ["|||", 7],
  ["^^^", 7],
  ["<<<", 7],
  [">>>", 7],
  ["&&", 4],
  ["&", 4],
  ["||", 3],
]);

export function levelOf(token: Token): number {
  switch (token.kind) {
    case "symbol":
      return SYMBOL_LEVELS.get(token.word) ?? NO_OPERATOR;
    case "operator":
      return operatorLevel(token.word);
    case "name":
      return token.text === "or" && !isQuoted(token) ? 3 : NO_OPERATOR;
    default:
      return NO_OPERATOR;
  }
}

function operatorLevel(text: string): number {
  let at = 0;
  while (text.charCodeAt(at) === 46) at++;
  const bare = at === 0 ? text : text.slice(at);
  const exact = EXACT_LEVELS.get(bare);
  if (exact !== undefined) return exact;
  switch (bare.charAt(0)) {
    case "*":
      return bare.startsWith("**") ? 13 : 12;
    case "/":
    case "%":
      return 12;
    case "+":
    case "-":
      return 11;
    case "^":
    case "@":
      return 8;
    case "!":
      return bare.startsWith("!=") ? 6 : NO_OPERATOR;
    case "=":
    case "<":
    case ">":
    case "|":
    case "&":
    case "$":
      return 6;
    default:
      return NO_OPERATOR;
  }
}

export function isRightAssociative(level: number): boolean {
  return (
    level === 13 ||
    level === 9 ||
    level === 8 ||
    level === REF_ASSIGN_LEVEL ||
    level === ASSIGN_LEVEL ||
    level === COMMA_LEVEL
  );
}

/** The name under which an operator is looked up: `or` and `&` are other spellings of `||` and `&&`. */
export function operatorName(token: Token): string {
  if (token.word === "&") return "&&";
  return token.kind === "name" ? "||" : token.text;
}
