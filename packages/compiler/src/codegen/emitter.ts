import type { Core } from "../core/core.js";
import type { CoreFunction } from "../core/function.js";
import type { Local } from "../core/local.js";
import { CompilerBug, TooLargeError } from "../errors.js";
import type { ModuleTables } from "../module/tables.js";
import { Assembler, Label } from "./assembler.js";
import { Registers } from "./registers.js";

/** Where a value goes: a register, or one of the two below. */
export type Destination = number;
/** The value is not wanted. */
export const EFFECT = -1;
/** The value is the result of the function. */
export const TAIL = -2;

export interface Loop {
  readonly onBreak: Label;
  readonly onContinue: Label;
  /** Number of cleanups around the loop. */
  readonly cleanups: number;
}

/** A `finally` that is still to run: whoever leaves its body says in `token` where to go afterwards. */
export interface Cleanup {
  readonly token: number;
  readonly entry: Label;
  readonly exits: { readonly to: Label; readonly cleanups: number }[];
}

/** What a function needs of the module. */
export interface ModuleEmission {
  readonly tables: ModuleTables;
  /** Index of a function, which becomes part of the module by that. */
  indexOf(fn: CoreFunction): number;
}

/** State of the code generation of one function. */
export class Emitter {
  readonly code: Assembler;
  readonly registers: Registers;
  readonly loops: Loop[] = [];
  readonly cleanups: Cleanup[] = [];
  /** Above 0: the code is emitted more than once, so that its uses of locals must not be counted. */
  #repetitions = 0;
  #loopDepth = 0;
  readonly #scopes: Local[][] = [[]];
  /** Code that is better placed out of the way; one list per `try` body, so that its handler covers it. */
  readonly #deferred: (() => void)[][] = [[]];
  /** Registers of captured values: extra parameters, or loaded at entry. */
  readonly #captured = new Map<Local, number>();
  readonly #captureIndex = new Map<Local, number>();
  readonly #emit: (emitter: Emitter, core: Core, destination: Destination) => void;

  constructor(
    readonly fn: CoreFunction,
    readonly module: ModuleEmission,
    emit: (emitter: Emitter, core: Core, destination: Destination) => void,
  ) {
    this.#emit = emit;
    this.code = new Assembler(fn.span);
    this.registers = new Registers(
      () => new TooLargeError(`'${fn.name}' needs more than 65,535 values at once`, fn.span),
    );
  }

  emit(core: Core, destination: Destination): void {
    if (this.code.reachable) this.#emit(this, core, destination);
  }

  // ------------------------------------------------------------------------------------------------------------- functions

  /** Parameters, and captures that are worth a register. */
  enter(): void {
    for (const param of this.fn.params) this.define(param);
    if (this.fn.captures.length === 0) return;
    this.fn.captures.forEach((local, index) => {
      if (this.fn.lifted) this.#captured.set(local, this.registers.permanent());
      else this.#captureIndex.set(local, index);
    });
    if (this.fn.lifted) return;
    this.fn.captures.forEach((local, index) => {
      const mentions = this.fn.free.get(local) ?? 0;
      if (mentions < 2 && !(this.fn.hasLoop && mentions > 0)) return;
      const register = this.registers.permanent();
      this.code.emit("load.capture", register, index);
      this.#captured.set(local, register);
    });
  }

  leave(): void {
    if (this.code.reachable) throw new CompilerBug(`the code of '${this.fn.name}' has no end`, this.fn.span);
    this.flushDeferred();
  }

  // ---------------------------------------------------------------------------------------------------------------- locals

  define(local: Local): number {
    const register = this.registers.forLocal(local);
    local.register = register;
    local.loopDepth = this.#loopDepth;
    local.remaining = local.captured || this.#repetitions > 0 ? Number.POSITIVE_INFINITY : local.uses;
    this.#scopes.at(-1)?.push(local);
    return register;
  }

  /** The local is another name for a register that somebody else owns. */
  alias(local: Local, register: number): void {
    local.register = register;
    local.remaining = Number.POSITIVE_INFINITY;
  }

  keep(local: Local): void {
    local.remaining = Number.POSITIVE_INFINITY;
  }

  isDefined(local: Local): boolean {
    return local.register >= 0 && this.registers.isOwnedBy(local.register, local);
  }

