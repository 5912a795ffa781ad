/** What comes in from outside piece by piece, and whose length somebody else decides. */
import { type NativeContext, STRING_BYTES, UNIT_BYTES } from "@fusabi/vm";

/** Bytes that cost a unit of fuel. */
const BYTES_A_UNIT = 64;

/** Keeps pieces as long as they make a value that the limits allow. */
export class Intake {
  readonly #context: NativeContext;
  #pieces: Uint8Array[] = [];
  #length = 0;

  constructor(context: NativeContext) {
    this.#context = context;
  }

  /** Throws LimitError, before the piece is kept. */
  add(piece: Uint8Array): void {
    this.#context.charge(Math.ceil(piece.length / BYTES_A_UNIT));
    const bytes = STRING_BYTES + (this.#length + piece.length) * UNIT_BYTES;
    if (bytes > this.#context.largestBytes) this.#context.allocate(bytes);
    this.#context.allocate(piece.length * UNIT_BYTES);
    this.#length += piece.length;
    this.#pieces.push(piece);
  }

  /** All of it as text; bytes that are no UTF-8 become U+FFFD. */
  text(): string {
    const bytes = Buffer.concat(this.#pieces, this.#length);
    this.#pieces = [];
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  }
}
