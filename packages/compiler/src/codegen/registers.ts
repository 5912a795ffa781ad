import type { Local } from "../core/local.js";

/** Number of registers that a function may have, of either file. */
const MAX_REGISTERS = 65_535;

/** Numbers from here on name float registers: `FLOATS` is the first of them. */
export const FLOATS = 0x10000;

/** Whether a number names a float register. Destinations that are no registers are no float registers. */
export function isFloatRegister(register: number): boolean {
  return register >= FLOATS;
}

type Owner = Local | "temporary" | "function" | undefined;

interface RegisterFile {
  readonly owners: Owner[];
  readonly free: number[];
}

/**
 * Registers of one function, in two files: those for any value, and those for floats, which are numbered from `FLOATS`. A register belongs to a local until
 * the scope of it ends or its last use takes it over as a temporary; whoever asked for a temporary gives it back.
 */
export class Registers {
  readonly #any: RegisterFile = { owners: [], free: [] };
  readonly #floats: RegisterFile = { owners: [], free: [] };

  constructor(readonly exhausted: () => Error) {}

  get count(): number {
    return this.#any.owners.length;
  }

  get floatCount(): number {
    return this.#floats.owners.length;
  }

  temporary(): number {
    return this.#take(this.#any, "temporary");
  }

  floatTemporary(): number {
    return FLOATS + this.#take(this.#floats, "temporary");
  }

  /** A register that stays taken. */
  permanent(): number {
    return this.#take(this.#any, "function");
  }

  permanentFloat(): number {
    return FLOATS + this.#take(this.#floats, "function");
  }

  forLocal(local: Local): number {
    return this.#take(this.#any, local);
  }

  floatForLocal(local: Local): number {
    return FLOATS + this.#take(this.#floats, local);
  }

  #take(file: RegisterFile, owner: Owner): number {
    const register = file.free.pop() ?? file.owners.length;
    if (register >= MAX_REGISTERS) throw this.exhausted();
    file.owners[register] = owner;
    return register;
  }

  /** Gives a temporary back; other registers stay with their owners. */
  release(register: number): void {
    this.#give(register, "temporary");
  }

  /** After the last use: whoever reads it next gives it back. */
  makeTemporary(register: number, owner: Local): void {
    if (!this.isOwnedBy(register, owner)) return;
    if (register < FLOATS) this.#any.owners[register] = "temporary";
    else this.#floats.owners[register - FLOATS] = "temporary";
  }

  isOwnedBy(register: number, local: Local): boolean {
    return (
      (register < FLOATS ? this.#any.owners[register] : this.#floats.owners[register - FLOATS]) === local
    );
  }

  /** The local needs the register no more. */
  leave(register: number, local: Local): void {
    this.#give(register, local);
  }

  #give(register: number, owner: Local | "temporary"): void {
    const file = register < FLOATS ? this.#any : this.#floats;
    const index = register < FLOATS ? register : register - FLOATS;
    if (file.owners[index] !== owner) return;
    file.owners[index] = undefined;
    file.free.push(index);
  }
}
