/** `printf` and its family with a literal format (language reference 3.11; C1 and C2 of the library reference). */
import { counted } from "../diagnostics/counted.js";
import type { FormatFunction } from "../names/entry.js";
import type { Scope } from "../names/scope.js";
import { lineIndexAt, type Span } from "../source/source.js";
import type { FormattedHole, Statement, TypedExpr, Variable } from "../typed/tree.js";
import {
  ANY,
  BOOL,
  CHAR,
  curried,
  EXN,
  FLOAT,
  INT,
  isAny,
  isConstructed,
  LIST,
  listOf,
  STRING,
  UNIT,
} from "../types/builtin.js";
import { formatType } from "../types/format.js";
import type { Type } from "../types/type.js";
import { prune } from "../types/type.js";
import {
  type Argument,
  applyFunction,
  applyToInferred,
  argumentSpan,
  type CallSite,
  checkArgument,
  inferArgument,
  isConvertible,
  unparenthesised,
} from "./call.js";
import type { Checker } from "./checker.js";
import { isSimple } from "./evaluation-order.js";
import { coreMember, intrinsic, plainName } from "./values.js";

/** A specifier of a format, percent sign included, or text between specifiers. */
type FormatPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "specifier"; readonly text: string; readonly type: string };

const SPECIFIER = /^%[-0+ ]*\d*(?:\.\d+)?([a-zA-Z])/;
const KNOWN = "diuxXoBfFeEgGscbAO";

/** Cuts a format at its specifiers. A `%` that starts none stands for itself. */
function parseFormat(format: string, onStray: (at: number) => void): readonly FormatPart[] {
  const parts: FormatPart[] = [];
  let text = "";
  let i = 0;
  while (i < format.length) {
    const at = format.indexOf("%", i);
    if (at < 0) break;
    text += format.slice(i, at);
    if (format[at + 1] === "%") {
      text += "%";
      i = at + 2;
      continue;
    }
    const match = SPECIFIER.exec(format.slice(at, at + 40));
    const type = match?.[1];
    if (match === null || type === undefined || !KNOWN.includes(type)) {
      onStray(at);
      text += "%";
      i = at + 1;
      continue;
    }
    if (text !== "") parts.push({ kind: "text", text });
    text = "";
    parts.push({ kind: "specifier", text: match[0], type });
    i = at + match[0].length;
  }
  text += format.slice(i);
  if (text !== "") parts.push({ kind: "text", text });
  return parts;
}

/** Where the percent sign at `at` of a format stands in the source; the whole literal, if an escape hides it. */
function percentSpan(format: string, at: number, literal: Span): Span {
  const { source, start, end } = literal;
  const written = source.text.slice(start, end);
  const count = (text: string): number => text.split("%").length - 1;
  if (count(written) !== count(format)) return literal;
  let found = -1;
  for (let before = count(format.slice(0, at)); before >= 0; before--)
    found = written.indexOf("%", found + 1);
  return { source, start: start + found, end: start + found + 1 };
}

/** The type that a specifier needs; undefined: any value. */
function specifierType(type: string): Type | undefined {
  if ("diuxXoB".includes(type)) return INT;
  if ("fFeEgG".includes(type)) return FLOAT;
  switch (type) {
    case "s":
      return STRING;
    case "c":
      return CHAR;
    case "b":
      return BOOL;
    default:
      return undefined;
  }
}

/** A call of a format function whose first argument may be a literal format. */
export function applyFormat(
  checker: Checker,
  name: FormatFunction,
  nameSpan: Span,
  site: CallSite,
): TypedExpr {
  const { args, span, scope } = site;
  const format = literalFormat(args[0]);
  if (format === undefined) return applyPlain(checker, name, nameSpan, site);
  const formatSpan = argumentSpan(args[0] as Argument);
  const parts = parseFormat(format, (at) =>
    checker.bag.warning(
      "FUS0430",
      percentSpan(format, at, formatSpan),
      "'%' starts no format specifier",
      "Write `%%`",
    ),
  );
  const specifiers = parts.filter((part) => part.kind === "specifier");
  const rest = args.slice(1);
  if (specifiers.length > 0 && rest.length === 1) {
    const only = rest[0] as Argument;
    const structured = specifiers.length === 1 && /[AO]$/.test(specifiers[0]?.text ?? "");
    if (!structured) {
      const list = listArgument(only, scope);
      if (list !== undefined) return listForm(checker, name, format, formatSpan, list, scope, nameSpan, span);
    }
  }
  return curriedForm(checker, name, parts, formatSpan, nameSpan, { ...site, args: rest });
}

