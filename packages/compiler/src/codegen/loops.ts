import type { Core } from "../core/core.js";
import { isImmediate } from "../lower/operators.js";
import { emitConditionally } from "./condition.js";
import { EFFECT, type Emitter, type Loop } from "./emitter.js";

type Node<K extends Core["kind"]> = Extract<Core, { kind: K }>;

function enterLoop(emitter: Emitter): Loop {
  return { onBreak: emitter.label(), onContinue: emitter.label(), cleanups: emitter.cleanups.length };
}

/** The condition stands below the body, so that a round takes one jump. */
export function emitWhile(emitter: Emitter, core: Node<"while">): void {
  const { code } = emitter;
  const loop = enterLoop(emitter);
  const body = emitter.label();
  const endless = core.condition.kind === "bool" && core.condition.value;
  if (!endless) code.emit("jump", loop.onContinue);
  code.bindAhead(body);
  emitter.inLoop(loop, () => {
    emitter.emit(core.body, EFFECT);
    code.bind(loop.onContinue);
    if (endless) code.emit("jump", body);
    else emitConditionally(emitter, core.condition, body, true);
  });
  code.bind(loop.onBreak);
}

/**
 * `for i = a to b`. With both ends inside 64 bits the counter may reach the very last int, so it is compared with the number after the limit,
 * which then has wrapped around like the counter.
 */
export function emitCount(emitter: Emitter, core: Node<"count">): void {
  const { code } = emitter;
  const { step } = core;
  const up = step > 0;
  const loop = enterLoop(emitter);
  const body = emitter.label();
  emitter.scope(() => {
    const counter = emitter.define(core.local);
    emitter.keep(core.local);
    emitter.emit(core.from, counter);
    const fixed = core.to.kind === "int" && isImmediate(core.to.value) ? core.to.value : undefined;
    const limit = fixed === undefined ? emitter.ownOperand(core.to) : EFFECT;
    code.span = core.span;
    if (fixed !== undefined) code.emit(up ? "unless.le.imm" : "unless.ge.imm", counter, fixed, loop.onBreak);
    else if (up) code.emit("unless.le", counter, limit, loop.onBreak);
    else code.emit("unless.le", limit, counter, loop.onBreak);
    const single = step === 1 || step === -1;
    if (fixed === undefined && single) code.emit("int.add.imm", limit, limit, step);
    if (!code.reachable) return;
    code.bindAhead(body);
    emitter.inLoop(loop, () => {
      emitter.emit(core.body, EFFECT);
      code.bind(loop.onContinue);
      code.span = core.span;
      if (fixed !== undefined) {
        code.emit("int.add.imm", counter, counter, step);
        code.emit(up ? "unless.gt.imm" : "unless.lt.imm", counter, fixed, body);
      } else if (single) {
        code.emit("int.add.imm", counter, counter, step);
        code.emit("unless.eq", counter, limit, body);
      } else emitWideStep(emitter, counter, limit, step, body, loop);
    });
    if (limit >= 0) emitter.registers.release(limit);
  });
  code.bind(loop.onBreak);
}

/** A step that may jump over the limit, and over the largest int. */
function emitWideStep(
  emitter: Emitter,
  counter: number,
  limit: number,
  step: number,
  body: Loop["onBreak"],
  loop: Loop,
): void {
  const { code } = emitter;
  const next = emitter.registers.temporary();
  code.emit("int.add.imm", next, counter, step);
  if (step > 0) code.emit("unless.lt", counter, next, loop.onBreak);
  else code.emit("unless.lt", next, counter, loop.onBreak);
  code.emit("move", counter, next);
  emitter.registers.release(next);
  if (step > 0) code.emit("unless.lt", limit, counter, body);
  else code.emit("unless.lt", counter, limit, body);
}

export function emitEach(emitter: Emitter, core: Node<"each">): void {
  if (core.over === "list") emitEachOfList(emitter, core);
  else emitEachIndexed(emitter, core, core.over);
}

function emitEachOfList(emitter: Emitter, core: Node<"each">): void {
  const { code } = emitter;
  const loop = enterLoop(emitter);
  const rest = emitter.ownOperand(core.collection);
  if (!code.reachable) return;
  code.bindAhead(loop.onContinue);
  emitter.inLoop(loop, () => {
    code.span = core.span;
    code.emit("unless.cons", rest, loop.onBreak);
    emitter.scope(() => {
      const { local } = core;
      const element = emitter.define(local);
      code.emit("list.head", element, rest);
      code.emit("list.tail", rest, rest);
      if (local.floatUses > 0) emitter.move(emitter.alsoFloat(local), element);
      emitter.emit(core.body, EFFECT);
    });
    code.emit("jump", loop.onContinue);
  });
  code.bind(loop.onBreak);
  emitter.registers.release(rest);
}

function emitEachIndexed(emitter: Emitter, core: Node<"each">, over: "array" | "string"): void {
  const { code } = emitter;
  const loop = enterLoop(emitter);
  const body = emitter.label();
  const collection = emitter.ownOperand(core.collection);
  const length = emitter.registers.temporary();
  const index = emitter.registers.temporary();
  code.span = core.span;
  code.emit(over === "array" ? "array.length" : "string.length", length, collection);
  code.emit("load.int", index, 0);
  code.emit("unless.lt", index, length, loop.onBreak);
  if (!code.reachable) return;
  code.bindAhead(body);
  emitter.inLoop(loop, () => {
    emitter.scope(() => {
      const { local } = core;
      if (over === "array" && local.floatUses > 0 && !local.captured && local.uses <= local.floatUses)
        code.emit("array.get.float", emitter.defineFloat(local), collection, index);
      else {
        const element = emitter.define(local);
        code.emit(over === "array" ? "array.get" : "string.get", element, collection, index);
        if (local.floatUses > 0) emitter.move(emitter.alsoFloat(local), element);
      }
      emitter.emit(core.body, EFFECT);
    });
    code.bind(loop.onContinue);
    code.span = core.span;
    code.emit("int.add.imm", index, index, 1);
    code.emit("unless.le", length, index, body);
  });
  code.bind(loop.onBreak);
  emitter.release([collection, length, index]);
}
