/**
 * Documents that are laid out in a width: pieces of text joined unbreakably, or at places where a line may end. Where a line gets too long, the outermost
 * place still open is broken first, and what follows is aligned with what it belongs to. It is the way F# lays out `%A`.
 */

/** A piece of text, or pieces joined. */
export type Layout =
  | { readonly kind: "text"; readonly text: string }
  /** Two pieces; in one line a blank stands between them if `blank`. */
  | {
      readonly kind: "pair";
      readonly left: Layout;
      readonly right: Layout;
      readonly joint: Joint;
      readonly blank: boolean;
    }
  /** Pieces one after the other, `separator` directly behind each but the last, a line end possible behind each separator. */
  | { readonly kind: "row"; readonly items: readonly Layout[]; readonly separator: string }
  /** Pieces one below the other, aligned. */
  | { readonly kind: "column"; readonly items: readonly Layout[] };

/** How the two pieces of a pair hold together: a line may end between them, the next one `indent` columns in, or it may not. */
export type Joint =
  | { readonly kind: "unbreakable" }
  | { readonly kind: "breakable"; readonly indent: number };

const UNBREAKABLE: Joint = { kind: "unbreakable" };

export function text(content: string): Layout {
  return { kind: "text", text: content };
}

/** Two pieces without anything between them. */
export function beside(left: Layout, right: Layout): Layout {
  return { kind: "pair", left, right, joint: UNBREAKABLE, blank: false };
}

/** Two pieces with a blank between them. */
export function spaced(left: Layout, right: Layout): Layout {
  return { kind: "pair", left, right, joint: UNBREAKABLE, blank: true };
}

/** Two pieces with a blank between them, or the second on the next line, `indent` columns in. */
export function breakable(left: Layout, right: Layout, indent: number): Layout {
  return { kind: "pair", left, right, joint: { kind: "breakable", indent }, blank: true };
}

/** Pieces with a separator behind each but the last. */
export function row(items: readonly Layout[], separator: string): Layout {
  return { kind: "row", items, separator };
}

/** Pieces one below the other. */
export function column(items: readonly Layout[]): Layout {
  return { kind: "column", items };
}

export function enclosed(open: string, inner: Layout, close: string): Layout {
  return beside(beside(text(open), inner), text(close));
}

/**
 * The document as text with lines of at most `width` columns where its joints allow it; in one line, as far as it has no columns, when `width` is 0.
 *
 * @example
 * render(row([text("1"), text("2")], ";"), 80); // "1; 2"
 */
export function render(layout: Layout, width: number): string {
  const breaks = width > 0 ? chooseBreaks(layout, width) : new Set<JointKey>();
  const writer = new LineWriter(breaks);
  writer.write(layout, 0);
  return writer.text;
}

/** A joint that may be broken, known by the piece behind it. No piece may stand in a document twice. */
type JointKey = Layout;

interface Fit {
  /** Column behind the last line. */
  readonly position: number;
  /** Columns that the last line takes, from the left edge of the piece. */
  readonly offset: number;
}

/** The joints that have to be broken. */
function chooseBreaks(layout: Layout, width: number): Set<JointKey> {
  const broken = new Set<JointKey>();
  // Joints around the current position, outermost first, and what breaking them saves. Those before `outer` are broken.
  const open: { readonly key: JointKey; readonly saving: number }[] = [];
  let outer = 0;

  const enter = (key: JointKey, saving: number): void => {
    open.push({ key, saving });
  };
  const leave = (): void => {
    if (outer === open.length) outer--;
    open.pop();
  };

  const fitText = (length: number, from: number): Fit => {
    let position = from;
    while (position + length > width && outer < open.length) {
      const joint = open[outer++];
      if (joint === undefined) break;
      broken.add(joint.key);
      position -= joint.saving;
    }
    return { position: position + length, offset: length };
  };

  /** Fits `right` behind `left`, at a joint that may be broken; the fit of both together. */
  const fitBreakable = (
    key: JointKey,
    left: Fit,
    blank: number,
    indent: number,
    fitRight: (from: number) => Fit,
  ): Fit => {
    const saving = left.offset + blank - indent;
    if (saving <= 0) {
      const right = fitRight(left.position + blank);
      return { position: right.position, offset: left.offset + blank + right.offset };
    }
    enter(key, saving);
    const right = fitRight(left.position + blank);
    leave();
    const start = broken.has(key) ? indent : left.offset + blank;
    return { position: right.position, offset: start + right.offset };
  };

  const fit = (piece: Layout, from: number): Fit => {
    switch (piece.kind) {
      case "text":
        return fitText(piece.text.length, from);
      case "pair": {
        const left = fit(piece.left, from);
        const blank = piece.blank ? 1 : 0;
        if (piece.joint.kind === "breakable") {
          return fitBreakable(piece.right, left, blank, piece.joint.indent, (start) =>
            fit(piece.right, start),
          );
        }
        const right = fit(piece.right, left.position + blank);
        return { position: right.position, offset: left.offset + blank + right.offset };
      }
      case "row": {
        let whole: Fit = { position: from, offset: 0 };
        piece.items.forEach((item, index) => {
          if (index === 0) {
            whole = fit(item, from);
            return;
          }
          const separator = fitText(piece.separator.length, whole.position);
          const left = { position: separator.position, offset: whole.offset + separator.offset };
          whole = fitBreakable(item, left, 1, 0, (start) => fit(item, start));
        });
        return whole;
      }
      case "column": {
        let whole: Fit = { position: from, offset: 0 };
        for (const item of piece.items) whole = fit(item, whole.position - whole.offset);
        return whole;
      }
    }
  };

  fit(layout, 0);
  return broken;
}

/** Writes a document whose breaks are chosen. */
class LineWriter {
  text = "";
  #column = 0;

  constructor(private readonly broken: ReadonlySet<JointKey>) {}

  /** `edge` is the column that following lines of the piece are aligned with. */
  write(piece: Layout, edge: number): void {
    switch (piece.kind) {
      case "text":
        this.#append(piece.text);
        break;
      case "pair":
        this.write(piece.left, edge);
        this.#next(
          edge + (piece.joint.kind === "breakable" ? piece.joint.indent : 0),
          piece.blank,
          piece.right,
        );
        break;
      case "row":
        piece.items.forEach((item, index) => {
          if (index === 0) this.write(item, edge);
          else {
            this.#append(piece.separator);
            this.#next(edge, true, item);
          }
        });
        break;
      case "column":
        piece.items.forEach((item, index) => {
          if (index > 0) this.#newLine(edge);
          this.write(item, edge);
        });
        break;
    }
  }

  #next(indent: number, blank: boolean, right: Layout): void {
    if (this.broken.has(right)) {
      this.#newLine(indent);
      this.write(right, indent);
      return;
    }
    if (blank) this.#append(" ");
    this.write(right, this.#column);
  }

  #append(text: string): void {
    this.text += text;
    this.#column += text.length;
  }

  #newLine(indent: number): void {
    this.text += `\n${" ".repeat(indent)}`;
    this.#column = indent;
  }
}
