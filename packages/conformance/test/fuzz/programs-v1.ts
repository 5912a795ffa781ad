/** Random files of version 1: every instruction and every kind of constant, mostly with operands that make sense. */
import type { Dice } from "./dice.js";

type Bytes = readonly number[];

/** Operands that follow the ordinals of the 53 instructions: constant index, number of one or two bytes, jump offset, int, bool, string. */
const OPERANDS =
  "k b b b b k . . i o s b b . . . . . . . . . . . . . . j j b kb b . w b w . . . . w . . . . w . w w s b kb b".split(
    " ",
  );

const GLOBALS = [
  "List",
  "Map",
  "String",
  "Option",
  "Math",
  "Json",
  "Async",
  "print",
  "sprintf",
  "Some",
  "None",
  "List.map",
  "Script.eval",
  "Nav.getLimits",
  "__proto__",
  "constructor",
  "x",
];
const FIELDS = [
  "map",
  "fold",
  "head",
  "add",
  "ofList",
  "toList",
  "defaultWith",
  "format",
  "__proto__",
  "length",
];

function fixed(value: number | bigint, width: number): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(8 * width, BigInt(value));
  for (let index = 0; index < width; index++, rest >>= 8n) bytes.push(Number(rest & 255n));
  return bytes;
}

function string(value: string): number[] {
  const bytes = [...new TextEncoder().encode(value)];
  return [...fixed(bytes.length, 8), ...bytes];
}

function sequence(parts: readonly Bytes[]): number[] {
  return [...fixed(parts.length, 8), ...parts.flat()];
}

/** The bytes of a file. */
export function randomFile(dice: Dice): Uint8Array {
  const bytes = [0x46, 0x5a, 0x42, 1, 1, ...chunk(dice, 0)];
  // A few are damaged beside.
  if (dice.chance(20)) bytes[5 + dice.below(bytes.length - 5)] = dice.below(256);
  if (dice.chance(3)) bytes.length = 5 + dice.below(bytes.length - 5);
  return Uint8Array.from(bytes);
}

function chunk(dice: Dice, depth: number): number[] {
  const constants = [
    ...dice.list(4, () => constant(dice, depth)),
    [...fixed(3, 4), ...string(dice.pick(GLOBALS))],
    [...fixed(3, 4), ...string(dice.pick(FIELDS))],
    [...fixed(0, 4), ...fixed(dice.below(5), 8)],
  ];
  const instructions = dice.list(14, () => instruction(dice, constants.length));
  // Something to work on, and an end.
  const first = Array.from({ length: 1 + dice.below(4) }, () => [
    ...fixed(0, 4),
    ...fixed(dice.below(constants.length), 2),
  ]);
  const all = [...first, ...instructions, fixed(32, 4)];
  return [...sequence(all), ...sequence(constants), 0, ...fixed(0, 8), 0, 0];
}

function instruction(dice: Dice, constants: number): number[] {
  // Calls, globals and fields are where programs go astray.
  const ordinal = dice.chance(25) ? dice.pick([0, 1, 2, 5, 29, 30, 46, 27, 28]) : dice.below(OPERANDS.length);
  const operands = [...(OPERANDS[ordinal] ?? "")].flatMap((kind) => operand(kind, dice, constants));
  return [...fixed(ordinal, 4), ...operands];
}

function operand(kind: string, dice: Dice, constants: number): number[] {
  switch (kind) {
    case "k":
      return fixed(dice.chance(97) ? dice.below(constants) : dice.below(65536), 2);
    case "b":
      return [dice.chance(95) ? dice.below(4) : dice.below(256)];
    case "w":
      return fixed(dice.chance(95) ? dice.below(4) : dice.below(65536), 2);
    case "j":
      return fixed(dice.chance(95) ? dice.below(12) - 5 : dice.below(65536) - 32768, 2);
    case "i":
      return fixed(dice.pick([0, 1, -1, 2 ** 40]), 8);
    case "o":
      return [dice.below(2)];
    case "s":
      return string(dice.pick(["Some", "None", "", "__proto__"]));
    default:
      return [];
  }
}

function constant(dice: Dice, depth: number): number[] {
  const inner = (): number[] => constant(dice, depth + 1);
  const pairs = (): number[][] =>
    dice.list(3, () => [...string(dice.pick(["a", "b", "__proto__", "toString"])), ...inner()]);
  const kind = depth > 2 ? dice.below(5) : dice.below(14);
  switch (kind) {
    case 0:
      return [...fixed(0, 4), ...fixed(dice.pick([0, 1, -1, 7, 2n ** 63n - 1n]), 8)];
    case 1:
      return [
        ...fixed(1, 4),
        ...new Uint8Array(new Float64Array([dice.pick([0, 1.5, Number.NaN, -0])]).buffer),
      ];
    case 2:
      return [...fixed(2, 4), dice.below(2)];
    case 3:
      return [...fixed(3, 4), ...string(dice.pick([...GLOBALS, ...FIELDS, "%s %d %%", "ünï"]))];
    case 4:
      return fixed(4, 4);
    case 5:
      return [...fixed(5, 4), ...sequence(dice.list(3, inner))];
    case 6:
      return [...fixed(6, 4), ...inner(), ...(dice.chance(80) ? fixed(7, 4) : inner())];
    case 7:
      return fixed(7, 4);
    case 8:
      return [...fixed(8, 4), ...sequence(dice.list(3, inner))];
    case 9:
      return [...fixed(9, 4), ...sequence(pairs())];
    case 10:
      return [...fixed(10, 4), ...sequence(pairs())];
    case 11:
      return [
        ...fixed(11, 4),
        ...string(""),
        ...string(dice.pick(["Some", "Ok", "X"])),
        ...sequence(dice.list(2, inner)),
      ];
    case 12:
      return [...fixed(12, 4), ...chunk(dice, depth + 1), dice.below(3), 0];
    default:
      return [
        ...fixed(13, 4),
        ...string(`${dice.pick(GLOBALS)}.${dice.pick(FIELDS)}`),
        dice.below(4),
        ...sequence(dice.list(2, inner)),
      ];
  }
}
