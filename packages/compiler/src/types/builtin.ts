/** The types that every program knows without a declaration, and the declarations of the unions and the exception of the prelude. */
import { makeSource, type Span } from "../source/source.js";
import { emptyUnion, noMembers } from "./declare.js";
import type {
  CaseInfo,
  ConstructedType,
  ExceptionDeclaration,
  FunctionType,
  TupleType,
  Type,
  TypeConstructor,
  TypeDeclaration,
  TypeVariable,
  UnionDeclaration,
} from "./type.js";
import { GENERIC_LEVEL } from "./type.js";

/** Place of what no source text declares. */
export const NOWHERE: Span = { source: makeSource("<prelude>", ""), start: 0, end: 0 };

function builtin(name: string, arity: number): TypeConstructor {
  return { name, arity, declaration: undefined, host: false };
}
function nullary(constructor: TypeConstructor): ConstructedType {
  return { kind: "constructed", constructor, args: [] };
}

export const INT: ConstructedType = nullary(builtin("int", 0));
export const FLOAT: ConstructedType = nullary(builtin("float", 0));
export const BOOL: ConstructedType = nullary(builtin("bool", 0));
export const STRING: ConstructedType = nullary(builtin("string", 0));
export const CHAR: ConstructedType = nullary(builtin("char", 0));
export const UNIT: ConstructedType = nullary(builtin("unit", 0));
export const ANY: ConstructedType = nullary(builtin("any", 0));
export const EXN: ConstructedType = nullary(builtin("exn", 0));

export const LIST: TypeConstructor = builtin("list", 1);
export const ARRAY: TypeConstructor = builtin("array", 1);
export const SEQ: TypeConstructor = builtin("seq", 1);
export const SET: TypeConstructor = builtin("Set", 1);
export const MAP: TypeConstructor = builtin("Map", 2);
export const ASYNC: TypeConstructor = builtin("Async", 1);
export const REF: TypeConstructor = builtin("ref", 1);
export const LAZY: TypeConstructor = builtin("Lazy", 1);

/** A quantified variable of a prelude declaration; negative ids never meet those of a program. */
function parameter(id: number, name: string): TypeVariable {
  return { kind: "variable", id, level: GENERIC_LEVEL, link: undefined, bounds: [], name };
}

function preludeUnion(
  name: string,
  params: readonly TypeVariable[],
  cases: readonly { readonly name: string; readonly fields: readonly Type[] }[],
): UnionDeclaration {
  const union = emptyUnion(name, params, NOWHERE);
  union.cases = cases.map(
    (item, tag): CaseInfo => ({
      name: item.name,
      tag,
      union,
      fields: item.fields.map((type) => ({ label: undefined, type })),
      span: NOWHERE,
    }),
  );
  return union;
}

const OPTION_ITEM = parameter(-1, "a");
/** `type 'a option = None | Some of 'a`. */
export const OPTION_DECLARATION: UnionDeclaration = preludeUnion(
  "option",
  [OPTION_ITEM],
  [
    { name: "None", fields: [] },
    { name: "Some", fields: [OPTION_ITEM] },
  ],
);

const RESULT_OK = parameter(-2, "a");
const RESULT_ERROR = parameter(-3, "e");
/** `type Result<'a, 'e> = Ok of 'a | Error of 'e`. */
export const RESULT_DECLARATION: UnionDeclaration = preludeUnion(
  "Result",
  [RESULT_OK, RESULT_ERROR],
  [
    { name: "Ok", fields: [RESULT_OK] },
    { name: "Error", fields: [RESULT_ERROR] },
  ],
);

const STATE_RESULT = parameter(-4, "a");
/** `type AsyncState<'a> = Pending | Ready of 'a | Failed of string | Cancelled`: what `Async.poll` gives. */
export const ASYNC_STATE_DECLARATION: UnionDeclaration = preludeUnion(
  "AsyncState",
  [STATE_RESULT],
  [
    { name: "Pending", fields: [] },
    { name: "Ready", fields: [STATE_RESULT] },
    { name: "Failed", fields: [STRING] },
    { name: "Cancelled", fields: [] },
  ],
);

/** `exception Failure of string`: what `failwith` raises. */
export const FAILURE_DECLARATION: ExceptionDeclaration = {
  kind: "exception",
  name: "Failure",
  constructor: EXN.constructor,
  params: [],
  span: NOWHERE,
  ...noMembers(),
  fields: [{ label: undefined, type: STRING }],
};

export const OPTION: TypeConstructor = OPTION_DECLARATION.constructor;
export const RESULT: TypeConstructor = RESULT_DECLARATION.constructor;

/** `type ConfigValue = String of string | Int of int | Bool of bool | List of any list | Map of Map<string, any>`. */
const CONFIG_VALUE_DECLARATION: UnionDeclaration = preludeUnion(
  "ConfigValue",
  [],
  [
    { name: "String", fields: [STRING] },
    { name: "Int", fields: [INT] },
    { name: "Bool", fields: [BOOL] },
    { name: "List", fields: [constructed(LIST, [ANY])] },
    { name: "Map", fields: [constructed(MAP, [STRING, ANY])] },
  ],
);

