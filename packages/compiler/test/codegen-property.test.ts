/** Random programs over ints, compiled, against an evaluator that follows the language reference: variables, closures, loops, exceptions. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { run } from "./running.js";

type Expr =
  | { readonly kind: "int"; readonly value: number }
  /** One of the variables in scope, counted from the innermost. */
  | { readonly kind: "variable"; readonly back: number }
  | { readonly kind: "binary"; readonly operator: "+" | "-" | "*"; readonly left: Expr; readonly right: Expr }
  | {
      readonly kind: "if";
      readonly operator: "<" | "=" | ">=";
      readonly both: boolean;
      readonly left: Expr;
      readonly right: Expr;
      readonly yes: Expr;
      readonly no: Expr;
    }
  | { readonly kind: "let"; readonly mutable: boolean; readonly value: Expr; readonly body: Expr }
  /** Assigns the nearest mutable variable (if there is one), then gives the second. */
  | { readonly kind: "assign"; readonly value: Expr; readonly yes: Expr }
  | { readonly kind: "pair"; readonly first: Expr; readonly second: Expr; readonly body: Expr }
  /** A function of one parameter called twice, known or as a value. */
  | {
      readonly kind: "function";
      readonly asValue: boolean;
      readonly body: Expr;
      readonly first: Expr;
      readonly second: Expr;
    }
  /** A recursive function that counts its first parameter down. */
  | {
      readonly kind: "recursion";
      readonly tail: boolean;
      readonly asValue: boolean;
      readonly times: number;
      readonly step: Expr;
      readonly start: Expr;
    }
  /** Sums the body over a counter; goes on or stops early where the counter says so. */
  | {
      readonly kind: "loop";
      readonly times: number;
      readonly skip: number;
      readonly stop: number;
      readonly body: Expr;
    }
  | { readonly kind: "try"; readonly fails: Expr; readonly body: Expr; readonly handler: Expr }
  | { readonly kind: "finally"; readonly body: Expr; readonly cleanup: Expr };

const expressions: fc.Arbitrary<Expr> = fc.letrec<{ expr: Expr }>((tie) => ({
  expr: fc.oneof(
    { maxDepth: 6, depthSize: "max", withCrossShrink: true },
    fc.integer({ min: -3, max: 9 }).map((value): Expr => ({ kind: "int", value })),
    fc.nat(6).map((back): Expr => ({ kind: "variable", back })),
    fc.record({
      kind: fc.constant("binary" as const),
      operator: fc.constantFrom("+", "-", "*"),
      left: tie("expr"),
      right: tie("expr"),
    }),
    fc.record({
      kind: fc.constant("if" as const),
      operator: fc.constantFrom("<", "=", ">="),
      both: fc.boolean(),
      left: tie("expr"),
      right: tie("expr"),
      yes: tie("expr"),
      no: tie("expr"),
    }),
    fc.record({
      kind: fc.constant("let" as const),
      mutable: fc.boolean(),
      value: tie("expr"),
      body: tie("expr"),
    }),
    fc.record({ kind: fc.constant("assign" as const), value: tie("expr"), yes: tie("expr") }),
    fc.record({
      kind: fc.constant("pair" as const),
      first: tie("expr"),
      second: tie("expr"),
      body: tie("expr"),
    }),
    fc.record({
      kind: fc.constant("function" as const),
      asValue: fc.boolean(),
      body: tie("expr"),
      first: tie("expr"),
      second: tie("expr"),
    }),
    fc.record({
      kind: fc.constant("recursion" as const),
      tail: fc.boolean(),
      asValue: fc.boolean(),
      times: fc.nat(4),
      step: tie("expr"),
      start: tie("expr"),
    }),
    fc.record({
      kind: fc.constant("loop" as const),
      times: fc.nat(4),
      skip: fc.nat(4),
      stop: fc.nat(6),
      body: tie("expr"),
    }),
    fc.record({
      kind: fc.constant("try" as const),
      fails: tie("expr"),
      body: tie("expr"),
      handler: tie("expr"),
    }),
    fc.record({ kind: fc.constant("finally" as const), body: tie("expr"), cleanup: tie("expr") }),
  ),
})).expr;

interface Name {
  readonly name: string;
  readonly mutable: boolean;
}

