/** Decision plans to jumps. */
import type { Core, Item, MatchNode } from "../core/core.js";
import type { Local } from "../core/local.js";
import { isImmediate } from "../lower/operators.js";
import type {
  Binding,
  Decision,
  Fetch,
  Leaf,
  Operation,
  Rows,
  Step,
  SwitchCase,
  Test,
} from "../match/plan.js";
import type { Label } from "./assembler.js";
import { emitConditionally } from "./condition.js";
import { type Destination, EFFECT, type Emitter, TAIL } from "./emitter.js";

/** One match on its way. */
interface Match {
  readonly emitter: Emitter;
  readonly destination: Destination;
  readonly end: Label;
  readonly failure: Label;
  /** Entries of bodies that several decisions share. */
  readonly shared: Map<Leaf, Label>;
}

export function emitMatch(emitter: Emitter, core: MatchNode, destination: Destination): void {
  const { code } = emitter;
  const match: Match = {
    emitter,
    destination,
    end: emitter.label(),
    failure: emitter.label(),
    shared: new Map(),
  };
  emitter.scope(() => {
    // Of components, whoever reports the failure makes the subject.
    const subject = core.components.length > 0 ? EFFECT : subjectRegister(emitter, core.subject, core.value);
    code.span = core.span;
    if (core.plan.kind === "rows") emitRows(match, core.plan);
    else {
      defineSharedVariables(emitter, core.plan);
      emitDecision(match, core.plan);
    }
    emitFailure(match, core, subject);
    for (const [leaf, entry] of match.shared) {
      code.bind(entry);
      emitBody(match, leaf);
    }
  });
  code.bind(match.end);
}

/** The subject keeps its register for the whole match. A variable that cannot change is looked at where it is. */
function subjectRegister(emitter: Emitter, subject: Local, value: Core | undefined): number {
  if (value === undefined) {
    const register = emitter.raw(subject);
    if (subject.owner === emitter.fn) emitter.keep(subject);
    return register;
  }
  if (
    value.kind === "local" &&
    !value.local.mutable &&
    value.local.owner === emitter.fn &&
    value.local.register >= 0
  ) {
    const register = emitter.raw(value.local);
    emitter.alias(subject, register);
    return register;
  }
  const register = emitter.define(subject);
  emitter.keep(subject);
  emitter.emit(value, register);
  return register;
}

function emitFailure(match: Match, core: MatchNode, subject: number): void {
  const { emitter, failure } = match;
  const { code } = emitter;
  if (failure.references === 0 && !code.reachable) return;
  if (core.failure === "skip") {
    code.bind(failure);
    emitter.unit(match.destination);
    if (match.shared.size > 0) code.emit("jump", match.end);
    return;
  }
  const components = core.components.map((local) => emitter.raw(local));
  const tuple = subject >= 0 ? EFFECT : emitter.registers.temporary();
  emitter.registers.release(tuple);
  emitter.defer(() => {
    code.span = core.span;
    code.bind(failure);
    if (subject >= 0) code.emit(core.failure === "reraise" ? "reraise" : "match.fail", subject);
    else {
      code.emit("tuple.new", tuple, components.length, ...components);
      code.emit("match.fail", tuple);
    }
  });
}

// ----------------------------------------------------------------------------------------------------------------- bodies

function isUsed(local: Local): boolean {
  return local.uses > 0 || local.captured;
}

/** Variables of shared bodies get registers that all decisions write to. */
function defineSharedVariables(emitter: Emitter, plan: Decision): void {
  const seen = new Set<Leaf>();
  const stack: Decision[] = [plan];
  const visit = (leaf: Leaf): void => {
    if (leaf.references < 2 || seen.has(leaf)) return;
    seen.add(leaf);
    for (const variable of leaf.variables) {
      if (!isUsed(variable)) continue;
      emitter.define(variable);
      if (variable.floatUses > 0) emitter.alsoFloat(variable);
    }
  };
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (at.end.kind === "leaf") visit(at.end.leaf);
    for (const step of at.steps) {
      if (step.kind === "guard") visit(step.leaf);
      else if (step.kind === "switch") for (const item of step.cases) stack.push(item.decision);
    }
  }
}

