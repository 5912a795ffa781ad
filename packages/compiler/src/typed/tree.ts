/**
 * The typed tree: names resolved, sugar gone, every node with its type. Types are graphs that inference has finished with; what depends on
 * a type that may still vary with an instantiation (which `+`, which field slot, which variant of a library function) is left to
 * lowering, which looks at the types of the nodes.
 */
import type { HostMember } from "@fusabi/vm";
import type { Span } from "../source/source.js";
import type { CaseInfo, ExceptionDeclaration, Scheme, Type, TypeDeclaration } from "../types/type.js";

/** One binding of a name; compared by identity. */
export interface Variable {
  readonly id: number;
  /** As written; of a global of a module or a member, qualified: `Geometry.area`. */
  readonly name: string;
  scheme: Scheme;
  readonly mutable: boolean;
  /** Bound at top level or in a module: a global of the program. */
  readonly global: boolean;
  readonly span: Span;
}

interface Node<K extends string> {
  readonly kind: K;
  readonly type: Type;
  readonly span: Span;
}

export type TypedExpr =
  | (Node<"int"> & { readonly value: bigint })
  | (Node<"float"> & { readonly value: number })
  | (Node<"bool"> & { readonly value: boolean })
  | (Node<"string"> & { readonly value: string })
  | (Node<"char"> & { readonly value: string })
  | Node<"unit">
  | Node<"null">
  /** `instantiation` is parallel to `variable.scheme.quantified`: the types that this use stands for. */
  | (Node<"variable"> & { readonly variable: Variable; readonly instantiation: readonly Type[] })
  | HostExpr
  | IntrinsicExpr
  | OperatorExpr
  | (Node<"and"> & { readonly left: TypedExpr; readonly right: TypedExpr })
  | (Node<"or"> & { readonly left: TypedExpr; readonly right: TypedExpr })
  /** Curried application to one or more arguments. */
  | (Node<"apply"> & { readonly callee: TypedExpr; readonly args: readonly TypedExpr[] })
  /** One or more curried parameters; patterns are matched when all arguments are there (FUS0501 if one fails). */
  | (Node<"lambda"> & {
      readonly params: readonly TypedPattern[];
      readonly body: TypedExpr;
      readonly name: string | undefined;
    })
  /** A part that becomes a function of its own, called at once, so that long bodies of computation expressions do not nest. */
  | (Node<"continued"> & { readonly rest: Continuation })
  | (Node<"block"> & { readonly statements: readonly Statement[]; readonly result: TypedExpr })
  | (Node<"if"> & {
      readonly condition: TypedExpr;
      readonly consequent: TypedExpr;
      readonly otherwise: TypedExpr;
    })
  | (Node<"match"> & { readonly subject: TypedExpr; readonly rules: readonly TypedRule[] })
  | (Node<"tuple"> & { readonly items: readonly TypedExpr[] })
  | (Node<"list"> & { readonly items: readonly TypedExpr[] })
  | (Node<"array"> & { readonly items: readonly TypedExpr[] })
  /** `list` or `array` by shape; `step` undefined means 1. Element type int, float or char. */
  | (Node<"range"> & {
      readonly shape: "list" | "array";
      readonly first: TypedExpr;
      readonly step: TypedExpr | undefined;
      readonly last: TypedExpr;
    })
  /** Runs the body (of type unit) and collects what its `yield` nodes give, in order. */
  | (Node<"comprehension"> & { readonly shape: "list" | "array"; readonly body: TypedExpr })
  /** Inside a comprehension; `many`: every element of an enumerable value. Of type unit. */
  | (Node<"yield"> & { readonly value: TypedExpr; readonly many: boolean })
  /** A value for every field, in the order of evaluation; the type is a declared record, a class or an anonymous record. */
  | (Node<"record"> & { readonly fields: readonly FieldValue[] })
  /** Copy-and-update. The node's type is the type of the result; that of `base` may differ for anonymous records only. */
  | (Node<"update"> & { readonly base: TypedExpr; readonly fields: readonly FieldValue[] })
  | (Node<"case"> & { readonly info: CaseInfo; readonly args: readonly TypedExpr[] })
  /** A case with fields as a function value; takes one argument: the field, or a tuple of the fields. */
  | (Node<"case-function"> & { readonly info: CaseInfo })
  | (Node<"exception"> & { readonly declaration: ExceptionDeclaration; readonly args: readonly TypedExpr[] })
  | (Node<"exception-function"> & { readonly declaration: ExceptionDeclaration })
  /** Field of a record, class object or anonymous record; lowering looks at the type of the target (a variable or `any`: by label). */
  | (Node<"field"> & { readonly target: TypedExpr; readonly label: string })
  /** Member of a built-in type that was open when it was met: lowering takes it from the host module `<string>`, `<list>`, … of the target's type. Property: no args. */
  | (Node<"member"> & {
      readonly target: TypedExpr;
      readonly label: string;
      readonly args: readonly TypedExpr[] | undefined;
    })
  /** `x.[i]`; the target is a list, array, string or Map. */
  | (Node<"index"> & { readonly target: TypedExpr; readonly index: TypedExpr })
  | (Node<"slice"> & {
      readonly target: TypedExpr;
      readonly from: TypedExpr | undefined;
      readonly to: TypedExpr | undefined;
    })
  | (Node<"assign-variable"> & { readonly variable: Variable; readonly value: TypedExpr })
  | (Node<"assign-field"> & { readonly target: TypedExpr; readonly label: string; readonly value: TypedExpr })
  /** `copy`: a value position of 5.10, which yields a changed copy. */
  | (Node<"assign-index"> & {
      readonly target: TypedExpr;
      readonly index: TypedExpr;
      readonly value: TypedExpr;
      readonly copy: boolean;
    })
  | (Node<"while"> & { readonly condition: TypedExpr; readonly body: TypedExpr })
  | (Node<"for-to"> & {
      readonly variable: Variable;
      readonly from: TypedExpr;
      readonly to: TypedExpr;
      readonly down: boolean;
      readonly body: TypedExpr;
    })
  /** Elements that do not match the pattern are skipped. The iterable may be a `range` node: then nothing is built. */
  | (Node<"for-in"> & {
      readonly pattern: TypedPattern;
      readonly iterable: TypedExpr;
      readonly body: TypedExpr;
    })
  | Node<"break">
  | Node<"continue">
  /** An exception that no rule matches goes on. */
  | (Node<"try-with"> & { readonly body: TypedExpr; readonly rules: readonly TypedRule[] })
  | (Node<"try-finally"> & { readonly body: TypedExpr; readonly cleanup: TypedExpr })
  /** Conversion between the types of `expr` and of the node: int to float, to or from `any`, collection to seq; if the types turn out equal, nothing. */
  | (Node<"coerce"> & { readonly expr: TypedExpr })
  /** `:?>`: checked at run time. */
  | (Node<"downcast"> & { readonly expr: TypedExpr })
  | (Node<"type-test"> & { readonly expr: TypedExpr; readonly target: Type | ExceptionClass })
  /** Text and holes in order, joined to one string; every hole is formatted. */
  | (Node<"interpolation"> & { readonly parts: readonly (string | FormattedHole)[] })
  | (Node<"lazy"> & { readonly body: TypedExpr })
  | (Node<"assert"> & { readonly condition: TypedExpr });

