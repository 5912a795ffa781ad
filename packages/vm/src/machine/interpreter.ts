import type { AbortError } from "../errors.js";
import type { NativeContext } from "../host/context.js";
import type { LinkedImport } from "../host/link.js";
import {
  add as intAdd,
  div as intDiv,
  mul as intMul,
  neg as intNeg,
  rem as intRem,
  sub as intSub,
  toFloat as intToFloat,
} from "../values/int.js";
import { type FixedSlots, setSlot, slotAt, tupleShape } from "../values/product.js";
import {
  ARRAY_BYTES,
  CELL_BYTES,
  CLOSURE_BYTES,
  CONS_BYTES,
  PRODUCT_BYTES,
  SLOT_BYTES,
} from "../values/size.js";
import {
  Closure,
  ExceptionValue,
  List,
  NIL,
  type Product,
  type RecordShape,
  RefCell,
  type UnionShape,
  type Value,
} from "../values/value.js";
import { Application, apply, bytecodeOf, functionOfImport } from "./application.js";
import type { Call } from "./call.js";
import { CHARGE, ENTER, type FunctionCode, PREPARE } from "./code.js";
import type { Engine } from "./engine.js";
import {
  arrayIndexOutside,
  Cancellation,
  emptyList,
  faultOf,
  noFloat,
  passFrame,
  stringIndexOutside,
} from "./failure.js";
import { type Fiber, type Frame, RETURN_AT_ONCE } from "./fiber.js";
import { prepareFunction } from "./prepare.js";
import { executeOnValues } from "./value-instructions.js";

/** What `execute` gives instead of a value when the fiber waits for a promise. */
export const PARKED: unique symbol = Symbol("parked");

/** How a parked fiber goes on. */
export type Resumption = { readonly value: Value } | { readonly error: unknown };

/**
 * Runs the fiber from where it stands until the function at depth `floor` returns, and gives the result. With `resumption`, first delivers what the fiber
 * waited for.
 *
 * @throws ExceptionValue for an exception that no handler above `floor` takes; AbortError when what `finally` guards above `floor` has run; LimitError, BytecodeError as they are.
 * @example
 * const result = execute(call, call.fiber, call.fiber.depth);
 * if (result === PARKED) await call.fiber.promise;
 */
