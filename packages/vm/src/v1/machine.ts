/**
 * The original's machine: one stack for the locals and operands of all active functions. RETURN does not cut it back, and what callees leave on it is part of what a
 * program means, so nothing here may be tidier than the original.
 */

import { NESTED_CALLS, nativeDepthExceeded } from "../machine/failure.js";
import type { Meter } from "../machine/meter.js";
import * as int64 from "../values/int.js";
import { ARRAY_BYTES, CONS_BYTES, PRODUCT_BYTES, SLOT_BYTES } from "../values/size.js";
import { equalV1 } from "./equality.js";
import {
  arityMismatch,
  callStackOverflow,
  divisionByZero,
  emptyList,
  failure,
  invalidConstantIndex,
  invalidInstructionPointer,
  invalidLocalIndex,
  runtimeError,
  stackUnderflow,
  tooManyArguments,
  typeMismatch,
} from "./failure.js";
import { Opcode } from "./instruction-set.js";
import type { LibraryContext } from "./library-context.js";
import type { InstructionV1 } from "./program.js";
import {
  ClosureValue,
  Cons,
  Float,
  isFalsy,
  isInt,
  listOf,
  MutableArray,
  NativeValue,
  NIL,
  OpaqueValue,
  RecordValue,
  Tuple,
  typeName,
  type Value,
  Variant,
} from "./value.js";

/** Frames, the top level included, beyond which CALL_METHOD refuses; CALL has no such limit. */
const METHOD_FRAMES = 1000;
const FIRST_SLOTS = 1024;
const FRAME_BYTES = 64;

interface Frame {
  readonly closure: ClosureValue;
  /** Next instruction. */
  ip: number;
  /** Slot of local 0; below zero when a method call lacked arguments. */
  readonly base: number;
}

/** What a machine can reach outside itself. */
export interface Surroundings {
  readonly globals: ReadonlyMap<string, Value>;
  /** Whether a host function has this name. */
  has(name: string): boolean;
  /** Calls one that exists. */
  invoke(name: string, context: LibraryContext, args: readonly Value[]): Value;
  write(stream: "stdout" | "stderr", text: string): void;
}

export class Machine implements LibraryContext {
  readonly #stack: Value[] = [];
  readonly #frames: Frame[] = [];
  #nested = 0;
  /** Slots that have been counted as memory. */
  #slots = 0;

  constructor(
    readonly surroundings: Surroundings,
    readonly meter: Meter,
  ) {}

  write(stream: "stdout" | "stderr", text: string): void {
    this.surroundings.write(stream, text);
  }

  /** Runs a program from its beginning. */
  runTopLevel(program: ClosureValue): Value {
    this.#frames.push({ closure: program, ip: 0, base: 0 });
    return this.#execute(0);
  }

  call(callee: Value, args: readonly Value[]): Value {
    this.meter.charge(1);
    if (callee instanceof ClosureValue) {
      if (callee.arity !== args.length) throw arityMismatch(callee.arity, args.length);
      if (this.#nested >= NESTED_CALLS) throw nativeDepthExceeded();
      const base = this.#stack.length;
      const frames = this.#frames.length;
      this.#stack.push(...args);
      this.#enter(callee, base);
      return this.#nest(frames, () => this.#execute(frames));
    }
    if (!(callee instanceof NativeValue)) throw typeMismatch("function", typeName(callee));
    const all = [...callee.given, ...args];
    if (all.length < callee.arity) return new NativeValue(callee.name, callee.arity, all);
    if (all.length > callee.arity) throw tooManyArguments(callee.name, callee.arity, all.length);
    if (this.#nested >= NESTED_CALLS) throw nativeDepthExceeded();
    return this.#nest(this.#frames.length, () =>
      this.#invoke(callee.name, all, `Undefined host function: ${callee.name}`),
    );
  }

  /** A function of the host may catch what a call of the program throws, and go on: the frames of the failed call must be gone then. */
  #nest(frames: number, run: () => Value): Value {
    this.#nested++;
    try {
      return run();
    } catch (error) {
      this.#frames.length = frames;
      throw error;
    } finally {
      this.#nested--;
    }
  }

