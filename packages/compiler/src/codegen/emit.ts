/** Core expressions to register code. */
import { dynamicOperators, type OpcodeName } from "@fusabi/vm";
import type { Comparison, ComparisonMode, Core, Item, Primitive } from "../core/core.js";
import type { CoreFunction } from "../core/function.js";
import { isImmediate } from "../lower/operators.js";
import { opcodeNamed } from "./assembler.js";
import { emitConditionally } from "./condition.js";
import { type Destination, EFFECT, type Emitter, TAIL } from "./emitter.js";
import { emitTryFinally, emitTryWith } from "./handlers.js";
import { emitCount, emitEach, emitWhile } from "./loops.js";
import { emitDestructuring, emitMatch } from "./matches.js";
import { isFloatRegister } from "./registers.js";

export function emitCore(emitter: Emitter, core: Core, destination: Destination): void {
  const { code } = emitter;
  code.span = core.span;
  switch (core.kind) {
    case "int":
    case "float":
    case "string":
    case "bool":
    case "unit":
    case "nil":
    case "null":
      emitConstant(emitter, core, destination);
      return;
    case "local":
      emitLocal(emitter, core, destination);
      return;
    case "global": {
      const register = emitter.target(destination);
      code.emit("load.global", register, core.global.index);
      emitter.settle(destination, register);
      return;
    }
    case "import": {
      if (destination === EFFECT) return;
      const register = emitter.target(destination);
      code.emit("load.import", register, core.import);
      emitter.settle(destination, register);
      return;
    }
    case "function":
      emitFunctionValue(emitter, core.fn, destination);
      return;
    case "call":
      emitCall(emitter, core, destination);
      return;
    case "call-known":
      emitKnownCall(emitter, core, destination);
      return;
    case "call-import": {
      const args = emitter.operands(core.args);
      code.span = core.span;
      emitter.release(args);
      if (destination === TAIL) code.emit("tail.import", core.import, args.length, ...args);
      else {
        const register = emitter.target(destination);
        code.emit("call.import", register, core.import, args.length, ...args);
        emitter.settle(destination, register);
      }
      return;
    }
    case "primitive":
      emitPrimitive(emitter, core, destination);
      return;
    case "compare":
      emitComparison(emitter, core, destination);
      return;
    case "and":
    case "or":
      emitShortCircuit(emitter, core, destination);
      return;
    case "block": {
      const scope = emitter.openScope();
      for (const item of core.items) emitItem(emitter, item);
      emitter.emit(core.result, destination);
      emitter.closeScope(scope);
      return;
    }
    case "if":
      emitIf(emitter, core, destination);
      return;
    case "match":
      emitMatch(emitter, core, destination);
      return;
    case "assign":
      emitAssign(emitter, core);
      emitter.unit(destination);
      return;
    case "assign-global": {
      const value = emitter.operand(core.value);
      code.span = core.span;
      code.emit("store.global", core.global.index, value);
      emitter.registers.release(value);
      emitter.unit(destination);
      return;
    }
    case "while":
      emitWhile(emitter, core);
      emitter.unit(destination);
      return;
    case "count":
      emitCount(emitter, core);
      emitter.unit(destination);
      return;
    case "each":
      emitEach(emitter, core);
      emitter.unit(destination);
      return;
    case "break":
    case "continue": {
      const loop = emitter.loops.at(-1);
      if (loop !== undefined)
        emitter.leaveTo(core.kind === "break" ? loop.onBreak : loop.onContinue, loop.cleanups);
      return;
    }
    case "try-with":
      emitTryWith(emitter, core, destination);
      return;
    case "try-finally":
      emitTryFinally(emitter, core, destination);
      return;
  }
}

function intoTarget(emitter: Emitter, destination: Destination, write: (register: number) => void): void {
  const register = emitter.target(destination);
  write(register);
  emitter.settle(destination, register);
}