export function execute(
  call: Call,
  fiber: Fiber,
  floor: number,
  resumption?: Resumption,
): Value | typeof PARKED {
  const meter = call.meter;
  const R = fiber.registers;
  const frames = fiber.frames;
  /** Float registers. A nested run can make the fiber get larger ones, so this is looked at again after each. */
  let F = fiber.floats;

  let closure = fiber.closure as Closure;
  let code = closure.code;
  let unit = closure.unit;
  let W = closure.words;
  let base = fiber.base | 0;
  let floatBase = fiber.floatBase | 0;
  let pc = fiber.pc | 0;
  let depth = fiber.depth | 0;
  let highest = meter.maxDepth | 0;
  let fuel = meter.fuel | 0;
  /** Something outside the loop is running: the fuel in the meter is the newer one. */
  let away = false;

  let pending = resumption;

  for (;;) {
    try {
      if (pending !== undefined) {
        const delivered = pending;
        pending = undefined;
        if ("error" in delivered) throw delivered.error;
        R[base + fiber.destination] = delivered.value;
      } else if (pc === 0) {
        fuel = (fuel - code.entryFuel) | 0;
        if (fuel < 0) {
          fuel = fiber.refill(meter, fuel, closure, pc, base, depth) | 0;
        }
      }

      for (;;) {
        // Changes nothing, and tells the JavaScript engine that the sums of which operands are read cannot overflow.
        pc &= 0x3fffffff;
        // An instruction ends by `continue`, or leaves one of these blocks for what stands behind it.
        /** Of `invoke`, `push` and `enter`: the function, and its first register. */
        let target: Closure;
        let next = 0;
        /** Of `unsure`. */
        let callee: Value;
        let args: readonly Value[];
        /** Of `unsure` and `push`: where the result goes, and the words of the call. */
        let destination = 0;
        let size = 0;
        /** Of `leave`. */
        let result: Value;
        leave: {
          enter: {
            push: {
              invoke: {
                unsure: {
                  assign: {
                    switch (W[pc]) {
                      case 0 /* move */:
                        {
                          R[base + (W[pc + 1] as number)] = R[base + (W[pc + 2] as number)];
                          pc = (pc + 3) | 0;
                          continue;
                        }
                      case 1 /* load.const */:
                        {
                          R[base + (W[pc + 1] as number)] = code.module.constants[W[pc + 2] as number];
                          pc = (pc + 3) | 0;
                          continue;
                        }
                      case 2 /* load.int */:
                        {
                          R[base + (W[pc + 1] as number)] = W[pc + 2] as number;
                          pc = (pc + 3) | 0;
                          continue;
                        }
                      case 3 /* load.unit */:
                        {
                          R[base + (W[pc + 1] as number)] = undefined;
                          pc = (pc + 2) | 0;
                          continue;
                        }
                      case 4 /* load.true */:
                        {
                          R[base + (W[pc + 1] as number)] = true;
                          pc = (pc + 2) | 0;
                          continue;
                        }
                      case 5 /* load.false */:
                        {
                          R[base + (W[pc + 1] as number)] = false;
                          pc = (pc + 2) | 0;
                          continue;
                        }
                      case 6 /* load.nil */:
                        {
                          R[base + (W[pc + 1] as number)] = NIL;
                          pc = (pc + 2) | 0;
                          continue;
                        }
                      case 8 /* load.fn */:
                        {
                          R[base + (W[pc + 1] as number)] = unit.closures[W[pc + 2] as number];
                          pc = (pc + 3) | 0;
                          continue;
                        }
                      case 9 /* load.import */:
                        {
                          const target = unit.imports[W[pc + 2] as number] as LinkedImport;
                          R[base + (W[pc + 1] as number)] =
                            target.kind === "constant" ? target.value : functionOfImport(target);
                          pc = (pc + 3) | 0;
                          continue;
                        }
                      case 10 /* load.global */:
                        {
                          R[base + (W[pc + 1] as number)] = unit.globals[W[pc + 2] as number];
                          pc = (pc + 3) | 0;
                          continue;
                        }
                      case 11 /* store.global */:
                        {
                          unit.globals[W[pc + 1] as number] = R[base + (W[pc + 2] as number)];
                          pc = (pc + 3) | 0;
                          continue;
                        }
                      case 12 /* load.capture */:
                        {
                          R[base + (W[pc + 1] as number)] = closure.captures[W[pc + 2] as number];
                          pc = (pc + 3) | 0;
                          continue;
                        }
                      case 13 /* load.self */:
                        {
                          R[base + (W[pc + 1] as number)] = closure;
                          pc = (pc + 2) | 0;
                          continue;
                        }
                      case 14 /* closure */:
                        {
                          const count = W[pc + 3] as number;
                          const values = gather(R, base, W, pc + 4, count);
                          meter.allocate(CLOSURE_BYTES + count * SLOT_BYTES);
                          R[base + (W[pc + 1] as number)] = new Closure(
                            code.module.functions[W[pc + 2] as number] as FunctionCode,
                            unit,
                            values,
                          );
                          pc = (pc + 4 + count) | 0;
                          continue;
                        }
                      case 17 /* move.float */:
                        {
                          F[floatBase + (W[pc + 1] as number)] = F[
                            floatBase + (W[pc + 2] as number)
                          ] as number;
                          pc = (pc + 3) | 0;
                          continue;
                        }
                      case 18 /* load.float */:
                        {
                          F[floatBase + (W[pc + 1] as number)] = code.module.constants[
                            W[pc + 2] as number
                          ] as number;
                          pc = (pc + 3) | 0;
                          continue;
                        }
                      case 19 /* move.to.float */:
                        {
                          const value = R[base + (W[pc + 2] as number)];
                          if (typeof value !== "number") throw noFloat();
                          F[floatBase + (W[pc + 1] as number)] = value;
                          pc = (pc + 3) | 0;
                          continue;
                        }
                      case 20 /* move.from.float */:
                        {
                          R[base + (W[pc + 1] as number)] = F[floatBase + (W[pc + 2] as number)];
                          pc = (pc + 3) | 0;
                          continue;
                        }
                      case 21 /* cell.new */:
                        {
                          meter.allocate(CELL_BYTES);
                          R[base + (W[pc + 1] as number)] = new RefCell(R[base + (W[pc + 2] as number)]);
                          pc = (pc + 3) | 0;
                          continue;
                        }
                      case 22 /* cell.get */:
                        {
                          R[base + (W[pc + 1] as number)] = (
                            R[base + (W[pc + 2] as number)] as RefCell
                          ).contents;
                          pc = (pc + 3) | 0;
                          continue;
                        }
                      case 23 /* cell.set */:
                        {
                          (R[base + (W[pc + 1] as number)] as RefCell).contents =
                            R[base + (W[pc + 2] as number)];
                          pc = (pc + 3) | 0;
                          continue;
                        }
                      case 24 /* int.add */:
                        {
                          const x = R[base + (W[pc + 2] as number)];
                          const y = R[base + (W[pc + 3] as number)];
                          let r: Value;
                          if (typeof x === "number" && typeof y === "number") {
                            const exact = x + y;
                            const small = exact | 0;
                            if (small === exact) r = small;
                            else r = Number.isSafeInteger(exact) ? exact : intAdd(x, y);
                          } else r = intAdd(x as number, y as number);
                          R[base + (W[pc + 1] as number)] = r;
                          pc = (pc + 4) | 0;
                          continue;
                        }
                      case 25 /* int.sub */:
                        {
                          const x = R[base + (W[pc + 2] as number)];
                          const y = R[base + (W[pc + 3] as number)];
                          let r: Value;
                          if (typeof x === "number" && typeof y === "number") {
                            const exact = x - y;
                            const small = exact | 0;
                            if (small === exact) r = small;
                            else r = Number.isSafeInteger(exact) ? exact : intSub(x, y);
                          } else r = intSub(x as number, y as number);
                          R[base + (W[pc + 1] as number)] = r;
                          pc = (pc + 4) | 0;
                          continue;
                        }
                      case 26 /* int.mul */:
                        {
                          const x = R[base + (W[pc + 2] as number)];
                          const y = R[base + (W[pc + 3] as number)];
                          let r: Value;
                          if (typeof x === "number" && typeof y === "number") {
                            const exact = x * y;
                            const small = exact | 0;
                            if (small === exact) r = small;
                            else r = Number.isSafeInteger(exact) ? exact : intMul(x, y);
                          } else r = intMul(x as number, y as number);
                          R[base + (W[pc + 1] as number)] = r;
                          pc = (pc + 4) | 0;
                          continue;
                        }
                      case 27 /* int.div */:
                        {
                          const x = R[base + (W[pc + 2] as number)];
                          const y = R[base + (W[pc + 3] as number)];
                          R[base + (W[pc + 1] as number)] =
                            typeof x === "number" && typeof y === "number" && y !== 0
                              ? Math.trunc(x / y) + 0
                              : intDiv(x as number, y as number);
                          pc = (pc + 4) | 0;
                          continue;
                        }
                      case 28 /* int.rem */:
                        {
                          const x = R[base + (W[pc + 2] as number)];
                          const y = R[base + (W[pc + 3] as number)];
                          R[base + (W[pc + 1] as number)] =
                            typeof x === "number" && typeof y === "number" && y !== 0
                              ? (x % y) + 0
                              : intRem(x as number, y as number);
                          pc = (pc + 4) | 0;
                          continue;
                        }
                      case 29 /* int.add.imm */:
                        {
                          const x = R[base + (W[pc + 2] as number)];
                          let r: Value;
                          if (typeof x === "number") {
                            const exact = x + (W[pc + 3] as number);
                            const small = exact | 0;
                            if (small === exact) r = small;
                            else r = Number.isSafeInteger(exact) ? exact : intAdd(x, W[pc + 3] as number);
                          } else r = intAdd(x as bigint, W[pc + 3] as number);
                          R[base + (W[pc + 1] as number)] = r;
                          pc = (pc + 4) | 0;
                          continue;
                        }
                      case 30 /* int.mul.imm */:
                        {
                          const x = R[base + (W[pc + 2] as number)];
                          let r: Value;
                          if (typeof x === "number") {
                            const exact = x * (W[pc + 3] as number);
                            const small = exact | 0;
                            if (small === exact) r = small;
                            else r = Number.isSafeInteger(exact) ? exact : intMul(x, W[pc + 3] as number);
                          } else r = intMul(x as bigint, W[pc + 3] as number);
                          R[base + (W[pc + 1] as number)] = r;
                          pc = (pc + 4) | 0;
                          continue;
                        }
                      case 31 /* int.div.imm */:
                        {
                          const x = R[base + (W[pc + 2] as number)];
                          R[base + (W[pc + 1] as number)] =
                            typeof x === "number"
                              ? Math.trunc(x / (W[pc + 3] as number)) + 0
                              : intDiv(x as bigint, W[pc + 3] as number);
                          pc = (pc + 4) | 0;
                          continue;
                        }
                      case 32 /* int.rem.imm */:
                        {
                          const x = R[base + (W[pc + 2] as number)];
                          R[base + (W[pc + 1] as number)] =
                            typeof x === "number"
                              ? (x % (W[pc + 3] as number)) + 0
                              : intRem(x as bigint, W[pc + 3] as number);
                          pc = (pc + 4) | 0;
                          continue;
                        }
                      case 33 /* int.neg */:
                        {
                          R[base + (W[pc + 1] as number)] = intNeg(R[base + (W[pc + 2] as number)] as number);
                          pc = (pc + 3) | 0;
                          continue;
                        }
                      case 40 /* float.add */:
                        {
                          F[floatBase + (W[pc + 1] as number)] =
                            (F[floatBase + (W[pc + 2] as number)] as number) +
                            (F[floatBase + (W[pc + 3] as number)] as number);
                          pc = (pc + 4) | 0;
                          continue;
                        }
                      case 41 /* float.sub */:
                        {
                          F[floatBase + (W[pc + 1] as number)] =
                            (F[floatBase + (W[pc + 2] as number)] as number) -
                            (F[floatBase + (W[pc + 3] as number)] as number);
                          pc = (pc + 4) | 0;
                          continue;
                        }
                      case 42 /* float.mul */:
                        {
                          F[floatBase + (W[pc + 1] as number)] =
                            (F[floatBase + (W[pc + 2] as number)] as number) *
                            (F[floatBase + (W[pc + 3] as number)] as number);
                          pc = (pc + 4) | 0;
                          continue;
                        }
                      case 43 /* float.div */:
                        {
                          F[floatBase + (W[pc + 1] as number)] =
                            (F[floatBase + (W[pc + 2] as number)] as number) /
                            (F[floatBase + (W[pc + 3] as number)] as number);
                          pc = (pc + 4) | 0;
                          continue;
                        }
                      case 46 /* float.neg */:
                        {
                          F[floatBase + (W[pc + 1] as number)] = -(F[
                            floatBase + (W[pc + 2] as number)
                          ] as number);
                          pc = (pc + 3) | 0;
                          continue;
                        }
                      case 47 /* float.sqrt */:
                        {
                          F[floatBase + (W[pc + 1] as number)] = Math.sqrt(
                            F[floatBase + (W[pc + 2] as number)] as number,
                          );
                          pc = (pc + 3) | 0;
                          continue;
                        }
                      case 48 /* float.abs */:
                        {
                          F[floatBase + (W[pc + 1] as number)] = Math.abs(
                            F[floatBase + (W[pc + 2] as number)] as number,
                          );
                          pc = (pc + 3) | 0;
                          continue;
                        }
                      case 49 /* float.of.int */:
                        {
                          F[floatBase + (W[pc + 1] as number)] = intToFloat(
                            R[base + (W[pc + 2] as number)] as number,
                          );
                          pc = (pc + 3) | 0;
                          continue;
                        }
                      case 51 /* not */:
                        {
                          R[base + (W[pc + 1] as number)] = R[base + (W[pc + 2] as number)] !== true;
                          pc = (pc + 3) | 0;
                          continue;
                        }
                      case 52 /* prim.eq */:
                        {
                          R[base + (W[pc + 1] as number)] =
                            R[base + (W[pc + 2] as number)] === R[base + (W[pc + 3] as number)];
                          pc = (pc + 4) | 0;
                          continue;
                        }
                      case 53 /* prim.ne */:
                        {
                          R[base + (W[pc + 1] as number)] =
                            R[base + (W[pc + 2] as number)] !== R[base + (W[pc + 3] as number)];
                          pc = (pc + 4) | 0;
                          continue;
                        }
                      case 54 /* prim.lt */:
                        {
                          R[base + (W[pc + 1] as number)] =
                            (R[base + (W[pc + 2] as number)] as number) <
                            (R[base + (W[pc + 3] as number)] as number);
                          pc = (pc + 4) | 0;
                          continue;
                        }
                      case 55 /* prim.le */:
                        {
                          R[base + (W[pc + 1] as number)] =
                            (R[base + (W[pc + 2] as number)] as number) <=
                            (R[base + (W[pc + 3] as number)] as number);
                          pc = (pc + 4) | 0;
                          continue;
                        }
                      case 56 /* float.eq */:
                        {
                          R[base + (W[pc + 1] as number)] =
                            F[floatBase + (W[pc + 2] as number)] === F[floatBase + (W[pc + 3] as number)];
                          pc = (pc + 4) | 0;
                          continue;
                        }
                      case 57 /* float.ne */:
                        {
                          R[base + (W[pc + 1] as number)] =
                            F[floatBase + (W[pc + 2] as number)] !== F[floatBase + (W[pc + 3] as number)];
                          pc = (pc + 4) | 0;
                          continue;
                        }
                      case 58 /* float.lt */:
                        {
                          R[base + (W[pc + 1] as number)] =
                            (F[floatBase + (W[pc + 2] as number)] as number) <
                            (F[floatBase + (W[pc + 3] as number)] as number);
                          pc = (pc + 4) | 0;
                          continue;
                        }
                      case 59 /* float.le */:
                        {
                          R[base + (W[pc + 1] as number)] =
                            (F[floatBase + (W[pc + 2] as number)] as number) <=
                            (F[floatBase + (W[pc + 3] as number)] as number);
                          pc = (pc + 4) | 0;
                          continue;
                        }
                      case 65 /* string.concat */:
                        {
                          const x = R[base + (W[pc + 2] as number)] as string;
                          const y = R[base + (W[pc + 3] as number)] as string;
                          meter.joinString(x.length + y.length, Math.min(x.length, y.length));
                          R[base + (W[pc + 1] as number)] = x + y;
                          pc = (pc + 4) | 0;
                          continue;
                        }
                      case 67 /* string.length */:
                        {
                          R[base + (W[pc + 1] as number)] = (
                            R[base + (W[pc + 2] as number)] as string
                          ).length;
                          pc = (pc + 3) | 0;
                          continue;
                        }
                      case 68 /* string.get */:
                        {
                          const text = R[base + (W[pc + 2] as number)] as string;
                          const index = R[base + (W[pc + 3] as number)] as number;
                          if (!(index >= 0 && index < text.length))
                            throw stringIndexOutside(index, text.length);
                          R[base + (W[pc + 1] as number)] = text[index];
                          pc = (pc + 4) | 0;
                          continue;
                        }
                      case 71 /* array.new */:
                        {
                          const count = W[pc + 2] as number;
                          const values = gather(R, base, W, pc + 3, count);
                          meter.allocate(ARRAY_BYTES + count * SLOT_BYTES);
                          R[base + (W[pc + 1] as number)] = values;
                          pc = (pc + 3 + count) | 0;
                          continue;
                        }
                      case 72 /* array.length */:
                        {
                          R[base + (W[pc + 1] as number)] = (
                            R[base + (W[pc + 2] as number)] as readonly Value[]
                          ).length;
                          pc = (pc + 3) | 0;
                          continue;
                        }
                      case 73 /* array.get */:
                        {
                          const array = R[base + (W[pc + 2] as number)] as readonly Value[];
                          const index = R[base + (W[pc + 3] as number)] as number;
                          if (!(index >= 0 && index < array.length)) throw arrayIndexOutside(index);
                          R[base + (W[pc + 1] as number)] = array[index];
                          pc = (pc + 4) | 0;
                          continue;
                        }
                      case 74 /* array.set */:
                        {
                          const array = R[base + (W[pc + 1] as number)] as Value[];
                          const index = R[base + (W[pc + 2] as number)] as number;
                          if (!(index >= 0 && index < array.length)) throw arrayIndexOutside(index);
                          array[index] = R[base + (W[pc + 3] as number)];
                          pc = (pc + 4) | 0;
                          continue;
                        }
                      case 75 /* array.get.float */:
                        {
                          const array = R[base + (W[pc + 2] as number)] as readonly Value[];
                          const index = R[base + (W[pc + 3] as number)] as number;
                          if (!(index >= 0 && index < array.length)) throw arrayIndexOutside(index);
                          const value = array[index];
                          if (typeof value !== "number") throw noFloat();
                          F[floatBase + (W[pc + 1] as number)] = value;
                          pc = (pc + 4) | 0;
                          continue;
                        }
                      case 76 /* array.set.float */:
                        {
                          const array = R[base + (W[pc + 1] as number)] as Value[];
                          const index = R[base + (W[pc + 2] as number)] as number;
                          if (!(index >= 0 && index < array.length)) throw arrayIndexOutside(index);
                          array[index] = F[floatBase + (W[pc + 3] as number)];
                          pc = (pc + 4) | 0;
                          continue;
                        }
                      case 79 /* list.cons */:
                        {
                          meter.allocate(CONS_BYTES);
                          R[base + (W[pc + 1] as number)] = new List(
                            R[base + (W[pc + 2] as number)],
                            R[base + (W[pc + 3] as number)] as List,
                          );
                          pc = (pc + 4) | 0;
                          continue;
                        }
                      case 80 /* list.new */:
                        {
                          const count = W[pc + 2] as number;
                          meter.allocate(count * CONS_BYTES);
                          let list = NIL;
                          for (let i = count - 1; i >= 0; i--)
                            list = new List(R[base + (W[pc + 3 + i] as number)], list);
                          R[base + (W[pc + 1] as number)] = list;
                          pc = (pc + 3 + count) | 0;
                          continue;
                        }
                      case 81 /* list.head */:
                        {
                          const list = R[base + (W[pc + 2] as number)] as List;
                          if (list === NIL) throw emptyList();
                          R[base + (W[pc + 1] as number)] = list.head;
                          pc = (pc + 3) | 0;
                          continue;
                        }
                      case 82 /* list.tail */:
                        {
                          const list = R[base + (W[pc + 2] as number)] as List;
                          if (list === NIL) throw emptyList();
                          R[base + (W[pc + 1] as number)] = list.tail;
                          pc = (pc + 3) | 0;
                          continue;
                        }
                      case 86 /* tuple.new */:
                        {
                          const count = W[pc + 2] as number;
                          const values = gather(R, base, W, pc + 3, count);
                          meter.allocate(PRODUCT_BYTES + count * SLOT_BYTES);
                          R[base + (W[pc + 1] as number)] = tupleShape(count).make(values);
                          pc = (pc + 3 + count) | 0;
                          continue;
                        }
                      case 87 /* record.new */:
                        {
                          const count = W[pc + 3] as number;
                          const values = gather(R, base, W, pc + 4, count);
                          meter.allocate(PRODUCT_BYTES + count * SLOT_BYTES);
                          R[base + (W[pc + 1] as number)] = (
                            code.module.shapes[W[pc + 2] as number] as RecordShape
                          ).make(values);
                          pc = (pc + 4 + count) | 0;
                          continue;
                        }
                      case 89 /* case.new */:
                        {
                          const count = W[pc + 4] as number;
                          const values = gather(R, base, W, pc + 5, count);
                          if (count > 0) meter.allocate(PRODUCT_BYTES + count * SLOT_BYTES);
                          R[base + (W[pc + 1] as number)] = (
                            code.module.shapes[W[pc + 2] as number] as UnionShape
                          ).cases[W[pc + 3] as number]?.make(values);
                          pc = (pc + 5 + count) | 0;
                          continue;
                        }
                      case 91 /* field.get */:
                        {
                          R[base + (W[pc + 1] as number)] = slotAt(
                            R[base + (W[pc + 2] as number)] as Product,
                            W[pc + 3] as number,
                          );
                          pc = (pc + 4) | 0;
                          continue;
                        }
                      case 92 /* field.set */:
                        {
                          setSlot(
                            R[base + (W[pc + 1] as number)] as Product,
                            W[pc + 2] as number,
                            R[base + (W[pc + 3] as number)],
                          );
                          pc = (pc + 4) | 0;
                          continue;
                        }
                      case 93 /* field.get.float */:
                        {
                          const product = R[base + (W[pc + 2] as number)] as Product;
                          const target = floatBase + (W[pc + 1] as number);
                          switch (W[pc + 3]) {
                            case 0: {
                              const value = (product as unknown as FixedSlots).f0;
                              if (typeof value !== "number") throw noFloat();
                              F[target] = value;
                              break;
                            }
                            case 1: {
                              const value = (product as unknown as FixedSlots).f1;
                              if (typeof value !== "number") throw noFloat();
                              F[target] = value;
                              break;
                            }
                            case 2: {
                              const value = (product as unknown as FixedSlots).f2;
                              if (typeof value !== "number") throw noFloat();
                              F[target] = value;
                              break;
                            }
                            case 3: {
                              const value = (product as unknown as FixedSlots).f3;
                              if (typeof value !== "number") throw noFloat();
                              F[target] = value;
                              break;
                            }
                            case 4: {
                              const value = (product as unknown as FixedSlots).f4;
                              if (typeof value !== "number") throw noFloat();
                              F[target] = value;
                              break;
                            }
                            case 5: {
                              const value = (product as unknown as FixedSlots).f5;
                              if (typeof value !== "number") throw noFloat();
                              F[target] = value;
                              break;
                            }
                            case 6: {
                              const value = (product as unknown as FixedSlots).f6;
                              if (typeof value !== "number") throw noFloat();
                              F[target] = value;
                              break;
                            }
                            default: {
                              const value = slotAt(product, W[pc + 3] as number);
                              if (typeof value !== "number") throw noFloat();
                              F[target] = value;
                            }
                          }
                          pc = (pc + 4) | 0;
                          continue;
                        }
                      case 94 /* field.set.float */:
                        {
                          break assign;
                        }
                      case 99 /* tag.get */:
                        {
                          R[base + (W[pc + 1] as number)] = (R[base + (W[pc + 2] as number)] as Product).tag;
                          pc = (pc + 3) | 0;
                          continue;
                        }
                      case 106 /* call */:
                        {
                          const value = R[base + (W[pc + 2] as number)];
                          const given = W[pc + 3] as number;
                          if (value instanceof Closure && value.code.arity === given) {
                            target = value;
                            break invoke;
                          }
                          callee = value;
                          args = gather(R, base, W, pc + 4, given);
                          destination = W[pc + 1] as number;
                          size = 4 + given;
                          break unsure;
                        }
                      case 107 /* call.fn */:
                        {
                          target = unit.closures[W[pc + 2] as number] as Closure;
                          break invoke;
                        }
                      case 108 /* call.import */:
                        {
                          const imported = unit.imports[W[pc + 2] as number] as LinkedImport;
                          const count = W[pc + 3] as number;
                          if (imported.capability !== undefined) call.demand(imported);
                          if (imported.code !== undefined) {
                            target = bytecodeOf(imported) as Closure;
                            break invoke;
                          }
                          fiber.standAt(closure, pc, base, floatBase, depth);
                          meter.fuel = fuel;
                          meter.maxDepth = highest;
                          away = true;
                          const native = imported.native as NativeFunction;
                          let given: Value | Promise<Value>;
                          switch (count) {
                            case 1:
                              given = native(call, R[base + (W[pc + 4] as number)]);
                              break;
                            case 2:
                              given = native(
                                call,
                                R[base + (W[pc + 4] as number)],
                                R[base + (W[pc + 4 + 1] as number)],
                              );
                              break;
                            default:
                              given = native(call, ...gather(R, base, W, pc + 4, count));
                          }
                          away = false;
                          fuel = meter.fuel | 0;
                          F = fiber.floats;
                          highest = meter.maxDepth | 0;
                          if (given instanceof Promise) {
                            call.park(imported, given, floor);
                            fiber.pc = pc + 4 + count;
                            fiber.destination = W[pc + 1] as number;
                            fiber.promise = given;
                            return PARKED;
                          }
                          R[base + (W[pc + 1] as number)] = given;
                          pc = (pc + 4 + count) | 0;
                          continue;
                        }
                      case 109 /* tail.call */:
                        {
                          const value = R[base + (W[pc + 1] as number)];
                          const given = W[pc + 2] as number;
                          if (value instanceof Closure && value.code.arity === given) {
                            target = value;
                            next = base;
                            if (R.length < next + target.code.registers)
                              fiber.reserve(next + target.code.registers);
                            moveArguments(R, base, W, pc + 3, given);
                            break enter;
                          }
                          callee = value;
                          args = gather(R, base, W, pc + 3, given);
                          destination = RETURN_AT_ONCE;
                          size = 3 + given;
                          break unsure;
                        }
                      case 110 /* tail.fn */:
                        {
                          target = unit.closures[W[pc + 1] as number] as Closure;
                          next = base;
                          if (R.length < next + target.code.registers)
                            fiber.reserve(next + target.code.registers);
                          moveArguments(R, base, W, pc + 3, target.code.arity);
                          break enter;
                        }
                      case 111 /* tail.self */:
                        {
                          const count = W[pc + 1] as number;
                          if (count === 2) {
                            const second = R[base + (W[pc + 3] as number)];
                            R[base] = R[base + (W[pc + 2] as number)];
                            R[base + 1] = second;
                          } else if (count === 3) {
                            const second = R[base + (W[pc + 3] as number)];
                            const third = R[base + (W[pc + 4] as number)];
                            R[base] = R[base + (W[pc + 2] as number)];
                            R[base + 1] = second;
                            R[base + 2] = third;
                          } else moveArguments(R, base, W, pc + 2, count);
                          pc = 0;
                          fuel = (fuel - code.entryFuel) | 0;
                          break;
                        }
                      case 112 /* tail.import */:
                        {
                          const imported = unit.imports[W[pc + 1] as number] as LinkedImport;
                          const count = W[pc + 2] as number;
                          callee = functionOfImport(imported);
                          args = gather(R, base, W, pc + 3, count);
                          destination = RETURN_AT_ONCE;
                          size = 3 + count;
                          break unsure;
                        }
                      case 113 /* return */:
                        {
                          result = R[base + (W[pc + 1] as number)];
                          break leave;
                        }
                      case 114 /* jump */:
                        {
                          fuel = (fuel - (W[pc + 2] as number)) | 0;
                          pc = (W[pc + 1] as number) | 0;
                          break;
                        }
                      case 115 /* if */:
                        {
                          if (R[base + (W[pc + 1] as number)] === true) {
                            fuel = (fuel - (W[pc + 3] as number)) | 0;
                            pc = (W[pc + 2] as number) | 0;
                          } else {
                            fuel = (fuel - (W[pc + 4] as number)) | 0;
                            pc = (pc + 5) | 0;
                          }
                          break;
                        }
                      case 116 /* unless */:
                        {
                          if (R[base + (W[pc + 1] as number)] !== true) {
                            fuel = (fuel - (W[pc + 3] as number)) | 0;
                            pc = (W[pc + 2] as number) | 0;
                          } else {
                            fuel = (fuel - (W[pc + 4] as number)) | 0;
                            pc = (pc + 5) | 0;
                          }
                          break;
                        }
                      case 117 /* unless.eq */:
                        {
                          if (R[base + (W[pc + 1] as number)] !== R[base + (W[pc + 2] as number)]) {
                            fuel = (fuel - (W[pc + 4] as number)) | 0;
                            pc = (W[pc + 3] as number) | 0;
                          } else {
                            fuel = (fuel - (W[pc + 5] as number)) | 0;
                            pc = (pc + 6) | 0;
                          }
                          break;
                        }
                      case 118 /* unless.ne */:
                        {
                          if (R[base + (W[pc + 1] as number)] === R[base + (W[pc + 2] as number)]) {
                            fuel = (fuel - (W[pc + 4] as number)) | 0;
                            pc = (W[pc + 3] as number) | 0;
                          } else {
                            fuel = (fuel - (W[pc + 5] as number)) | 0;
                            pc = (pc + 6) | 0;
                          }
                          break;
                        }
                      case 119 /* unless.lt */:
                        {
                          if (
                            !(
                              (R[base + (W[pc + 1] as number)] as number) <
                              (R[base + (W[pc + 2] as number)] as number)
                            )
                          ) {
                            fuel = (fuel - (W[pc + 4] as number)) | 0;
                            pc = (W[pc + 3] as number) | 0;
                          } else {
                            fuel = (fuel - (W[pc + 5] as number)) | 0;
                            pc = (pc + 6) | 0;
                          }
                          break;
                        }
                      case 120 /* unless.le */:
                        {
                          if (
                            !(
                              (R[base + (W[pc + 1] as number)] as number) <=
                              (R[base + (W[pc + 2] as number)] as number)
                            )
                          ) {
                            fuel = (fuel - (W[pc + 4] as number)) | 0;
                            pc = (W[pc + 3] as number) | 0;
                          } else {
                            fuel = (fuel - (W[pc + 5] as number)) | 0;
                            pc = (pc + 6) | 0;
                          }
                          break;
                        }
                      case 121 /* unless.eq.imm */:
                        {
                          if (R[base + (W[pc + 1] as number)] !== (W[pc + 2] as number)) {
                            fuel = (fuel - (W[pc + 4] as number)) | 0;
                            pc = (W[pc + 3] as number) | 0;
                          } else {
                            fuel = (fuel - (W[pc + 5] as number)) | 0;
                            pc = (pc + 6) | 0;
                          }
                          break;
                        }
                      case 122 /* unless.ne.imm */:
                        {
                          if (R[base + (W[pc + 1] as number)] === (W[pc + 2] as number)) {
                            fuel = (fuel - (W[pc + 4] as number)) | 0;
                            pc = (W[pc + 3] as number) | 0;
                          } else {
                            fuel = (fuel - (W[pc + 5] as number)) | 0;
                            pc = (pc + 6) | 0;
                          }
                          break;
                        }
                      case 123 /* unless.lt.imm */:
                        {
                          if (!((R[base + (W[pc + 1] as number)] as number) < (W[pc + 2] as number))) {
                            fuel = (fuel - (W[pc + 4] as number)) | 0;
                            pc = (W[pc + 3] as number) | 0;
                          } else {
                            fuel = (fuel - (W[pc + 5] as number)) | 0;
                            pc = (pc + 6) | 0;
                          }
                          break;
                        }
                      case 124 /* unless.le.imm */:
                        {
                          if (!((R[base + (W[pc + 1] as number)] as number) <= (W[pc + 2] as number))) {
                            fuel = (fuel - (W[pc + 4] as number)) | 0;
                            pc = (W[pc + 3] as number) | 0;
                          } else {
                            fuel = (fuel - (W[pc + 5] as number)) | 0;
                            pc = (pc + 6) | 0;
                          }
                          break;
                        }
                      case 125 /* unless.gt.imm */:
                        {
                          if (!((R[base + (W[pc + 1] as number)] as number) > (W[pc + 2] as number))) {
                            fuel = (fuel - (W[pc + 4] as number)) | 0;
                            pc = (W[pc + 3] as number) | 0;
                          } else {
                            fuel = (fuel - (W[pc + 5] as number)) | 0;
                            pc = (pc + 6) | 0;
                          }
                          break;
                        }
                      case 126 /* unless.ge.imm */:
                        {
                          if (!((R[base + (W[pc + 1] as number)] as number) >= (W[pc + 2] as number))) {
                            fuel = (fuel - (W[pc + 4] as number)) | 0;
                            pc = (W[pc + 3] as number) | 0;
                          } else {
                            fuel = (fuel - (W[pc + 5] as number)) | 0;
                            pc = (pc + 6) | 0;
                          }
                          break;
                        }
                      case 127 /* unless.float.eq */:
                        {
                          if (F[floatBase + (W[pc + 1] as number)] !== F[floatBase + (W[pc + 2] as number)]) {
                            fuel = (fuel - (W[pc + 4] as number)) | 0;
                            pc = (W[pc + 3] as number) | 0;
                          } else {
                            fuel = (fuel - (W[pc + 5] as number)) | 0;
                            pc = (pc + 6) | 0;
                          }
                          break;
                        }
                      case 128 /* unless.float.ne */:
                        {
                          if (F[floatBase + (W[pc + 1] as number)] === F[floatBase + (W[pc + 2] as number)]) {
                            fuel = (fuel - (W[pc + 4] as number)) | 0;
                            pc = (W[pc + 3] as number) | 0;
                          } else {
                            fuel = (fuel - (W[pc + 5] as number)) | 0;
                            pc = (pc + 6) | 0;
                          }
                          break;
                        }
                      case 129 /* unless.float.lt */:
                        {
                          if (
                            !(
                              (F[floatBase + (W[pc + 1] as number)] as number) <
                              (F[floatBase + (W[pc + 2] as number)] as number)
                            )
                          ) {
                            fuel = (fuel - (W[pc + 4] as number)) | 0;
                            pc = (W[pc + 3] as number) | 0;
                          } else {
                            fuel = (fuel - (W[pc + 5] as number)) | 0;
                            pc = (pc + 6) | 0;
                          }
                          break;
                        }
                      case 130 /* unless.float.le */:
                        {
                          if (
                            !(
                              (F[floatBase + (W[pc + 1] as number)] as number) <=
                              (F[floatBase + (W[pc + 2] as number)] as number)
                            )
                          ) {
                            fuel = (fuel - (W[pc + 4] as number)) | 0;
                            pc = (W[pc + 3] as number) | 0;
                          } else {
                            fuel = (fuel - (W[pc + 5] as number)) | 0;
                            pc = (pc + 6) | 0;
                          }
                          break;
                        }
                      case 131 /* if.float.lt */:
                        {
                          if (
                            (F[floatBase + (W[pc + 1] as number)] as number) <
                            (F[floatBase + (W[pc + 2] as number)] as number)
                          ) {
                            fuel = (fuel - (W[pc + 4] as number)) | 0;
                            pc = (W[pc + 3] as number) | 0;
                          } else {
                            fuel = (fuel - (W[pc + 5] as number)) | 0;
                            pc = (pc + 6) | 0;
                          }
                          break;
                        }
                      case 132 /* if.float.le */:
                        {
                          if (
                            (F[floatBase + (W[pc + 1] as number)] as number) <=
                            (F[floatBase + (W[pc + 2] as number)] as number)
                          ) {
                            fuel = (fuel - (W[pc + 4] as number)) | 0;
                            pc = (W[pc + 3] as number) | 0;
                          } else {
                            fuel = (fuel - (W[pc + 5] as number)) | 0;
                            pc = (pc + 6) | 0;
                          }
                          break;
                        }
                      case 133 /* unless.string */:
                        {
                          if (
                            R[base + (W[pc + 1] as number)] !== code.module.constants[W[pc + 2] as number]
                          ) {
                            fuel = (fuel - (W[pc + 4] as number)) | 0;
                            pc = (W[pc + 3] as number) | 0;
                          } else {
                            fuel = (fuel - (W[pc + 5] as number)) | 0;
                            pc = (pc + 6) | 0;
                          }
                          break;
                        }
                      case 134 /* unless.cons */:
                        {
                          if (R[base + (W[pc + 1] as number)] === NIL) {
                            fuel = (fuel - (W[pc + 3] as number)) | 0;
                            pc = (W[pc + 2] as number) | 0;
                          } else {
                            fuel = (fuel - (W[pc + 4] as number)) | 0;
                            pc = (pc + 5) | 0;
                          }
                          break;
                        }
                      case 135 /* unless.tag */:
                        {
                          if ((R[base + (W[pc + 1] as number)] as Product).tag !== (W[pc + 2] as number)) {
                            fuel = (fuel - (W[pc + 4] as number)) | 0;
                            pc = (W[pc + 3] as number) | 0;
                          } else {
                            fuel = (fuel - (W[pc + 5] as number)) | 0;
                            pc = (pc + 6) | 0;
                          }
                          break;
                        }
                      case 136 /* unless.exn */:
                        {
                          if (
                            (R[base + (W[pc + 1] as number)] as ExceptionValue).shape !==
                            code.module.shapes[W[pc + 2] as number]
                          ) {
                            fuel = (fuel - (W[pc + 4] as number)) | 0;
                            pc = (W[pc + 3] as number) | 0;
                          } else {
                            fuel = (fuel - (W[pc + 5] as number)) | 0;
                            pc = (pc + 6) | 0;
                          }
                          break;
                        }
                      case 137 /* switch.tag */:
                        {
                          const tag = (R[base + (W[pc + 1] as number)] as Product).tag;
                          if (!((tag as number) < (W[pc + 2] as number)))
                            throw new TypeError("the value is no case of the union");
                          const label = pc + 3 + 2 * (tag as number);
                          fuel = (fuel - (W[label + 1] as number)) | 0;
                          pc = (W[label] as number) | 0;
                          break;
                        }
                      case 138 /* switch.int */:
                        {
                          const at = R[base + (W[pc + 1] as number)];
                          const count = W[pc + 3] as number;
                          let label = pc + 4 + 2 * count;
                          if (typeof at === "number") {
                            const index = at - (W[pc + 2] as number);
                            if (index >= 0 && index < count) label = pc + 4 + 2 * index;
                          }
                          fuel = (fuel - (W[label + 1] as number)) | 0;
                          pc = (W[label] as number) | 0;
                          break;
                        }
                      case 139 /* raise */:
                        {
                          throw R[base + (W[pc + 1] as number)];
                        }
                      case 140 /* reraise */:
                        {
                          throw R[base + (W[pc + 1] as number)];
                        }
                      case 160 /* int.add.imm + unless.gt.imm */:
                        {
                          {
                            const x = R[base + (W[pc + 2] as number)];
                            let r: Value;
                            if (typeof x === "number") {
                              const exact = x + (W[pc + 3] as number);
                              const small = exact | 0;
                              if (small === exact) r = small;
                              else r = Number.isSafeInteger(exact) ? exact : intAdd(x, W[pc + 3] as number);
                            } else r = intAdd(x as bigint, W[pc + 3] as number);
                            R[base + (W[pc + 1] as number)] = r;
                            pc = (pc + 4) | 0;
                          }
                          if (!((R[base + (W[pc + 1] as number)] as number) > (W[pc + 2] as number))) {
                            fuel = (fuel - (W[pc + 4] as number)) | 0;
                            pc = (W[pc + 3] as number) | 0;
                          } else {
                            fuel = (fuel - (W[pc + 5] as number)) | 0;
                            pc = (pc + 6) | 0;
                          }
                          break;
                        }
                      case 161 /* int.add.imm + unless.eq */:
                        {
                          {
                            const x = R[base + (W[pc + 2] as number)];
                            let r: Value;
                            if (typeof x === "number") {
                              const exact = x + (W[pc + 3] as number);
                              const small = exact | 0;
                              if (small === exact) r = small;
                              else r = Number.isSafeInteger(exact) ? exact : intAdd(x, W[pc + 3] as number);
                            } else r = intAdd(x as bigint, W[pc + 3] as number);
                            R[base + (W[pc + 1] as number)] = r;
                            pc = (pc + 4) | 0;
                          }
                          if (R[base + (W[pc + 1] as number)] !== R[base + (W[pc + 2] as number)]) {
                            fuel = (fuel - (W[pc + 4] as number)) | 0;
                            pc = (W[pc + 3] as number) | 0;
                          } else {
                            fuel = (fuel - (W[pc + 5] as number)) | 0;
                            pc = (pc + 6) | 0;
                          }
                          break;
                        }
                      case 162 /* int.add + return */:
                        {
                          {
                            const x = R[base + (W[pc + 2] as number)];
                            const y = R[base + (W[pc + 3] as number)];
                            let r: Value;
                            if (typeof x === "number" && typeof y === "number") {
                              const exact = x + y;
                              const small = exact | 0;
                              if (small === exact) r = small;
                              else r = Number.isSafeInteger(exact) ? exact : intAdd(x, y);
                            } else r = intAdd(x as number, y as number);
                            R[base + (W[pc + 1] as number)] = r;
                            pc = (pc + 4) | 0;
                          }
                          result = R[base + (W[pc + 1] as number)];
                          break leave;
                        }
                      case 163 /* list.head + list.tail */:
                        {
                          {
                            const list = R[base + (W[pc + 2] as number)] as List;
                            if (list === NIL) throw emptyList();
                            R[base + (W[pc + 1] as number)] = list.head;
                            pc = (pc + 3) | 0;
                          }
                          const list = R[base + (W[pc + 2] as number)] as List;
                          if (list === NIL) throw emptyList();
                          R[base + (W[pc + 1] as number)] = list.tail;
                          pc = (pc + 3) | 0;
                          continue;
                        }
                      case 164 /* float.mul + float.mul */:
                        {
                          F[floatBase + (W[pc + 1] as number)] =
                            (F[floatBase + (W[pc + 2] as number)] as number) *
                            (F[floatBase + (W[pc + 3] as number)] as number);
                          pc = (pc + 4) | 0;
                          F[floatBase + (W[pc + 1] as number)] =
                            (F[floatBase + (W[pc + 2] as number)] as number) *
                            (F[floatBase + (W[pc + 3] as number)] as number);
                          pc = (pc + 4) | 0;
                          continue;
                        }
                      case 165 /* float.mul + float.add */:
                        {
                          F[floatBase + (W[pc + 1] as number)] =
                            (F[floatBase + (W[pc + 2] as number)] as number) *
                            (F[floatBase + (W[pc + 3] as number)] as number);
                          pc = (pc + 4) | 0;
                          F[floatBase + (W[pc + 1] as number)] =
                            (F[floatBase + (W[pc + 2] as number)] as number) +
                            (F[floatBase + (W[pc + 3] as number)] as number);
                          pc = (pc + 4) | 0;
                          continue;
                        }
                      case 166 /* field.get.float + field.get.float */:
                        {
                          for (let left = 2; left > 0; left--) {
                            const product = R[base + (W[pc + 2] as number)] as Product;
                            const target = floatBase + (W[pc + 1] as number);
                            switch (W[pc + 3]) {
                              case 0: {
                                const value = (product as unknown as FixedSlots).f0;
                                if (typeof value !== "number") throw noFloat();
                                F[target] = value;
                                break;
                              }
                              case 1: {
                                const value = (product as unknown as FixedSlots).f1;
                                if (typeof value !== "number") throw noFloat();
                                F[target] = value;
                                break;
                              }
                              case 2: {
                                const value = (product as unknown as FixedSlots).f2;
                                if (typeof value !== "number") throw noFloat();
                                F[target] = value;
                                break;
                              }
                              case 3: {
                                const value = (product as unknown as FixedSlots).f3;
                                if (typeof value !== "number") throw noFloat();
                                F[target] = value;
                                break;
                              }
                              case 4: {
                                const value = (product as unknown as FixedSlots).f4;
                                if (typeof value !== "number") throw noFloat();
                                F[target] = value;
                                break;
                              }
                              case 5: {
                                const value = (product as unknown as FixedSlots).f5;
                                if (typeof value !== "number") throw noFloat();
                                F[target] = value;
                                break;
                              }
                              case 6: {
                                const value = (product as unknown as FixedSlots).f6;
                                if (typeof value !== "number") throw noFloat();
                                F[target] = value;
                                break;
                              }
                              default: {
                                const value = slotAt(product, W[pc + 3] as number);
                                if (typeof value !== "number") throw noFloat();
                                F[target] = value;
                              }
                            }
                            pc = (pc + 4) | 0;
                          }
                          continue;
                        }
                      case 167 /* int.add + int.add.imm + unless.gt.imm */:
                        {
                          {
                            const x = R[base + (W[pc + 2] as number)];
                            const y = R[base + (W[pc + 3] as number)];
                            let r: Value;
                            if (typeof x === "number" && typeof y === "number") {
                              const exact = x + y;
                              const small = exact | 0;
                              if (small === exact) r = small;
                              else r = Number.isSafeInteger(exact) ? exact : intAdd(x, y);
                            } else r = intAdd(x as number, y as number);
                            R[base + (W[pc + 1] as number)] = r;
                            pc = (pc + 4) | 0;
                          }
                          {
                            const x = R[base + (W[pc + 2] as number)];
                            let r: Value;
                            if (typeof x === "number") {
                              const exact = x + (W[pc + 3] as number);
                              const small = exact | 0;
                              if (small === exact) r = small;
                              else r = Number.isSafeInteger(exact) ? exact : intAdd(x, W[pc + 3] as number);
                            } else r = intAdd(x as bigint, W[pc + 3] as number);
                            R[base + (W[pc + 1] as number)] = r;
                            pc = (pc + 4) | 0;
                          }

                          if (!((R[base + (W[pc + 1] as number)] as number) > (W[pc + 2] as number))) {
                            fuel = (fuel - (W[pc + 4] as number)) | 0;
                            pc = (W[pc + 3] as number) | 0;
                          } else {
                            fuel = (fuel - (W[pc + 5] as number)) | 0;
                            pc = (pc + 6) | 0;
                          }
                          break;
                        }
                      case 168 /* int.add.imm + call.fn */:
                        {
                          {
                            const x = R[base + (W[pc + 2] as number)];
                            let r: Value;
                            if (typeof x === "number") {
                              const exact = x + (W[pc + 3] as number);
                              const small = exact | 0;
                              if (small === exact) r = small;
                              else r = Number.isSafeInteger(exact) ? exact : intAdd(x, W[pc + 3] as number);
                            } else r = intAdd(x as bigint, W[pc + 3] as number);
                            R[base + (W[pc + 1] as number)] = r;
                            pc = (pc + 4) | 0;
                          }

                          target = unit.closures[W[pc + 2] as number] as Closure;
                          break invoke;
                        }
                      case 169 /* unless.lt.imm + return */:
                        {
                          if (!((R[base + (W[pc + 1] as number)] as number) < (W[pc + 2] as number))) {
                            fuel = (fuel - (W[pc + 4] as number)) | 0;
                            pc = (W[pc + 3] as number) | 0;
                            break;
                          }
                          fuel = (fuel - (W[pc + 5] as number)) | 0;
                          pc = (pc + 6) | 0;
                          // The return is an instruction of its own where the fuel ends between the two.
                          if (fuel < 0) break;

                          result = R[base + (W[pc + 1] as number)];
                          break leave;
                        }
                      case 170 /* float.sub + field.set.float */:
                        {
                          F[floatBase + (W[pc + 1] as number)] =
                            (F[floatBase + (W[pc + 2] as number)] as number) -
                            (F[floatBase + (W[pc + 3] as number)] as number);
                          pc = (pc + 4) | 0;
                          break assign;
                        }
                      case 171 /* float.add + field.set.float */:
                        {
                          F[floatBase + (W[pc + 1] as number)] =
                            (F[floatBase + (W[pc + 2] as number)] as number) +
                            (F[floatBase + (W[pc + 3] as number)] as number);
                          pc = (pc + 4) | 0;
                          break assign;
                        }
                      case 172 /* field.get + field.get */:
                        {
                          R[base + (W[pc + 1] as number)] = slotAt(
                            R[base + (W[pc + 2] as number)] as Product,
                            W[pc + 3] as number,
                          );
                          pc = (pc + 4) | 0;

                          R[base + (W[pc + 1] as number)] = slotAt(
                            R[base + (W[pc + 2] as number)] as Product,
                            W[pc + 3] as number,
                          );
                          pc = (pc + 4) | 0;
                          continue;
                        }
                      case 173 /* unless.tag + field.get */:
                        {
                          if ((R[base + (W[pc + 1] as number)] as Product).tag !== (W[pc + 2] as number)) {
                            fuel = (fuel - (W[pc + 4] as number)) | 0;
                            pc = (W[pc + 3] as number) | 0;
                            break;
                          }
                          fuel = (fuel - (W[pc + 5] as number)) | 0;
                          pc = (pc + 6) | 0;
                          if (fuel < 0) break;

                          R[base + (W[pc + 1] as number)] = slotAt(
                            R[base + (W[pc + 2] as number)] as Product,
                            W[pc + 3] as number,
                          );
                          pc = (pc + 4) | 0;
                          continue;
                        }
                      case CHARGE: {
                        fuel = (fuel - (W[pc + 1] as number)) | 0;
                        pc = (pc + 2) | 0;
                        break;
                      }
                      case PREPARE: {
                        // Other closures of the function come here, too, after the first; their block is paid for.
                        if (code.words === W) {
                          prepareFunction(code);
                          fuel = (fuel - code.entryFuel) | 0;
                        }
                        W = code.words;
                        closure.words = W;
                        break;
                      }
                      case ENTER: {
                        const engine = call.engine as Engine;
                        if (!engine.takes(call, closure, pc, floor === 0)) {
                          pc = (pc + 1) | 0;
                          continue;
                        }
                        fiber.standAt(closure, pc, base, floatBase, depth);
                        meter.fuel = fuel;
                        meter.maxDepth = highest;
                        away = true;
                        const entry = pc;
                        // No place of this function: what the engine runs has handlers of its own, and traces its frame.
                        pc = -1;
                        result = engine.enter(call, closure, entry, R, base, depth);
                        away = false;
                        fuel = meter.fuel | 0;
                        F = fiber.floats;
                        highest = meter.maxDepth | 0;
                        break leave;
                      }
                      default: {
                        // Instructions on values that nothing else depends on; some run script functions, in frames above this one.
                        fiber.standAt(closure, pc, base, floatBase, depth);
                        meter.fuel = fuel;
                        meter.maxDepth = highest;
                        away = true;
                        pc = executeOnValues(call, code, R, base, pc) | 0;
                        away = false;
                        fuel = meter.fuel | 0;
                        F = fiber.floats;
                        highest = meter.maxDepth | 0;
                        continue;
                      }
                    }

                    // A block begins: its fuel is paid for.
                    if (fuel < 0) fuel = fiber.refill(meter, fuel, closure, pc, base, depth) | 0;
                    continue;
                  }
                  // assign: `field.set.float` at `pc`.

                  const product = R[base + (W[pc + 1] as number)] as Product;
                  const value = F[floatBase + (W[pc + 3] as number)] as number;
                  switch (W[pc + 2]) {
                    case 0:
                      (product as unknown as FixedSlots).f0 = value;
                      break;
                    case 1:
                      (product as unknown as FixedSlots).f1 = value;
                      break;
                    case 2:
                      (product as unknown as FixedSlots).f2 = value;
                      break;
                    case 3:
                      (product as unknown as FixedSlots).f3 = value;
                      break;
                    case 4:
                      (product as unknown as FixedSlots).f4 = value;
                      break;
                    case 5:
                      (product as unknown as FixedSlots).f5 = value;
                      break;
                    case 6:
                      (product as unknown as FixedSlots).f6 = value;
                      break;
                    case 7:
                      (product as unknown as FixedSlots).f7 = value;
                      break;
                    default:
                      setSlot(product, W[pc + 2] as number, value);
                  }

                  pc = (pc + 4) | 0;
                  continue;
                }
                // unsure: a call whose callee and arguments are not known to match.
                let value = apply(callee, args, call);
                if (value instanceof Application) {
                  if (value.target instanceof Closure) {
                    target = value.target;
                    next = destination === RETURN_AT_ONCE ? base : (base + code.registers) | 0;
                    if (R.length < next + target.code.registers) fiber.reserve(next + target.code.registers);
                    for (let i = 0; i < value.args.length; i++) R[next + i] = value.args[i];
                    if (destination === RETURN_AT_ONCE) break enter;
                    break push;
                  }
                  const imported = value.target;
                  if (imported.capability !== undefined) call.demand(imported);
                  fiber.standAt(closure, pc, base, floatBase, depth);
                  meter.fuel = fuel;
                  meter.maxDepth = highest;
                  away = true;
                  const given = (imported.native as NativeFunction)(call, ...value.args);
                  away = false;
                  fuel = meter.fuel | 0;
                  F = fiber.floats;
                  highest = meter.maxDepth | 0;
                  if (given instanceof Promise) {
                    call.park(imported, given, floor);
                    fiber.pc = pc + size;
                    fiber.destination = destination;
                    fiber.promise = given;
                    if (destination === RETURN_AT_ONCE) fiber.leaveParked();
                    return PARKED;
                  }
                  value = given;
                }
                if (destination !== RETURN_AT_ONCE) {
                  R[base + destination] = value;
                  pc = (pc + size) | 0;
                  continue;
                }
                result = value;
                break leave;
              }
              // invoke: `target` is called with the registers that the instruction lists.
              const count = target.code.arity;
              next = (base + code.registers) | 0;
              if (R.length < next + target.code.registers) fiber.reserve(next + target.code.registers);
              if (count > 0) {
                R[next] = R[base + (W[pc + 4] as number)];
                if (count > 1) {
                  R[next + 1] = R[base + (W[pc + 5] as number)];
                  for (let i = 2; i < count; i++) R[next + i] = R[base + (W[pc + 4 + i] as number)];
                }
              }
              destination = (W[pc + 1] as number) | 0;
              size = (4 + count) | 0;
            }
            // push: the running function becomes a caller.
            let frame = frames[depth];
            if (frame === undefined) frame = fiber.frameAt(depth);
            frame.closure = closure;
            frame.pc = (pc + size) | 0;
            frame.base = base;
            frame.destination = destination;
            if (depth >= highest) {
              meter.enterDepth(depth + 1);
              highest = (depth + 1) | 0;
            }
            depth = (depth + 1) | 0;
            floatBase = (floatBase + code.floatRegisters) | 0;
          }
          // enter: `target` runs, its arguments being in place from `next` on.
          closure = target;
          code = target.code;
          unit = target.unit;
          W = target.words;
          base = next;
          pc = 0;
          if (code.floatRegisters > 0 && F.length < floatBase + code.floatRegisters)
            F = fiber.reserveFloats(floatBase + code.floatRegisters);
          fuel = (fuel - code.entryFuel) | 0;
          if (fuel < 0) fuel = fiber.refill(meter, fuel, closure, pc, base, depth) | 0;
          continue;
        }
        // leave: the running function has its result.
        if (depth === floor) {
          meter.fuel = fuel;
          meter.maxDepth = highest;
          fiber.depth = depth;
          return result;
        }
        depth = (depth - 1) | 0;
        const frame = frames[depth] as Frame;
        const caller = frame.closure as Closure;
        // A function that called itself finds everything in place.
        if (caller !== closure) {
          closure = caller;
          code = caller.code;
          unit = caller.unit;
          W = caller.words;
        }
        pc = frame.pc | 0;
        base = frame.base | 0;
        floatBase = (floatBase - code.floatRegisters) | 0;
        R[base + frame.destination] = result;
      }
    } catch (error) {
      if (away) {
        fuel = meter.fuel | 0;
        highest = meter.maxDepth | 0;
        away = false;
        F = fiber.floats;
      } else meter.fuel = fuel;
      meter.maxDepth = highest;
      fiber.standAt(closure, pc, base, floatBase, depth);
      const fault = faultOf(error, code, pc);
      if (pc >= 0) passFrame(fault, code, pc, depth);
      const isException = fault instanceof ExceptionValue;
      const isTaken = isException || meter.allowsFinally(fault);
      let at = pc;
      let handler = isTaken ? handlerAt(code, at, isException) : undefined;
      while (handler === undefined) {
        if (depth === floor) throw fault;
        depth = (depth - 1) | 0;
        const frame = frames[depth] as Frame;
        closure = frame.closure as Closure;
        code = closure.code;
        unit = closure.unit;
        base = frame.base | 0;
        floatBase = (floatBase - code.floatRegisters) | 0;
        at = frame.pc - 1;
        passFrame(fault, code, at, depth);
        if (isTaken) handler = handlerAt(code, at, isException);
      }
      W = closure.words;
      R[base + handler.register] = isException ? fault : new Cancellation(fault as AbortError);
      pc = handler.target | 0;
      fuel = (fuel - handler.targetFuel) | 0;
    }
  }
}

