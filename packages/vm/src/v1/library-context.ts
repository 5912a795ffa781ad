import type { Meter } from "../machine/meter.js";
import type { Value } from "./value.js";

/** What a library function may ask of the machine. */
export interface LibraryContext {
  readonly meter: Meter;
  /** Calls a function of the program, or another library function, as the original's library does. */
  call(callee: Value, args: readonly Value[]): Value;
  write(stream: "stdout" | "stderr", text: string): void;
}

/** A host function: of the library, or provided by the host. It gets all arguments of a call and judges their number itself. */
export interface HostFunctionV1 {
  readonly capability: string | undefined;
  readonly run: (context: LibraryContext, args: readonly Value[]) => Value;
}
