/**
 * The inside of the machine, for the makers of a second tier. It follows the machine and not the version number: an engine is released together with the `@fusabi/vm` that it belongs to.
 */

export { LiveRegisters } from "../bytecode/live-registers.js";
export type { LinkedImport } from "../host/link.js";
export { Application, apply, bytecodeOf, type Demanding, functionOfImport } from "../machine/application.js";
export type { Call } from "../machine/call.js";
export {
  ENTER,
  type ExecutableModule,
  type FunctionCode,
  type LinkedUnit,
  type LoopEntry,
} from "../machine/code.js";
export type { Engine } from "../machine/engine.js";
export {
  arrayIndexOutside,
  Cancellation,
  emptyList,
  type Fault,
  faultOf,
  noFloat,
  passFrame,
  stringIndexOutside,
} from "../machine/failure.js";
export type { Fiber } from "../machine/fiber.js";
export { execute } from "../machine/interpreter.js";
export type { Meter } from "../machine/meter.js";
export { fuelByBlock, prepareFunction } from "../machine/prepare.js";
export { executeOnValues, intOfFloat } from "../machine/value-instructions.js";
export { CELL_BYTES, CLOSURE_BYTES } from "../values/size.js";
export { Closure } from "../values/value.js";
