/** The condition of an `#if` line: names with `&&`, `||`, `!` and parentheses. */

const MAX_NESTING = 64;

/** The value of a condition, or undefined if it is malformed (or nested deeper than anybody writes). */
export function evaluateCondition(text: string, symbols: ReadonlySet<string>): boolean | undefined {
  const words = text.match(/&&|\|\||[!()]|[A-Za-z_][A-Za-z0-9_]*|\S/g) ?? [];
  let at = 0;
  let nesting = 0;
  const value = either();
  return at === words.length ? value : undefined;

  function either(): boolean | undefined {
    let left = both();
    while (words[at] === "||") {
      at++;
      const right = both();
      left = left === undefined || right === undefined ? undefined : left || right;
    }
    return left;
  }

  function both(): boolean | undefined {
    let left = single();
    while (words[at] === "&&") {
      at++;
      const right = single();
      left = left === undefined || right === undefined ? undefined : left && right;
    }
    return left;
  }

  function single(): boolean | undefined {
    let negate = false;
    while (words[at] === "!") {
      negate = !negate;
      at++;
    }
    const word = words[at++];
    let inner: boolean | undefined;
    if (word === "(") {
      if (++nesting > MAX_NESTING) return undefined;
      inner = either();
      if (words[at++] !== ")") return undefined;
      nesting--;
    } else {
      inner = word !== undefined && /^\w+$/.test(word) ? symbols.has(word) : undefined;
    }
    return inner === undefined ? undefined : inner !== negate;
  }
}