function emitConstant(
  emitter: Emitter,
  core: Extract<Core, { kind: "int" | "float" | "string" | "bool" | "unit" | "nil" | "null" }>,
  destination: Destination,
): void {
  if (destination === EFFECT) return;
  const { code } = emitter;
  const { tables } = emitter.module;
  if (core.kind === "float" && isFloatRegister(destination)) {
    code.emit("load.float", destination, tables.float(core.value));
    return;
  }
  const register = emitter.target(destination);
  switch (core.kind) {
    case "int":
      if (isImmediate(core.value)) code.emit("load.int", register, core.value);
      else code.emit("load.const", register, tables.int(core.value));
      break;
    case "float":
      code.emit("load.const", register, tables.float(core.value));
      break;
    case "string":
      code.emit("load.const", register, tables.string(core.value));
      break;
    case "bool":
      code.emit(core.value ? "load.true" : "load.false", register);
      break;
    case "unit":
    case "nil":
    case "null":
      code.emit(`load.${core.kind}`, register);
      break;
  }
  emitter.settle(destination, register);
}

function emitLocal(emitter: Emitter, core: Extract<Core, { kind: "local" }>, destination: Destination): void {
  if (destination === TAIL) {
    const register = emitter.read(core.local);
    emitter.code.emit("return", register);
    emitter.registers.release(register);
    return;
  }
  const register = emitter.source(core.local, isFloatRegister(destination));
  if (destination >= 0) emitter.move(destination, register);
  emitter.registers.release(register);
}

function emitFunctionValue(emitter: Emitter, fn: CoreFunction, destination: Destination): void {
  const { code } = emitter;
  if (fn.isStatic) {
    if (destination !== EFFECT)
      intoTarget(emitter, destination, (register) =>
        code.emit("load.fn", register, emitter.module.indexOf(fn)),
      );
  } else if (fn.binder !== undefined) {
    const register = emitter.read(fn.binder);
    if (destination >= 0) emitter.move(destination, register);
    else if (destination === TAIL) code.emit("return", register);
    emitter.registers.release(register);
  } else if (destination !== EFFECT) {
    const captures = fn.captures.map((local) => emitter.raw(local));
    emitter.release(captures);
    intoTarget(emitter, destination, (register) =>
      code.emit("closure", register, emitter.module.indexOf(fn), captures.length, ...captures),
    );
  }
}

function emitCall(emitter: Emitter, core: Extract<Core, { kind: "call" }>, destination: Destination): void {
  const { code } = emitter;
  const operands = emitter.operands([core.callee, ...core.args]);
  const [callee, ...args] = operands as [number, ...number[]];
  code.span = core.span;
  emitter.release(operands);
  if (destination === TAIL) code.emit("tail.call", callee, args.length, ...args);
  else
    intoTarget(emitter, destination, (register) => code.emit("call", register, callee, args.length, ...args));
}

function emitKnownCall(
  emitter: Emitter,
  core: Extract<Core, { kind: "call-known" }>,
  destination: Destination,
): void {
  const { code } = emitter;
  const { fn, span } = core;
  const inClosure = !fn.isStatic && !fn.lifted;
  if (inClosure && !(fn === emitter.fn && destination === TAIL)) {
    emitCall(
      emitter,
      { kind: "call", callee: { kind: "function", fn, span }, args: core.args, span },
      destination,
    );
    return;
  }
  const args = emitter.operands(core.args);
  if (fn.lifted) for (const local of fn.captures) args.push(emitter.raw(local));
  code.span = span;
  emitter.release(args);
  if (destination === TAIL) {
    if (fn === emitter.fn) code.emit("tail.self", args.length, ...args);
    else code.emit("tail.fn", emitter.module.indexOf(fn), args.length, ...args);
  } else
    intoTarget(emitter, destination, (register) =>
      code.emit("call.fn", register, emitter.module.indexOf(fn), args.length, ...args),
    );
}

/** Larger collections are built in pieces, so that not all their elements need a register at once. */
const MAX_PIECE = 200;

