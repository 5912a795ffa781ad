/**
 * Closure conversion: which functions need a closure, and of what. A named function that is only ever called with all its arguments takes its
 * captures as extra parameters (lambda lifting) and needs none.
 */
import type { CoreFunction } from "../core/function.js";
import type { Local } from "../core/local.js";

export function convertClosures(functions: readonly CoreFunction[]): void {
  // Programs with few closures are the rule: what needs nothing has no set.
  const required = new Map<CoreFunction, Set<Local>>();
  const mentionedBy = new Map<CoreFunction, CoreFunction[]>();
  const note = (fn: CoreFunction, user: CoreFunction): void => {
    const users = mentionedBy.get(fn);
    if (users === undefined) mentionedBy.set(fn, [user]);
    else users.push(user);
  };
  for (const fn of functions) {
    if (fn.free.size > 0) required.set(fn, new Set(fn.free.keys()));
  }
  if (required.size === 0) return;
  for (const fn of functions) {
    for (const other of fn.references.functions) note(other, fn);
    // Whether it mentions it or not, the function around it makes the closure.
    if (fn.binder !== undefined && fn.escapes && !fn.binder.owner.references.mentions(fn))
      note(fn, fn.binder.owner);
  }
  const waiting = functions.filter((fn) => fn.free.size > 0);
  const queued = new Set(waiting);
  for (let fn = waiting.pop(); fn !== undefined; fn = waiting.pop()) {
    queued.delete(fn);
    for (const user of mentionedBy.get(fn) ?? []) {
      if (!passNeedsOn(fn, user, required) || queued.has(user)) continue;
      queued.add(user);
      waiting.push(user);
    }
  }
  for (const [fn, needs] of required) decide(fn, needs);
}

/** `user` mentions `fn`, which needs something: what does that make `user` need? Tells whether that is new. */
function passNeedsOn(fn: CoreFunction, user: CoreFunction, required: Map<CoreFunction, Set<Local>>): boolean {
  const needs = required.get(user) ?? new Set();
  required.set(user, needs);
  const before = needs.size;
  if (fn.binder !== undefined && fn.escapes && fn.binder.owner !== user) {
    // A closure that exists once; the user needs to reach it, unless it is it.
    if (fn !== user) needs.add(fn.binder);
  } else {
    for (const local of required.get(fn) ?? []) if (local.owner !== user) needs.add(local);
  }
  return needs.size > before;
}

function decide(fn: CoreFunction, required: Set<Local>): void {
  // A closure reaches itself without capturing itself.
  if (fn.binder !== undefined) required.delete(fn.binder);
  fn.captures = [...required];
  fn.lifted = fn.binder !== undefined && !fn.escapes && fn.captures.length > 0;
  for (const local of fn.captures) local.captured = true;
}
