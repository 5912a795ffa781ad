import type { Core } from "../core/core.js";
import type { CoreFunction } from "../core/function.js";
import type { Local } from "../core/local.js";
import { CompilerBug, TooLargeError } from "../errors.js";
import type { Plan } from "../match/plan.js";
import type { ModuleTables } from "../module/tables.js";
import { Assembler, Label, opcodeNamed } from "./assembler.js";
import { isFloatRegister, Registers } from "./registers.js";

/** Where a value goes: a register of either file, or one of the two below. */
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
  /** Locals of the scopes that are open, the innermost last. */
  readonly #scoped: Local[] = [];
  /** Code that is better placed out of the way; one list per `try` body, so that its handler covers it. */
  readonly #deferred: (() => void)[][] = [[]];
  /** Registers of captured values: extra parameters, or loaded at entry. */
  #captured: Map<Local, number> | undefined;
  /** Captured floats that are needed as such more than once. */
  #capturedFloats: Map<Local, number> | undefined;
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
    this.#enterCaptures();
    for (const param of this.fn.params) {
      if (param.floatUses > 0 && !param.inCell) this.move(this.alsoFloat(param), param.register);
    }
    if (this.#captured === undefined) return;
    for (const [local, register] of this.#captured) {
      if (local.floatUses === 0 || local.inCell) continue;
      const float = this.registers.permanentFloat();
      this.move(float, register);
      this.#capturedFloats ??= new Map();
      this.#capturedFloats.set(local, float);
    }
  }

  #enterCaptures(): void {
    const { captures, lifted, free, hasLoop } = this.fn;
    for (const [index, local] of captures.entries()) {
      const mentions = free.get(local) ?? 0;
      if (!lifted && mentions < 2 && !(hasLoop && mentions > 0)) continue;
      const register = this.registers.permanent();
      if (!lifted) this.code.emit("load.capture", register, index);
      this.#captured ??= new Map();
      this.#captured.set(local, register);
    }
  }

  leave(): void {
    if (this.code.reachable) throw new CompilerBug(`the code of '${this.fn.name}' has no end`, this.fn.span);
    this.flushDeferred();
  }

  // ---------------------------------------------------------------------------------------------------------------- locals

  /** Gives the local a home among the registers for any value. */
  define(local: Local): number {
    local.floatRegister = -1;
    local.register = this.registers.forLocal(local);
    this.#open(local);
    return local.register;
  }

  /** Gives the local a home among the float registers. */
  defineFloat(local: Local): number {
    local.register = -1;
    local.floatRegister = this.registers.floatForLocal(local);
    this.#open(local);
    return local.floatRegister;
  }

  /** A second home for a local that has one already and never changes; the value is to be moved there. */
  alsoFloat(local: Local): number {
    local.floatRegister = this.registers.floatForLocal(local);
    this.#scoped.push(local);
    return local.floatRegister;
  }

  #open(local: Local): void {
    local.loopDepth = this.#loopDepth;
    local.remaining = local.captured || this.#repetitions > 0 ? Number.POSITIVE_INFINITY : local.uses;
    this.#scoped.push(local);
  }

  /** Computes a value into a local that is defined here and lives in no cell. */
  bind(local: Local, value: Core): void {
    if (local.floatUses === 0) {
      this.emit(value, this.define(local));
      return;
    }
    const float = this.isFloat(value);
    const anyUses = local.captured || (!float && local.uses > local.floatUses);
    if (local.mutable || !anyUses) {
      this.emit(value, this.defineFloat(local));
      return;
    }
    const register = this.define(local);
    if (!float) {
      this.emit(value, register);
      this.move(this.alsoFloat(local), register);
      return;
    }
    this.emit(value, this.alsoFloat(local));
    this.move(register, local.floatRegister);
  }

  /** Puts the value of a register into a local that is defined here unless it is already. */
  bindTo(local: Local, register: number): void {
    if (!this.isDefined(local)) {
      if (local.floatUses > 0 && !local.captured && local.uses <= local.floatUses) this.defineFloat(local);
      else {
        this.define(local);
        if (local.floatUses > 0) this.alsoFloat(local);
      }
    }
    if (local.register >= 0) this.move(local.register, register);
    if (local.floatRegister >= 0) this.move(local.floatRegister, register);
  }

  /** The local is another name for a register that somebody else owns. */
  alias(local: Local, register: number): void {
    local.register = register;
    local.floatRegister = -1;
    local.remaining = Number.POSITIVE_INFINITY;
  }

  keep(local: Local): void {
    local.remaining = Number.POSITIVE_INFINITY;
  }

  isDefined(local: Local): boolean {
    return (
      (local.register >= 0 && this.registers.isOwnedBy(local.register, local)) ||
      (local.floatRegister >= 0 && this.registers.isOwnedBy(local.floatRegister, local))
    );
  }

  scope<T>(action: () => T): T {
    const start = this.openScope();
    const result = action();
    this.closeScope(start);
    return result;
  }

  /** Opens a scope; the result closes it. */
  openScope(): number {
    return this.#scoped.length;
  }

  /** Locals that were defined since the scope was opened give their registers back. */
  closeScope(start: number): void {
    for (let i = start; i < this.#scoped.length; i++) {
      const local = this.#scoped[i] as Local;
      this.registers.leave(local.register, local);
      this.registers.leave(local.floatRegister, local);
    }
    this.#scoped.length = start;
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

  /** Counts a use of a local of this function. After the last one, `register`, a home of it, is a temporary of the caller. */
  #use(local: Local, register: number): void {
    if (this.#repetitions > 0 || --local.remaining > 0 || local.loopDepth !== this.#loopDepth) return;
    this.registers.makeTemporary(register, local);
    this.registers.leave(register === local.register ? local.floatRegister : local.register, local);
  }

  /** Where a local of this function lives; among the float registers, if it has a choice and `float` is wanted. */
  #homeOf(local: Local, float: boolean): number {
    const home =
      local.register < 0 || (float && local.floatRegister >= 0) ? local.floatRegister : local.register;
    if (home < 0 && this.code.reachable)
      throw new CompilerBug(`'${local.name}' has no register in '${this.fn.name}'`, this.code.span);
    return home;
  }

  /** Register with what stands for a local: its value, or its cell. To be released. */
  raw(local: Local): number {
    if (local.owner === this.fn) return this.#generic(this.#homeOf(local, false));
    const known = this.#captured?.get(local);
    if (known !== undefined) return known;
    const register = this.registers.temporary();
    if (local === this.fn.binder) this.code.emit("load.self", register);
    else {
      const index = this.fn.captures.indexOf(local);
      if (this.fn.lifted || index < 0)
        throw new CompilerBug(`'${this.fn.name}' does not capture '${local.name}'`, this.fn.span);
      this.code.emit("load.capture", register, index);
    }
    return register;
  }

  /** Register, of the file that is wanted if there is a choice, with the value of a local. To be released. */
  source(local: Local, float: boolean): number {
    if (local.inCell) {
      const cell = this.raw(local);
      this.registers.release(cell);
      const register = this.registers.temporary();
      this.code.emit("cell.get", register, cell);
      return register;
    }
    if (local.owner !== this.fn)
      return (float ? this.#capturedFloats?.get(local) : undefined) ?? this.raw(local);
    const home = this.#homeOf(local, float);
    this.#use(local, home);
    return home;
  }

  /** Register for any value with the value of a local. To be released. */
  read(local: Local): number {
    return this.#generic(this.source(local, false));
  }

  /** The value of a register in a register for any value. */
  #generic(register: number): number {
    if (!isFloatRegister(register)) return register;
    this.registers.release(register);
    const temporary = this.registers.temporary();
    this.move(temporary, register);
    return temporary;
  }

  /** Float register with the value of a local. To be released. */
  #readFloat(local: Local): number {
    const register = this.source(local, true);
    if (isFloatRegister(register)) return register;
    this.registers.release(register);
    const temporary = this.registers.floatTemporary();
    this.move(temporary, register);
    return temporary;
  }

  // -------------------------------------------------------------------------------------------------------------- operands

  /** Register with the value of an expression. To be released. */
  operand(core: Core): number {
    return core.kind === "local" ? this.read(core.local) : this.ownOperand(core);
  }

  /** Float register with the value of an expression. To be released. */
  floatOperand(core: Core): number {
    return core.kind === "local" ? this.#readFloat(core.local) : this.#ownFloatOperand(core);
  }

  /** Like `operand`, in a register that nothing else changes. */
  ownOperand(core: Core): number {
    const register = this.registers.temporary();
    this.emit(core, register);
    return register;
  }

  #ownFloatOperand(core: Core): number {
    const register = this.registers.floatTemporary();
    this.emit(core, register);
    return register;
  }

  /** Registers with the values of several expressions, computed in order; `areFloats` tells which go into float registers. To be released. */
  operands(args: readonly Core[], areFloats: (index: number) => boolean = nowhere): number[] {
    const registers = new Array<number>(args.length);
    for (let index = 0; index < args.length; index++)
      registers[index] = this.#operandAmong(args, index, areFloats(index));
    // The use of a local in its home counts when all operands are there: until then a later operand must not take its register over.
    for (let index = 0; index < args.length; index++) {
      const arg = args[index] as Core;
      const register = registers[index] as number;
      if (this.#isOwnLocal(arg) && isHome(arg.local, register)) this.#use(arg.local, register);
    }
    return registers;
  }

  /** Register with the value of one of several expressions; the use of a local in its home does not count yet. */
  #operandAmong(args: readonly Core[], index: number, float: boolean): number {
    const arg = args[index] as Core;
    if (this.#isOwnLocal(arg)) {
      const home = this.#homeOf(arg.local, float);
      if (isFloatRegister(home) === float) {
        if (!arg.local.mutable || args.slice(index + 1).every((later) => assignsNothing(later, 6)))
          return home;
        return float ? this.#ownFloatOperand(arg) : this.ownOperand(arg);
      }
    }
    return float ? this.floatOperand(arg) : this.operand(arg);
  }

  /** A local of this function that lives in registers. */
  #isOwnLocal(core: Core): core is Extract<Core, { kind: "local" }> {
    return core.kind === "local" && !core.local.inCell && core.local.owner === this.fn;
  }

  /** Whether the value of an expression comes about in a float register. */
  isFloat(core: Core): boolean {
    return comesAsFloat(core, this.fn, 8);
  }

  release(registers: readonly number[]): void {
    for (const register of registers) this.registers.release(register);
  }

  /** Register that an instruction may write its result to. */
  target(destination: Destination): number {
    return destination >= 0 && !isFloatRegister(destination) ? destination : this.registers.temporary();
  }

  /** Float register that an instruction may write its result to. */
  floatTarget(destination: Destination): number {
    return isFloatRegister(destination) ? destination : this.registers.floatTemporary();
  }

  /** The result is in `register`, which `target` or `floatTarget` gave. */
  settle(destination: Destination, register: number): void {
    if (destination === register) return;
    if (destination >= 0) this.move(destination, register);
    else if (destination === TAIL) {
      const result = this.#generic(register);
      this.code.emit("return", result);
      this.registers.release(result);
    }
    this.registers.release(register);
  }

  unit(destination: Destination): void {
    if (destination === EFFECT || !this.code.reachable) return;
    const register = this.target(destination);
    this.code.emit("load.unit", register);
    this.settle(destination, register);
  }

  move(destination: number, source: number): void {
    if (destination === source) return;
    const toFloat = isFloatRegister(destination);
    if (isFloatRegister(source))
      this.code.emit(toFloat ? "move.float" : "move.from.float", destination, source);
    else this.code.emit(toFloat ? "move.to.float" : "move", destination, source);
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

function isHome(local: Local, register: number): boolean {
  return register === local.register || register === local.floatRegister;
}

function nowhere(): boolean {
  return false;
}

/** Looks no deeper than `depth`: where it does not see a float there may be one, which then takes a move more. */
function comesAsFloat(core: Core, fn: CoreFunction, depth: number): boolean {
  if (depth === 0) return false;
  switch (core.kind) {
    case "float":
      return true;
    case "local":
      return core.local.owner === fn && core.local.floatRegister >= 0;
    case "primitive":
      return opcodeNamed(core.op).info.operands[0] === "fdst";
    case "block":
      return comesAsFloat(core.result, fn, depth - 1);
    case "if":
      return (
        comesAsFloat(core.otherwise, fn, depth - 1) ||
        core.branches.slice(0, depth).some(({ body }) => comesAsFloat(body, fn, depth - 1))
      );
    case "match":
      return someBody(core.plan, depth - 1, (body) => comesAsFloat(body, fn, depth - 1));
    case "try-with":
    case "try-finally":
      return comesAsFloat(core.body, fn, depth - 1);
    default:
      return false;
  }
}

function someBody(plan: Plan, depth: number, holds: (body: Core) => boolean): boolean {
  if (plan.kind === "rows") return plan.rows.slice(0, depth).some(({ leaf }) => holds(leaf.body));
  if (plan.end.kind === "leaf" && holds(plan.end.leaf.body)) return true;
  if (depth === 0) return false;
  return plan.steps.some(
    (step) =>
      step.kind === "switch" &&
      step.cases.slice(0, depth).some(({ decision }) => someBody(decision, depth - 1, holds)),
  );
}