function emitBody(match: Match, leaf: Leaf): void {
  const { emitter, destination } = match;
  emitter.emit(leaf.body, destination);
  if (destination !== TAIL) emitter.code.emit("jump", match.end);
}

/** Goes to the body of a rule, whose variables have their values. */
function enterBody(match: Match, leaf: Leaf): void {
  if (leaf.references < 2) {
    emitBody(match, leaf);
    return;
  }
  let entry = match.shared.get(leaf);
  if (entry === undefined) {
    entry = match.emitter.label();
    match.shared.set(leaf, entry);
  }
  match.emitter.code.emit("jump", entry);
}

function bindVariables(emitter: Emitter, leaf: Leaf, bindings: readonly Binding[]): void {
  for (const { variable, from } of bindings) {
    if (!isUsed(variable)) continue;
    if (leaf.references < 2) {
      emitter.alias(variable, from.register);
      if (variable.floatUses > 0) emitter.move(emitter.alsoFloat(variable), from.register);
    } else emitter.bindTo(variable, from.register);
  }
}

// -------------------------------------------------------------------------------------------------------------- decisions

function emitDecision(match: Match, decision: Decision): void {
  const { emitter } = match;
  emitter.scope(() => {
    // The instruction for lists goes on with a cell, so what happens to the empty list stands at the end.
    const empty: { readonly entry: Label; readonly decision: Decision }[] = [];
    for (const step of decision.steps) {
      const nil = step.kind === "switch" && emitter.code.reachable ? onlyNil(step) : undefined;
      if (nil === undefined) emitStep(match, step);
      else empty.push({ entry: jumpIfEmpty(match, nil.on), decision: nil.decision });
    }
    if (decision.end.kind === "failure") emitter.code.emit("jump", match.failure);
    else {
      const { leaf, bindings } = decision.end;
      bindVariables(emitter, leaf, bindings);
      enterBody(match, leaf);
    }
    // The last one first: each takes parts again that were taken behind it, and whoever comes later counts on where they are.
    for (const { entry, decision } of empty.reverse()) {
      emitter.code.bind(entry);
      emitDecision(match, decision);
    }
  });
}

function onlyNil(step: Switch): { readonly on: Local; readonly decision: Decision } | undefined {
  const [only] = step.cases;
  return step.cases.length === 1 && only?.test.kind === "nil"
    ? { on: step.on, decision: only.decision }
    : undefined;
}

function jumpIfEmpty(match: Match, list: Local): Label {
  const entry = match.emitter.label();
  match.emitter.code.emit("unless.cons", list.register, entry);
  return entry;
}

function emitStep(match: Match, step: Step): void {
  const { emitter } = match;
  if (!emitter.code.reachable) return;
  switch (step.kind) {
    case "fetch":
      // Other paths take the same part: its operands must outlive this one.
      emitter.repeatedly(() => emitFetch(emitter, step));
      return;
    case "switch":
      emitSwitch(match, step);
      return;
    case "guard": {
      const next = emitter.label();
      bindVariables(emitter, step.leaf, step.bindings);
      if (step.leaf.references < 2) emitConditionally(emitter, step.condition, next, false);
      else emitter.repeatedly(() => emitConditionally(emitter, step.condition, next, false));
      enterBody(match, step.leaf);
      emitter.code.bind(next);
      return;
    }
  }
}

function emitFetch(emitter: Emitter, fetch: Fetch): void {
  if (fetch.for !== undefined && !fetch.for.some(isUsed)) return;
  const register = emitter.define(fetch.local);
  emitter.emit(fetch.value, register);
}

type Switch = Extract<Step, { kind: "switch" }>;

