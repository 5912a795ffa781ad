/** An internet address as its 4 or 16 bytes. An IPv4 address mapped into IPv6 is the IPv4 address. */
export type IpAddress = readonly number[];

/** Reads `127.0.0.1`, `::1` or `[::1]`; `undefined` for anything else, host names included. */
export function parseIpAddress(text: string): IpAddress | undefined {
  if (text.startsWith("[") !== text.endsWith("]")) return undefined;
  if (text.startsWith("[")) return parseIpv6(text.slice(1, -1));
  return parseIpv4(text) ?? parseIpv6(text);
}

export function sameAddress(a: IpAddress, b: IpAddress): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** 127.0.0.0/8 and ::1. */
export function isLoopback(address: IpAddress): boolean {
  return address.length === 4 ? address[0] === 127 : within(address, LOOPBACK_V6, 128);
}

/**
 * Whether an address is not on the public internet: loopback, link-local, private, shared, unspecified, multicast and
 * reserved ranges, and the IPv6 forms that carry such an IPv4 address.
 */
export function isInternal(address: IpAddress): boolean {
  if (address.length === 4) return INTERNAL_V4.some(([prefix, bits]) => within(address, prefix, bits));
  const embedded = EMBEDDED_V4.find(({ prefix, bits }) => within(address, prefix, bits));
  if (embedded !== undefined && isInternal(address.slice(embedded.offset, embedded.offset + 4))) return true;
  return INTERNAL_V6.some(([prefix, bits]) => within(address, prefix, bits));
}

const LOOPBACK_V6: IpAddress = [...zeros(15), 1];

const INTERNAL_V4: readonly (readonly [IpAddress, number])[] = [
  [[0], 8],
  [[10], 8],
  [[100, 64], 10],
  [[127], 8],
  [[169, 254], 16],
  [[172, 16], 12],
  [[192, 0, 0], 24],
  [[192, 0, 2], 24],
  [[192, 88, 99], 24],
  [[192, 168], 16],
  [[198, 18], 15],
  [[198, 51, 100], 24],
  [[203, 0, 113], 24],
  [[224], 3],
];

const INTERNAL_V6: readonly (readonly [IpAddress, number])[] = [
  [zeros(16), 128],
  [LOOPBACK_V6, 128],
  // What a network translates for itself, discarding, protocol assignments (Teredo among them), documents.
  [[0x00, 0x64, 0xff, 0x9b, 0x00, 0x01], 48],
  [[0x01, 0, 0, 0, 0, 0, 0, 0], 64],
  [[0x20, 0x01, 0x00], 23],
  [[0x20, 0x01, 0x0d, 0xb8], 32],
  [[0xfc], 7],
  [[0xfe, 0x80], 10],
  [[0xfe, 0xc0], 10],
  [[0xff], 8],
];

/** IPv4-compatible, NAT64 and 6to4: a router may turn them into the IPv4 address inside. */
const EMBEDDED_V4: readonly { readonly prefix: IpAddress; readonly bits: number; readonly offset: number }[] =
  [
    { prefix: zeros(12), bits: 96, offset: 12 },
    { prefix: [0x00, 0x64, 0xff, 0x9b, ...zeros(8)], bits: 96, offset: 12 },
    { prefix: [0x20, 0x02], bits: 16, offset: 2 },
  ];

function within(address: IpAddress, prefix: IpAddress, bits: number): boolean {
  for (let bit = 0; bit < bits; bit += 8) {
    const mask = bits - bit >= 8 ? 0xff : (0xff << (8 - (bits - bit))) & 0xff;
    if (((address[bit / 8] ?? 0) & mask) !== ((prefix[bit / 8] ?? 0) & mask)) return false;
  }
  return true;
}

function zeros(count: number): number[] {
  return Array.from({ length: count }, () => 0);
}

function parseIpv4(text: string): IpAddress | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9][0-9]{0,2})$/.test(part))) return undefined;
  const bytes = parts.map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : undefined;
}

function parseIpv6(text: string): IpAddress | undefined {
  if (!/^[0-9a-fA-F:.]{2,45}$/.test(text)) return undefined;
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head, tail] = [groups(halves[0] ?? ""), groups(halves[1] ?? "")];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 16 - head.length - tail.length;
  if (halves.length === 2 ? missing < 2 : missing !== 0) return undefined;
  const bytes = [...head, ...zeros(missing), ...tail];
  const mapped = within(bytes, [...zeros(10), 0xff, 0xff], 96);
  return mapped ? bytes.slice(12) : bytes;
}

/** The bytes of `a:b:c` or `a:b:1.2.3.4`. */
function groups(text: string): number[] | undefined {
  if (text === "") return [];
  const bytes: number[] = [];
  const parts = text.split(":");
  for (const [index, part] of parts.entries()) {
    if (/^[0-9a-fA-F]{1,4}$/.test(part)) {
      const value = Number.parseInt(part, 16);
      bytes.push(value >> 8, value & 0xff);
      continue;
    }
    const embedded = index === parts.length - 1 ? parseIpv4(part) : undefined;
    if (embedded === undefined) return undefined;
    bytes.push(...embedded);
  }
  return bytes.length <= 16 ? bytes : undefined;
}
