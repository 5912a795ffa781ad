/** The module `Option`. */
import {
  equals,
  type HostModule,
  hostModule,
  listOfArray,
  type NativeContext,
  NIL,
  NONE,
  type Product,
  slotAt,
  type Value,
} from "@fusabi/vm";
import { allocateArray } from "./allocation.js";
import { native } from "./declaration.js";
import type { Prelude } from "./prelude.js";

/** On `any`, every union case that is not `Some` counts as `None`. */
function isSome(option: Product): boolean {
  return option.shape.kind === "union" && option.shape.cases[option.tag ?? 0]?.name === "Some";
}

/** The value inside; the error of `Option.get` when there is none. */
export function valueOfOption(context: NativeContext, option: Product): Value {
  if (!isSome(option)) throw context.fail("FUS0507", "Option.get: the option is None");
  return slotAt(option, 0);
}

export function optionModule(prelude: Prelude): HostModule {
  const callback = prelude.file("option");
  return hostModule("Option", {
    isSome: native("'a option -> bool", "Whether there is a value.", (_: NativeContext, option: Product) =>
      isSome(option),
    ),
    isNone: native(
      "'a option -> bool",
      "Whether there is no value.",
      (_: NativeContext, option: Product) => !isSome(option),
    ),
    defaultValue: native(
      "'a -> 'a option -> 'a",
      "The value, else the default: default first.",
      (_: NativeContext, otherwise: Value, option: Product) =>
        isSome(option) ? slotAt(option, 0) : otherwise,
    ),
    orElse: native(
      "'a option -> 'a option -> 'a option",
      "The second if it is Some, else the first.",
      (_: NativeContext, ifNone: Product, option: Product) => (isSome(option) ? option : ifNone),
    ),
    firstSome: native(
      "'a option -> 'a option -> 'a option",
      "The first if it is Some, else the second.",
      (_: NativeContext, first: Product, second: Product) => (isSome(first) ? first : second),
    ),
    get: native("'a option -> 'a", "The value; raises when there is none.", valueOfOption),
    count: native(
      "'a option -> int",
      "1 when there is a value, else 0.",
      (_: NativeContext, option: Product) => (isSome(option) ? 1 : 0),
    ),
    contains: native(
      "'a -> 'a option -> bool when 'a : eq",
      "Whether the value is equal to the first argument.",
      (context: NativeContext, wanted: Value, option: Product) =>
        isSome(option) && equals(slotAt(option, 0), wanted, (units) => context.charge(units)),
    ),
    flatten: native(
      "'a option option -> 'a option",
      "The option inside.",
      (_: NativeContext, option: Product) => (isSome(option) ? slotAt(option, 0) : NONE),
    ),
    toList: native(
      "'a option -> 'a list",
      "A list of no or one element.",
      (context: NativeContext, option: Product) =>
        isSome(option) ? listOfArray([slotAt(option, 0)], context) : NIL,
    ),
    toArray: native(
      "'a option -> 'a array",
      "An array of no or one element.",
      (context: NativeContext, option: Product) => {
        allocateArray(context, 1);
        return isSome(option) ? [slotAt(option, 0)] : [];
      },
    ),
    defaultWith: callback(
      "(unit -> 'a) -> 'a option -> 'a",
      "The value, else what the function gives.",
      "defaultWith",
    ),
    map: callback("('a -> 'b) -> 'a option -> 'b option", "The function's result for the value.", "map"),
    map2: callback(
      "('a -> 'b -> 'c) -> 'a option -> 'b option -> 'c option",
      "The function's result for both values.",
      "map2",
    ),
    map3: callback(
      "('a -> 'b -> 'c -> 'd) -> 'a option -> 'b option -> 'c option -> 'd option",
      "The function's result for all three values.",
      "map3",
    ),
    bind: callback(
      "('a -> 'b option) -> 'a option -> 'b option",
      "The option that the function gives for the value.",
      "bind",
    ),
    iter: callback("('a -> unit) -> 'a option -> unit", "Calls the function with the value.", "iter"),
    orElseWith: callback(
      "(unit -> 'a option) -> 'a option -> 'a option",
      "The option if it is Some, else what the function gives.",
      "orElseWith",
    ),
    exists: callback(
      "('a -> bool) -> 'a option -> bool",
      "Whether there is a value that the predicate holds for.",
      "exists",
    ),
    forall: callback(
      "('a -> bool) -> 'a option -> bool",
      "Whether the predicate holds for the value, if there is one.",
      "forall",
    ),
    filter: callback(
      "('a -> bool) -> 'a option -> 'a option",
      "The value if the predicate holds for it.",
      "filter",
    ),
    fold: callback("('s -> 'a -> 's) -> 's -> 'a option -> 's", "The state after the value.", "fold"),
    foldBack: callback("('a -> 's -> 's) -> 'a option -> 's -> 's", "The state after the value.", "foldBack"),
  });
}