function emitSwitch(match: Match, step: Switch): void {
  const { emitter } = match;
  const { code } = emitter;
  code.span = step.span;
  const register = step.on.register;
  const [first] = step.cases;
  switch (first?.test.kind) {
    case "tag":
      if (step.cases.length > 2) emitTagTable(match, step, register, first.test.cases);
      else emitChain(match, step.cases, register, step.exhaustive);
      return;
    case "int":
      emitIntSwitch(match, step.cases, register);
      return;
    case "length": {
      const length = emitter.registers.temporary();
      code.emit("array.length", length, register);
      const cases = step.cases.map(
        ({ test, decision }): SwitchCase => ({
          test: test.kind === "length" ? { kind: "int", value: test.value } : test,
          decision,
        }),
      );
      emitIntSwitch(match, cases, length);
      emitter.registers.release(length);
      return;
    }
    case "nil":
    case "cons":
      // The instruction for lists goes on with the cell.
      emitChain(
        match,
        [...step.cases].sort((a) => (a.test.kind === "cons" ? -1 : 1)),
        register,
        step.exhaustive,
      );
      return;
    default:
      emitChain(match, step.cases, register, step.exhaustive);
  }
}

function emitChain(match: Match, cases: readonly SwitchCase[], register: number, exhaustive: boolean): void {
  const { emitter } = match;
  cases.forEach(({ test, decision }, index) => {
    const next = emitter.label();
    if (!exhaustive || index < cases.length - 1) emitTest(emitter, test, register, next);
    emitDecision(match, decision);
    emitter.code.bind(next);
  });
}

function emitTagTable(match: Match, step: Switch, register: number, size: number): void {
  const { emitter } = match;
  const otherwise = emitter.label();
  const labels: Label[] = Array.from({ length: size }, () => otherwise);
  const entries = step.cases.map(({ test }) => {
    const entry = emitter.label();
    if (test.kind === "tag") labels[test.tag] = entry;
    return entry;
  });
  emitter.code.emit("switch.tag", register, labels.length, ...labels);
  step.cases.forEach((item, index) => {
    emitter.code.bind(entries[index] as Label);
    emitDecision(match, item.decision);
  });
  emitter.code.bind(otherwise);
}

const MIN_TABLE = 4;

function emitIntSwitch(match: Match, cases: readonly SwitchCase[], register: number): void {
  const { emitter } = match;
  const values = cases.map(({ test }) => (test.kind === "int" ? test.value : 0n));
  const small = values.filter(isImmediate);
  const low = Math.min(...small.slice(0, MAX_TABLE));
  const high = Math.max(...small.slice(0, MAX_TABLE));
  const dense =
    small.length === values.length &&
    values.length >= MIN_TABLE &&
    values.length <= MAX_TABLE &&
    high - low < values.length * 2 + 4;
  if (!dense) {
    emitChain(match, cases, register, false);
    return;
  }
  const otherwise = emitter.label();
  const labels: Label[] = Array.from({ length: high - low + 1 }, () => otherwise);
  const entries = small.map((value) => {
    const entry = emitter.label();
    labels[value - low] = entry;
    return entry;
  });
  emitter.code.emit("switch.int", register, low, labels.length, ...labels, otherwise);
  cases.forEach((item, index) => {
    emitter.code.bind(entries[index] as Label);
    emitDecision(match, item.decision);
  });
  emitter.code.bind(otherwise);
}

const MAX_TABLE = 4096;