function literalFormat(argument: Argument | undefined): string | undefined {
  if (argument?.kind === "written") {
    const expr = unparenthesised(argument.expr);
    return expr.kind === "literal" && expr.value.type === "string" ? expr.value.value : undefined;
  }
  return argument?.kind === "typed" && argument.node.kind === "string" ? argument.node.value : undefined;
}

/** The only argument, if it is a list: a literal, or an expression whose type is already known to be one. */
function listArgument(argument: Argument, scope: Scope): Argument | undefined {
  if (argument.kind === "typed") return isConstructed(prune(argument.node.type), LIST) ? argument : undefined;
  const expr = unparenthesised(argument.expr);
  if (expr.kind === "collection") return expr.shape === "list" ? argument : undefined;
  if (expr.kind === "name") {
    const entry = scope.value(expr.name.text);
    if (entry?.kind !== "variable") return undefined;
    return isConstructed(prune(entry.variable.scheme.type), LIST) ? argument : undefined;
  }
  return undefined;
}

/** A computed format, or none: the value is written as it is; `sprintf` takes a list. */
function applyPlain(checker: Checker, name: FormatFunction, nameSpan: Span, site: CallSite): TypedExpr {
  if (name === "failwithf") return applyFunction(checker, intrinsic(checker, "failwith", nameSpan), site);
  return applyFunction(checker, coreMember(checker, plainName(name), nameSpan), site);
}

/** Fusabi's list form: the elements are the arguments, checked when it runs. */
function listForm(
  checker: Checker,
  name: FormatFunction,
  format: string,
  formatSpan: Span,
  list: Argument,
  scope: Scope,
  nameSpan: Span,
  span: Span,
): TypedExpr {
  const values = dynamicList(
    checker,
    checkArgument(
      checker,
      list,
      scope,
      listOf(
        list.kind === "written" && unparenthesised(list.expr).kind === "collection" ? ANY : checker.fresh(),
      ),
    ),
  );
  const text: TypedExpr = {
    kind: "apply",
    callee: coreMember(checker, "sprintf", nameSpan),
    args: [{ kind: "string", value: format, type: STRING, span: formatSpan }, values],
    type: STRING,
    span,
  };
  return consume(checker, name, text, nameSpan, span);
}

/** A list whose elements are `any`: each is converted, because a float knows what it is only as `any`. */
function dynamicList(checker: Checker, list: TypedExpr): TypedExpr {
  const type = prune(list.type);
  if (!isConstructed(type, LIST)) return checker.coerce(list, listOf(ANY));
  const item = prune(type.args[0] as Type);
  if (isAny(item)) return list;
  if (item.kind === "variable") {
    checker.unifier.unify(item, ANY);
    return list;
  }
  const { span } = list;
  const variable = checker.variable("item", item, span);
  const element: TypedExpr = { kind: "coerce", expr: checker.use(variable, span), type: ANY, span };
  return {
    kind: "comprehension",
    shape: "list",
    body: {
      kind: "for-in",
      pattern: { kind: "variable", variable, type: item, span },
      iterable: list,
      body: { kind: "yield", value: element, many: false, type: UNIT, span },
      type: UNIT,
      span,
    },
    type: listOf(ANY),
    span,
  };
}

/** What the function does with the finished text. */
function consume(
  checker: Checker,
  name: FormatFunction,
  text: TypedExpr,
  nameSpan: Span,
  span: Span,
): TypedExpr {
  if (name === "sprintf") return text;
  const callee =
    name === "failwithf"
      ? intrinsic(checker, "failwith", nameSpan)
      : coreMember(checker, plainName(name), nameSpan);
  return applyToInferred(checker, callee, [text], span);
}

function curriedForm(
  checker: Checker,
  name: FormatFunction,
  parts: readonly FormatPart[],
  formatSpan: Span,
  nameSpan: Span,
  site: CallSite,
): TypedExpr {
  const { args, span, scope } = site;
  const specifiers = parts.filter((part) => part.kind === "specifier");
  const values: TypedExpr[] = [];
  specifiers.slice(0, args.length).forEach((specifier, i) => {
    values.push(formatArgument(checker, specifier.type, args[i] as Argument, scope));
  });
  if (args.length <= specifiers.length) {
    const missing = specifiers
      .slice(values.length)
      .map((specifier) => specifierType(specifier.type) ?? structuredItem(checker, specifier.type, span));
    return missing.length === 0
      ? consume(checker, name, interpolation(parts, values, span), nameSpan, span)
      : partialForm(checker, name, parts, values, missing, nameSpan, span);
  }
  const surplus = args.slice(specifiers.length);
  const whole = consume(checker, name, interpolation(parts, values, span), nameSpan, span);
  if (name === "failwithf") return applyFunction(checker, whole, { ...site, args: surplus });
  const unused = surplus.map((argument) => inferArgument(checker, argument, scope));
  const surplusSpan = argumentSpan(surplus[0] as Argument);
  checker.error(
    "FUS0319",
    formatSpan,
    "Too many arguments for this format",
    `The format has ${counted(specifiers.length, "specifier")}; ${surplusHint(formatSpan, surplusSpan)}`,
    [{ span: surplusSpan, message: "The first argument too many" }],
  );
  return checker.broken(span, [whole, ...unused]);
}

