/**
 * The syntax tree: what the parser makes of the tokens, before any name is resolved. Nodes are plain data, told apart by `kind`, and
 * every node carries its span. A tree made from broken text contains `error` nodes in place of what could not be read.
 */
import type { Source, Span } from "../source/source.js";

/** One occurrence of an identifier; for operators, the operator's text (`+`, `>=>`; prefix operators are written `~-`, `~~~`, `!`). */
export interface Name {
  readonly text: string;
  readonly span: Span;
}

/** `A.B.c` where it can only be a path of names. */
export interface LongName {
  readonly parts: readonly Name[];
  readonly span: Span;
}

interface Node<K extends string> {
  readonly kind: K;
  readonly span: Span;
}

// ---------------------------------------------------------------------------------------------------------------- literals

export type Literal =
  | { readonly type: "int"; readonly value: bigint }
  | { readonly type: "float"; readonly value: number }
  | { readonly type: "bool"; readonly value: boolean }
  | { readonly type: "char"; readonly value: string }
  | { readonly type: "string"; readonly value: string }
  | { readonly type: "null" };

// -------------------------------------------------------------------------------------------------------------- expressions

export type Expr =
  | LiteralExpr
  | UnitExpr
  | NameExpr
  | BinaryExpr
  | PrefixExpr
  | ApplyExpr
  | MemberExpr
  | IndexExpr
  | SliceExpr
  | TypeApplyExpr
  | ParenExpr
  | TupleExpr
  | CollectionExpr
  | RecordExpr
  | ComputationExpr
  | InterpolatedExpr
  | BlockExpr
  | IfExpr
  | MatchExpr
  | FunctionExpr
  | LambdaExpr
  | TryWithExpr
  | TryFinallyExpr
  | WhileExpr
  | ForInExpr
  | ForToExpr
  | AnnotateExpr
  | CastExpr
  | AssignExpr
  | LazyExpr
  | AssertExpr
  | JumpExpr
  | YieldExpr
  | ErrorExpr;

export interface LiteralExpr extends Node<"literal"> {
  readonly value: Literal;
}
export interface UnitExpr extends Node<"unit"> {}
/** A name or an operator used as a function, `( + )`. */
export interface NameExpr extends Node<"name"> {
  readonly name: Name;
}
/** Every binary operator, `::`, `:=`, `&&`, `||`, `|>` included; not `<-` and not `:` `:>` `:?>` `:?`. */
export interface BinaryExpr extends Node<"binary"> {
  readonly operator: Name;
  readonly left: Expr;
  readonly right: Expr;
}
/** `-x`, `+x`, `!x`, `~~~x` and user-defined prefix operators; the operator's text is as written. */
export interface PrefixExpr extends Node<"prefix"> {
  readonly operator: Name;
  readonly operand: Expr;
}
/** `f a b`. With `adjacent`, `f(x)`: one argument, no blank before the parenthesis. */
export interface ApplyExpr extends Node<"apply"> {
  readonly callee: Expr;
  readonly args: readonly Expr[];
  readonly adjacent: boolean;
}
/** `x.Label`, also for qualified names `Module.name`: resolution tells them apart. */
export interface MemberExpr extends Node<"member"> {
  readonly target: Expr;
  readonly label: Name;
}
/** `x.[i]` or `x[i]`. */
export interface IndexExpr extends Node<"index"> {
  readonly target: Expr;
  readonly index: Expr;
}
/** `x.[a..b]`, either bound may be missing. */
export interface SliceExpr extends Node<"slice"> {
  readonly target: Expr;
  readonly from: Expr | undefined;
  readonly to: Expr | undefined;
}
/** `f<int>`. */
export interface TypeApplyExpr extends Node<"type-apply"> {
  readonly target: Expr;
  readonly types: readonly TypeExpr[];
}
/** Parentheses or `begin end`; kept because some rules ask whether something was parenthesised. */
export interface ParenExpr extends Node<"paren"> {
  readonly inner: Expr;
}
export interface TupleExpr extends Node<"tuple"> {
  readonly items: readonly Expr[];
}
/** A list or array literal, range or comprehension. */
export interface CollectionExpr extends Node<"collection"> {
  readonly shape: "list" | "array";
  readonly content:
    | { readonly kind: "items"; readonly items: readonly Expr[] }
    | { readonly kind: "range"; readonly first: Expr; readonly step: Expr | undefined; readonly last: Expr }
    | { readonly kind: "comprehension"; readonly body: Expr };
}
/** `{ a = 1 }`, `{| a = 1 |}`, `{ r with a = 1 }`. */
export interface RecordExpr extends Node<"record"> {
  readonly anonymous: boolean;
  readonly base: Expr | undefined;
  readonly fields: readonly { readonly label: LongName; readonly value: Expr }[];
}
/** `builder { body }`; also `seq { … }`, whose body may be a `range` (a collection expression of shape list as the only item). */
export interface ComputationExpr extends Node<"computation"> {
  readonly builder: Expr;
  readonly body: Expr;
}
/** An interpolated string. */
export interface InterpolatedExpr extends Node<"interpolated"> {
  readonly parts: readonly InterpolationPart[];
}
export type InterpolationPart =
  | { readonly kind: "text"; readonly text: string }
  | {
      readonly kind: "hole";
      readonly expr: Expr;
      /** `{e,w}`; negative: left-aligned. */
      readonly width: number | undefined;
      /** `{e:F2}`: the code after the colon. */
      readonly format: string | undefined;
      /** `%5.1f{e}`: the printf specifier, percent sign included. */
      readonly specifier: string | undefined;
      readonly span: Span;
    };
