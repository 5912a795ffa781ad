import { CLOSER_OF, CLOSERS, type Token, TYPE_CLOSE, TYPE_OPEN } from "../lexer/token.js";

/**
 * The output of the layout filter in the notation of the language reference 2.7: `<` and `>` for the virtual brackets, `;;` for the
 * virtual separator. Brackets of the text are shown without their own block.
 *
 * @example
 * const source = makeSource("plugin.fsx", "let x =\n  1");
 * const bag = new DiagnosticBag("lex");
 * printLayout(layout(source, tokenize(source, bag), bag)); // "let x = < 1 >"
 */
export function printLayout(tokens: readonly Token[]): string {
  const words: string[] = [];
  /** For every open block whether it is shown. */
  const shown: boolean[] = [];
  let previous = "";
  for (const token of tokens) {
    switch (token.kind) {
      case "begin":
        shown.push(!CLOSER_OF.has(previous));
        if (shown[shown.length - 1] === true) words.push("<");
        break;
      case "end":
        if (shown.pop() === true) words.push(">");
        break;
      case "separator":
        words.push(";;");
        break;
      case "eof":
        break;
      default:
        words.push(shownText(token));
    }
    previous = token.kind === "keyword" || token.kind === "symbol" ? token.word : "";
  }
  let text = "";
  for (const [i, word] of words.entries()) {
    const tight =
      i === 0 || CLOSERS.has(word) || word === ";" || word === "," || CLOSER_OF.has(words[i - 1] ?? "");
    text += tight && word !== "end" && words[i - 1] !== "begin" ? word : ` ${word}`;
  }
  return text;
}

function shownText(token: Token): string {
  if (token.word === TYPE_OPEN || token.word === TYPE_CLOSE) return token.text;
  if (token.kind === "type-variable") return `'${token.text}`;
  return token.text;
}