/** Filled in after the nodes around it have been made. */
export interface Continuation {
  body: TypedExpr;
}

/** A .NET exception name of appendix C. */
export interface ExceptionClass {
  readonly kind: "exception-class";
  readonly name: string;
}

/** A member of a host module. Overload sets are resolved to one form; of a variant member, lowering picks the variant from `chooser`. */
export interface HostExpr extends Node<"host"> {
  readonly module: string;
  /** Name of the member that implements it (after overload resolution). */
  readonly member: string;
  readonly definition: HostMember;
  /** Of a variant member: the type that chooses. */
  readonly chooser: Type | undefined;
}

/** What only the compiler can provide, as a function value: `raise`, `reraise`, `failwith`, `ref`, `!`, `ignore`, `not`, `compose` … */
export interface IntrinsicExpr extends Node<"intrinsic"> {
  readonly name: IntrinsicName;
}
export type IntrinsicName =
  | "raise"
  | "reraise"
  | "failwith"
  | "ref"
  | "not"
  | "ignore"
  | "id"
  | "fst"
  | "snd"
  | "string"
  | "compare"
  | "compose"
  | "compose-back"
  | "pipe"
  | "pipe-back"
  | "append";

/** A built-in operator on two operands of one type (`operandType`), which lowering looks at. `~-` and `~~~` have only `left`. */
export interface OperatorExpr extends Node<"operator"> {
  readonly operator: BuiltinOperator;
  readonly operandType: Type;
  readonly left: TypedExpr;
  readonly right: TypedExpr | undefined;
}
export type BuiltinOperator =
  | "+"
  | "-"
  | "*"
  | "/"
  | "%"
  | "**"
  | "~-"
  | "="
  | "<>"
  | "<"
  | "<="
  | ">"
  | ">="
  | "&&&"
  | "|||"
  | "^^^"
  | "<<<"
  | ">>>"
  | "~~~"
  | "::"
  | "@"
  | "!"
  | ":=";

