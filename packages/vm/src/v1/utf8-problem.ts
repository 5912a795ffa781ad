/** Says where bytes stop being UTF-8, in the words of Rust's standard library: the longest prefix that could have begun a character counts as the bad sequence. */
export function utf8Problem(bytes: Uint8Array): string {
  let at = 0;
  while (at < bytes.length) {
    const lead = bytes[at] ?? 0;
    const width = widthOf(lead);
    for (let index = 1; index < width; index++) {
      const byte = bytes[at + index];
      if (byte === undefined) return `incomplete utf-8 byte sequence from index ${at}`;
      const [least, most] = index === 1 ? secondByteOf(lead) : CONTINUATION;
      if (byte < least || byte > most) return invalid(index, at);
    }
    if (width === 0) return invalid(1, at);
    at += width;
  }
  throw new RangeError("the bytes are UTF-8");
}

const CONTINUATION = [0x80, 0xbf] as const;

function invalid(length: number, at: number): string {
  return `invalid utf-8 sequence of ${length} bytes from index ${at}`;
}

/** Bytes of the character that begins so; 0 when none does. */
function widthOf(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  if (lead >= 0xf0 && lead <= 0xf4) return 4;
  return 0;
}

/** Without overlong forms, surrogates and what lies beyond the last code point. */
function secondByteOf(lead: number): readonly [number, number] {
  switch (lead) {
    case 0xe0:
      return [0xa0, 0xbf];
    case 0xed:
      return [0x80, 0x9f];
    case 0xf0:
      return [0x90, 0xbf];
    case 0xf4:
      return [0x80, 0x8f];
    default:
      return CONTINUATION;
  }
}
