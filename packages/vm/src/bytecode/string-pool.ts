/** The one pool of strings of a module: every other section refers to a string by its number. */
import type { ByteReader } from "./byte-reader.js";
import type { ByteWriter } from "./byte-writer.js";

/** Matches a surrogate that is not one of a pair. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Collects strings; numbers follow first use, so equal modules give equal bytes. */
export class StringPool {
  readonly #numbers = new Map<string, number>();

  number(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) {
      return known;
    }
    const number = this.#numbers.size;
    this.#numbers.set(text, number);
    return number;
  }

  /**
   * Count, then each string as its size in bytes doubled and its bytes: UTF-8 when even. Strings of Fusabi are sequences of UTF-16
   * units; one that holds half of a pair has no UTF-8 form, is written in UTF-16 (little endian), and its size is odd.
   */
  write(writer: ByteWriter): void {
    const utf8 = new TextEncoder();
    writer.unsigned(this.#numbers.size);
    for (const text of this.#numbers.keys()) {
      if (LONE_SURROGATE.test(text)) {
        writer.unsigned(text.length * 4 + 1);
        for (let index = 0; index < text.length; index += 1) {
          const unit = text.charCodeAt(index);
          writer.byte(unit & 0xff);
          writer.byte(unit >>> 8);
        }
      } else {
        const bytes = utf8.encode(text);
        writer.unsigned(bytes.length * 2);
        writer.raw(bytes);
      }
    }
  }
}

export function readStringPool(reader: ByteReader): readonly string[] {
  const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const strings: string[] = [];
  for (let left = reader.count("strings"); left > 0; left -= 1) {
    const size = reader.unsigned();
    const start = reader.offset;
    const bytes = reader.raw(size >>> 1);
    if ((size & 1) === 1) {
      strings.push(readUtf16(reader, bytes, start));
      continue;
    }
    try {
      strings.push(utf8.decode(bytes));
    } catch {
      reader.fail(`String ${strings.length} is not UTF-8`, start);
    }
  }
  return strings;
}

function readUtf16(reader: ByteReader, bytes: Uint8Array, start: number): string {
  if (bytes.length % 2 === 1) {
    reader.fail("A UTF-16 string has an odd number of bytes", start);
  }
  const chunks: string[] = [];
  for (let at = 0; at < bytes.length; at += 2) {
    chunks.push(String.fromCharCode((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)));
  }
  const text = chunks.join("");
  if (!LONE_SURROGATE.test(text)) {
    reader.fail("A string that has a UTF-8 form is written in UTF-16", start);
  }
  return text;
}