function emitPrimitive(emitter: Emitter, core: Primitive, destination: Destination): void {
  if ((core.op === "list.new" || core.op === "array.new") && core.args.length > MAX_PIECE) {
    emitLargeCollection(emitter, core, destination);
    return;
  }
  const { code } = emitter;
  const opcode = opcodeNamed(variantFor(emitter, core, destination));
  const args = opcode.onFloats
    ? emitter.operands(core.args, (index) => opcode.floatSources[index] === true)
    : emitter.operands(core.args);
  code.span = core.span;
  emitter.release(args);
  const [result] = opcode.info.operands;
  const hasResult = result === "dst" || result === "fdst";
  const target = !hasResult
    ? EFFECT
    : result === "fdst"
      ? emitter.floatTarget(destination)
      : emitter.target(destination);
  const instruction = new Array<number>(
    1 + (hasResult ? 1 : 0) + (opcode.hasList ? 1 : 0) + args.length + core.extra.length,
  );
  let at = 1;
  let arg = 0;
  let extra = 0;
  for (const kind of opcode.info.operands) {
    if (kind === "dst" || kind === "fdst") instruction[at++] = target;
    else if (kind === "src" || kind === "fsrc") instruction[at++] = args[arg++] as number;
    else if (kind === "srcs") {
      instruction[at++] = args.length - arg;
      while (arg < args.length) instruction[at++] = args[arg++] as number;
    } else instruction[at++] = core.extra[extra++] as number;
  }
  code.append(opcode, instruction);
  if (hasResult) emitter.settle(destination, target);
  else emitter.unit(destination);
}

/** Elements and fields go right into float registers and come right out of them. */
function variantFor(emitter: Emitter, core: Primitive, destination: Destination): OpcodeName {
  const stored = core.args.at(-1);
  switch (core.op) {
    case "array.get":
    case "field.get":
      return isFloatRegister(destination) ? `${core.op}.float` : core.op;
    case "array.set":
    case "field.set":
      return stored !== undefined && emitter.isFloat(stored) ? `${core.op}.float` : core.op;
    default:
      return core.op;
  }
}

function emitLargeCollection(emitter: Emitter, core: Primitive, destination: Destination): void {
  const { code } = emitter;
  const pieces: number[] = [];
  for (let start = 0; start < core.args.length; start += MAX_PIECE) {
    const items = emitter.operands(core.args.slice(start, start + MAX_PIECE));
    emitter.release(items);
    const piece = emitter.registers.temporary();
    code.span = core.span;
    code.emit("list.new", piece, items.length, ...items);
    pieces.push(piece);
  }
  const list = pieces.pop() as number;
  for (let piece = pieces.pop(); piece !== undefined; piece = pieces.pop()) {
    code.emit("list.append", list, piece, list);
    emitter.registers.release(piece);
  }
  emitter.registers.release(list);
  intoTarget(emitter, destination, (register) => {
    if (core.op === "array.new") code.emit("array.of.list", register, list);
    else emitter.move(register, list);
  });
}

const COMPARISONS: Readonly<
  Record<"primitive" | "float" | "structural", Readonly<Record<"=" | "<>" | "<" | "<=", OpcodeName>>>
> = {
  float: { "=": "float.eq", "<>": "float.ne", "<": "float.lt", "<=": "float.le" },
  primitive: { "=": "prim.eq", "<>": "prim.ne", "<": "prim.lt", "<=": "prim.le" },
  structural: { "=": "eq", "<>": "ne", "<": "lt", "<=": "le" },
};

const OPERANDS: Readonly<Record<ComparisonMode, keyof typeof COMPARISONS>> = {
  int: "primitive",
  text: "primitive",
  bool: "primitive",
  float: "float",
  structural: "structural",
  dynamic: "structural",
};

function emitComparison(emitter: Emitter, core: Comparison, destination: Destination): void {
  const { code } = emitter;
  const { operator, mode } = core;
  const operands = emitter.operands([core.left, core.right], () => mode === "float");
  const [left, right] = operands as [number, number];
  code.span = core.span;
  emitter.release(operands);
  intoTarget(emitter, destination, (register) => {
    if (mode === "dynamic" && operator !== "=" && operator !== "<>") {
      code.emit("dynamic", register, left, right, dynamicOperators.indexOf(operator));
      return;
    }
    const opcodes = COMPARISONS[OPERANDS[mode]];
    if (operator === ">") code.emit(opcodes["<"], register, right, left);
    else if (operator === ">=") code.emit(opcodes["<="], register, right, left);
    else code.emit(opcodes[operator], register, left, right);
  });
}