function surplusHint(format: Span, surplus: Span): string {
  return lineIndexAt(format.source, format.start) === lineIndexAt(surplus.source, surplus.start)
    ? "a call among the arguments needs parentheses"
    : "a line that is indented further than the one above goes on with it";
}

function formatArgument(checker: Checker, specifier: string, argument: Argument, scope: Scope): TypedExpr {
  const wanted = specifierType(specifier);
  const node = argument.kind === "typed" ? argument.node : checker.infer(argument.expr, scope, wanted);
  return formatOperand(checker, specifier, node);
}

/** A value against the specifier that shows it. */
export function formatOperand(checker: Checker, specifier: string, node: TypedExpr): TypedExpr {
  const wanted = specifierType(specifier);
  const actual = prune(node.type);
  if (wanted === undefined) {
    if (specifier === "A") checker.require(actual, { kind: "variant", span: node.span }, node.span);
    return node;
  }
  if (actual.kind === "variable" || isConvertible(wanted, actual) || actual === wanted)
    return checker.coerce(node, wanted);
  if (
    actual.kind === "constructed" &&
    wanted.kind === "constructed" &&
    actual.constructor === wanted.constructor
  )
    return node;
  checker.error(
    "FUS0318",
    node.span,
    `Format specifier '%${specifier}' needs ${formatType(wanted)}, got ${formatType(actual)}`,
    specifierHint(actual),
  );
  return checker.viaAny(node, wanted);
}

/** What a beginner wants for a type. */
function specifierHint(type: Type): string {
  if (type.kind === "function")
    return "This is a function: is an argument missing, or are there no parentheses around the call?";
  if (isConstructed(type, EXN.constructor)) return "Its text is `.Message`; %A shows all of it";
  return `For ${formatType(type)} use ${specifierFor(type)}`;
}

function specifierFor(type: Type): string {
  if (isConstructed(type, STRING.constructor)) return "%s";
  if (isConstructed(type, INT.constructor)) return "%d";
  if (isConstructed(type, FLOAT.constructor)) return "%f or %g";
  if (isConstructed(type, BOOL.constructor)) return "%b";
  if (isConstructed(type, CHAR.constructor)) return "%c";
  return "%A";
}

function structuredItem(checker: Checker, specifier: string, span: Span): Type {
  const type = checker.fresh();
  if (specifier === "A") checker.require(type, { kind: "variant", span }, span);
  return type;
}

function interpolation(parts: readonly FormatPart[], values: readonly TypedExpr[], span: Span): TypedExpr {
  let next = 0;
  const pieces = parts.map((part): string | FormattedHole => {
    if (part.kind === "text") return part.text;
    const value = values[next++] as TypedExpr;
    if (part.text === "%O") return { value, format: { kind: "text" }, width: undefined };
    return { value, format: { kind: "specifier", text: part.text, listForm: false }, width: undefined };
  });
  const only = pieces[0];
  if (pieces.length === 0) return { kind: "string", value: "", type: STRING, span };
  if (pieces.length === 1 && typeof only === "string")
    return { kind: "string", value: only, type: STRING, span };
  return { kind: "interpolation", parts: pieces, type: STRING, span };
}

/** Too few arguments: a function of the others; what was given is evaluated now. */
function partialForm(
  checker: Checker,
  name: FormatFunction,
  parts: readonly FormatPart[],
  given: readonly TypedExpr[],
  missing: readonly Type[],
  nameSpan: Span,
  span: Span,
): TypedExpr {
  const statements: Statement[] = [];
  const held = given.map((value) => (isSimple(value) ? value : checker.bindTemporary(value, statements)));
  const variables: Variable[] = missing.map((type, i) => checker.variable(`p${i}`, type, span));
  const values = [...held, ...variables.map((variable) => checker.use(variable, span))];
  const body = consume(checker, name, interpolation(parts, values, span), nameSpan, span);
  const type = curried(missing, body.type);
  const lambda: TypedExpr = {
    kind: "lambda",
    params: variables.map((variable) => ({ kind: "variable", variable, type: variable.scheme.type, span })),
    body,
    name: undefined,
    type,
    span,
  };
  return statements.length === 0 ? lambda : { kind: "block", statements, result: lambda, type, span };
}
