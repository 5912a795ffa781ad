/** The module `Result`. */
import {
  equals,
  type HostModule,
  hostModule,
  listOfArray,
  error as makeError,
  ok as makeOk,
  type NativeContext,
  NIL,
  NONE,
  type Product,
  slotAt,
  type Value,
} from "@fusabi/vm";
import { allocateArray, allocateProducts } from "./allocation.js";
import { native } from "./declaration.js";
import type { Prelude } from "./prelude.js";
import { some } from "./products.js";

/** On `any`, every union case that is not `Ok` counts as an error. */
function isOk(result: Product): boolean {
  return result.shape.kind === "union" && result.shape.cases[result.tag ?? 0]?.name === "Ok";
}

export function resultModule(prelude: Prelude): HostModule {
  const callback = prelude.file("result");
  return hostModule("Result", {
    isOk: native("Result<'a, 'e> -> bool", "Whether it is a value.", (_: NativeContext, result: Product) =>
      isOk(result),
    ),
    isError: native(
      "Result<'a, 'e> -> bool",
      "Whether it is an error.",
      (_: NativeContext, result: Product) => !isOk(result),
    ),
    defaultValue: native(
      "'a -> Result<'a, 'e> -> 'a",
      "The value, else the default: default first.",
      (_: NativeContext, otherwise: Value, result: Product) => (isOk(result) ? slotAt(result, 0) : otherwise),
    ),
    contains: native(
      "'a -> Result<'a, 'e> -> bool when 'a : eq",
      "Whether the value is equal to the first argument.",
      (context: NativeContext, wanted: Value, result: Product) =>
        isOk(result) && equals(slotAt(result, 0), wanted, (units) => context.charge(units)),
    ),
    count: native(
      "Result<'a, 'e> -> int",
      "1 for a value, 0 for an error.",
      (_: NativeContext, result: Product) => (isOk(result) ? 1 : 0),
    ),
    toOption: native(
      "Result<'a, 'e> -> 'a option",
      "The value, or None.",
      (context: NativeContext, result: Product) => (isOk(result) ? some(context, slotAt(result, 0)) : NONE),
    ),
    toList: native(
      "Result<'a, 'e> -> 'a list",
      "A list of no or one element.",
      (context: NativeContext, result: Product) =>
        isOk(result) ? listOfArray([slotAt(result, 0)], context) : NIL,
    ),
    toArray: native(
      "Result<'a, 'e> -> 'a array",
      "An array of no or one element.",
      (context: NativeContext, result: Product) => {
        allocateArray(context, 1);
        return isOk(result) ? [slotAt(result, 0)] : [];
      },
    ),
    ofOption: native(
      "'e -> 'a option -> Result<'a, 'e>",
      "The value, else the error: error first.",
      (context: NativeContext, error: Value, option: Product) => {
        allocateProducts(context, 1, 1);
        return option === NONE ? makeError(error) : makeOk(slotAt(option, 0));
      },
    ),
    defaultWith: callback(
      "('e -> 'a) -> Result<'a, 'e> -> 'a",
      "The value, else what the function gives for the error.",
      "defaultWith",
    ),
    map: callback(
      "('a -> 'b) -> Result<'a, 'e> -> Result<'b, 'e>",
      "The function's result for the value.",
      "map",
    ),
    mapError: callback(
      "('e -> 'f) -> Result<'a, 'e> -> Result<'a, 'f>",
      "The function's result for the error.",
      "mapError",
    ),
    bind: callback(
      "('a -> Result<'b, 'e>) -> Result<'a, 'e> -> Result<'b, 'e>",
      "The result that the function gives for the value.",
      "bind",
    ),
    iter: callback("('a -> unit) -> Result<'a, 'e> -> unit", "Calls the function with the value.", "iter"),
    exists: callback(
      "('a -> bool) -> Result<'a, 'e> -> bool",
      "Whether there is a value that the predicate holds for.",
      "exists",
    ),
    forall: callback(
      "('a -> bool) -> Result<'a, 'e> -> bool",
      "Whether the predicate holds for the value, if there is one.",
      "forall",
    ),
    fold: callback("('s -> 'a -> 's) -> 's -> Result<'a, 'e> -> 's", "The state after the value.", "fold"),
    foldBack: callback(
      "('a -> 's -> 's) -> Result<'a, 'e> -> 's -> 's",
      "The state after the value.",
      "foldBack",
    ),
  });
}
