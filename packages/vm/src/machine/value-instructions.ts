/** The instructions that only take values and give a value: no control flow, no calls, and not so frequent that they belong into the interpreter's loop. */
import { dynamicOperators } from "../bytecode/opcodes.js";
import type { TypeDescriptor } from "../types/type-descriptor.js";
import type { Charge } from "../values/charge.js";
import { display } from "../values/display.js";
import { equals } from "../values/equality.js";
import { declaredException, exceptionBelongsTo, FAILURE, runtimeException } from "../values/exception.js";
import {
  and as intAnd,
  not as intNot,
  or as intOr,
  shl as intShl,
  shr as intShr,
  xor as intXor,
  ofFloat,
} from "../values/int.js";
import { append, arrayOfList, listOf, reverse } from "../values/list.js";
import { ModuleType } from "../values/module-type.js";
import { compare, lessOrEqual, lessThan } from "../values/order.js";
import { copyRecord, sizeOf } from "../values/product.js";
import { ARRAY_BYTES, CELL_BYTES, PRODUCT_BYTES, SLOT_BYTES } from "../values/size.js";
import {
  BoxedChar,
  BoxedFloat,
  CaseFunction,
  type Closure,
  type ExceptionShape,
  type ExceptionValue,
  type List,
  type Product,
  type UnionShape,
  type Value,
} from "../values/value.js";
import type { Call } from "./call.js";
import type { FunctionCode } from "./code.js";
import { arrayIndexOutside } from "./failure.js";
/**
 * Executes the instruction at `pc` and gives the word behind it.
 *
 * @throws what the instruction raises; TypeError for a number that is no instruction.
 * @example
 * pc = executeOnValues(call, code, registers, base, pc);
 */
