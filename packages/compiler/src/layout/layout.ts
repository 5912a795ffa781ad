/**
 * The layout filter (language reference, section 2): inserts `begin`, `end` and `separator` tokens, so that the parser never looks
 * at columns. Its output is balanced whatever the input: every `begin` has its `end`, every opening bracket its closing one; what
 * was missing in the text has been reported and put in, a closing bracket without partner has been reported and left out.
 */
import type { DiagnosticBag } from "../diagnostics/diagnostic.js";
import { CLOSER_OF, CLOSERS, isQuoted, type Token, type Tokens, virtualToken } from "../lexer/token.js";
import type { Source } from "../source/source.js";
import { type Context, isBoundary, type Owner } from "./context.js";

/** Steps that searches without result may take, a fixed number and some for every token; only text made to be slow gets there. */
const SEARCH_BUDGET = 20_000_000;
const SEARCH_BUDGET_PER_TOKEN = 100;
/** Words at the start of a line that go on with a `let` above. */
const LET_ENDS: ReadonlySet<string> = new Set(["in", "and", "with"]);
const MAX_PILE = 3;

const CONTINUATION = new Set([
  ..."then else elif with finally do done in and of end when as to downto -> <- = : , ; |".split(" "),
  ...CLOSERS,
]);
/** Symbols that are binary operators. */
const INFIX_SYMBOLS = new Set(["=", "::", ":=", ":>", ":?", ":?>"]);
const ENDING_KEYWORDS = new Set(["true", "false", "null", "done", "end", "break", "continue"]);
const ENDING_SYMBOLS = new Set([")", "]", "}", "|]", "|}", ">]", "_", "›"]);
const INLINE_ASSIGN = new Set(["if", "match", "try", "let", "for", "while"]);
const MEMBER_WORDS = new Set([
  "member",
  "static",
  "override",
  "abstract",
  "default",
  "val",
  "new",
  "interface",
  "inherit",
]);
/** Keywords that a pattern can start with. */
const PATTERN_KEYWORDS = new Set(["true", "false", "null"]);
/** What F# encloses the members of some types in, up to `end`. */
const FOREIGN_BRACKETS = new Set(["class", "struct", "interface"]);
const DECLARATION_WORDS = new Set(["let", "type", "module", "open", "exception"]);
const LABEL_BEFORE = new Set(["{", "{|", ";", "with", "mutable"]);

/**
 * The layout filter. The input ends with an `eof` token, and so does the result; holes of interpolated strings are filtered on their own. Never throws, whatever
 * the tokens are: what is missing is reported to `bag` and put in.
 *
 * @example
 * const bag = new DiagnosticBag("parse");
 * const filtered = layout(source, tokenize(source, bag), bag);
 */
export function layout(source: Source, input: Tokens, bag: DiagnosticBag): readonly Token[] {
  return filter(source, input.tokens, input.truncated, bag);
}

function filter(
  source: Source,
  tokens: readonly Token[],
  truncated: boolean,
  bag: DiagnosticBag,
): readonly Token[] {
  let run = new LayoutFilter(source, tokens, undefined);
  // A bracket that is never closed has swallowed the rest of the file. Now that it is known, end it where the indentation says
  // that its construct was over, so that the items behind it are read as what they are.
  if (run.hasBracketErrors && !truncated) run = new LayoutFilter(source, tokens, run.unclosed);
  run.report(bag, truncated);
  const { output } = run;
  for (let i = 0; i < output.length; i++) {
    const token = output[i] as Token;
    if (token.kind === "interpolated") output[i] = filterHoles(source, token, truncated, bag);
  }
  return output;
}

function filterHoles(source: Source, token: Token, truncated: boolean, bag: DiagnosticBag): Token {
  if (token.value?.type !== "template") return token;
  const parts = token.value.parts.map((part) =>
    part.kind === "text" ? part : { ...part, tokens: filter(source, part.tokens, truncated, bag) },
  );
  return { ...token, value: { type: "template", parts } };
}

type Requirement = "deeper" | "deeper-or-bracketed" | "not-left" | "anything";