/**
 * Items in sequence; the value is that of the last one. `let … in body` is a block too. A block of one expression is that expression.
 * A block that ends with a binding where one is not allowed has been reported by the parser.
 */
export interface BlockExpr extends Node<"block"> {
  readonly items: readonly Item[];
}
export interface IfExpr extends Node<"if"> {
  /** `if` and every `elif`, in order; at least one. */
  readonly branches: readonly { readonly condition: Expr; readonly body: Expr }[];
  readonly otherwise: Expr | undefined;
}
export interface MatchExpr extends Node<"match"> {
  /** `match!`. */
  readonly bang: boolean;
  readonly subject: Expr;
  readonly rules: readonly Rule[];
}
/** `function | … `. */
export interface FunctionExpr extends Node<"function"> {
  readonly rules: readonly Rule[];
}
export interface LambdaExpr extends Node<"lambda"> {
  readonly params: readonly Pattern[];
  readonly body: Expr;
}
export interface TryWithExpr extends Node<"try-with"> {
  readonly body: Expr;
  readonly rules: readonly Rule[];
}
export interface TryFinallyExpr extends Node<"try-finally"> {
  readonly body: Expr;
  readonly cleanup: Expr;
}
export interface WhileExpr extends Node<"while"> {
  readonly condition: Expr;
  readonly body: Expr;
}
/** `for p in e do x`; with `arrow`, `for p in e -> x`. The iterable may be a range (a list `CollectionExpr` with range content). */
export interface ForInExpr extends Node<"for-in"> {
  readonly pattern: Pattern;
  readonly iterable: Expr;
  readonly body: Expr;
  readonly arrow: boolean;
}
export interface ForToExpr extends Node<"for-to"> {
  readonly name: Name;
  readonly from: Expr;
  readonly to: Expr;
  readonly down: boolean;
  readonly body: Expr;
}
/** `e : t`. */
export interface AnnotateExpr extends Node<"annotate"> {
  readonly expr: Expr;
  readonly type: TypeExpr;
}
/** `e :> t`, `e :?> t`, `e :? t`; `upcast e` and `downcast e` have no type. */
export interface CastExpr extends Node<"cast"> {
  readonly operator: "upcast" | "downcast" | "test";
  readonly expr: Expr;
  readonly type: TypeExpr | undefined;
}
/** `target <- value`; the target is a name, a member or an index expression (FUS0126 otherwise). */
export interface AssignExpr extends Node<"assign"> {
  readonly target: Expr;
  readonly value: Expr;
}
export interface LazyExpr extends Node<"lazy"> {
  readonly body: Expr;
}
export interface AssertExpr extends Node<"assert"> {
  readonly condition: Expr;
}
export interface JumpExpr extends Node<"jump"> {
  readonly word: "break" | "continue";
}
export interface YieldExpr extends Node<"yield"> {
  readonly word: "return" | "return!" | "yield" | "yield!" | "do!";
  readonly value: Expr;
}
/** What could not be parsed; a diagnostic has been reported. */
export interface ErrorExpr extends Node<"error"> {}

