import { BytecodeError } from "../errors.js";

/** What is verified, in words. Told only when something is wrong there: to build the text takes longer than to look. */
export type Place = () => string;

export function refuse(place: Place, problem: string): never {
  throw new BytecodeError(`${place()}: ${problem}`);
}

/** A whole number from 0, below the bound; `what` says of what. */
export function within(place: Place, value: number, bound: number, what: string): void {
  if (value >>> 0 !== value || value >= bound) {
    refuse(place, `${value} is no valid ${what} (0 to ${bound - 1})`);
  }
}
