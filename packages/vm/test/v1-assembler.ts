/** Writes files of version 1: values as the bytes of constants, and programs of a few instructions. */
type Bytes = number[];

function fixed(value: number | bigint, width: number): Bytes {
  const bytes: Bytes = [];
  let rest = BigInt.asUintN(8 * width, BigInt(value));
  for (let index = 0; index < width; index++, rest >>= 8n) bytes.push(Number(rest & 255n));
  return bytes;
}

function string(value: string): Bytes {
  const bytes = [...new TextEncoder().encode(value)];
  return [...fixed(bytes.length, 8), ...bytes];
}

function sequence(parts: readonly Bytes[]): Bytes {
  return [...fixed(parts.length, 8), ...parts.flat()];
}

export const unit: Bytes = fixed(4, 4);

export function int(value: number | bigint): Bytes {
  return [...fixed(0, 4), ...fixed(value, 8)];
}

export function float(value: number): Bytes {
  return [...fixed(1, 4), ...new Uint8Array(new Float64Array([value]).buffer)];
}

export function text(value: string): Bytes {
  return [...fixed(3, 4), ...string(value)];
}

export function tuple(...items: Bytes[]): Bytes {
  return [...fixed(5, 4), ...sequence(items)];
}

export function list(...items: Bytes[]): Bytes {
  return [...items.flatMap((item) => [...fixed(6, 4), ...item]), ...fixed(7, 4)];
}

export function arrayOf(...items: Bytes[]): Bytes {
  return [...fixed(8, 4), ...sequence(items)];
}

export function variant(caseName: string, ...fields: Bytes[]): Bytes {
  return [...fixed(11, 4), ...string(""), ...string(caseName), ...sequence(fields)];
}

export function native(name: string, arity: number): Bytes {
  return [...fixed(13, 4), ...string(name), arity, ...sequence([])];
}

export interface Code {
  readonly instructions: readonly Bytes[];
  readonly constants: readonly Bytes[];
}

/** A call of a global by its dotted name, with all arguments at once. */
export function call(name: string, args: readonly Bytes[]): Code {
  return {
    instructions: [loadGlobal(0), ...args.map((_, index) => loadConstant(index + 1)), callWith(args.length)],
    constants: [text(name), ...args],
  };
}

export function loadConstant(index: number): Bytes {
  return [...fixed(0, 4), ...fixed(index, 2)];
}

export function loadGlobal(index: number): Bytes {
  return [...fixed(5, 4), ...fixed(index, 2)];
}

export function callWith(count: number): Bytes {
  return [...fixed(29, 4), count];
}

/** The result is that of the code, or a constant. */
export function fileOf(code: Code | { readonly constant: Bytes }): Uint8Array {
  const { instructions, constants } =
    "constant" in code ? { instructions: [loadConstant(0)], constants: [code.constant] } : code;
  return new Uint8Array([...[0x46, 0x5a, 0x42, 1, 1], ...chunk({ instructions, constants })]);
}

function chunk({ instructions, constants }: Code): Bytes {
  return [...sequence([...instructions, fixed(32, 4)]), ...sequence(constants), ...[0, ...fixed(0, 8), 0, 0]];
}

export function closure(code: Code, arity: number): Bytes {
  return [...fixed(12, 4), ...chunk(code), arity, 0];
}

export function fileOfMethodCall(receiver: Bytes, method: string): Uint8Array {
  return fileOf({
    instructions: [loadConstant(0), [...fixed(30, 4), ...fixed(1, 2), 0]],
    constants: [receiver, text(method)],
  });
}
