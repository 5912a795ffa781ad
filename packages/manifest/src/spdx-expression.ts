/**
 * Whether a text has the form of an SPDX licence expression: ids joined by AND and OR, exceptions by WITH, parentheses.
 * The ids themselves are not looked up: the list grows faster than hosts are updated.
 */
export function isSpdxExpression(text: string): boolean {
  if (text.length > 1_000) return false;
  const words = text.match(/[()]|[^\s()]+/g) ?? [];
  let open = 0;
  let expectsId = true;
  for (const [index, word] of words.entries()) {
    if (word === "(" && expectsId) open++;
    else if (word === ")" && !expectsId && open > 0) open--;
    else if (expectsId && ID.test(word) && !OPERATOR.test(word)) expectsId = false;
    else if (!expectsId && OPERATOR.test(word) && !(word === "WITH" && words[index - 1] === ")"))
      expectsId = true;
    else return false;
  }
  return !expectsId && open === 0;
}

const OPERATOR = /^(?:AND|OR|WITH)$/;
const ID = /^[A-Za-z0-9][A-Za-z0-9.-]*\+?(?::[A-Za-z0-9][A-Za-z0-9.-]*)?$/;
