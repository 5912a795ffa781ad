/**
 * Types as data: in module exports, in host function signatures, and wherever running code needs to know a type (`%A`, casts, the
 * crossing of values between host and script).
 */
export type TypeDescriptor =
  | { readonly kind: PrimitiveKind }
  | { readonly kind: ContainerKind; readonly item: TypeDescriptor }
  | { readonly kind: "map"; readonly key: TypeDescriptor; readonly value: TypeDescriptor }
  | { readonly kind: "result"; readonly ok: TypeDescriptor; readonly error: TypeDescriptor }
  | { readonly kind: "tuple"; readonly items: readonly TypeDescriptor[] }
  | { readonly kind: "function"; readonly parameter: TypeDescriptor; readonly result: TypeDescriptor }
  /** An anonymous record; labels in ascending order of UTF-16 units. */
  | {
      readonly kind: "anonymous";
      readonly fields: readonly { readonly label: string; readonly type: TypeDescriptor }[];
    }
  /** A record, union, exception or class declared in the module: index into its definitions. */
  | { readonly kind: "named"; readonly definition: number; readonly args: readonly TypeDescriptor[] }
  /** An opaque host object of this type name; type arguments, which only the compiler looks at, in signatures alone. */
  | { readonly kind: "host"; readonly name: string; readonly args?: readonly TypeDescriptor[] }
  /** A type variable: `name` without quote; bounds as written in a signature (`'n : num`). */
  | { readonly kind: "variable"; readonly name: string; readonly bounds: readonly TypeBound[] };

/** Types without parts, by their names in the language; `any` is the dynamic type, `exn` that of exceptions. */
export type PrimitiveKind = "unit" | "int" | "float" | "bool" | "string" | "char" | "any" | "exn";
/** Types with one type parameter, by their names in the language. */
export type ContainerKind = "list" | "array" | "option" | "seq" | "set" | "async" | "ref" | "lazy";
/** Bounds of the language reference 4.3 that a signature may state. */
export type TypeBound = "add" | "num" | "bits" | "eq" | "ord";
