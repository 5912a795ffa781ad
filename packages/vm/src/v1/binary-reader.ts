/** Reads bincode's plain encoding (little endian, fixed widths) and fails with its words. */
import { BytecodeError } from "../errors.js";
import { type Int, normalise } from "../values/int.js";
import { utf8Problem } from "./utf8-problem.js";

const END = "io error: unexpected end of file";

export class BinaryReader {
  #at: number;
  readonly #view: DataView;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

  constructor(
    private readonly bytes: Uint8Array,
    start: number,
  ) {
    this.#at = start;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  fail(message: string, offset: number = this.#at): never {
    throw new BytecodeError(message, offset);
  }

  byte(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  unsigned16(): number {
    return this.#view.getUint16(this.#advance(2), true);
  }

  signed16(): number {
    return this.#view.getInt16(this.#advance(2), true);
  }

  unsigned32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  int(): Int {
    return normalise(this.#view.getBigInt64(this.#advance(8), true));
  }

  float(): number {
    return this.#view.getFloat64(this.#advance(8), true);
  }

  /** A length or count as a float: exact as far as a file can be long, and never used to allocate. */
  count(): number {
    return Number(this.#view.getBigUint64(this.#advance(8), true));
  }

  bool(): boolean {
    const at = this.#at;
    const byte = this.byte();
    if (byte > 1) this.fail(`invalid u8 while decoding bool, expected 0 or 1, found ${byte}`, at);
    return byte === 1;
  }

  string(): string {
    const length = this.count();
    if (length > this.bytes.length - this.#at) this.fail("io error: ");
    const start = this.#advance(length);
    const text = this.bytes.subarray(start, start + length);
    try {
      return this.#decoder.decode(text);
    } catch (error) {
      throw new BytecodeError(`string is not valid utf8: ${utf8Problem(text)}`, start, { cause: error });
    }
  }

  optionalString(): string | undefined {
    const at = this.#at;
    const tag = this.byte();
    if (tag > 1) this.fail(`tag for enum is not valid, found ${tag}`, at);
    return tag === 1 ? this.string() : undefined;
  }

  /** The ordinal of an enum with `variants` variants. */
  ordinal(variants: number): number {
    const at = this.#at;
    const ordinal = this.unsigned32();
    if (ordinal >= variants)
      this.fail(`invalid value: integer \`${ordinal}\`, expected variant index 0 <= i < ${variants}`, at);
    return ordinal;
  }

  #advance(bytes: number): number {
    const start = this.#at;
    if (bytes > this.bytes.length - start) this.fail(END);
    this.#at = start + bytes;
    return start;
  }
}
