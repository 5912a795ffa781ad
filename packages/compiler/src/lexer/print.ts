import type { Token, Tokens } from "./token.js";

/**
 * The tokens, one a line: `line:column kind text`, lines and columns from 1; tokens in holes are indented.
 *
 * @example
 * printTokens(tokenize(makeSource("plugin.fsx", "x"), new DiagnosticBag("lex"))); // '1:1 name "x"'
 */
export function printTokens(tokens: Tokens): string {
  const lines: string[] = [];
  print(tokens.tokens, "", lines);
  return lines.join("\n");
}

function print(tokens: readonly Token[], indent: string, lines: string[]): void {
  for (const token of tokens) {
    if (token.kind === "eof") continue;
    const text = token.kind === "interpolated" ? "" : ` ${JSON.stringify(token.text)}`;
    lines.push(
      `${indent}${token.line + 1}:${token.column + 1} ${token.kind}${text}${token.prefix ? " prefix" : ""}`,
    );
    if (token.value?.type !== "template") continue;
    for (const part of token.value.parts) {
      if (part.kind === "text") lines.push(`${indent}  text ${JSON.stringify(part.text)}`);
      else {
        const suffix = [part.specifier, part.width, part.format]
          .filter((piece) => piece !== undefined)
          .join(" ");
        lines.push(`${indent}  hole${suffix === "" ? "" : ` ${suffix}`}`);
        print(part.tokens, `${indent}    `, lines);
      }
    }
  }
}
