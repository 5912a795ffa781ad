/** `try … with` and `try … finally`. */
import type { Core } from "../core/core.js";
import type { GuardedRange } from "./assembler.js";
import { type Cleanup, type Destination, EFFECT, type Emitter, TAIL } from "./emitter.js";
import { isFloatRegister } from "./registers.js";

type Node<K extends Core["kind"]> = Extract<Core, { kind: K }>;

/** The body as a guarded range; what it jumps to in failure belongs to the range. Gives the boundaries. */
function emitGuarded(emitter: Emitter, body: () => void): GuardedRange {
  const start = emitter.code.mark();
  emitter.openDeferred();
  body();
  emitter.closeDeferred();
  return { start, end: emitter.code.mark() };
}

export function emitTryWith(emitter: Emitter, core: Node<"try-with">, destination: Destination): void {
  const { code } = emitter;
  const end = emitter.label();
  // A call inside the body is no tail call: the handler must still be there when it fails.
  const result = destination === TAIL ? emitter.registers.temporary() : destination;
  const range = emitGuarded(emitter, () => {
    emitter.emit(core.body, result);
    code.span = core.span;
    if (destination === TAIL) code.emit("return", result);
    else code.emit("jump", end);
  });
  if (destination === TAIL) emitter.registers.release(result);
  if (range.end > range.start) {
    emitter.scope(() => {
      const exception = emitter.define(core.exception);
      emitter.keep(core.exception);
      code.handle("with", range, exception);
      emitter.emit(core.handler, destination);
    });
  }
  code.bind(end);
}

/** Ways to leave the body, besides those that jumps out of it add. */
const NORMALLY = 0;
const BY_EXCEPTION = 1;

/** The cleanup stands once; a register says where to go on after it. */
export function emitTryFinally(emitter: Emitter, core: Node<"try-finally">, destination: Destination): void {
  const { code, registers } = emitter;
  const result =
    destination === EFFECT
      ? EFFECT
      : isFloatRegister(destination)
        ? registers.floatTemporary()
        : registers.temporary();
  const token = registers.temporary();
  const exception = registers.temporary();
  code.emit("load.int", token, NORMALLY);
  code.emit("load.unit", exception);
  // Not every way to the cleanup has a result.
  if (isFloatRegister(result)) code.emit("load.float", result, emitter.module.tables.float(0));
  else if (result >= 0) code.emit("load.unit", result);
  const cleanup: Cleanup = { token, entry: emitter.label(), exits: [] };
  emitter.cleanups.push(cleanup);
  const range = emitGuarded(emitter, () => {
    emitter.emit(core.body, result);
    code.emit("jump", cleanup.entry);
  });
  emitter.cleanups.pop();
  if (range.end > range.start) {
    code.handle("finally", range, exception);
    code.emit("load.int", token, BY_EXCEPTION);
  }
  code.bind(cleanup.entry);
  emitter.emit(core.cleanup, EFFECT);
  code.span = core.span;
  emitDispatch(emitter, cleanup, exception);
  emitter.release([token, exception]);
  if (result < 0) return;
  if (destination === TAIL) code.emit("return", result);
  else emitter.move(destination, result);
  registers.release(result);
}

function emitDispatch(emitter: Emitter, cleanup: Cleanup, exception: number): void {
  const { code } = emitter;
  const normally = emitter.label();
  code.emit("unless.eq.imm", cleanup.token, BY_EXCEPTION, normally);
  code.emit("reraise", exception);
  code.bind(normally);
  cleanup.exits.forEach(({ to, cleanups }, index) => {
    const next = emitter.label();
    code.emit("unless.eq.imm", cleanup.token, index + 2, next);
    emitter.leaveTo(to, cleanups);
    code.bind(next);
  });
}