/** The right operand is evaluated in the place of the whole, so that a call in it is a tail call where the whole is. */
function emitShortCircuit(
  emitter: Emitter,
  core: Extract<Core, { kind: "and" | "or" }>,
  destination: Destination,
): void {
  const { code } = emitter;
  const decided = emitter.label();
  const end = emitter.label();
  const isAnd = core.kind === "and";
  emitConditionally(emitter, core.left, decided, !isAnd);
  emitter.emit(core.right, destination);
  if (destination !== TAIL && destination !== EFFECT) code.emit("jump", end);
  code.bind(decided);
  if (destination !== EFFECT && code.reachable) {
    intoTarget(emitter, destination, (register) => code.emit(isAnd ? "load.false" : "load.true", register));
  }
  code.bind(end);
}

function emitIf(emitter: Emitter, core: Extract<Core, { kind: "if" }>, destination: Destination): void {
  const { code } = emitter;
  const end = emitter.label();
  const nothingElse = destination === EFFECT && core.otherwise.kind === "unit";
  core.branches.forEach((branch, index) => {
    const last = nothingElse && index === core.branches.length - 1;
    const next = last ? end : emitter.label();
    emitConditionally(emitter, branch.condition, next, false);
    emitter.emit(branch.body, destination);
    if (last) return;
    code.emit("jump", end);
    code.bind(next);
  });
  if (!nothingElse) emitter.emit(core.otherwise, destination);
  code.bind(end);
}

function emitAssign(emitter: Emitter, core: Extract<Core, { kind: "assign" }>): void {
  const { code } = emitter;
  const { local, value } = core;
  if (local.inCell) {
    const register = emitter.operand(value);
    const cell = emitter.raw(local);
    code.span = core.span;
    code.emit("cell.set", cell, register);
    emitter.release([register, cell]);
    return;
  }
  const register = local.floatRegister >= 0 ? local.floatRegister : emitter.raw(local);
  if (writesOnlyAtTheEnd(value)) {
    emitter.emit(value, register);
    return;
  }
  const result = isFloatRegister(register) ? emitter.floatOperand(value) : emitter.operand(value);
  code.span = core.span;
  emitter.move(register, result);
  emitter.registers.release(result);
}

/** The register of the result may be an operand at the same time. */
function writesOnlyAtTheEnd(core: Core): boolean {
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
    case "call":
    case "call-known":
    case "call-import":
    case "primitive":
    case "compare":
      return true;
    default:
      return false;
  }
}

function emitItem(emitter: Emitter, item: Item): void {
  const { code } = emitter;
  if (!code.reachable) return;
  switch (item.kind) {
    case "do":
      emitter.emit(item.value, EFFECT);
      return;
    case "let": {
      const { local, value } = item;
      if (local.inCell) {
        const register = emitter.operand(value);
        const cell = emitter.define(local);
        code.span = item.span;
        code.emit("cell.new", cell, register);
        emitter.registers.release(register);
      } else if (local.uses === 0 && !local.captured) emitter.emit(value, EFFECT);
      else emitter.bind(local, value);
      return;
    }
    case "functions":
      emitFunctions(emitter, item.functions);
      return;
    case "destructure":
      emitDestructuring(emitter, item);
      return;
    case "group":
      for (const inner of item.items) emitItem(emitter, inner);
      return;
  }
}

/** Closures of named local functions. One that refers to a later one gets it when that exists. */
function emitFunctions(emitter: Emitter, functions: readonly CoreFunction[]): void {
  const { code } = emitter;
  const closures = functions.filter((fn) => !fn.isStatic && !fn.lifted);
  const missing = new Set(closures.map((fn) => fn.binder));
  const registers = closures.map((fn) => (fn.binder === undefined ? EFFECT : emitter.define(fn.binder)));
  const knots: { readonly closure: number; readonly capture: number; readonly value: number }[] = [];
  closures.forEach((fn, index) => {
    const closure = registers[index] as number;
    const captures = fn.captures.map((local, capture) => {
      if (!missing.has(local)) return emitter.raw(local);
      const placeholder = emitter.registers.temporary();
      code.emit("load.unit", placeholder);
      knots.push({ closure, capture, value: local.register });
      return placeholder;
    });
    code.span = fn.span;
    code.emit("closure", closure, emitter.module.indexOf(fn), captures.length, ...captures);
    emitter.release(captures);
    missing.delete(fn.binder);
  });
  for (const { closure, capture, value } of knots) code.emit("set.capture", closure, capture, value);
}