/** Goes to `otherwise` unless the value in the register passes the test. */
function emitTest(emitter: Emitter, test: Test, register: number, otherwise: Label): void {
  const { code, registers } = emitter;
  const { tables } = emitter.module;
  const withTemporary = (use: (temporary: number) => void): void => {
    const temporary = registers.temporary();
    use(temporary);
    registers.release(temporary);
  };
  switch (test.kind) {
    case "tag":
      code.emit("unless.tag", register, test.tag, otherwise);
      return;
    case "cons":
      code.emit("unless.cons", register, otherwise);
      return;
    case "nil": {
      const empty = emitter.label();
      code.emit("unless.cons", register, empty);
      code.emit("jump", otherwise);
      code.bind(empty);
      return;
    }
    case "bool":
      code.emit(test.value ? "unless" : "if", register, otherwise);
      return;
    case "int":
      if (isImmediate(test.value)) {
        code.emit("unless.eq.imm", register, test.value, otherwise);
        return;
      }
      withTemporary((temporary) => {
        code.emit("load.const", temporary, tables.int(test.value));
        code.emit("unless.eq", register, temporary, otherwise);
      });
      return;
    case "length":
      withTemporary((temporary) => {
        code.emit("array.length", temporary, register);
        code.emit("unless.eq.imm", temporary, test.value, otherwise);
      });
      return;
    case "float":
      emitFloatTest(emitter, test.value, register, otherwise);
      return;
    case "text":
      code.emit("unless.string", register, tables.string(test.value), otherwise);
      return;
    case "exception":
      code.emit("unless.exn", register, test.definition, otherwise);
      return;
    case "null":
    case "equal":
      withTemporary((temporary) => {
        if (test.kind === "null") code.emit("load.null", temporary);
        else emitter.repeatedly(() => emitter.emit(test.constant, temporary));
        code.emit("eq", temporary, register, temporary);
        code.emit("unless", temporary, otherwise);
      });
      return;
    case "exception-class":
      withTemporary((temporary) => {
        code.emit("exn.test", temporary, register, tables.string(test.name));
        code.emit("unless", temporary, otherwise);
      });
      return;
    case "type":
      withTemporary((temporary) => {
        code.emit("type.test", temporary, register, test.type);
        code.emit("unless", temporary, otherwise);
      });
      return;
  }
}

function emitFloatTest(emitter: Emitter, value: number, register: number, otherwise: Label): void {
  const { code, registers } = emitter;
  const subject = registers.floatTemporary();
  const constant = registers.floatTemporary();
  emitter.move(subject, register);
  code.emit("load.float", constant, emitter.module.tables.float(value));
  code.emit("unless.float.eq", subject, constant, otherwise);
  registers.release(constant);
  registers.release(subject);
}

// ------------------------------------------------------------------------------------------------------------------- rows

function emitRows(match: Match, plan: Rows): void {
  const { emitter } = match;
  const { code } = emitter;
  for (const row of plan.rows) {
    if (!code.reachable) break;
    const next = emitter.label();
    emitter.scope(() => {
      emitOperations(emitter, row.operations, next);
      if (row.guard !== undefined) emitConditionally(emitter, row.guard, next, false);
      emitBody(match, row.leaf);
    });
    code.bind(next);
  }
  code.emit("jump", match.failure);
}

function emitOperations(emitter: Emitter, operations: readonly Operation[], otherwise: Label): void {
  const { code } = emitter;
  for (const operation of operations) {
    switch (operation.kind) {
      case "fetch":
        emitFetch(emitter, operation);
        break;
      case "test": {
        const register = emitter.read(operation.on);
        code.span = operation.span;
        emitTest(emitter, operation.test, register, otherwise);
        emitter.registers.release(register);
        break;
      }
      case "bind": {
        const { variable } = operation;
        const register = emitter.read(operation.from);
        if (isUsed(variable)) emitter.bindTo(variable, register);
        emitter.registers.release(register);
        break;
      }
      case "alternatives":
        emitAlternatives(emitter, operation, otherwise);
        break;
    }
  }
}

function emitAlternatives(
  emitter: Emitter,
  operation: Extract<Operation, { kind: "alternatives" }>,
  otherwise: Label,
): void {
  const { code } = emitter;
  const done = emitter.label();
  for (const variable of operation.variables) {
    if (!isUsed(variable) || emitter.isDefined(variable)) continue;
    emitter.define(variable);
    if (variable.floatUses > 0) emitter.alsoFloat(variable);
  }
  for (const way of operation.ways) {
    const next = emitter.label();
    emitter.scope(() => emitOperations(emitter, way, next));
    code.emit("jump", done);
    code.bind(next);
  }
  code.emit("jump", otherwise);
  code.bind(done);
}

export function emitDestructuring(emitter: Emitter, item: Extract<Item, { kind: "destructure" }>): void {
  const { code } = emitter;
  const subject = subjectRegister(emitter, item.subject, item.value);
  const failure = emitter.label();
  emitOperations(emitter, item.operations, failure);
  if (failure.references === 0) return;
  emitter.defer(() => {
    code.span = item.span;
    code.bind(failure);
    code.emit("match.fail", subject);
  });
}