export function executeOnValues(
  call: Call,
  code: FunctionCode,
  R: Value[],
  base: number,
  pc: number,
): number {
  const W = code.words;
  switch (W[pc]) {
    case 7 /* load.null */:
      {
        R[base + (W[pc + 1] as number)] = null;
        return pc + 2;
      }
    case 15 /* set.capture */:
      {
        (R[base + (W[pc + 1] as number)] as Closure).captures[W[pc + 2] as number] =
          R[base + (W[pc + 3] as number)];
        return pc + 4;
      }
    case 16 /* load.case */:
      {
        const union = code.module.shapes[W[pc + 2] as number] as UnionShape;
        R[base + (W[pc + 1] as number)] = new CaseFunction(
          union,
          W[pc + 3] as number,
          union.cases[W[pc + 3] as number]?.size ?? 0,
        );
        return pc + 4;
      }
    case 34 /* int.and */:
      {
        R[base + (W[pc + 1] as number)] = intAnd(
          R[base + (W[pc + 2] as number)] as number,
          R[base + (W[pc + 3] as number)] as number,
        );
        return pc + 4;
      }
    case 35 /* int.or */:
      {
        R[base + (W[pc + 1] as number)] = intOr(
          R[base + (W[pc + 2] as number)] as number,
          R[base + (W[pc + 3] as number)] as number,
        );
        return pc + 4;
      }
    case 36 /* int.xor */:
      {
        R[base + (W[pc + 1] as number)] = intXor(
          R[base + (W[pc + 2] as number)] as number,
          R[base + (W[pc + 3] as number)] as number,
        );
        return pc + 4;
      }
    case 37 /* int.not */:
      {
        R[base + (W[pc + 1] as number)] = intNot(R[base + (W[pc + 2] as number)] as number);
        return pc + 3;
      }
    case 38 /* int.shl */:
      {
        R[base + (W[pc + 1] as number)] = intShl(
          R[base + (W[pc + 2] as number)] as number,
          R[base + (W[pc + 3] as number)] as number,
        );
        return pc + 4;
      }
    case 39 /* int.shr */:
      {
        R[base + (W[pc + 1] as number)] = intShr(
          R[base + (W[pc + 2] as number)] as number,
          R[base + (W[pc + 3] as number)] as number,
        );
        return pc + 4;
      }
    case 44 /* float.rem */:
      {
        const { floats, floatBase } = call.fiber;
        floats[floatBase + (W[pc + 1] as number)] =
          (floats[floatBase + (W[pc + 2] as number)] as number) %
          (floats[floatBase + (W[pc + 3] as number)] as number);
        return pc + 4;
      }
    case 45 /* float.pow */:
      {
        const { floats, floatBase } = call.fiber;
        floats[floatBase + (W[pc + 1] as number)] =
          (floats[floatBase + (W[pc + 2] as number)] as number) **
          (floats[floatBase + (W[pc + 3] as number)] as number);
        return pc + 4;
      }
    case 50 /* int.of.float */:
      {
        R[base + (W[pc + 1] as number)] = intOfFloat(
          call.fiber.floats[call.fiber.floatBase + (W[pc + 2] as number)] as number,
        );
        return pc + 3;
      }
    case 60 /* eq */:
      {
        R[base + (W[pc + 1] as number)] = equals(
          R[base + (W[pc + 2] as number)],
          R[base + (W[pc + 3] as number)],
          call.charge,
        );
        return pc + 4;
      }
    case 61 /* ne */:
      {
        R[base + (W[pc + 1] as number)] = !equals(
          R[base + (W[pc + 2] as number)],
          R[base + (W[pc + 3] as number)],
          call.charge,
        );
        return pc + 4;
      }
    case 62 /* lt */:
      {
        R[base + (W[pc + 1] as number)] = lessThan(
          R[base + (W[pc + 2] as number)],
          R[base + (W[pc + 3] as number)],
          call.charge,
        );
        return pc + 4;
      }
    case 63 /* le */:
      {
        R[base + (W[pc + 1] as number)] = lessOrEqual(
          R[base + (W[pc + 2] as number)],
          R[base + (W[pc + 3] as number)],
          call.charge,
        );
        return pc + 4;
      }
    case 64 /* compare */:
      {
        R[base + (W[pc + 1] as number)] = compare(
          R[base + (W[pc + 2] as number)],
          R[base + (W[pc + 3] as number)],
          call.charge,
        );
        return pc + 4;
      }
    case 66 /* string.join */:
      {
        const count = W[pc + 2] as number;
        let units = 0;
        for (let i = 0; i < count; i++) units += (R[base + (W[pc + 3 + i] as number)] as string).length;
        call.meter.joinString(units, units);
        let joined = "";
        for (let i = 0; i < count; i++) joined += R[base + (W[pc + 3 + i] as number)] as string;
        R[base + (W[pc + 1] as number)] = joined;
        return pc + 3 + count;
      }
    case 69 /* text */:
      {
        const value = R[base + (W[pc + 2] as number)];
        if (typeof value === "string") R[base + (W[pc + 1] as number)] = value;
        else {
          R[base + (W[pc + 1] as number)] = call.measured(display(value, call.charge));
        }
        return pc + 3;
      }
    case 70 /* load.type */:
      {
        const { types, definitions } = code.module.data;
        call.meter.allocate(CELL_BYTES);
        R[base + (W[pc + 1] as number)] = new ModuleType(
          types[W[pc + 2] as number] as TypeDescriptor,
          definitions,
        );
        return pc + 3;
      }
    case 77 /* array.with */:
      {
        const array = R[base + (W[pc + 2] as number)] as readonly Value[];
        const index = R[base + (W[pc + 3] as number)] as number;
        if (!(index >= 0 && index < array.length)) throw arrayIndexOutside(index);
        call.meter.allocate(ARRAY_BYTES + array.length * SLOT_BYTES);
        call.charge(array.length);
        const copy = array.slice();
        copy[index] = R[base + (W[pc + 4] as number)];
        R[base + (W[pc + 1] as number)] = copy;
        return pc + 5;
      }
    case 83 /* list.append */:
      {
        R[base + (W[pc + 1] as number)] = append(
          R[base + (W[pc + 2] as number)] as List,
          R[base + (W[pc + 3] as number)] as List,
          call,
        );
        return pc + 4;
      }
    case 88 /* record.copy */:
      {
        const record = R[base + (W[pc + 2] as number)] as Product;
        call.meter.allocate(PRODUCT_BYTES + sizeOf(record) * SLOT_BYTES);
        R[base + (W[pc + 1] as number)] = copyRecord(record);
        return pc + 3;
      }
    case 90 /* exn.new */:
      {
        const count = W[pc + 3] as number;
        const values = new Array<Value>(count);
        for (let i = 0; i < count; i++) values[i] = R[base + (W[pc + 4 + i] as number)];
        call.meter.allocate(PRODUCT_BYTES + count * SLOT_BYTES);
        R[base + (W[pc + 1] as number)] = makeException(
          code.module.shapes[W[pc + 2] as number] as ExceptionShape,
          values,
          call.charge,
        );
        return pc + 4 + count;
      }
    case 95 /* field.named */:
      {
        R[base + (W[pc + 1] as number)] = call.dynamics.getNamed(
          R[base + (W[pc + 2] as number)],
          code.module.constants[W[pc + 3] as number] as string,
        );
        return pc + 4;
      }
    case 96 /* field.named.set */:
      {
        call.dynamics.setNamed(
          R[base + (W[pc + 1] as number)],
          code.module.constants[W[pc + 2] as number] as string,
          R[base + (W[pc + 3] as number)],
        );
        return pc + 4;
      }
    case 97 /* record.with */:
      {
        R[base + (W[pc + 1] as number)] = call.dynamics.withNamed(
          R[base + (W[pc + 2] as number)],
          code.module.constants[W[pc + 3] as number] as string,
          R[base + (W[pc + 4] as number)],
          call,
        );
        return pc + 5;
      }
    case 98 /* exn.field */:
      {
        R[base + (W[pc + 1] as number)] = (R[base + (W[pc + 2] as number)] as ExceptionValue).fields[
          W[pc + 3] as number
        ];
        return pc + 4;
      }
    case 100 /* box.float */:
      {
        call.meter.allocate(CELL_BYTES);
        R[base + (W[pc + 1] as number)] = new BoxedFloat(
          call.fiber.floats[call.fiber.floatBase + (W[pc + 2] as number)] as number,
        );
        return pc + 3;
      }
    case 101 /* box.char */:
      {
        call.meter.allocate(CELL_BYTES);
        R[base + (W[pc + 1] as number)] = new BoxedChar(R[base + (W[pc + 2] as number)] as string);
        return pc + 3;
      }
    case 102 /* cast */:
      {
        R[base + (W[pc + 1] as number)] = call.dynamics.castValue(
          R[base + (W[pc + 2] as number)],
          code.module.data.types[W[pc + 3] as number] as TypeDescriptor,
          code.module,
          call,
        );
        return pc + 4;
      }
    case 103 /* type.test */:
      {
        R[base + (W[pc + 1] as number)] = call.dynamics.hasType(
          R[base + (W[pc + 2] as number)],
          code.module.data.types[W[pc + 3] as number] as TypeDescriptor,
          code.module,
          call.charge,
        );
        return pc + 4;
      }
    case 104 /* exn.test */:
      {
        R[base + (W[pc + 1] as number)] = exceptionBelongsTo(
          R[base + (W[pc + 2] as number)] as ExceptionValue,
          code.module.constants[W[pc + 3] as number] as string,
        );
        return pc + 4;
      }
    case 105 /* dynamic */:
      {
        R[base + (W[pc + 1] as number)] = call.dynamics.dynamicArithmetic(
          dynamicOperators[W[pc + 4] as number] ?? "+",
          R[base + (W[pc + 2] as number)],
          R[base + (W[pc + 3] as number)],
          call,
        );
        return pc + 5;
      }
    case 141 /* match.fail */:
      {
        throw runtimeException(
          "FUS0501",
          `No clause matches ${display(R[base + (W[pc + 1] as number)], call.charge)}`,
        );
      }
    case 142 /* fail */:
      {
        throw runtimeException(
          code.module.constants[W[pc + 1] as number] as string,
          code.module.constants[W[pc + 2] as number] as string,
        );
      }
    case 84 /* list.reverse */:
      {
        R[base + (W[pc + 1] as number)] = reverse(R[base + (W[pc + 2] as number)] as List, call);
        return pc + 3;
      }
    case 85 /* list.of */:
      {
        R[base + (W[pc + 1] as number)] = listOf(R[base + (W[pc + 2] as number)], call);
        return pc + 3;
      }
    case 78 /* array.of.list */:
      {
        R[base + (W[pc + 1] as number)] = arrayOfList(R[base + (W[pc + 2] as number)] as List, call);
        return pc + 3;
      }
    default:
      throw new TypeError(`unknown instruction ${W[pc]}`);
  }
}

function makeException(shape: ExceptionShape, fields: readonly Value[], charge: Charge): ExceptionValue {
  if (shape === FAILURE) return runtimeException("FUS0519", fields[0] as string);
  const text =
    fields.length === 0
      ? shape.name
      : `${shape.name}(${fields.map((field) => display(field, charge)).join(", ")})`;
  return declaredException(shape, fields, text);
}

/**
 * The int of a float, towards zero.
 *
 * @example
 * intOfFloat(2.9); // 2
 */
export function intOfFloat(float: number): Value {
  const int = ofFloat(float);
  if (int === undefined) throw runtimeException("FUS0516", `int: ${display(float)} is out of range`);
  return int;
}
