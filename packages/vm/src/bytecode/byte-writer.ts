import { BytecodeError } from "../errors.js";

/** Growing bytes with the number codings of the module format. Refuses what the format cannot hold. */
export class ByteWriter {
  #bytes = new Uint8Array(256);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** The bytes so far; a view that later writes may leave behind. */
  finished(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** LEB128 of a number below 2^32. */
  unsigned(value: number): void {
    if (value >>> 0 !== value) {
      throw new BytecodeError(`Cannot encode ${value}: it has to be a whole number from 0 to 4294967295`);
    }
    let rest = value;
    while (rest > 0x7f) {
      this.byte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    this.byte(rest);
  }

  /** Zigzag and LEB128 of a number within 32 bits. */
  signed(value: number): void {
    if ((value | 0) !== value) {
      throw new BytecodeError(`Cannot encode ${value}: it has to be a whole number of 32 bits`);
    }
    this.unsigned(((value << 1) ^ (value >> 31)) >>> 0);
  }

  /** Zigzag and LEB128 of a number within 64 bits. */
  signed64(value: number | bigint): void {
    if (typeof value === "number" && !Number.isSafeInteger(value)) {
      throw new BytecodeError(
        `Cannot encode the int ${value}: a number has to be a safe integer, others are bigints`,
      );
    }
    const exact = BigInt(value);
    if (BigInt.asIntN(64, exact) !== exact) {
      throw new BytecodeError(`Cannot encode the int ${exact}: it does not fit into 64 bits`);
    }
    let rest = exact >= 0n ? exact << 1n : ~(exact << 1n);
    while (rest > 0x7fn) {
      this.byte(Number(rest & 0x7fn) | 0x80);
      rest >>= 7n;
    }
    this.byte(Number(rest));
  }

  /** Eight bytes, little endian; every nan becomes the same bits. */
  float64(value: number): void {
    this.#reserve(8);
    const view = new DataView(this.#bytes.buffer, this.#length, 8);
    if (Number.isNaN(value)) {
      view.setUint32(0, 0, true);
      view.setUint32(4, 0x7ff8_0000, true);
    } else {
      view.setFloat64(0, value, true);
    }
    this.#length += 8;
  }

  #reserve(size: number): void {
    const needed = this.#length + size;
    if (needed <= this.#bytes.length) {
      return;
    }
    const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }
}