type NativeFunction = (context: NativeContext, ...args: Value[]) => Value | Promise<Value>;

function gather(
  registers: readonly Value[],
  base: number,
  words: Int32Array,
  start: number,
  count: number,
): Value[] {
  const values = new Array<Value>(count);
  for (let i = 0; i < count; i++) values[i] = registers[base + (words[start + i] as number)];
  return values;
}

/** Moves the arguments of a tail call into the parameters of the same frame; sources and targets may overlap. */
function moveArguments(
  registers: Value[],
  base: number,
  words: Int32Array,
  start: number,
  count: number,
): void {
  if (count === 1) {
    registers[base] = registers[base + (words[start] as number)];
  } else if (count === 2) {
    const first = registers[base + (words[start] as number)];
    const second = registers[base + (words[start + 1] as number)];
    registers[base] = first;
    registers[base + 1] = second;
  } else {
    const values = gather(registers, base, words, start, count);
    for (let i = 0; i < count; i++) registers[base + i] = values[i];
  }
}

function handlerAt(
  code: FunctionCode,
  pc: number,
  isException: boolean,
): FunctionCode["handlers"][number] | undefined {
  for (const handler of code.handlers) {
    if (handler.start <= pc && pc < handler.end && (isException || handler.isFinally)) return handler;
  }
  return undefined;
}