/** Unions of the standard library, by the names that its signatures call them: `#ConfigValue`. */
export const LIBRARY_TYPES: ReadonlyMap<string, TypeConstructor> = new Map([
  ["AsyncState", ASYNC_STATE_DECLARATION.constructor],
  ["ConfigValue", CONFIG_VALUE_DECLARATION.constructor],
]);

export function constructed(constructor: TypeConstructor, args: readonly Type[]): ConstructedType {
  return { kind: "constructed", constructor, args };
}
export function listOf(item: Type): ConstructedType {
  return constructed(LIST, [item]);
}
export function arrayOf(item: Type): ConstructedType {
  return constructed(ARRAY, [item]);
}
export function optionOf(item: Type): ConstructedType {
  return constructed(OPTION, [item]);
}
export function refOf(item: Type): ConstructedType {
  return constructed(REF, [item]);
}
export function lazyOf(item: Type): ConstructedType {
  return constructed(LAZY, [item]);
}
export function functionType(parameter: Type, result: Type): FunctionType {
  return { kind: "function", parameter, result };
}
/** `a -> b -> … -> result`. */
export function curried(parameters: readonly Type[], result: Type): Type {
  let type = result;
  for (let i = parameters.length - 1; i >= 0; i--) type = functionType(parameters[i] as Type, type);
  return type;
}
export function tupleOf(items: readonly Type[]): TupleType {
  return { kind: "tuple", items };
}

/** Built-in constructors by the names that a script may write for them; `declares` tells synonyms apart. */
export const BUILTIN_TYPE_NAMES: ReadonlyMap<
  string,
  { readonly constructor: TypeConstructor; readonly synonymOf?: string }
> = new Map<string, { readonly constructor: TypeConstructor; readonly synonymOf?: string }>([
  ["int", { constructor: INT.constructor }],
  ["float", { constructor: FLOAT.constructor }],
  ["bool", { constructor: BOOL.constructor }],
  ["string", { constructor: STRING.constructor }],
  ["char", { constructor: CHAR.constructor }],
  ["unit", { constructor: UNIT.constructor }],
  ["any", { constructor: ANY.constructor }],
  ["obj", { constructor: ANY.constructor }],
  ["exn", { constructor: EXN.constructor }],
  ["list", { constructor: LIST }],
  ["List", { constructor: LIST }],
  ["seq", { constructor: SEQ }],
  ["option", { constructor: OPTION }],
  ["Option", { constructor: OPTION }],
  ["array", { constructor: ARRAY }],
  ["Array", { constructor: ARRAY }],
  ["Result", { constructor: RESULT }],
  ["Map", { constructor: MAP }],
  ["Set", { constructor: SET }],
  ["Async", { constructor: ASYNC }],
  ["ref", { constructor: REF }],
  ["Lazy", { constructor: LAZY }],
  ["AsyncState", { constructor: ASYNC_STATE_DECLARATION.constructor }],
  ["ConfigValue", { constructor: CONFIG_VALUE_DECLARATION.constructor }],
  ...[
    "int64",
    "int32",
    "int16",
    "sbyte",
    "byte",
    "uint64",
    "uint32",
    "uint16",
    "uint8",
    "uint",
    "nativeint",
    "unativeint",
  ].map((name): [string, { readonly constructor: TypeConstructor; readonly synonymOf: string }] => [
    name,
    { constructor: INT.constructor, synonymOf: "int" },
  ]),
  ...["double", "single", "float32", "decimal"].map(
    (name): [string, { readonly constructor: TypeConstructor; readonly synonymOf: string }] => [
      name,
      { constructor: FLOAT.constructor, synonymOf: "float" },
    ],
  ),
]);

/** Names that `:?` accepts for exceptions (language reference, appendix C); `Exception` and `exn` match everything. */
export const EXCEPTION_CLASSES: ReadonlySet<string> = new Set([
  "DivideByZeroException",
  "IndexOutOfRangeException",
  "KeyNotFoundException",
  "ArgumentException",
  "NullReferenceException",
  "InvalidCastException",
  "FormatException",
  "MatchFailureException",
  "UnauthorizedAccessException",
  "ArgumentOutOfRangeException",
  "ArgumentNullException",
  "InvalidOperationException",
  "NotImplementedException",
  "NotSupportedException",
]);

export function isConstructed(type: Type, constructor: TypeConstructor): type is ConstructedType {
  return type.kind === "constructed" && type.constructor === constructor;
}
/** What is accepted where a seq is expected, other than a seq (4.6). */
export function isCollection(type: Type): boolean {
  return (
    type.kind === "constructed" && [LIST, ARRAY, SET, MAP, STRING.constructor].includes(type.constructor)
  );
}
export function isAny(type: Type): boolean {
  return type.kind === "constructed" && type.constructor === ANY.constructor;
}

/** Parameter types and result of a curried function type, at most `limit` parameters deep. */
export function sameConstructor(a: TypeConstructor, b: TypeConstructor): boolean {
  return a === b || (a.host && b.host && a.name === b.name && a.arity === b.arity);
}

/** The declaration behind a declared type. */
export function declarationOf(type: Type): TypeDeclaration | undefined {
  return type.kind === "constructed" ? type.constructor.declaration : undefined;
}
