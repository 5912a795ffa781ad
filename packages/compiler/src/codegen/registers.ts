import type { Local } from "../core/local.js";

/** Number of registers that a function may have. */
const MAX_REGISTERS = 65_535;

type Owner = Local | "temporary" | "function" | undefined;

/**
 * Registers of one function. A register belongs to a local until the scope of it ends or its last use takes it over as a temporary; whoever asked for a
 * temporary gives it back.
 */
export class Registers {
  readonly #owners: Owner[] = [];
  readonly #free: number[] = [];

  constructor(readonly exhausted: () => Error) {}

  get count(): number {
    return this.#owners.length;
  }

  temporary(): number {
    return this.#take("temporary");
  }

  /** A register that stays taken. */
  permanent(): number {
    return this.#take("function");
  }

  forLocal(local: Local): number {
    return this.#take(local);
  }

  #take(owner: Owner): number {
    const register = this.#free.pop() ?? this.#owners.length;
    if (register >= MAX_REGISTERS) throw this.exhausted();
    this.#owners[register] = owner;
    return register;
  }

  /** Gives a temporary back; other registers stay with their owners. */
  release(register: number): void {
    if (this.#owners[register] !== "temporary") return;
    this.#owners[register] = undefined;
    this.#free.push(register);
  }

  /** After the last use: whoever reads it next gives it back. */
  makeTemporary(register: number, owner: Local): void {
    if (this.#owners[register] === owner) this.#owners[register] = "temporary";
  }

  isOwnedBy(register: number, local: Local): boolean {
    return this.#owners[register] === local;
  }

  /** The scope of the local ends. */
  leave(register: number, local: Local): void {
    if (this.#owners[register] !== local) return;
    this.#owners[register] = undefined;
    this.#free.push(register);
  }
}