  /** Runs until the frame at the position `floor` has returned. */
  #execute(floor: number): Value {
    const stack = this.#stack;
    const meter = this.meter;
    let frame = this.#frames.at(-1) as Frame;
    let { instructions } = frame.closure.chunk;
    for (;;) {
      if (--meter.fuel < 0) meter.refillBlock(0, () => []);
      const instruction = instructions[frame.ip];
      if (instruction === undefined) throw invalidInstructionPointer(frame.ip);
      frame.ip++;
      switch (instruction.opcode) {
        case Opcode.LOAD_CONST:
          stack.push(constant(frame, instruction.operand));
          break;
        case Opcode.LOAD_LOCAL: {
          const slot = frame.base + instruction.operand;
          if (slot < 0 || slot >= stack.length) throw invalidLocalIndex(instruction.operand);
          stack.push(stack[slot]);
          break;
        }
        case Opcode.STORE_LOCAL:
          this.#storeLocal(frame.base, instruction.operand);
          break;
        case Opcode.LOAD_UPVALUE:
          throw noUpvalue(instruction.operand);
        case Opcode.STORE_UPVALUE:
          this.#pop();
          throw noUpvalue(instruction.operand);
        case Opcode.LOAD_GLOBAL:
          stack.push(this.#global(constant(frame, instruction.operand)));
          break;
        case Opcode.POP:
          this.#pop();
          break;
        case Opcode.DUP:
          stack.push(this.#peek());
          break;
        case Opcode.CHECK_INT:
        case Opcode.CHECK_BOOL:
        case Opcode.CHECK_STRING:
          stack.push(this.#peek() === instruction.expected);
          break;
        case Opcode.CHECK_TUPLE_LEN: {
          const value = this.#peek();
          stack.push(value instanceof Tuple && value.items.length === instruction.operand);
          break;
        }
        case Opcode.GET_TUPLE_ELEM: {
          const value = this.#peek();
          if (!(value instanceof Tuple)) throw runtimeError("Not a tuple", "FUS0502");
          if (instruction.operand >= value.items.length)
            throw runtimeError("Tuple index out of bounds", "FUS0504");
          stack.push(value.items[instruction.operand]);
          break;
        }
        case Opcode.ADD:
        case Opcode.SUB:
        case Opcode.MUL:
        case Opcode.DIV: {
          const b = this.#pop();
          const a = this.#pop();
          stack.push(calculate(instruction.opcode, a, b));
          break;
        }
        case Opcode.CONCAT: {
          const b = this.#pop();
          const a = this.#pop();
          if (typeof a !== "string" || typeof b !== "string")
            throw runtimeError(`Type mismatch in concatenation: ${typeName(a)} ++ ${typeName(b)}`, "FUS0502");
          meter.joinString(a.length + b.length, Math.min(a.length, b.length));
          stack.push(a + b);
          break;
        }
        case Opcode.EQ:
        case Opcode.NEQ: {
          const b = this.#pop();
          const a = this.#pop();
          stack.push(equalV1(a, b, meter) === (instruction.opcode === Opcode.EQ));
          break;
        }
        case Opcode.LT:
        case Opcode.LTE:
        case Opcode.GT:
        case Opcode.GTE: {
          const b = this.#pop();
          const a = this.#pop();
          stack.push(compare(instruction.opcode, a, b));
          break;
        }
        case Opcode.AND:
        case Opcode.OR: {
          const b = asBool(this.#pop());
          const a = asBool(this.#pop());
          stack.push(instruction.opcode === Opcode.AND ? a && b : a || b);
          break;
        }
        case Opcode.NOT:
          stack.push(!asBool(this.#pop()));
          break;
        case Opcode.JUMP:
          jump(frame, instruction.operand);
          break;
        case Opcode.JUMP_IF_FALSE:
          if (isFalsy(this.#pop())) jump(frame, instruction.operand);
          break;
        case Opcode.CALL:
          this.#call(instruction.operand);
          frame = this.#frames.at(-1) as Frame;
          instructions = frame.closure.chunk.instructions;
          break;
        case Opcode.CALL_METHOD:
          this.#callMethod(constant(frame, instruction.operand), instruction.count);
          frame = this.#frames.at(-1) as Frame;
          instructions = frame.closure.chunk.instructions;
          break;
        case Opcode.TAIL_CALL:
          throw runtimeError("TAIL_CALL: the original ends its process here");
        case Opcode.RETURN: {
          const result = stack.length === 0 ? undefined : stack.pop();
          this.#frames.pop();
          if (this.#frames.length === floor) return result;
          stack.push(result);
          frame = this.#frames.at(-1) as Frame;
          instructions = frame.closure.chunk.instructions;
          break;
        }
        default:
          this.#data(instruction, frame);
      }
      if (stack.length > this.#slots) this.#countSlots();
    }
  }

  /** The instructions that make data and take it apart. */
  #data(instruction: InstructionV1, frame: Frame): void {
    const stack = this.#stack;
    const meter = this.meter;
    const { operand } = instruction;
    switch (instruction.opcode) {
      case Opcode.MAKE_TUPLE:
        meter.allocate(PRODUCT_BYTES + operand * SLOT_BYTES);
        stack.push(new Tuple(this.#popMany(operand)));
        return;
      case Opcode.GET_TUPLE_FIELD: {
        const tuple = this.#pop();
        if (!(tuple instanceof Tuple)) throw typeMismatch("tuple", typeName(tuple));
        const size = tuple.items.length;
        if (operand >= size)
          throw failure(`Invalid tuple field index: ${operand} (tuple size: ${size})`, "FUS0504");
        stack.push(tuple.items[operand]);
        return;
      }
      case Opcode.MAKE_LIST:
        meter.allocate(operand * CONS_BYTES);
        stack.push(listOf(this.#popMany(operand)));
        return;
      case Opcode.CONS: {
        const tail = this.#pop();
        const head = this.#pop();
        meter.allocate(CONS_BYTES);
        stack.push(new Cons(head, tail));
        return;
      }
      case Opcode.LIST_HEAD:
        stack.push(asCons(this.#pop()).head);
        return;
      case Opcode.LIST_TAIL:
        stack.push(asCons(this.#pop()).tail);
        return;
      case Opcode.IS_NIL:
        stack.push(this.#pop() === NIL);
        return;
      case Opcode.MAKE_ARRAY:
        meter.allocate(ARRAY_BYTES + operand * SLOT_BYTES);
        stack.push(new MutableArray(this.#popMany(operand)));
        return;
      case Opcode.ARRAY_GET: {
        const index = this.#pop();
        const array = this.#pop();
        const { items, at } = elementAt(array, index);
        stack.push(items[at]);
        return;
      }
      case Opcode.ARRAY_SET: {
        const value = this.#pop();
        const index = this.#pop();
        const array = this.#pop();
        const { items, at } = elementAt(array, index);
        items[at] = value;
        stack.push(undefined);
        return;
      }
      case Opcode.ARRAY_LENGTH: {
        const array = this.#pop();
        if (!(array instanceof MutableArray)) throw notAnArray();
        stack.push(array.items.length);
        return;
      }
      case Opcode.ARRAY_UPDATE: {
        const value = this.#pop();
        const index = arrayIndex(this.#pop());
        const array = this.#pop();
        if (!(array instanceof MutableArray)) throw typeMismatch("array", typeName(array));
        const { length } = array.items;
        if (index >= length) throw runtimeError(`Index ${index} out of bounds`, "FUS0504");
        meter.charge(length >> 2);
        meter.allocate(ARRAY_BYTES + length * SLOT_BYTES);
        stack.push(new MutableArray(array.items.with(Number(index), value)));
        return;
      }
      case Opcode.MAKE_RECORD:
        stack.push(this.#recordOf(new Map(), this.#popPairs(operand)));
        return;
      case Opcode.UPDATE_RECORD: {
        const pairs = this.#popPairs(operand);
        const record = this.#pop();
        if (!(record instanceof RecordValue)) throw notARecord();
        stack.push(this.#recordOf(record.fields, pairs));
        return;
      }
      case Opcode.GET_RECORD_FIELD: {
        const key = asString(this.#pop());
        const record = this.#pop();
        if (!(record instanceof RecordValue)) throw notARecord();
        if (!record.fields.has(key)) throw runtimeError(fieldNotFound(key), "FUS0505");
        stack.push(record.fields.get(key));
        return;
      }
      case Opcode.MAKE_VARIANT: {
        meter.allocate(PRODUCT_BYTES + operand * SLOT_BYTES);
        const fields = this.#popMany(operand);
        const caseName = this.#pop();
        const type = asString(this.#pop());
        stack.push(new Variant(type, asString(caseName), fields));
        return;
      }
      case Opcode.CHECK_VARIANT_TAG: {
        const value = this.#pop();
        stack.push(value instanceof Variant && value.caseName === instruction.expected);
        return;
      }
      case Opcode.GET_VARIANT_FIELD: {
        const value = this.#pop();
        if (!(value instanceof Variant)) throw runtimeError("Not a variant", "FUS0502");
        if (operand >= value.fields.length)
          throw runtimeError(`Variant field index out of bounds: ${operand}`, "FUS0504");
        stack.push(value.fields[operand]);
        return;
      }
      case Opcode.MAKE_CLOSURE: {
        const prototype = constant(frame, operand);
        if (!(prototype instanceof ClosureValue)) throw typeMismatch("closure", typeName(prototype));
        for (let left = instruction.count; left > 0; left--) this.#pop();
        meter.allocate(PRODUCT_BYTES);
        stack.push(new ClosureValue(prototype.chunk, prototype.arity, prototype.name));
        return;
      }
      case Opcode.CLOSE_UPVALUE:
        return;
      default:
        throw new RangeError(`no instruction has the ordinal ${instruction.opcode}`);
    }
  }

  #storeLocal(base: number, local: number): void {
    const value = this.#pop();
    if (base < 0) throw runtimeError(`Local ${local} lies below the stack`);
    const stack = this.#stack;
    while (stack.length <= base + local) stack.push(undefined);
    stack[base + local] = value;
  }

  #global(name: Value): Value {
    if (typeof name !== "string") throw typeMismatch("string (global name)", typeName(name));
    const { globals } = this.surroundings;
    if (globals.has(name)) return globals.get(name);
    if (this.surroundings.has(name)) return new NativeValue(name, 0, []);
    throw runtimeError(`Undefined global: ${name}`);
  }

  #call(count: number): void {
    const stack = this.#stack;
    const at = stack.length - count - 1;
    if (at < 0) throw stackUnderflow();
    const callee = stack[at];
    if (callee instanceof ClosureValue) {
      if (callee.arity !== count) throw arityMismatch(callee.arity, count);
      this.#enter(callee, at + 1);
      return;
    }
    if (!(callee instanceof NativeValue)) throw typeMismatch("function", typeName(callee));
    const { name, arity, given } = callee;
    const args = stack.splice(at + 1, count);
    const all = given.length === 0 ? args : [...given, ...args];
    if (arity === 0 || all.length === arity) {
      stack.push(this.#invoke(name, all, `Undefined host function: ${name}`));
    } else if (all.length < arity) {
      stack.push(this.#partial(callee, all));
    } else {
      throw tooManyArguments(name, arity, all.length);
    }
  }

  #callMethod(name: Value, count: number): void {
    if (typeof name !== "string") throw typeMismatch("string (method name)", typeName(name));
    const stack = this.#stack;
    const at = stack.length - count - 1;
    if (at < 0) throw stackUnderflow();
    const receiver = stack[at];
    if (receiver instanceof OpaqueValue) throw runtimeError(`Method not found: ${name}`);
    if (!(receiver instanceof RecordValue))
      throw runtimeError(`Method dispatch not supported for type: ${typeName(receiver)}`);
    if (!receiver.fields.has(name))
      throw runtimeError(`Method not found on record: ${name} (${fieldNotFound(name)})`, "FUS0505");
    const method = receiver.fields.get(name);
    const [, ...args] = stack.splice(at, count + 1);
    if (method instanceof ClosureValue) {
      stack.push(...args);
      if (this.#frames.length >= METHOD_FRAMES) throw callStackOverflow();
      this.#enter(method, stack.length - method.arity);
    } else if (method instanceof NativeValue) {
      const all = [...method.given, ...args];
      stack.push(
        all.length < method.arity
          ? this.#partial(method, all)
          : this.#invoke(method.name, all, `Host function not found: ${method.name}`),
      );
    } else {
      throw runtimeError(`Record field '${name}' is not callable: ${typeName(method)}`);
    }
  }

  #partial(callee: NativeValue, given: readonly Value[]): NativeValue {
    this.meter.allocate(PRODUCT_BYTES + given.length * SLOT_BYTES);
    return new NativeValue(callee.name, callee.arity, given);
  }

  #enter(closure: ClosureValue, base: number): void {
    const depth = this.#frames.length;
    this.meter.enterDepth(depth);
    if (depth > this.meter.maxDepth) this.meter.maxDepth = depth;
    this.meter.allocate(FRAME_BYTES);
    this.#frames.push({ closure, ip: 0, base });
  }

  #invoke(name: string, args: readonly Value[], absent: string): Value {
    if (!this.surroundings.has(name)) throw runtimeError(absent);
    return this.surroundings.invoke(name, this, args);
  }

  #pop(): Value {
    if (this.#stack.length === 0) throw stackUnderflow();
    return this.#stack.pop();
  }

  #peek(): Value {
    if (this.#stack.length === 0) throw stackUnderflow();
    return this.#stack.at(-1);
  }

  #popMany(count: number): Value[] {
    const stack = this.#stack;
    if (stack.length < count) throw stackUnderflow();
    this.meter.charge(count >> 2);
    return stack.splice(stack.length - count, count);
  }

  /** From the top down, so that of equal names the first in the program comes last. */
  #popPairs(count: number): [string, Value][] {
    this.meter.charge(count);
    const pairs: [string, Value][] = [];
    for (let left = count; left > 0; left--) {
      const value = this.#pop();
      pairs.push([asString(this.#pop()), value]);
    }
    return pairs;
  }

  #recordOf(fields: ReadonlyMap<string, Value>, pairs: readonly [string, Value][]): RecordValue {
    const size = fields.size + pairs.length;
    this.meter.charge(size >> 2);
    this.meter.allocate(PRODUCT_BYTES + size * 2 * SLOT_BYTES);
    const made = new Map(fields);
    for (const [key, value] of pairs) made.set(key, value);
    return new RecordValue(made);
  }

  /** The stack has outgrown what was counted of it. */
  #countSlots(): void {
    const { memoryBytes } = this.meter.limits;
    const needed = this.#stack.length;
    if (needed * SLOT_BYTES > memoryBytes) this.meter.allocate(needed * SLOT_BYTES);
    const wanted = Math.max(FIRST_SLOTS, needed * 2);
    const slots = Math.max(needed, Math.min(wanted, Math.floor(memoryBytes / SLOT_BYTES)));
    this.meter.allocate((slots - this.#slots) * SLOT_BYTES);
    this.#slots = slots;
  }
}

function constant(frame: Frame, index: number): Value {
  const { constants } = frame.closure.chunk;
  if (index >= constants.length) throw invalidConstantIndex(index);
  return constants[index];
}

/** `offset` counts from the next instruction; the least one has no negative and counts forwards. */
function jump(frame: Frame, offset: number): void {
  const target = frame.ip + (offset === -0x8000 ? 0x8000 : offset);
  if (target < 0 || target > frame.closure.chunk.instructions.length) throw invalidInstructionPointer(target);
  frame.ip = target;
}

function calculate(opcode: number, a: Value, b: Value): Value {
  if (isInt(a) && isInt(b)) return calculateInts(opcode, a, b);
  if (a instanceof Float && b instanceof Float) return calculateFloats(opcode, a.value, b.value);
  const { word, sign } = arithmetic(opcode);
  throw runtimeError(`Type mismatch in ${word}: ${typeName(a)} ${sign} ${typeName(b)}`, "FUS0502");
}

function calculateInts(opcode: number, a: int64.Int, b: int64.Int): Value {
  switch (opcode) {
    case Opcode.ADD:
      return int64.add(a, b);
    case Opcode.SUB:
      return int64.sub(a, b);
    case Opcode.MUL:
      return int64.mul(a, b);
    default:
      if (b === 0) throw divisionByZero();
      // Here the original ends its process.
      if (b === -1 && a === -(2n ** 63n)) throw runtimeError("Integer overflow in division", "FUS0503");
      return int64.div(a, b);
  }
}

function calculateFloats(opcode: number, a: number, b: number): Float {
  switch (opcode) {
    case Opcode.ADD:
      return new Float(a + b);
    case Opcode.SUB:
      return new Float(a - b);
    case Opcode.MUL:
      return new Float(a * b);
    default:
      if (b === 0) throw divisionByZero();
      return new Float(a / b);
  }
}

function arithmetic(opcode: number): { readonly word: string; readonly sign: string } {
  switch (opcode) {
    case Opcode.ADD:
      return { word: "addition", sign: "+" };
    case Opcode.SUB:
      return { word: "subtraction", sign: "-" };
    case Opcode.MUL:
      return { word: "multiplication", sign: "*" };
    default:
      return { word: "division", sign: "/" };
  }
}

function compare(opcode: number, a: Value, b: Value): boolean {
  if (isInt(a) && isInt(b)) return ordered(opcode, a, b);
  if (a instanceof Float && b instanceof Float) return ordered(opcode, a.value, b.value);
  const sign = opcode === Opcode.LT ? "<" : opcode === Opcode.LTE ? "<=" : opcode === Opcode.GT ? ">" : ">=";
  throw runtimeError(`Type mismatch in comparison: ${typeName(a)} ${sign} ${typeName(b)}`, "FUS0502");
}

function ordered(opcode: number, a: int64.Int, b: int64.Int): boolean {
  switch (opcode) {
    case Opcode.LT:
      return a < b;
    case Opcode.LTE:
      return a <= b;
    case Opcode.GT:
      return a > b;
    default:
      return a >= b;
  }
}

function asBool(value: Value): boolean {
  if (typeof value !== "boolean") throw typeMismatch("bool", typeName(value));
  return value;
}

function asString(value: Value): string {
  if (typeof value !== "string") throw typeMismatch("string", typeName(value));
  return value;
}

function asCons(value: Value): Cons {
  if (value instanceof Cons) return value;
  throw value === NIL ? emptyList() : typeMismatch("list", typeName(value));
}

function arrayIndex(index: Value): int64.Int {
  if (!isInt(index)) throw typeMismatch("int", typeName(index));
  if (index < 0) throw typeMismatch("non-negative int", "negative int");
  return index;
}

/** The place in an array, after the checks in the original's order: the index comes first. */
function elementAt(array: Value, index: Value): { readonly items: Value[]; readonly at: number } {
  const at = arrayIndex(index);
  if (!(array instanceof MutableArray)) throw notAnArray();
  if (at >= array.items.length) throw runtimeError(`Array index out of bounds: ${at}`, "FUS0504");
  return { items: array.items, at: Number(at) };
}

function notAnArray() {
  return runtimeError("Not an array", "FUS0502");
}

function notARecord() {
  return runtimeError("Not a record", "FUS0502");
}

function fieldNotFound(name: string): string {
  return `Record field not found: ${name}`;
}

function noUpvalue(index: number) {
  return runtimeError(`Invalid upvalue index: ${index}`);
}
