/**
 * Work on many elements, cut into pieces with a look at the clock after each: a call ends soon after its deadline, however long what it works on. What the engine
 * does in one go stays undivided: the memory of one array or text, and copying it.
 */
import type { NativeContext } from "@fusabi/vm";

/** Elements that are worked on between two looks; fewer altogether are worked on without any. */
export const PIECE = 8192;

/** Counts work of uneven size, and looks at the clock when a piece of it is done. */
export class Pace {
  #left = PIECE;

  constructor(private readonly context: NativeContext) {}

  /** So much has been done: elements, or about as much work as with an element. */
  did(elements: number): void {
    this.#left -= elements;
    if (this.#left > 0) return;
    this.#left = PIECE;
    this.context.checkTime();
  }
}

/** Work on places from one on and up to another, in order. */
export function inPieces(
  context: NativeContext,
  length: number,
  work: (from: number, to: number) => void,
): void {
  if (length <= PIECE) {
    work(0, length);
    return;
  }
  for (let from = 0; from < length; from += PIECE) {
    work(from, Math.min(from + PIECE, length));
    context.checkTime();
  }
}

/** An array of what is made for every place. */
export function filled<T>(context: NativeContext, length: number, make: (place: number) => T): T[] {
  const result: T[] = arrayFor(context, length);
  inPieces(context, length, (from, to) => {
    for (let place = from; place < to; place++) result[place] = make(place);
  });
  return result;
}

/** `items.map`. */
export function mapped<T, R>(
  context: NativeContext,
  items: readonly T[],
  make: (item: T, place: number) => R,
): R[] {
  if (items.length <= PIECE) return items.map(make);
  return filled(context, items.length, (place) => make(items[place] as T, place));
}

/** `items.filter`. */
export function filtered<T>(
  context: NativeContext,
  items: readonly T[],
  accepts: (item: T, place: number) => boolean,
): T[] {
  if (items.length <= PIECE) return items.filter(accepts);
  const result: T[] = [];
  inPieces(context, items.length, (from, to) => {
    for (let place = from; place < to; place++) {
      const item = items[place] as T;
      if (accepts(item, place)) result.push(item);
    }
  });
  return result;
}

/** The items of all parts, in order. */
export function joined<T>(context: NativeContext, parts: readonly (readonly T[])[]): T[] {
  let length = 0;
  for (const part of parts) length += part.length;
  if (length + parts.length <= PIECE) return ([] as T[]).concat(...parts);
  const result: T[] = arrayFor(context, length);
  const pace = new Pace(context);
  let end = 0;
  for (const part of parts) {
    for (const item of part) {
      result[end++] = item;
      pace.did(1);
    }
    pace.did(1);
  }
  return result;
}

/** `texts.join(separator)`. */
export function joinedTexts(context: NativeContext, texts: readonly string[], separator: string): string {
  if (texts.length <= PIECE) return texts.join(separator);
  const pieces: string[] = [];
  inPieces(context, texts.length, (from, to) => {
    pieces.push(texts.slice(from, to).join(separator));
  });
  return pieces.join(separator);
}

/** An array to write from its start on: a long one has its room at once, because each time that it grew would copy it. */
function arrayFor<T>(context: NativeContext, length: number): T[] {
  if (length <= PIECE) return [];
  context.checkTime();
  return new Array<T>(length);
}
