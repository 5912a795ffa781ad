/** What reading JSON costs, paid in pieces: documents consist of many small values. */
import {
  ARRAY_BYTES,
  type NativeContext,
  PRODUCT_BYTES,
  SLOT_BYTES,
  STRING_BYTES,
  UNIT_BYTES,
} from "@fusabi/vm";

/** Bytes that may be made before they are paid for. */
const PIECE = 32_768;

export class ReadingCost {
  #fuel = 0;
  #bytes = 0;

  constructor(private readonly context: NativeContext) {}

  /** A text of so many units is about to be read. */
  text(units: number): void {
    this.context.charge(1 + (units >> 3));
  }

  string(units: number): void {
    this.#made(STRING_BYTES + units * UNIT_BYTES);
  }

  array(): void {
    this.#fuel++;
    this.#made(ARRAY_BYTES);
  }

  item(): void {
    this.#made(SLOT_BYTES);
  }

  object(labels: number): void {
    this.#fuel += 1 + labels;
    this.#made(PRODUCT_BYTES + labels * SLOT_BYTES);
  }

  /** Pays for what is still owed, and ends the reading where time is over. */
  settle(): void {
    this.context.checkTime();
    this.context.charge(this.#fuel);
    this.context.allocate(this.#bytes);
    this.#fuel = 0;
    this.#bytes = 0;
  }

  #made(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > PIECE) this.settle();
  }
}
