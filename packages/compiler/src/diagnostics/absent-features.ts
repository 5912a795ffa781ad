import type { Span } from "../source/source.js";
import type { DiagnosticBag } from "./diagnostic.js";

const RECORD_OF_FUNCTIONS = "A record of functions does its work";
const NAMED_MEMBER = "Write a member with a name of its own";
const LET_OF_CLASS = "A `let` of the class holds the value, a member gives it";

export type AbsentFeature =
  | "'and!'"
  | "'class ... end'"
  | "'member val'"
  | "'new'"
  | "'while!'"
  | "abstract member"
  | "big integer literal"
  | "byte literal"
  | "case with a signature"
  | "class without constructor"
  | "delegate"
  | "dynamic lookup '?'"
  | "enumeration"
  | "explicit constructor"
  | "explicit field"
  | "inheritance"
  | "interface"
  | "object expression"
  | "optional parameter"
  | "override"
  | "overridable member"
  | "quotation"
  | "self-identifier of a class"
  | "static binding"
  | "statically resolved type parameter"
  | "struct"
  | "struct tuple"
  | "type extension"
  | "type parameter constraint"
  | "unit of measure";

/** What F# has and Fusabi has not, with what to write instead. */
const INSTEAD: Readonly<Record<AbsentFeature, string | undefined>> = {
  "'and!'": "Write one `let!` after the other",
  "'class ... end'": "Write `type T(a, b) =` with members below it",
  "'member val'": LET_OF_CLASS,
  "'new'": "Write `T(...)` alone",
  "'while!'": "Write a recursive function with `let!`",
  "abstract member": RECORD_OF_FUNCTIONS,
  "big integer literal": "An int has 64 bits",
  "byte literal": undefined,
  "case with a signature": "Write `Case of int * string`",
  "class without constructor": "Write `type T() =`",
  delegate: "Write a function type",
  "dynamic lookup '?'": "Write `value.label`",
  enumeration: "Leave the numbers out; a function can give them",
  "explicit constructor": "Write a static member or a function that makes the value",
  "explicit field": LET_OF_CLASS,
  inheritance: "Write a union, or a record that holds what is shared",
  interface: RECORD_OF_FUNCTIONS,
  "object expression": RECORD_OF_FUNCTIONS,
  "optional parameter": "Take an option, or write a second member",
  override: NAMED_MEMBER,
  "overridable member": NAMED_MEMBER,
  quotation: undefined,
  "self-identifier of a class": "Each member names it: `member this.M`",
  "static binding": "Write a `let` before the type",
  "statically resolved type parameter": "Write `'a`; `inline` functions need no more",
  struct: "Write a record or a tuple",
  "struct tuple": "Leave `struct` out",
  "type extension": "Write a function in a module",
  "type parameter constraint": "Leave it out; what the type must offer is inferred",
  "unit of measure": "Leave it out, or wrap the number in a union: `Metres of float`",
};

/** FUS0191. */
export function reportAbsent(bag: DiagnosticBag, span: Span, feature: AbsentFeature): void {
  bag.error("FUS0191", span, `F# ${feature} is not part of Fusabi`, INSTEAD[feature]);
}