/** `pattern when guard -> body`. */
export interface Rule {
  readonly pattern: Pattern;
  readonly guard: Expr | undefined;
  readonly body: Expr;
  readonly span: Span;
}

// ------------------------------------------------------------------------------------------------------------------ patterns

export type Pattern =
  | WildcardPattern
  | NamePattern
  | CasePattern
  | LiteralPattern
  | UnitPattern
  | TuplePattern
  | ConsPattern
  | CollectionPattern
  | RecordPattern
  | OrPattern
  | AndPattern
  | AsPattern
  | AnnotatePattern
  | TypeTestPattern
  | ParenPattern
  | ErrorPattern;

export interface WildcardPattern extends Node<"wildcard"> {}
/** A lone name: a variable, a nullary case, a literal constant or an active pattern; resolution decides. Qualified names are never variables. */
export interface NamePattern extends Node<"name"> {
  readonly name: LongName;
}
/** `Case p q`, `Case (p, q)` (one tuple argument), `Case (x = p)` (`fields`). */
export interface CasePattern extends Node<"case"> {
  readonly name: LongName;
  readonly args: readonly Pattern[];
  readonly fields: readonly { readonly label: Name; readonly pattern: Pattern }[] | undefined;
}
export interface LiteralPattern extends Node<"literal"> {
  readonly value: Literal;
}
export interface UnitPattern extends Node<"unit"> {}
export interface TuplePattern extends Node<"tuple"> {
  readonly items: readonly Pattern[];
}
export interface ConsPattern extends Node<"cons"> {
  readonly head: Pattern;
  readonly tail: Pattern;
}
export interface CollectionPattern extends Node<"collection"> {
  readonly shape: "list" | "array";
  readonly items: readonly Pattern[];
}
export interface RecordPattern extends Node<"record"> {
  readonly anonymous: boolean;
  readonly fields: readonly { readonly label: LongName; readonly pattern: Pattern }[];
}
export interface OrPattern extends Node<"or"> {
  readonly left: Pattern;
  readonly right: Pattern;
}
export interface AndPattern extends Node<"and"> {
  readonly left: Pattern;
  readonly right: Pattern;
}
export interface AsPattern extends Node<"as"> {
  readonly pattern: Pattern;
  readonly name: Name;
}
export interface AnnotatePattern extends Node<"annotate"> {
  readonly pattern: Pattern;
  readonly type: TypeExpr;
}
/** `:? T` or `:? T as name` (the latter inside an `as`). */
export interface TypeTestPattern extends Node<"type-test"> {
  readonly type: TypeExpr;
}
export interface ParenPattern extends Node<"paren"> {
  readonly inner: Pattern;
}
export interface ErrorPattern extends Node<"error"> {}

// --------------------------------------------------------------------------------------------------------------------- types

export type TypeExpr =
  | NamedTypeExpr
  | VariableTypeExpr
  | WildcardTypeExpr
  | FunctionTypeExpr
  | TupleTypeExpr
  | AnonymousRecordTypeExpr
  | ErrorTypeExpr;

/** `int`, `Map<string, int>`, `int list` (name `list`), `int[]` (name `array`), `A.T`. */
export interface NamedTypeExpr extends Node<"named"> {
  readonly name: LongName;
  readonly args: readonly TypeExpr[];
}
/** `'a`; the text has no quote. */
export interface VariableTypeExpr extends Node<"variable"> {
  readonly name: string;
}
export interface WildcardTypeExpr extends Node<"wildcard"> {}
export interface FunctionTypeExpr extends Node<"function"> {
  readonly parameter: TypeExpr;
  readonly result: TypeExpr;
}
export interface TupleTypeExpr extends Node<"tuple"> {
  readonly items: readonly TypeExpr[];
}
export interface AnonymousRecordTypeExpr extends Node<"anonymous-record"> {
  readonly fields: readonly { readonly label: Name; readonly type: TypeExpr }[];
}
export interface ErrorTypeExpr extends Node<"error"> {}

// -------------------------------------------------------------------------------------------------------------- declarations

export interface Attribute {
  readonly name: LongName;
  readonly span: Span;
}

export type Access = "public" | "private" | "internal";

