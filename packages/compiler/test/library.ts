/** A small library that runs, so that compiled programs can show what they do: output, formats, a few functions on lists. */
import {
  compare,
  display,
  dynamicValues,
  type ExceptionValue,
  type FormatSpecifier,
  formatFloat,
  formatInt,
  formatString,
  type HostMember,
  type HostModule,
  hostModule,
  type List,
  lengthOf,
  listOfArray,
  type ModuleType,
  type NativeContext,
  type NativeMember,
  NIL,
  parseFormat,
  reverse,
  structured,
  type Value,
} from "@fusabi/vm";

/** Parameters are what the type says: nothing else reaches a native function of a checked program. */
function native(
  type: string,
  run: (context: NativeContext, ...args: never[]) => Value,
  more: { readonly capability?: string; readonly hidden?: boolean } = {},
): NativeMember {
  return { type, native: run, ...more };
}

function printer(end: string): HostMember {
  return native("'a -> unit", (context: NativeContext, value: Value) => {
    context.write("stdout", display(value) + end);
    return undefined;
  });
}

function specifier(text: string): FormatSpecifier {
  const part = parseFormat(text).parts[0];
  if (part?.kind !== "specifier") throw new RangeError(`no specifier: ${text}`);
  return part.specifier;
}

function items(list: Value): Value[] {
  const result: Value[] = [];
  for (let at = list as List; at !== NIL; at = at.tail) result.push(at.head);
  return result;
}

export const library: readonly HostModule[] = [
  dynamicValues,
  hostModule("", {
    print: printer(""),
    printfn: printer("\n"),
    max: native("'a -> 'a -> 'a when 'a : ord", (_: NativeContext, a: Value, b: Value) =>
      compare(a, b) < 0 ? b : a,
    ),
    float: native("int -> float", (_: NativeContext, value: number) => Number(value)),
    int: {
      type: "'n -> int",
      variable: "n",
      variants: { int: "int.int", float: "int.float", char: "int.char" },
    },
    "int.int": native("int -> int", (_: NativeContext, value: number) => value, { hidden: true }),
    "int.float": native("float -> int", (_: NativeContext, value: number) => Math.trunc(value), {
      hidden: true,
    }),
    "int.char": native("char -> int", (_: NativeContext, value: string) => value.charCodeAt(0), {
      hidden: true,
    }),
    char: { type: "'n -> char", variable: "n", variants: { int: "char.int" } },
    "char.int": native("int -> char", (_: NativeContext, value: number) => String.fromCharCode(value), {
      hidden: true,
    }),
    dispose: native(
      "any -> unit",
      (context: NativeContext, value: Value) => {
        context.write("stdout", `disposed ${display(value)}\n`);
        return undefined;
      },
      { hidden: true },
    ),
    pad: native(
      "int -> string -> string",
      (_: NativeContext, width: number, text: string) =>
        width < 0 ? text.padEnd(-width) : text.padStart(width),
      { hidden: true },
    ),
    "format.int": native(
      "string -> int -> string",
      (_: NativeContext, text: string, value: number) => formatInt(value, specifier(text)),
      { hidden: true },
    ),
    "format.float": native(
      "string -> float -> string",
      (_: NativeContext, text: string, value: number) => formatFloat(value, specifier(text)),
      { hidden: true },
    ),
    "format.string": native(
      "string -> string -> string",
      (_: NativeContext, text: string, value: string) => formatString(value, specifier(text)),
      { hidden: true },
    ),
    "format.structured": native(
      "#Type -> 'a -> string",
      (context: NativeContext, type: ModuleType, value: Value) =>
        structured(value, type.target, type.definitions, (units) => context.charge(units)),
      { hidden: true },
    ),
  }),
  hostModule("List", {
    map: native("('a -> 'b) -> 'a list -> 'b list", (context: NativeContext, f: Value, list: Value) =>
      listOfArray(
        items(list).map((item) => context.call(f, item)),
        context,
      ),
    ),
    length: native("'a list -> int", (context: NativeContext, list: List) => lengthOf(list, context)),
    rev: native("'a list -> 'a list", (context: NativeContext, list: List) => reverse(list, context)),
  }),
  hostModule("String", {
    concat: native("string -> string list -> string", (_: NativeContext, separator: string, list: Value) =>
      items(list).join(separator),
    ),
  }),
  hostModule("File", {
    read: {
      type: "string -> string",
      capability: "fs:read",
      run: (_, path: string) => `contents of ${path}`,
    },
    write: { type: "string -> string -> unit", capability: "fs:write", run: () => undefined },
  }),
  hostModule("<string>", {
    Length: native("string -> int", (_: NativeContext, text: string) => text.length),
  }),
  hostModule("<list>", {
    Item: native(
      "'a list -> int -> 'a",
      (_: NativeContext, list: Value, index: number) => items(list)[index],
    ),
    slice: native("'a list -> int option -> int option -> 'a list", (_: NativeContext, list: Value) => list),
  }),
  hostModule("<exn>", {
    Message: native("exn -> string", (_: NativeContext, exception: ExceptionValue) => exception.message),
  }),
];