export interface FieldValue {
  readonly label: string;
  readonly value: TypedExpr;
}

/** A hole of an interpolated string or a format. Exactly one of the ways applies. */
export interface FormattedHole {
  readonly value: TypedExpr;
  readonly format: /** Text form. */
    | { readonly kind: "text" }
    /** A printf specifier, percent sign included: `%5.1f`, `%A`. `list` form: Fusabi's rules instead of F#'s (3.11). */
    | { readonly kind: "specifier"; readonly text: string; readonly listForm: boolean }
    /** An interpolation format code: `F2`. */
    | { readonly kind: "code"; readonly text: string };
  /** `{e,w}`. */
  readonly width: number | undefined;
}

export interface TypedRule {
  readonly pattern: TypedPattern;
  readonly guard: TypedExpr | undefined;
  readonly body: TypedExpr;
  readonly span: Span;
}

export type Statement =
  /** `let p = e`; FUS0501 when the pattern fails. A `variable` pattern with a generalised scheme may be instantiated at several types. */
  | { readonly kind: "let"; readonly pattern: TypedPattern; readonly value: TypedExpr; readonly span: Span }
  /** `use x = e`: the host's disposer runs when the rest of the block has been left. */
  | { readonly kind: "use"; readonly variable: Variable; readonly value: TypedExpr; readonly span: Span }
  /** A recursive group; values are lambdas. */
  | {
      readonly kind: "let-rec";
      readonly bindings: readonly { readonly variable: Variable; readonly value: TypedExpr }[];
      readonly span: Span;
    }
  | { readonly kind: "do"; readonly expr: TypedExpr; readonly span: Span };

interface PatternNode<K extends string> {
  readonly kind: K;
  /** Type of what is matched. */
  readonly type: Type;
  readonly span: Span;
}

export type TypedPattern =
  | PatternNode<"wildcard">
  | (PatternNode<"variable"> & { readonly variable: Variable })
  | (PatternNode<"literal"> & { readonly value: bigint | number | boolean | string | null })
  | PatternNode<"unit">
  | (PatternNode<"tuple"> & { readonly items: readonly TypedPattern[] })
  | (PatternNode<"cons"> & { readonly head: TypedPattern; readonly tail: TypedPattern })
  | PatternNode<"nil">
  | (PatternNode<"array"> & { readonly items: readonly TypedPattern[] })
  | (PatternNode<"record"> & {
      readonly fields: readonly { readonly label: string; readonly pattern: TypedPattern }[];
    })
  /** One pattern a field, or none at all for `Case _`. */
  | (PatternNode<"case"> & { readonly info: CaseInfo; readonly args: readonly TypedPattern[] })
  | (PatternNode<"exception"> & {
      readonly declaration: ExceptionDeclaration;
      readonly args: readonly TypedPattern[];
    })
  | (PatternNode<"type-test"> & { readonly target: Type | ExceptionClass })
  /** Both sides bind the same variables (the same Variable objects). */
  | (PatternNode<"or"> & { readonly left: TypedPattern; readonly right: TypedPattern })
  | (PatternNode<"and"> & { readonly left: TypedPattern; readonly right: TypedPattern })
  | (PatternNode<"as"> & { readonly pattern: TypedPattern; readonly variable: Variable })
  /**
   * An active pattern: `recognise` is applied to the value. Total: gives an int tag and payload as the case `tag` of a hidden union
   * `union`; partial: gives an option, `argument` matches what is inside.
   */
  | (PatternNode<"active"> & {
      readonly recognise: TypedExpr;
      readonly info: CaseInfo | undefined;
      readonly argument: TypedPattern | undefined;
    });

/** A checked program: all files, in the order of evaluation. */
export interface TypedProgram {
  readonly name: string;
  readonly statements: readonly Statement[];
  /** The last top-level expression, if the script ends with one. */
  readonly result: TypedExpr | undefined;
  readonly exports: readonly ExportedVariable[];
  readonly declarations: readonly TypeDeclaration[];
}

export interface ExportedVariable {
  /** As the host sees it. */
  readonly name: string;
  readonly variable: Variable;
  readonly parameterNames: readonly string[];
  readonly doc: string | undefined;
}