/** `let`, `use`, `let!`, `use!` with its bindings. */
export interface LetItem extends Node<"let"> {
  readonly word: "let" | "use";
  readonly bang: boolean;
  readonly recursive: boolean;
  readonly bindings: readonly Binding[];
  readonly attributes: readonly Attribute[];
}

/** One `name params = body` or `pattern = body`. */
export interface Binding {
  readonly head:
    | {
        readonly kind: "function";
        readonly name: Name;
        /** At least one. */
        readonly params: readonly Pattern[];
        /** Set when the name is an active pattern, `(|Even|Odd|)`: its cases; partial when the last is `_`. */
        readonly active: { readonly cases: readonly Name[]; readonly partial: boolean } | undefined;
      }
    | { readonly kind: "pattern"; readonly pattern: Pattern; readonly mutable: boolean };
  /** Annotation of the result (function) or of the whole (pattern). */
  readonly type: TypeExpr | undefined;
  readonly body: Expr;
  readonly inline: boolean;
  readonly access: Access | undefined;
  readonly attributes: readonly Attribute[];
  readonly span: Span;
}

export interface ExprItem extends Node<"expr"> {
  readonly expr: Expr;
  /** Written with a free-standing `do`. */
  readonly explicitDo: boolean;
}

/** What may stand in a block. */
export type Item = LetItem | ExprItem;

export interface OpenDecl extends Node<"open"> {
  readonly name: LongName;
}
/** `module M = …`. */
export interface ModuleDecl extends Node<"module"> {
  readonly name: LongName;
  readonly recursive: boolean;
  readonly access: Access | undefined;
  readonly attributes: readonly Attribute[];
  readonly items: readonly Declaration[];
}
/** `module M = A.B`. */
export interface ModuleAbbreviationDecl extends Node<"module-abbreviation"> {
  readonly name: Name;
  readonly target: LongName;
}
export interface TypesDecl extends Node<"types"> {
  readonly definitions: readonly TypeDefinition[];
}
export interface ExceptionDecl extends Node<"exception"> {
  readonly name: Name;
  readonly fields: readonly CaseField[];
}
/** `#load "a" "b"`. */
export interface LoadDecl extends Node<"load"> {
  readonly paths: readonly { readonly text: string; readonly span: Span }[];
}
export type Declaration =
  | OpenDecl
  | ModuleDecl
  | ModuleAbbreviationDecl
  | TypesDecl
  | ExceptionDecl
  | LoadDecl
  | Item;

export interface TypeDefinition {
  readonly name: Name;
  /** Without quotes. */
  readonly params: readonly Name[];
  readonly access: Access | undefined;
  readonly attributes: readonly Attribute[];
  readonly body: TypeBody;
  readonly members: readonly MemberDefinition[];
  readonly span: Span;
}

export type TypeBody =
  | { readonly kind: "record"; readonly fields: readonly RecordField[] }
  | { readonly kind: "union"; readonly cases: readonly UnionCase[] }
  | { readonly kind: "abbreviation"; readonly type: TypeExpr }
  | { readonly kind: "provider"; readonly name: LongName }
  | { readonly kind: "class"; readonly params: readonly Pattern[]; readonly bindings: readonly Item[] };

export interface RecordField {
  readonly label: Name;
  readonly type: TypeExpr;
  readonly mutable: boolean;
}
export interface UnionCase {
  readonly name: Name;
  readonly fields: readonly CaseField[];
}
export interface CaseField {
  readonly label: Name | undefined;
  readonly type: TypeExpr;
}

/** `member self.Name params = body` or `static member Name params = body`. */
export interface MemberDefinition {
  readonly isStatic: boolean;
  readonly self: Name | undefined;
  /** The setter of a property has it in common with the getter. */
  readonly name: Name;
  readonly isSetter: boolean;
  /** Empty: a property. */
  readonly params: readonly Pattern[];
  readonly type: TypeExpr | undefined;
  readonly body: Expr;
  readonly access: Access | undefined;
  readonly attributes: readonly Attribute[];
  readonly span: Span;
}

/** A whole file. */
export interface Script {
  readonly source: Source;
  /** `module A.B` without `=` as the first item. */
  readonly moduleName: LongName | undefined;
  readonly items: readonly Declaration[];
  /** Codes that `#nowarn` suppresses, such as `FUS0402`. */
  readonly suppressed: readonly string[];
  readonly span: Span;
}
