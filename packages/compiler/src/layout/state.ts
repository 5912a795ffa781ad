import type { DiagnosticBag } from "../diagnostics/diagnostic.js";
import { type Token, virtualToken } from "../lexer/token.js";
import type { Source } from "../source/source.js";
import {
  type Context,
  isBoundary,
  makeContext,
  type Opener,
  type Owner,
  type Requirement,
} from "./context.js";

interface Finding {
  readonly code: string;
  readonly token: Token;
  readonly message: string;
  readonly hint: string | undefined;
  /** It is missing at the end of the file, which says nothing if the lexer did not reach the real end. */
  readonly atEnd: boolean;
}

/** Where the filter stands: the context stack, what is about to open, the output, and what was found wrong. */
export class LayoutState {
  readonly output: Token[] = [];
  /** Brackets that were open at the end of the file. */
  readonly unclosed: Set<Token> = new Set();
  readonly stack: Context[] = [];
  /** The boundaries on the stack. */
  readonly boundaries: Context[] = [];
  readonly findings: Finding[] = [];
  opener: Opener | undefined;
  /** The word whose clause list starts at the next token. */
  rulesAfter: Token | undefined;
  /** Column of the first token on the current line. */
  indent = 0;
  searched = 0;
  /** The closing bracket that was left out last. */
  dropped: Token | undefined;

  /** `doomed`: brackets known to be never closed, from an earlier run. */
  constructor(
    readonly source: Source,
    readonly tokens: readonly Token[],
    readonly doomed: ReadonlySet<Token> | undefined,
  ) {}

  get hasBracketErrors(): boolean {
    return this.findings.some((finding) => finding.code === "FUS0101");
  }

  find(code: string, token: Token, message: string, hint?: string, atEnd = false): void {
    this.findings.push({ code, token, message, hint, atEnd });
  }

  top(): Context {
    return this.stack[this.stack.length - 1] as Context;
  }

  push(context: Context): void {
    this.stack.push(context);
    if (isBoundary(context)) this.boundaries.push(context);
  }

  /** Removes the top entry; a block is ended in the output. */
  pop(): void {
    const entry = this.stack.pop();
    if (entry === this.boundaries[this.boundaries.length - 1]) this.boundaries.pop();
    if (entry?.kind === "block") this.virtual("end");
  }

  popTo(entry: Context): void {
    while (this.top() !== entry && this.stack.length > 1) this.pop();
  }

  /** The innermost entry inside the boundary that fits; the boundary itself counts. */
  search(fits: (entry: Context) => boolean): Context | undefined {
    for (let i = this.stack.length - 1; i >= 0; i--) {
      const entry = this.stack[i] as Context;
      if (fits(entry)) return entry;
      if (isBoundary(entry)) {
        // Only a search in vain is paid for: one that succeeds pops what it has passed.
        this.searched += this.stack.length - i;
        return undefined;
      }
    }
    return undefined;
  }

  boundary(): Context {
    return this.boundaries[this.boundaries.length - 1] as Context;
  }

  last(): Token | undefined {
    return this.output[this.output.length - 1];
  }

  virtual(kind: "begin" | "end" | "separator", before?: Token): void {
    const last = this.last();
    const place = before ?? last;
    if (place === undefined) return;
    const offset = before?.start ?? place.end;
    // Blocks often end together, and tokens are never changed: one stands for all of them.
    const isSame = last?.kind === kind && last.start === offset && last.line === place.line;
    this.output.push(isSame ? last : virtualToken(kind, offset, place));
  }

  /** A block starts behind `token`. */
  openAfter(token: Token, owner: Owner, anchor: number, requirement: Requirement, fields = false): void {
    this.opener = { owner, token, anchor, requirement, fields };
  }

  emptyBlock(before: Token): void {
    this.virtual("begin", before);
    this.virtual("end", before);
    this.opener = undefined;
  }

  pushLet(token: Token, word: string): void {
    const context = makeContext("let", token.column, token.column, token.line, word);
    context.progress = "pending";
    this.push(context);
  }

  pushConstruct(kind: "if" | "match" | "loop" | "fun", token: Token): void {
    this.push(makeContext(kind, token.column, this.indent, token.line, token.word));
  }

  report(bag: DiagnosticBag, truncated: boolean): void {
    for (const { code, token, message, hint, atEnd } of this.findings) {
      if (atEnd && truncated) continue;
      bag.error(code, { source: this.source, start: token.start, end: token.end }, message, hint);
    }
  }
}