  scope<T>(action: () => T): T {
    this.#scopes.push([]);
    const result = action();
    for (const local of this.#scopes.pop() ?? []) this.registers.leave(local.register, local);
    return result;
  }

  inLoop(loop: Loop, action: () => void): void {
    this.#loopDepth++;
    this.loops.push(loop);
    action();
    this.loops.pop();
    this.#loopDepth--;
  }

  repeatedly<T>(action: () => T): T {
    this.#repetitions++;
    const result = action();
    this.#repetitions--;
    return result;
  }

  /** Register with the value of a local of this function; after the last use it is a temporary of the caller. */
  use(local: Local): number {
    const register = this.#registerOf(local);
    if (this.#repetitions === 0 && --local.remaining <= 0 && local.loopDepth === this.#loopDepth)
      this.registers.makeTemporary(register, local);
    return register;
  }

  #registerOf(local: Local): number {
    if (local.register < 0 && this.code.reachable)
      throw new CompilerBug(`'${local.name}' has no register in '${this.fn.name}'`, this.code.span);
    return local.register;
  }

  /** Register with what stands for a local: its value, or its cell. To be released. */
  raw(local: Local): number {
    if (local.owner === this.fn) return this.#registerOf(local);
    const known = this.#captured.get(local);
    if (known !== undefined) return known;
    const register = this.registers.temporary();
    if (local === this.fn.binder) this.code.emit("load.self", register);
    else {
      const index = this.#captureIndex.get(local);
      if (index === undefined)
        throw new CompilerBug(`'${this.fn.name}' does not capture '${local.name}'`, this.fn.span);
      this.code.emit("load.capture", register, index);
    }
    return register;
  }

  /** Register with the value of a local. To be released. */
  read(local: Local): number {
    if (local.inCell) {
      const cell = this.raw(local);
      this.registers.release(cell);
      const register = this.registers.temporary();
      this.code.emit("cell.get", register, cell);
      return register;
    }
    return local.owner === this.fn ? this.use(local) : this.raw(local);
  }

  // -------------------------------------------------------------------------------------------------------------- operands

  /** Register with the value of an expression. To be released. */
  operand(core: Core): number {
    if (core.kind === "local") return this.read(core.local);
    const register = this.registers.temporary();
    this.emit(core, register);
    return register;
  }

  /** Like `operand`, in a register that nothing else changes. */
  ownOperand(core: Core): number {
    const register = this.registers.temporary();
    this.emit(core, register);
    return register;
  }

  /** Registers with the values of several expressions, computed in order. To be released. */
  operands(args: readonly Core[]): number[] {
    // The use of a local counts when all operands are there: until then a later operand must not take its register over.
    const uses: Local[] = [];
    const registers = args.map((arg, index) => {
      if (arg.kind !== "local" || arg.local.inCell || arg.local.owner !== this.fn) return this.operand(arg);
      const { local } = arg;
      if (local.mutable && args.slice(index + 1).some((later) => !assignsNothing(later, 6)))
        return this.ownOperand(arg);
      uses.push(local);
      return this.#registerOf(local);
    });
    for (const local of uses) this.use(local);
    return registers;
  }

  release(registers: readonly number[]): void {
    for (const register of registers) this.registers.release(register);
  }

  /** Register that an instruction may write its result to. */
  target(destination: Destination): number {
    return destination >= 0 ? destination : this.registers.temporary();
  }

  /** The result is in `register`, which `target` gave. */
  settle(destination: Destination, register: number): void {
    if (destination >= 0) return;
    if (destination === TAIL) this.code.emit("return", register);
    this.registers.release(register);
  }

  unit(destination: Destination): void {
    if (destination === EFFECT || !this.code.reachable) return;
    const register = this.target(destination);
    this.code.emit("load.unit", register);
    this.settle(destination, register);
  }

  move(destination: number, source: number): void {
    if (destination !== source) this.code.emit("move", destination, source);
  }

  // ----------------------------------------------------------------------------------------------------------------- jumps

  /** Goes to a label outside of the innermost `cleanups - outside` cleanups, which run first. */
  leaveTo(to: Label, outside: number): void {
    const innermost = this.cleanups.at(-1);
    if (innermost === undefined || this.cleanups.length <= outside) {
      this.code.emit("jump", to);
      return;
    }
    innermost.exits.push({ to, cleanups: outside });
    this.code.emit("load.int", innermost.token, innermost.exits.length + 1);
    this.code.emit("jump", innermost.entry);
  }

  /** Places code behind the present `try` body, or at the end of the function. It must not fall through. */
  defer(action: () => void): void {
    this.#deferred.at(-1)?.push(action);
  }

  openDeferred(): void {
    this.#deferred.push([]);
  }

  closeDeferred(): void {
    this.flushDeferred();
    this.#deferred.pop();
  }

  flushDeferred(): void {
    const list = this.#deferred.at(-1) ?? [];
    for (let next = list.pop(); next !== undefined; next = list.pop()) next();
  }

  label(): Label {
    return new Label();
  }
}

/** Whether evaluation certainly assigns no variable of this function. */
function assignsNothing(core: Core, depth: number): boolean {
  if (depth === 0) return false;
  const all = (args: readonly Core[]): boolean => args.every((arg) => assignsNothing(arg, depth - 1));
  switch (core.kind) {
    case "int":
    case "float":
    case "string":
    case "bool":
    case "unit":
    case "nil":
    case "null":
    case "local":
    case "global":
    case "import":
    case "function":
      return true;
    case "primitive":
    case "call-known":
    case "call-import":
      return all(core.args);
    case "call":
      return assignsNothing(core.callee, depth - 1) && all(core.args);
    case "compare":
      return assignsNothing(core.left, depth - 1) && assignsNothing(core.right, depth - 1);
    default:
      return false;
  }
}
