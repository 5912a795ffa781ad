import { BytecodeError } from "../errors.js";

/** Reads the number codings of the module format from bytes that nobody vouches for. Offsets in errors count from the start of the file. */
export class ByteReader {
  #at = 0;

  readonly #bytes: Uint8Array;
  /** Offset of the first byte in the file. */
  readonly #base: number;

  constructor(bytes: Uint8Array, base: number) {
    this.#bytes = bytes;
    this.#base = base;
  }

  get offset(): number {
    return this.#base + this.#at;
  }

  get remaining(): number {
    return this.#bytes.length - this.#at;
  }

  fail(message: string, offset: number = this.offset): never {
    throw new BytecodeError(`${message} (byte ${offset})`, offset);
  }

  byte(): number {
    const value = this.#bytes[this.#at];
    if (value === undefined) {
      this.fail("The bytes end in the middle of a value");
    }
    this.#at += 1;
    return value;
  }

  /** A view of the next `length` bytes. */
  raw(length: number): Uint8Array {
    if (length > this.remaining) {
      this.fail(`A length of ${length} bytes is promised, ${this.remaining} are left`);
    }
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  /** LEB128 below 2^32, in its shortest form. */
  unsigned(): number {
    const first = this.#bytes[this.#at];
    if (first !== undefined && first < 0x80) {
      this.#at += 1;
      return first;
    }
    return this.#longUnsigned();
  }

  #longUnsigned(): number {
    const start = this.offset;
    let value = 0;
    for (let shift = 0; shift <= 28; shift += 7) {
      const byte = this.byte();
      if (shift === 28 && byte > 0x0f) {
        break;
      }
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        if (byte === 0) {
          this.fail("A number is not written in its shortest form", start);
        }
        return value >>> 0;
      }
    }
    this.fail("A number does not fit into 32 bits", start);
  }

  /** Zigzagged LEB128 within 32 bits. */
  signed(): number {
    const value = this.unsigned();
    return (value >>> 1) ^ -(value & 1);
  }

  /** Zigzagged LEB128 within 64 bits: a number when safe, else a bigint. */
  signed64(): number | bigint {
    const start = this.offset;
    let value = 0n;
    for (let shift = 0n; shift <= 63n; shift += 7n) {
      const byte = this.byte();
      if (shift === 63n && byte > 1) {
        break;
      }
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) {
        if (byte === 0 && shift > 0n) {
          this.fail("A number is not written in its shortest form", start);
        }
        const exact = (value & 1n) === 0n ? value >> 1n : ~(value >> 1n);
        const near = Number(exact);
        return Number.isSafeInteger(near) ? near : exact;
      }
    }
    this.fail("A number does not fit into 64 bits", start);
  }

  float64(): number {
    const bytes = this.raw(8);
    return new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0, true);
  }

  /** Number of elements that follow. Every element takes a byte at least, so a count beyond the bytes left is a lie. */
  count(what: string): number {
    const start = this.offset;
    const count = this.unsigned();
    if (count > this.remaining) {
      this.fail(`${count} ${what} are promised, only ${this.remaining} bytes are left`, start);
    }
    return count;
  }

  /** An unsigned number below `bound`; `what` names it in the error. */
  below(bound: number, what: string): number {
    const start = this.offset;
    const value = this.unsigned();
    if (value >= bound) {
      this.fail(`${value} is no ${what}: there are ${bound}`, start);
    }
    return value;
  }

  /** Refuses bytes that nothing has read. */
  finish(what: string): void {
    if (this.remaining > 0) {
      this.fail(`The ${what} section has ${this.remaining} bytes too many`);
    }
  }
}
