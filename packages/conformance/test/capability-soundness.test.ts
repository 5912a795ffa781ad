/**
 * What the compiler says that an export can reach is never less than what it does. Random programs hand functions that need a capability around, through every place
 * that can hold one, and call them from wherever they have got to; each capability that a call uses has to be among those of the export.
 */
import { compile } from "@fusabi/compiler";
import { standardLibrary } from "@fusabi/stdlib";
import { decodeModule, hostModule, instantiate, type NativeContext } from "@fusabi/vm";
import fc from "fast-check";
import { expect, test } from "vitest";

const guarded = ["fs:read", "fs:write", "crypto", "env:read"] as const;
const kept: ((text: string) => string)[] = [];

const hostModules = [
  ...standardLibrary(),
  hostModule("Cap", {
    read: { type: "string -> string", capability: "fs:read", run: (_, text: string) => text },
    write: { type: "string -> string", capability: "fs:write", run: (_, text: string) => text },
    digest: { type: "string -> string", capability: "crypto", run: (_, text: string) => text },
    variable: { type: "string -> string", capability: "env:read", run: (_, text: string) => text },
  }),
  hostModule("Keeper", {
    keep: {
      type: "(string -> string) -> unit",
      run: (_, work: (text: string) => string) => {
        // A host that calls what it keeps without end is not the program's matter.
        if (kept.length < 20) kept.push(work);
      },
    },
    call: {
      type: "string -> string",
      run: (_, text: string) => kept.at(-1)?.(text) ?? text,
    },
    pass: {
      type: "(string -> string) -> string -> string",
      native: (context: NativeContext, work: never, text: string) => context.call(work, text),
    },
  }),
];

const HEAD = `type Work = string -> string
type Tools = { run: string -> string; mutable slot: string -> string; inner: Nested }
and Nested = { mutable deep: string -> string; list: (string -> string) list }
type Box<'a> = { mutable item: 'a; label: string }
type Choice =
    | Holds of (string -> string)
    | Pair of (string -> string) * string
    | Empty
let same (text: string) = text
let apply (f: string -> string) (text: string) = f text
let compose (f: string -> string) (g: string -> string) = fun (text: string) -> g (f text)
`;

/** Numbers that choose; a program is what they choose. */
class Choices {
  #at = 0;
  constructor(readonly numbers: readonly number[]) {}

  below(count: number): number {
    const number = this.numbers[this.#at % this.numbers.length] ?? 0;
    // Beyond the numbers, everything is the simplest that there is.
    return this.#at++ < this.numbers.length ? number % count : 0;
  }

  of<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }
}

type Kind = keyof typeof places;

