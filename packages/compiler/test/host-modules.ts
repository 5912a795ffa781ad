/** A small host for the tests of inference: members are declared for their types, and never run. */
import { type HostMember, type HostModule, hostModule } from "@fusabi/vm";

function typed(type: string): HostMember {
  return {
    type,
    run: () => {
      throw new Error(`declared for its type only: ${type}`);
    },
  };
}

function module(
  name: string,
  types: Readonly<Record<string, string>>,
  more: Readonly<Record<string, HostMember>> = {},
): HostModule {
  return hostModule(name, {
    ...Object.fromEntries(Object.entries(types).map(([key, type]) => [key, typed(type)])),
    ...more,
  });
}

export const host: readonly HostModule[] = [
  module(
    "",
    {
      print: "'a -> unit",
      printfn: "'a -> unit",
      sprintf: "string -> any list -> string",
      max: "'a -> 'a -> 'a when 'a : ord",
      exp: "float -> float",
      intOfInt: "int -> int",
      intOfFloat: "float -> int",
      intOfString: "string -> int",
      intOfChar: "char -> int",
      absInt: "int -> int",
      absFloat: "float -> float",
    },
    {
      int: {
        type: "'a -> int",
        variable: "a",
        variants: { int: "intOfInt", float: "intOfFloat", string: "intOfString", char: "intOfChar" },
      },
      abs: { type: "'n -> 'n when 'n : num", variable: "n", variants: { int: "absInt", float: "absFloat" } },
    },
  ),
  module(
    "List",
    {
      map: "('a -> 'b) -> 'a list -> 'b list",
      filter: "('a -> bool) -> 'a list -> 'a list",
      fold: "('s -> 'a -> 's) -> 's -> 'a list -> 's",
      iter: "('a -> unit) -> 'a list -> unit",
      collect: "('a -> 'b list) -> 'a list -> 'b list",
      append: "'a list -> 'a list -> 'a list",
      sumInt: "int list -> int",
      sumFloat: "float list -> float",
    },
    {
      sum: {
        type: "'n list -> 'n when 'n : num",
        variable: "n",
        variants: { int: "sumInt", float: "sumFloat" },
      },
    },
  ),
  module("Option", { bind: "('a -> 'b option) -> 'a option -> 'b option" }),
  module("Result", { bind: "('a -> Result<'b, 'e>) -> Result<'a, 'e> -> Result<'b, 'e>" }),
  module("Map", {}, { empty: { type: "Map<'k, 'v>", value: undefined, unitCallable: true } }),
  module(
    "String",
    { joined: "string -> string seq -> string", flat: "string list -> string" },
    { concat: { forms: ["joined", "flat"] } },
  ),
  module(
    "Array",
    { getOf: "'a array -> int -> 'a", getAt: "int -> 'a array -> 'a" },
    { get: { forms: ["getOf", "getAt"] } },
  ),
  module("Json", { parse: "string -> any" }),
  module("Log", { write: "string -> int -> unit" }),
  module(
    "<string>",
    {
      Length: "string -> int",
      Trim: "string -> unit -> string",
      ToUpper: "string -> unit -> string",
      from: "string -> int -> string",
      part: "string -> int -> int -> string",
    },
    { Substring: { forms: ["from", "part"] } },
  ),
  module("<list>", { Length: "'a list -> int" }),
  module("<option>", { Value: "'a option -> 'a" }),
  module("<any>", { ToString: "'a -> unit -> string" }),
];
