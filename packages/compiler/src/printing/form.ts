/** Nested lists, `(let f (x) (binary + x 1))`, as text: how the stages show people what they have made. */

/** An atom, or a list whose first part is its head. */
export type Form = string | readonly Form[] | Steps;

/** A list with a line for every step, however short they are. */
export interface Steps {
  readonly head: string;
  readonly steps: readonly Form[];
}

const LINE_WIDTH = 100;

/** One list a line where it fits, otherwise its parts below each other. */
export function showForm(form: Form): string {
  const pieces: string[] = [];
  show(form, 0, pieces);
  return pieces.join("");
}

/** An atom, or a list on one line, however long it is. */
export function inline(form: Form): string {
  return flat(form, Number.POSITIVE_INFINITY) ?? showForm(form);
}

/** Adds to the pieces, which are joined once: lines that are deep inside are not copied for every list around them. */
function show(form: Form, indent: number, pieces: string[]): void {
  const line = flat(form, LINE_WIDTH - indent);
  if (line !== undefined || typeof form === "string") {
    pieces.push(line ?? String(form));
    return;
  }
  const [head = "", ...parts] = "steps" in form ? [form.head, ...form.steps] : (form as readonly Form[]);
  const inner = `\n${" ".repeat(indent + 2)}`;
  pieces.push("(");
  show(head, indent + 2, pieces);
  for (const part of parts) {
    pieces.push(inner);
    show(part, indent + 2, pieces);
  }
  pieces.push(")");
}

/** The form on one line, if it is not longer than `room`. */
function flat(form: Form, room: number): string | undefined {
  if (typeof form === "string") return form.length <= room ? form : undefined;
  if ("steps" in form) return undefined;
  let line = "(";
  for (const [i, part] of form.entries()) {
    const text = flat(part, room - line.length - 2);
    if (text === undefined) return undefined;
    line += i === 0 ? text : ` ${text}`;
  }
  return line.length < room ? `${line})` : undefined;
}