/** A token behind which a block starts. */
interface Opener {
  readonly owner: Owner;
  readonly token: Token;
  readonly anchor: number;
  readonly requirement: Requirement;
  readonly fields: boolean;
}

interface Finding {
  readonly code: string;
  readonly token: Token;
  readonly message: string;
  readonly hint: string | undefined;
  /** It is missing at the end of the file, which says nothing if the lexer did not reach the real end. */
  readonly atEnd: boolean;
}

class LayoutFilter {
  readonly output: Token[] = [];
  /** Brackets that were open at the end of the file. */
  readonly unclosed: Set<Token> = new Set();
  readonly #source: Source;
  readonly #tokens: readonly Token[];
  /** Brackets known to be never closed, from an earlier run. */
  readonly #doomed: ReadonlySet<Token> | undefined;
  readonly #stack: Context[] = [];
  /** The boundaries on the stack. */
  readonly #boundaries: Context[] = [];
  readonly #findings: Finding[] = [];
  #opener: Opener | undefined;
  /** The word whose clause list starts at the next token. */
  #rulesAfter: Token | undefined;
  /** Column of the first token on the current line. */
  #indent = 0;
  #searched = 0;
  /** The closing bracket that was left out last. */
  #dropped: Token | undefined;

  constructor(source: Source, tokens: readonly Token[], doomed: ReadonlySet<Token> | undefined) {
    this.#source = source;
    this.#tokens = tokens;
    this.#doomed = doomed;
    this.#run();
  }

  get hasBracketErrors(): boolean {
    return this.#findings.some((finding) => finding.code === "FUS0101");
  }

  report(bag: DiagnosticBag, truncated: boolean): void {
    for (const { code, token, message, hint, atEnd } of this.#findings) {
      if (atEnd && truncated) continue;
      bag.error(code, { source: this.#source, start: token.start, end: token.end }, message, hint);
    }
  }

  #run(): void {
    const tokens = this.#tokens;
    const first = tokens[0];
    const eof = tokens[tokens.length - 1];
    if (first === undefined || eof === undefined) return;
    const budget = SEARCH_BUDGET + SEARCH_BUDGET_PER_TOKEN * tokens.length;
    this.#indent = first.column;
    this.#push({ kind: "block", owner: "file", column: first.column, anchor: 0, line: first.line, word: "" });
    for (let i = 0; i < tokens.length - 1; i++) {
      let token = tokens[i];
      const next = tokens[i + 1];
      if (token === undefined || next === undefined) break;
      if (token.bol) this.#indent = token.column;
      if (token.kind === "keyword") {
        if (token.word === "else" && next.word === "if" && !next.bol) {
          token = { ...token, word: "elif", text: "elif", end: next.end };
          i++;
        } else if ((next.word === "=" || next.word === ":") && this.#isLabel(token, tokens[i - 1])) {
          token = { ...token, kind: "name", word: "" };
        }
      }
      this.#take(token, i + 1);
      if (this.#searched > budget) {
        this.#find("FUS0129", token, "Nested too deeply", "Split the expression into functions or bindings");
        break;
      }
    }
    this.#finish(eof);
  }

  #finish(eof: Token): void {
    if (this.#opener !== undefined) this.#emptyBlock(eof);
    for (let top = this.#top(); this.#stack.length > 1; top = this.#top()) {
      if (top.bracket !== undefined) {
        this.unclosed.add(top.bracket);
        this.#closeByForce(top.bracket, eof, true);
      } else this.#pop();
    }
    this.output.push(eof);
  }

  #find(code: string, token: Token, message: string, hint?: string, atEnd = false): void {
    this.#findings.push({ code, token, message, hint, atEnd });
  }

  // ------------------------------------------------------------------------------------------------------------- the stack

