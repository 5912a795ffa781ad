import type { Holding } from "../machine/lifetime.js";
import type { Conversion } from "../values/conversion.js";
import type { TraceEntry, Value } from "../values/value.js";
import type { AuditEntry, NativeContext, TaskScope } from "./context.js";
import type { Operation } from "./operation.js";

/** The context of a function that waits: what it records later still belongs to it, whatever has begun meanwhile. */
export class OperationContext implements NativeContext {
  constructor(
    private readonly context: NativeContext,
    readonly operation: Operation,
  ) {}

  get plugin(): string {
    return this.context.plugin;
  }

  get signal(): AbortSignal | undefined {
    return this.context.signal;
  }

  get remainingMs(): number {
    return this.context.remainingMs;
  }

  get remainingInstructions(): number {
    return this.context.remainingInstructions;
  }

  get sandbox(): unknown {
    return this.context.sandbox;
  }

  get lifetime(): AbortSignal {
    return this.context.lifetime;
  }

  get conversion(): Conversion {
    return this.context.conversion;
  }

  get position(): TraceEntry | undefined {
    return this.context.position;
  }

  get tasks(): TaskScope {
    return this.context.tasks;
  }

  get canWait(): boolean {
    return this.context.canWait;
  }

  require(capability: string): void {
    this.context.require(capability);
  }

  granted(capability: string): boolean {
    return this.context.granted(capability);
  }

  get largestBytes(): number {
    return this.context.largestBytes;
  }

  count(limit: "fsOps" | "netOps", amount?: number): void {
    this.context.count(limit, amount);
  }

  hold(what: Holding): () => void {
    return this.context.hold(what);
  }

  countOutput(text: string): void {
    this.context.countOutput(text);
  }

  write(stream: "stdout" | "stderr", text: string): void {
    this.context.write(stream, text);
  }

  audit(entry: AuditEntry): void {
    this.operation.note(entry);
  }

  fail(code: string, message: string, cause?: unknown): Error {
    return this.context.fail(code, message, cause);
  }

  tick(): void {
    this.context.tick();
  }

  checkTime(): void {
    this.context.checkTime();
  }

  charge(units: number): void {
    this.context.charge(units);
  }

  allocate(bytes: number): void {
    this.context.allocate(bytes);
  }

  countFileBytes(bytes: number): void {
    this.context.countFileBytes(bytes);
  }

  call(callee: Value, ...args: Value[]): Value {
    return this.context.call(callee, ...args);
  }
}