/** What can hold a function: its definition, and how the function is got out and put in again. */
const places = {
  plain: { make: (f: string) => f, get: (x: string) => x, put: undefined },
  mutable: { make: (f: string) => f, get: (x: string) => x, put: (x: string, f: string) => `${x} <- ${f}` },
  cell: {
    make: (f: string) => `ref (${f})`,
    get: (x: string) => `${x}.Value`,
    put: (x: string, f: string) => `${x}.Value <- ${f}`,
  },
  array: {
    make: (f: string) => `[| ${f}; same |]`,
    get: (x: string) => `${x}.[0]`,
    put: (x: string, f: string) => `${x}.[0] <- ${f}`,
  },
  arrayByLibrary: {
    make: (f: string) => `Array.init 2 (fun i -> if i = 0 then same else ${f})`,
    get: (x: string) => `(Array.fold compose same ${x})`,
    put: (x: string, f: string) => `Array.set ${x} 1 (${f})`,
  },
  arrayInLoop: {
    make: (f: string) => `[| ${f} |]`,
    get: (x: string) => `(fun text -> (let mutable all = text in (for f in ${x} do all <- f all); all))`,
    put: (x: string, f: string) => `Array.fill ${x} 0 1 (${f})`,
  },
  arrayByPattern: {
    make: (f: string) => `[| ${f}; same |]`,
    get: (x: string) => `(match ${x} with [| f; _ |] -> f | _ -> same)`,
    put: (x: string, f: string) => `${x}.[1] <- ${f}`,
  },
  arrayByValue: {
    make: (f: string) => `[| ${f} |]`,
    get: (x: string) => `(let all = Array.map in (all (fun f -> f) ${x} |> Array.toList |> List.head))`,
    put: (x: string, f: string) => `${x}.[0] <- ${f}`,
  },
  list: { make: (f: string) => `[ same; ${f} ]`, get: (x: string) => `(List.last ${x})`, put: undefined },
  sequence: {
    make: (f: string) => `seq { yield ${f} }`,
    get: (x: string) => `(Seq.head ${x})`,
    put: undefined,
  },
  lazily: { make: (f: string) => `lazy (${f})`, get: (x: string) => `${x}.Value`, put: undefined },
  option: { make: (f: string) => `Some (${f})`, get: (x: string) => `(Option.get ${x})`, put: undefined },
  tuple: { make: (f: string) => `(same, ${f})`, get: (x: string) => `(snd ${x})`, put: undefined },
  map: {
    make: (f: string) => `Map.ofList [ ("key", ${f}) ]`,
    get: (x: string) => `(Map.find "key" ${x})`,
    put: undefined,
  },
  union: {
    make: (f: string) => `Pair (${f}, "x")`,
    get: (x: string) => `(match ${x} with Pair (f, _) -> f | Holds f -> f | Empty -> same)`,
    put: undefined,
  },
  field: {
    make: (f: string) => `{ run = ${f}; slot = same; inner = { deep = same; list = [] } }`,
    get: (x: string) => `${x}.run`,
    put: undefined,
  },
  slot: {
    make: (f: string) => `{ run = same; slot = ${f}; inner = { deep = same; list = [] } }`,
    get: (x: string) => `${x}.slot`,
    put: (x: string, f: string) => `${x}.slot <- ${f}`,
  },
  slotByPattern: {
    make: (f: string) => `{ run = same; slot = ${f}; inner = { deep = same; list = [] } }`,
    get: (x: string) => `(match ${x} with { slot = f } -> f)`,
    put: (x: string, f: string) => `${x}.slot <- ${f}`,
  },
  slotByCopy: {
    make: (f: string) => `{ run = same; slot = ${f}; inner = { deep = same; list = [] } }`,
    get: (x: string) => `{ ${x} with run = same }.slot`,
    put: (x: string, f: string) => `${x}.slot <- ${f}`,
  },
  nested: {
    make: (f: string) => `{ run = same; slot = same; inner = { deep = ${f}; list = [ ${f} ] } }`,
    get: (x: string) => `${x}.inner.deep`,
    put: (x: string, f: string) => `${x}.inner.deep <- ${f}`,
  },
  generic: {
    make: (f: string) => `{ item = ${f}; label = "" }`,
    get: (x: string) => `${x}.item`,
    put: (x: string, f: string) => `${x}.item <- ${f}`,
  },
  anonymous: { make: (f: string) => `{| run = ${f} |}`, get: (x: string) => `${x}.run`, put: undefined },
  dynamic: { make: (f: string) => `box (${f})`, get: (x: string) => `(unbox<Work> ${x})`, put: undefined },
  closure: { make: (f: string) => `(fun () -> ${f})`, get: (x: string) => `(${x} ())`, put: undefined },
} as const;

const kinds = Object.keys(places) as readonly Kind[];

/** Names that may be used so far. */
interface Scope {
  readonly holders: readonly { readonly name: string; readonly kind: Kind }[];
  readonly functions: readonly string[];
}

function functionExpression(choices: Choices, scope: Scope, depth: number): string {
  const { holders, functions } = scope;
  switch (depth <= 0 ? choices.below(4) : choices.below(13)) {
    case 0:
      return "same";
    case 1:
      return choices.of(["Cap.read", "Cap.write", "Cap.digest", "Cap.variable"]);
    case 2:
      return functions.length === 0 ? "same" : choices.of(functions);
    case 4:
      return `(fun text -> ${functionExpression(choices, scope, depth - 1)} text)`;
    case 5:
      return `(compose (${functionExpression(choices, scope, depth - 1)}) (${functionExpression(choices, scope, depth - 1)}))`;
    case 6:
      return `(${functionExpression(choices, scope, depth - 1)} >> ${functionExpression(choices, scope, depth - 1)})`;
    case 7:
      return `(if text0 = "" then ${functionExpression(choices, scope, depth - 1)} else ${functionExpression(choices, scope, depth - 1)})`;
    case 8:
      return `(apply (${functionExpression(choices, scope, depth - 1)}))`;
    case 9:
      return `(Keeper.pass (${functionExpression(choices, scope, depth - 1)}))`;
    default: {
      if (holders.length === 0) return "same";
      const { name, kind } = choices.of(holders);
      return places[kind].get(name);
    }
  }
}