  #top(): Context {
    return this.#stack[this.#stack.length - 1] as Context;
  }

  #push(entry: Pick<Context, "kind" | "column" | "anchor" | "line" | "word"> & Partial<Context>): void {
    const context: Context = {
      kind: entry.kind,
      column: entry.column,
      anchor: entry.anchor,
      progress: entry.progress ?? "header",
      line: entry.line,
      word: entry.word,
      owner: entry.owner,
      bracket: entry.bracket,
      bracketIndent: entry.bracketIndent ?? 0,
      fields: entry.fields ?? false,
      inline: entry.inline ?? false,
      bars: entry.bars ?? false,
      awaitsIn: entry.awaitsIn ?? false,
    };
    this.#stack.push(context);
    if (isBoundary(context)) this.#boundaries.push(context);
  }

  /** Removes the top entry; a block is ended in the output. */
  #pop(): void {
    const entry = this.#stack.pop();
    if (entry === this.#boundaries[this.#boundaries.length - 1]) this.#boundaries.pop();
    if (entry?.kind === "block") this.#virtual("end");
  }

  #popTo(entry: Context): void {
    while (this.#top() !== entry && this.#stack.length > 1) this.#pop();
  }

  /** The innermost entry inside the boundary that fits; the boundary itself counts. */
  #search(fits: (entry: Context) => boolean): Context | undefined {
    for (let i = this.#stack.length - 1; i >= 0; i--) {
      const entry = this.#stack[i] as Context;
      if (fits(entry)) return entry;
      if (isBoundary(entry)) {
        // Only a search in vain is paid for: one that succeeds pops what it has passed.
        this.#searched += this.#stack.length - i;
        return undefined;
      }
    }
    return undefined;
  }

  #boundary(): Context {
    return this.#boundaries[this.#boundaries.length - 1] as Context;
  }

  // ------------------------------------------------------------------------------------------------------------ the output

  #last(): Token | undefined {
    return this.output[this.output.length - 1];
  }

  #virtual(kind: "begin" | "end" | "separator", before?: Token): void {
    const last = this.#last();
    const place = before ?? last;
    if (place === undefined) return;
    this.output.push(virtualToken(kind, before?.start ?? place.end, place));
  }

  #separate(token: Token): void {
    const last = this.#last();
    if (last === undefined || last.kind === "begin" || last.kind === "separator") return;
    // `do` waits for no loop when it gets here, so it starts an item; a label never does.
    if (token.word === "." || isInfix(token) || (CONTINUATION.has(token.word) && token.word !== "do")) return;
    if (!canEndItem(last)) return;
    this.#virtual("separator", token);
  }

  #open(opener: Opener): void {
    this.#opener = opener;
  }

  #emptyBlock(before: Token): void {
    this.#virtual("begin", before);
    this.#virtual("end", before);
    this.#opener = undefined;
  }

  // ------------------------------------------------------------------------------------------------------------ one token

  #take(token: Token, next: number): void {
    let opened = false;
    if (this.#rulesAfter !== undefined) {
      const bar = token.word === "|";
      // A line that starts with a keyword is no clause: there are none, and the line is something else.
      const missing = token.bol && token.kind === "keyword" && !PATTERN_KEYWORDS.has(token.word);
      if (!missing)
        this.#push({
          kind: "rules",
          column: bar ? token.column : token.column - 2,
          anchor: token.bol ? token.column : this.#indent,
          line: token.line,
          word: this.#rulesAfter.word,
        });
      this.#rulesAfter = undefined;
    } else if (this.#opener !== undefined) {
      opened = this.#openBlock(this.#opener, token);
    }
    const closes = CLOSERS.has(token.word);
    if (token.bol && !opened && !closes && token.word !== ";;") {
      if (this.#doomed !== undefined) this.#abandonDoomed(token, this.#doomed);
      this.#startLine(token);
    }
    this.#applyKeyword(token, next, closes);
  }

  /** Section 2.3: the first token behind an opener. */
  #openBlock(opener: Opener, token: Token): boolean {
    const bracket = opener.owner === "bracket";
    const bar = token.word === "|" && token.column === opener.anchor;
    if (!bracket && (CLOSERS.has(token.word) || (token.bol && !bar && !this.#satisfies(opener, token)))) {
      this.#emptyBlock(token);
      return false;
    }
    this.#opener = undefined;
    this.#virtual("begin", token);
    this.#push({
      kind: "block",
      owner: opener.owner,
      column: token.column,
      anchor: opener.anchor,
      line: token.line,
      word: opener.token.word,
      bracket: bracket ? opener.token : undefined,
      bracketIndent: opener.anchor,
      fields: opener.fields,
      inline: !token.bol,
      bars: bar && token.bol && !bracket,
    });
    return true;
  }

  #satisfies(opener: Opener, token: Token): boolean {
    switch (opener.requirement) {
      case "anything":
        return true;
      case "not-left":
        return token.column >= opener.anchor;
      case "deeper":
        return token.column > opener.anchor;
      case "deeper-or-bracketed":
        return token.column > opener.anchor || this.#boundary().owner === "bracket";
    }
  }

  /** Section 2.4: what a token at the start of a line closes. */
  #startLine(token: Token): void {
    for (;;) {
      const top = this.#top();
      switch (top.kind) {
        case "block": {
          if (isBoundary(top)) {
            if (token.column < top.column && top.word !== "(" && top.word !== "begin")
              top.column = token.column;
            if (token.column === top.column) this.#separate(token);
            return;
          }
          if (token.column < top.column || (top.bars && token.column === top.column && token.word !== "|")) {
            if (this.#continuesBlock(token, top)) return;
            if (this.#fitsNoBlock(token, top)) {
              // It is read as the next line of the block: what follows it is probably in the same column.
              top.column = token.column;
              this.#separate(token);
              return;
            }
            this.#pop();
            continue;
          }
          if (token.column === top.column) this.#separate(token);
          return;
        }
        case "rules":
          if (token.word === "|" ? token.column >= top.column : token.column > top.column) return;
          break;
        case "let":
          if (LET_ENDS.has(token.word)) return;
          if (top.progress === "pending" && (token.word === "=" || token.column > top.column)) return;
          if (token.column > top.column) {
            this.#find(
              "FUS0112",
              token,
              "This line fits no open block",
              `It is left of column ${this.#closedColumn(top) + 1} but right of the '${top.word}' at line ${top.line + 1}`,
            );
            this.#stack.pop();
            this.#virtual("separator", token);
            return;
          }
          break;
        default:
          if (awaits(top, token.word)) return;
          if (top.progress === "header" && token.column > top.column) return;
      }
      this.#stack.pop();
    }
  }

  /** Column of the block that has just been closed above a `let`. */
  #closedColumn(entry: Context): number {
    for (let i = this.output.length - 1, depth = 0; i >= 0; i--) {
      const token = this.output[i];
      if (token?.kind === "end") depth++;
      else if (token?.kind === "begin" && --depth === 0) return token.column;
    }
    return entry.column;
  }

  /** Left of a block, but right of the `let` that owns it: FUS0112. */
  #fitsNoBlock(token: Token, block: Context): boolean {
    const owner = this.#stack[this.#stack.length - 2];
    if (block.owner !== "let" || owner?.kind !== "let" || owner.progress === "pending") return false;
    if (token.column <= owner.column || LET_ENDS.has(token.word)) return false;
    this.#find(
      "FUS0112",
      token,
      "This line fits no open block",
      `It is left of column ${block.column + 1} but right of the '${owner.word}' at line ${owner.line + 1}`,
    );
    return true;
  }

  /** The rules of 2.4 by which a token left of a block still belongs to it. */
  #continuesBlock(token: Token, block: Context): boolean {
    const { owner } = block;
    const infix = isInfix(token);
    if (infix) {
      if (token.column >= block.column - token.text.length - 1) return true;
      if (isContinued(owner) && token.column > block.anchor) return true;
    }
    if (!infix && !CONTINUATION.has(token.word) && block.inline && token.column > block.anchor) {
      if (isContinued(owner) || owner === "fun") return true;
    }
    if (token.word === "|") {
      return this.#barTarget(token) !== undefined || this.#search(isBarTarget) === undefined;
    }
    return false;
  }

  #barTarget(bar: Token): Context | undefined {
    return this.#search(
      (entry) => isBarTarget(entry) && (!bar.bol || entry.kind === "block" || entry.column <= bar.column),
    );
  }

  /** In the second run: ends unclosed brackets whose construct the indentation says is over. */
  #abandonDoomed(token: Token, doomed: ReadonlySet<Token>): void {
    for (;;) {
      const boundary = this.#boundary();
      const { bracket } = boundary;
      if (bracket === undefined || token.column > boundary.bracketIndent) return;
      // Closing brackets may have gone to the wrong partners, so a declaration ends every bracket that began at its left.
      if (!doomed.has(bracket) && !DECLARATION_WORDS.has(token.word)) return;
      if (isInfix(token) || CONTINUATION.has(token.word)) return;
      this.#popTo(boundary);
      this.#closeByForce(bracket, token, true);
    }
  }

  /** Ends the bracket block on top, for which no closing bracket is there. */
  #closeByForce(bracket: Token, before: Token, atEnd: boolean): void {
    const hint = `The partner is expected before line ${before.line + 1}`;
    // Of a pile of brackets that are open at one place, the innermost say enough.
    const pile = this.#findings.slice(-MAX_PILE).filter((finding) => finding.hint === hint).length;
    if (pile < MAX_PILE) this.#find("FUS0101", bracket, `'${bracket.word}' is not closed`, hint, atEnd);
    this.#pop();
    const closer = CLOSER_OF.get(bracket.word) ?? ")";
    const last = this.#last() ?? before;
    this.output.push({
      ...virtualToken("end", last.end, last),
      kind: closer === "end" ? "keyword" : "symbol",
      word: closer,
      text: closer,
    });
  }

  // ----------------------------------------------------------------------------------------------------- keywords (2.5)

  #applyKeyword(token: Token, next: number, closes: boolean): void {
    if (closes) return this.#closeBracket(token);
    switch (token.kind) {
      case "keyword":
        return this.#keyword(token);
      case "symbol":
        return this.#symbol(token, next);
      case "name":
        if (FOREIGN_BRACKETS.has(token.text) && this.#startsForeignBody(token, next)) {
          this.output.push(token);
          return this.#openBracket({ ...token, word: "begin" });
        }
        if (MEMBER_WORDS.has(token.text) && this.#startsMember(token)) {
          this.output.push(token);
          return this.#pushLet(token, "member");
        }
    }
    this.output.push(token);
  }

  #keyword(token: Token): void {
    switch (token.word) {
      case "let":
      case "use":
      case "let!":
      case "use!":
      case "and!":
      case "exception":
      case "module":
        this.output.push(token);
        return this.#pushLet(token, token.word);
      case "type": {
        const afterOpen = this.#last()?.word === "open";
        this.output.push(token);
        if (!afterOpen) this.#pushLet(token, "type");
        return;
      }
      case "and": {
        const target =
          (token.bol
            ? this.#search((entry) => entry.kind === "let" && entry.column <= token.column)
            : undefined) ?? this.#search((entry) => entry.kind === "let");
        if (target !== undefined) {
          this.#popTo(target);
          target.progress = "pending";
          target.anchor = token.column;
        }
        break;
      }
      case "if":
        this.output.push(token);
        return this.#pushConstruct("if", token);
      case "match":
      case "match!":
        this.output.push(token);
        return this.#pushConstruct("match", token);
      case "try":
        this.output.push(token);
        this.#pushConstruct("match", token);
        return this.#openAfter(token, "try", this.#indent, "deeper-or-bracketed");
      case "for":
      case "while":
      case "while!":
        this.output.push(token);
        this.#pushConstruct("loop", token);
        this.#top().awaitsIn = token.word === "for";
        return;
      case "fun":
        this.output.push(token);
        return this.#pushConstruct("fun", token);
      case "function":
        this.#rulesAfter = token;
        break;
      case "begin":
        this.output.push(token);
        return this.#openBracket(token);
      case "then": {
        const target = this.#search((entry) => entry.kind === "if" && entry.progress === "header");
        if (target === undefined) break;
        this.#popTo(target);
        target.progress = "then";
        this.output.push(token);
        return this.#openAfter(token, "then", target.anchor, "deeper-or-bracketed");
      }
      case "else":
      case "elif": {
        const waits = (entry: Context): boolean => entry.kind === "if" && entry.progress === "then";
        const target =
          (token.bol ? this.#search((entry) => waits(entry) && entry.column <= token.column) : undefined) ??
          this.#search(waits);
        if (target === undefined) break;
        this.#popTo(target);
        target.progress = token.word === "else" ? "complete" : "header";
        this.output.push(token);
        if (token.word === "else") this.#openAfter(token, "else", target.anchor, "not-left");
        return;
      }
      case "with":
        return this.#with(token);
      case "finally": {
        const target = this.#search(
          (entry) => entry.word === "try" && entry.kind === "match" && entry.progress === "header",
        );
        if (target === undefined) break;
        this.#popTo(target);
        target.progress = "complete";
        this.output.push(token);
        return this.#openAfter(token, "finally", target.anchor, "deeper-or-bracketed");
      }
      case "in":
        return this.#in(token);
      case "do": {
        const target = this.#search((entry) => entry.kind === "loop" && entry.progress === "header");
        if (target !== undefined) {
          this.#popTo(target);
          target.progress = "complete";
        }
        this.output.push(token);
        return this.#openAfter(token, "do", target?.anchor ?? this.#indent, "not-left");
      }
      case "done": {
        const target = this.#search((entry) => entry.kind === "loop");
        if (target !== undefined) {
          this.#popTo(target);
          this.#stack.pop();
        }
        break;
      }
    }
    this.output.push(token);
  }

  #symbol(token: Token, next: number): void {
    switch (token.word) {
      case "(":
      case "[":
      case "[|":
      case "{":
      case "{|":
      case "[<":
        this.output.push(token);
        return this.#openBracket(token);
      case "->":
        return this.#arrow(token);
      case "|": {
        const target = this.#barTarget(token);
        if (target !== undefined) {
          this.#popTo(target);
          // The anchor of the clause that starts here.
          if (target.kind === "rules") target.anchor = token.bol ? token.column : this.#indent;
        }
        break;
      }
      case "=":
        return this.#equals(token);
      case "<-":
      case ":=": {
        this.output.push(token);
        const following = this.#tokens[next];
        if (following !== undefined && (following.bol || INLINE_ASSIGN.has(following.word))) {
          this.#openAfter(token, "assign", this.#indent, "deeper");
        }
        return;
      }
      case ";":
        this.#semicolon(token, next);
        break;
      case ";;": {
        for (let top = this.#top(); this.#stack.length > 1; top = this.#top()) {
          if (top.bracket !== undefined) this.#closeByForce(top.bracket, token, false);
          else this.#pop();
        }
        this.output.push(virtualToken("separator", token.start, token));
        return;
      }
    }
    this.output.push(token);
  }

  #pushLet(token: Token, word: string): void {
    this.#push({
      kind: "let",
      column: token.column,
      anchor: token.column,
      line: token.line,
      word,
      progress: "pending",
    });
  }

  #pushConstruct(kind: "if" | "match" | "loop" | "fun", token: Token): void {
    this.#push({ kind, column: token.column, anchor: this.#indent, line: token.line, word: token.word });
  }

  #openAfter(token: Token, owner: Owner, anchor: number, requirement: Requirement, fields = false): void {
    this.#open({ owner, token, anchor, requirement, fields });
  }

  #openBracket(token: Token): void {
    this.#openAfter(token, "bracket", this.#indent, "anything", token.word === "{" || token.word === "{|");
  }

  #with(token: Token): void {
    const target = this.#search(
      (entry) =>
        (entry.kind === "match" && entry.progress === "header") ||
        (entry.owner === "bracket" && entry.fields) ||
        (entry.kind === "let" &&
          (entry.word === "type" || (entry.word === "member" && entry.progress === "pending"))),
    );
    // `member P with get …` has its own `with`, which opens nothing.
    if (target === undefined || target.word === "member") {
      this.output.push(token);
      return;
    }
    this.#popTo(target);
    this.output.push(token);
    if (target.kind === "match") {
      target.progress = "complete";
      this.#rulesAfter = token;
    } else if (target.kind === "let") {
      target.progress = "complete";
      this.#openAfter(token, "members", target.anchor, "deeper");
    } else this.#openAfter(token, "fields", this.#indent, "anything", true);
  }

  #in(token: Token): void {
    const target = this.#search(
      (entry) => (entry.kind === "loop" && entry.awaitsIn && entry.progress === "header") || isBinding(entry),
    );
    if (target !== undefined) this.#popTo(target);
    this.output.push(token);
    if (target?.kind === "loop") target.awaitsIn = false;
    else if (target !== undefined) {
      this.#stack.pop();
      this.#openAfter(token, "in", target.anchor, "anything");
    }
  }

  #arrow(token: Token): void {
    const top = this.#top();
    this.output.push(token);
    if (top.kind === "fun" && top.progress === "header") {
      top.progress = "complete";
      this.#openAfter(token, "fun", top.anchor, "deeper-or-bracketed");
    } else if (top.kind === "rules") {
      this.#openAfter(token, "arm", top.anchor, "not-left");
    } else if (top.kind === "loop" && top.word === "for" && top.progress === "header") {
      top.progress = "complete";
      this.#openAfter(token, "do", top.anchor, "not-left");
    }
  }

  #equals(token: Token): void {
    const top = this.#top();
    if (top.kind === "let" && top.progress === "pending") {
      top.progress = "complete";
      this.output.push(token);
      const owner = top.word === "type" ? "type" : top.word === "module" ? "module" : "let";
      return this.#openAfter(token, owner, top.anchor, "deeper");
    }
    const label = top.fields ? this.#labelBefore() : undefined;
    this.output.push(token);
    if (label !== undefined) this.#openAfter(token, "field", label.column, "deeper");
  }

  /** The first name of `A.b`, if that is all there is since the last separator. */
  #labelBefore(): Token | undefined {
    let at = this.output.length - 1;
    for (;;) {
      const name = this.output[at];
      if (name?.kind !== "name") return undefined;
      const before = this.output[at - 1];
      if (
        before === undefined ||
        before.kind === "begin" ||
        before.kind === "separator" ||
        before.word === ";"
      )
        return name;
      if (before.word !== ".") return undefined;
      at -= 2;
    }
  }

  #semicolon(token: Token, next: number): void {
    const boundary = this.#boundary();
    if (boundary.word === "{" || boundary.word === "{|") {
      if (this.#labelFollows(next)) {
        const fields = this.#search((entry) => entry.fields);
        if (fields !== undefined) this.#popTo(fields);
      } else if (this.#top().owner === "field") this.#pop();
    } else if (boundary.word === "[" || boundary.word === "[|") {
      const whole = this.#search(
        (entry) => entry.kind === "if" && entry.progress === "complete" && entry.line === token.line,
      );
      const following = this.#tokens[next];
      if (whole !== undefined) {
        this.#popTo(whole);
        this.#stack.pop();
      } else if (following?.word === "fun" && !following.bol) this.#popTo(boundary);
    }
  }

  #labelFollows(next: number): boolean {
    for (let at = next; ; at += 2) {
      const name = this.#tokens[at];
      const behind = this.#tokens[at + 1];
      if (name === undefined || behind === undefined) return false;
      const isWord =
        name.kind === "name" || (name.kind === "keyword" && (behind.word === "=" || behind.word === ":"));
      if (!isWord) return false;
      if (behind.word === "=" || behind.word === ":") return true;
      if (behind.word !== ".") return false;
    }
  }

  /** A reserved word that is a label here (language reference 1.5). */
  #isLabel(token: Token, previous: Token | undefined): boolean {
    if (previous === undefined || !(token.bol || LABEL_BEFORE.has(previous.word))) return false;
    const boundary = this.#boundary();
    // An opening brace directly before has not pushed its block yet.
    return boundary.fields || previous.word === "{" || previous.word === "{|";
  }

  #closeBracket(token: Token): void {
    let boundary = this.#boundary();
    if (boundary.bracket !== undefined && CLOSER_OF.get(boundary.bracket.word) !== token.word) {
      if (!this.#isPartner(token)) return this.#dropCloser(token);
      while (boundary.bracket !== undefined && CLOSER_OF.get(boundary.bracket.word) !== token.word) {
        this.#popTo(boundary);
        this.#closeByForce(boundary.bracket, token, false);
        boundary = this.#boundary();
      }
    }
    if (boundary.bracket === undefined) return this.#dropCloser(token);
    this.#popTo(boundary);
    this.#pop();
    this.output.push(token);
  }

  /** Leaves a closing bracket out; a row of them is one mistake. */
  #dropCloser(token: Token): void {
    const row = this.#dropped !== undefined && this.#dropped.end === token.start;
    this.#dropped = token;
    if (row) return;
    this.#find(
      "FUS0101",
      token,
      `'${token.word}' has no partner`,
      "Remove it, or write its partner before it",
    );
  }

  /** Whether some open bracket, not necessarily the innermost, waits for this closing one. */
  #isPartner(token: Token): boolean {
    for (let i = this.#stack.length - 1; i >= 0; i--) {
      const { bracket } = this.#stack[i] as Context;
      if (bracket !== undefined && CLOSER_OF.get(bracket.word) === token.word) return true;
    }
    this.#searched += this.#stack.length;
    return false;
  }

  /** `type T = class … end` and its kin: no Fusabi, but to be refused as a whole. */
  #startsForeignBody(token: Token, next: number): boolean {
    if (isQuoted(token) || this.#top().owner !== "type" || this.#last()?.kind !== "begin") return false;
    const following = this.#tokens[next];
    return following?.word === "end" || (following?.bol === true && following.column > this.#top().anchor);
  }

  #startsMember(token: Token): boolean {
    if (isQuoted(token)) return false;
    const last = this.#last();
    const first = token.bol || last?.kind === "begin" || last?.kind === "separator" || last?.word === ">]";
    if (!first) return false;
    const { owner } = this.#top();
    return owner === "type" || owner === "members";
  }
}