/** The program text of an expression; `scope` has the innermost variable last. */
function write(expr: Expr, scope: readonly Name[], fresh: () => string): string {
  const sub = (inner: Expr, ...more: readonly Name[]): string => write(inner, [...scope, ...more], fresh);
  const named = (): Name => ({ name: fresh(), mutable: false });
  switch (expr.kind) {
    case "int":
      return `(${expr.value})`;
    case "variable":
      return scope.at(-1 - (expr.back % Math.max(scope.length, 1)))?.name ?? "7";
    case "binary":
      return `(${sub(expr.left)} ${expr.operator} ${sub(expr.right)})`;
    case "if": {
      const condition = `${sub(expr.left)} ${expr.operator} ${sub(expr.right)}`;
      return `(if ${expr.both ? `${condition} && not (${sub(expr.right)} = 3)` : condition} then ${sub(expr.yes)} else ${sub(expr.no)})`;
    }
    case "let": {
      const name = { name: fresh(), mutable: expr.mutable };
      return `(let ${expr.mutable ? "mutable " : ""}${name.name} = ${sub(expr.value)} in ${sub(expr.body, name)})`;
    }
    case "assign": {
      const target = scope.findLast((item) => item.mutable);
      return target === undefined
        ? `(ignore ${sub(expr.value)}; ${sub(expr.yes)})`
        : `(${target.name} <- ${sub(expr.value)}; ${sub(expr.yes)})`;
    }
    case "pair": {
      const [a, b] = [named(), named()];
      return `(let (${a.name}, ${b.name}) = (${sub(expr.first)}, ${sub(expr.second)}) in ${sub(expr.body, a, b)})`;
    }
    case "function": {
      const [f, x] = [fresh(), named()];
      const call = expr.asValue ? `apply ${f}` : f;
      return `(let ${f} ${x.name} = ${sub(expr.body, x)} in ${call} ${sub(expr.first)} - ${call} ${sub(expr.second)})`;
    }
    case "recursion": {
      const [f, n, x] = [fresh(), named(), named()];
      const step = sub(expr.step, n, x);
      const next = expr.tail ? `${f} (${n.name} - 1) ${step}` : `${x.name} + ${f} (${n.name} - 1) ${step}`;
      const call = expr.asValue ? `apply2 ${f}` : f;
      return `(let rec ${f} ${n.name} ${x.name} = (if ${n.name} = 0 then ${x.name} else ${next}) in ${call} ${expr.times} ${sub(expr.start)})`;
    }
    case "loop": {
      const [sum, i] = [{ name: fresh(), mutable: true }, named()];
      const jumps = `(if ${i.name} = ${expr.skip} then continue); (if ${i.name} = ${expr.stop} then break)`;
      return `(let mutable ${sum.name} = 0 in (for ${i.name} = 1 to ${expr.times} do (${jumps}; ${sum.name} <- ${sum.name} + ${sub(expr.body, sum, i)})); ${sum.name})`;
    }
    case "try":
      return `(try (if ${sub(expr.fails)} % 2 = 0 then failwith "even" else ${sub(expr.body)}) with _ -> ${sub(expr.handler)})`;
    case "finally":
      return `(try ${sub(expr.body)} finally ignore ${sub(expr.cleanup)})`;
  }
}

interface Cell {
  readonly mutable: boolean;
  value: bigint;
}
class Failure extends Error {}

/** Counts evaluations, so that no random program runs for long. */
class Evaluator {
  #left = 20_000;

  evaluate(expr: Expr, scope: readonly Cell[]): bigint {
    if (--this.#left < 0) throw new RangeError("too long");
    const sub = (inner: Expr, ...more: readonly Cell[]): bigint => this.evaluate(inner, [...scope, ...more]);
    const cell = (value: bigint): Cell => ({ mutable: false, value });
    const wrap = (value: bigint): bigint => BigInt.asIntN(64, value);
    switch (expr.kind) {
      case "int":
        return BigInt(expr.value);
      case "variable":
        return scope.at(-1 - (expr.back % Math.max(scope.length, 1)))?.value ?? 7n;
      case "binary": {
        const left = sub(expr.left);
        const right = sub(expr.right);
        return wrap(
          expr.operator === "+" ? left + right : expr.operator === "-" ? left - right : left * right,
        );
      }
      case "if": {
        const left = sub(expr.left);
        const right = sub(expr.right);
        const holds =
          expr.operator === "<" ? left < right : expr.operator === "=" ? left === right : left >= right;
        return holds && (!expr.both || sub(expr.right) !== 3n) ? sub(expr.yes) : sub(expr.no);
      }
      case "let":
        return sub(expr.body, { mutable: expr.mutable, value: sub(expr.value) });
      case "assign": {
        const target = scope.findLast((item) => item.mutable);
        const value = sub(expr.value);
        if (target !== undefined) target.value = value;
        return sub(expr.yes);
      }
      case "pair": {
        const first = sub(expr.first);
        const second = sub(expr.second);
        return sub(expr.body, cell(first), cell(second));
      }
      case "function": {
        const left = sub(expr.body, cell(sub(expr.first)));
        return wrap(left - sub(expr.body, cell(sub(expr.second))));
      }
      case "recursion": {
        const call = (n: bigint, x: bigint): bigint => {
          if (n === 0n) return x;
          if (expr.tail) return call(n - 1n, sub(expr.step, cell(n), cell(x)));
          return wrap(x + call(n - 1n, sub(expr.step, cell(n), cell(x))));
        };
        return call(BigInt(expr.times), sub(expr.start));
      }
      case "loop": {
        const sum: Cell = { mutable: true, value: 0n };
        for (let i = 1; i <= expr.times; i++) {
          if (i === expr.skip) continue;
          if (i === expr.stop) break;
          const before = sum.value;
          sum.value = wrap(before + sub(expr.body, sum, cell(BigInt(i))));
        }
        return sum.value;
      }
      case "try":
        try {
          if (sub(expr.fails) % 2n === 0n) throw new Failure();
          return sub(expr.body);
        } catch (error) {
          if (!(error instanceof Failure)) throw error;
          return sub(expr.handler);
        }
      case "finally":
        try {
          return sub(expr.body);
        } finally {
          sub(expr.cleanup);
        }
    }
  }
}

const PRELUDE = "let apply f x = f x\nlet apply2 f x y = f x y\n";

test("a program computes what the language says", () => {
  fc.assert(
    fc.property(expressions, (expr) => {
      let expected: bigint | undefined;
      try {
        expected = new Evaluator().evaluate(expr, []);
      } catch (error) {
        if (error instanceof RangeError) return;
        throw error;
      }
      let names = 0;
      const text = `${PRELUDE}let main () = ${write(expr, [], () => `v${names++}`)}\nprintfn "%d" (main ())`;
      expect(run(text).output()).toBe(`${expected}\n`);
    }),
    { numRuns: 100 },
  );
}, 30_000);
