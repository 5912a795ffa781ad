/** Options and results are told by the case name alone: what is not `Some` counts as none, what is not `Ok` as an error. */
import { typeMismatch } from "../failure.js";
import type { HostFunctionV1 } from "../library-context.js";
import { NONE, some, type Value, Variant } from "../value.js";
import { asVariant, callingBack, type Functions, fn } from "./declaration.js";

function ok(value: Value): Variant {
  return new Variant("Result", "Ok", [value]);
}

function error(value: Value): Variant {
  return new Variant("Result", "Error", [value]);
}

function option(value: Value): { readonly isSome: boolean; readonly held: Value } {
  const variant = asVariant(value, "Option variant");
  return { isSome: variant.caseName === "Some", held: variant.fields[0] };
}

function result(value: Value): { readonly isOk: boolean; readonly held: Value } {
  const variant = asVariant(value, "Result variant");
  return { isOk: variant.caseName === "Ok", held: variant.fields[0] };
}

/** `Option.map2` words its type error differently. */
function mapped(value: Value): { readonly isSome: boolean; readonly held: Value } {
  if (!(value instanceof Variant)) throw typeMismatch("Option variant", "non-variant");
  return option(value);
}

const constructors: Functions = {
  Some: fn(1, (_, value) => some(value)),
  // Also written `None ()`.
  None: { capability: undefined, run: () => NONE } satisfies HostFunctionV1,
  Ok: fn(1, (_, value) => ok(value)),
  Error: fn(1, (_, value) => error(value)),
};

const optionFunctions: Functions = {
  "Option.isSome": fn(1, (_, value) => option(value).isSome),
  "Option.isNone": fn(1, (_, value) => !option(value).isSome),
  "Option.defaultValue": fn(2, (_, fallback, value) => {
    const { isSome, held } = option(value);
    return isSome ? held : fallback;
  }),
  "Option.defaultWith": callingBack("Option.defaultWith", 2, (context, f, value) => {
    const { isSome, held } = option(value);
    return isSome ? held : context.call(f, [undefined]);
  }),
  "Option.map": callingBack("Option.map", 2, (context, f, value) => {
    const { isSome, held } = option(value);
    return isSome ? some(context.call(f, [held])) : NONE;
  }),
  "Option.bind": callingBack("Option.bind", 2, (context, f, value) => {
    const { isSome, held } = option(value);
    return isSome ? context.call(f, [held]) : NONE;
  }),
  "Option.iter": callingBack("Option.iter", 2, (context, f, value) => {
    const { isSome, held } = option(value);
    if (isSome) context.call(f, [held]);
    return undefined;
  }),
  "Option.map2": callingBack("Option.map2", 3, (context, f, first, second) => {
    const a = mapped(first);
    const b = mapped(second);
    return a.isSome && b.isSome ? some(context.call(f, [a.held, b.held])) : NONE;
  }),
  // The first is preferred.
  "Option.orElse": fn(2, (_, first, second) => {
    if (option(first).isSome) return first;
    option(second);
    return second;
  }),
};

const resultFunctions: Functions = {
  "Result.isOk": fn(1, (_, value) => result(value).isOk),
  "Result.isError": fn(1, (_, value) => !result(value).isOk),
  "Result.defaultValue": fn(2, (_, fallback, value) => {
    const { isOk, held } = result(value);
    return isOk ? held : fallback;
  }),
  "Result.defaultWith": callingBack("Result.defaultWith", 2, (context, f, value) => {
    const { isOk, held } = result(value);
    return isOk ? held : context.call(f, [held]);
  }),
  "Result.map": callingBack("Result.map", 2, (context, f, value) => {
    const { isOk, held } = result(value);
    return isOk ? ok(context.call(f, [held])) : value;
  }),
  "Result.mapError": callingBack("Result.mapError", 2, (context, f, value) => {
    const { isOk, held } = result(value);
    return isOk ? value : error(context.call(f, [held]));
  }),
  "Result.bind": callingBack("Result.bind", 2, (context, f, value) => {
    const { isOk, held } = result(value);
    return isOk ? context.call(f, [held]) : value;
  }),
  "Result.iter": callingBack("Result.iter", 2, (context, f, value) => {
    const { isOk, held } = result(value);
    if (isOk) context.call(f, [held]);
    return undefined;
  }),
};

export const caseFunctions: Functions = { ...constructors, ...optionFunctions, ...resultFunctions };
