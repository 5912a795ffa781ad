import type { AuditEntry, NativeContext } from "./context.js";
import type { Operation } from "./operation.js";

/** The context of a function that waits: what it records later still belongs to its operation, whatever has begun meanwhile. All else is asked of the call. */
export function operationContext(context: NativeContext, operation: Operation): NativeContext {
  const audit = (entry: AuditEntry): void => operation.note(entry);
  return new Proxy(context, {
    get(call, name): unknown {
      if (name === "operation") return operation;
      if (name === "audit") return audit;
      const member: unknown = Reflect.get(call, name);
      return typeof member === "function" ? member.bind(call) : member;
    },
  });
}