function isInfix(token: Token): boolean {
  if (token.kind === "operator") return !token.prefix && token.word !== "?";
  if (token.kind === "symbol") return INFIX_SYMBOLS.has(token.word);
  return token.kind === "name" && token.text === "or" && !isQuoted(token);
}

function canEndItem(token: Token): boolean {
  switch (token.kind) {
    case "operator":
      return false;
    case "keyword":
      return ENDING_KEYWORDS.has(token.word);
    case "symbol":
      return ENDING_SYMBOLS.has(token.word);
    default:
      return true;
  }
}

/** Owners whose block an operator left of it may continue. */
function isContinued(owner: Owner | undefined): boolean {
  return owner === "let" || owner === "type" || owner === "field" || owner === "arm" || owner === "assign";
}

function isBarTarget(entry: Context): boolean {
  return entry.kind === "rules" || entry.owner === "type";
}

function isBinding(entry: Context): boolean {
  return (
    entry.kind === "let" &&
    (entry.word === "let" || entry.word === "use" || entry.word === "let!" || entry.word === "use!")
  );
}

/** Whether the entry waits for this word (the last line of 2.4). */
function awaits(entry: Context, word: string): boolean {
  switch (entry.kind) {
    case "if":
      return entry.progress === "header"
        ? word === "then"
        : entry.progress === "then" && (word === "else" || word === "elif");
    case "match":
      return entry.progress === "header" && (word === "with" || (word === "finally" && entry.word === "try"));
    case "loop":
      return (
        word === "done" || (entry.progress === "header" && (word === "do" || word === "in" || word === "->"))
      );
    default:
      return entry.progress === "header" && word === "->";
  }
}
