import type { CoreFunction } from "./function.js";

/** A variable of one function: a parameter, a `let`, a pattern variable, or a value on the way through a match. */
export class Local {
  /** Named local function that it stands for. */
  fn: CoreFunction | undefined = undefined;
  /** A function other than its owner refers to it, so that its uses by the owner do not show how long it is needed. */
  captured = false;
  /** Number of references in Core by the owner. */
  uses = 0;
  /** Number of references as an operand that is a float. A hint: whatever it says, the local can be read as anything. */
  floatUses = 0;

  // State of code generation.
  /** Home in the registers for any value; -1: none. */
  register = -1;
  /** Home in the float registers; -1: none. A local has one of the two, or both and never changes. */
  floatRegister = -1;
  remaining = 0;
  loopDepth = 0;

  constructor(
    readonly name: string,
    readonly owner: CoreFunction,
    readonly mutable: boolean,
  ) {}

  /** A mutable variable that closures share lives in a cell. */
  get inCell(): boolean {
    return this.mutable && this.captured;
  }
}