function statement(choices: Choices, scope: Scope, depth: number): string {
  const value = functionExpression(choices, scope, 2);
  switch (choices.below(7)) {
    case 0:
      return `(${value}) text0 |> ignore`;
    case 1:
      return `apply (${value}) text0 |> ignore`;
    case 2: {
      const changeable = scope.holders.filter(({ kind }) => places[kind].put !== undefined);
      if (changeable.length === 0) return `(${value}) text0 |> ignore`;
      const { name, kind } = choices.of(changeable);
      return places[kind].put?.(name, `(${value})`) ?? "";
    }
    case 3:
      return `Keeper.keep (${value})`;
    case 4:
      return "Keeper.call text0 |> ignore";
    case 5: {
      if (depth <= 0) return `(${value}) text0 |> ignore`;
      // A mutable variable of a function cannot be captured, and a sequence of statements would have to say so.
      const kind = choices.of(kinds.filter((one) => one !== "mutable"));
      const name = `local${depth}`;
      const inner: Scope = { ...scope, holders: [...scope.holders, { name, kind }] };
      return `let ${name} = ${places[kind].make(value)}\n    ${statement(choices, inner, depth - 1)}`;
    }
    default:
      return `[ text0 ] |> List.iter (fun item -> (${value}) item |> ignore)`;
  }
}

function program(choices: Choices): { readonly text: string; readonly exports: readonly string[] } {
  const lines: string[] = [HEAD, 'let text0 = "text"'];
  let scope: Scope = { holders: [], functions: [] };
  const exports: string[] = [];
  const count = 3 + choices.below(8);
  for (let index = 0; index < count; index++) {
    if (choices.below(5) < 2) {
      const kind = choices.of(kinds);
      const name = `holder${index}`;
      const value = functionExpression(choices, scope, 2);
      lines.push(`let ${kind === "mutable" ? "mutable " : ""}${name} = ${places[kind].make(value)}`);
      scope = { ...scope, holders: [...scope.holders, { name, kind }] };
      continue;
    }
    const name = `work${index}`;
    const body = Array.from({ length: 1 + choices.below(3) }, () => statement(choices, scope, 2));
    lines.push(`let ${name} (text: string) : string =\n    ${body.join("\n    ")}\n    text`);
    exports.push(name);
    scope = { ...scope, functions: [...scope.functions, name] };
  }
  if (choices.below(4) === 0) lines.push(statement(choices, scope, 0));
  return { text: `${lines.join("\n")}\n`, exports };
}

/** Stands for the top level. */
const LOADING = "<script>";

/** What the top level used, and each export in some calls. */
function uses(bytecode: Uint8Array, exports: readonly string[], order: readonly number[]) {
  kept.length = 0;
  let used = new Set<string>();
  const instance = instantiate(decodeModule(bytecode), {
    imports: hostModules,
    limits: { maxInstructions: 200_000, maxStackDepth: 500 },
    audit: ({ capability }) => used.add(capability),
  });
  const found: { readonly name: string; readonly used: ReadonlySet<string> }[] = [{ name: LOADING, used }];
  for (const number of order) {
    const name = exports[number % exports.length];
    if (name === undefined) continue;
    used = new Set();
    try {
      instance.call(name, ["text"]);
    } catch {
      // A program that goes round in circles has used what it has used.
    }
    found.push({ name, used });
  }
  instance.dispose();
  return found;
}

const interesting: ReadonlySet<string> = new Set(guarded);

test("an export never uses what is not among its capabilities", { timeout: 300_000 }, () => {
  let calls = 0;
  let reached = 0;
  let precise = 0;
  fc.assert(
    fc.property(
      fc.array(fc.nat(1_000_000), { minLength: 20, maxLength: 120 }),
      fc.array(fc.nat(100), { minLength: 1, maxLength: 12 }),
      (numbers, order) => {
        const { text, exports } = program(new Choices(numbers));
        const result = compile(text, { hostModules, fileName: "main.fsx" });
        const wrong = result.diagnostics.filter(({ severity }) => severity === "error");
        expect(wrong.map(({ message }) => `${message}\n${text}`)).toEqual([]);
        if (result.bytecode === undefined) return;
        const inferred = new Map([
          ...result.exports.map((one) => [one.name, new Set(one.capabilities)] as const),
          [LOADING, new Set(result.loadCapabilities)] as const,
        ]);
        for (const { name, used } of uses(result.bytecode, exports, order)) {
          calls++;
          const own = inferred.get(name) ?? new Set();
          for (const capability of used) {
            if (interesting.has(capability)) reached++;
            expect(own.has(capability), `${name} uses ${capability}\n${text}`).toBe(true);
          }
          if ([...interesting].some((capability) => !own.has(capability))) precise++;
        }
      },
    ),
    { numRuns: 250 },
  );
  // The programs do use capabilities, and not everything is counted to everyone.
  expect(reached).toBeGreaterThan(calls / 10);
  expect(precise).toBeGreaterThan(0);
});
