/** Text forms, interpolation and formats. */
import type { Core } from "../core/core.js";
import type { Span } from "../source/source.js";
import type { FormattedHole, TypedExpr } from "../typed/tree.js";
import type { Type } from "../types/type.js";
import { callMember } from "./host-members.js";
import type { Lowerer } from "./lowerer.js";
import { boxed, primitive } from "./operators.js";

/** A value in text form; strings and chars are their own. */
export function textOf(lowerer: Lowerer, value: Core, type: Type, span: Span): Core {
  const kind = lowerer.classOf(type);
  if (kind === "string" || kind === "char") return value;
  if (value.kind === "int") return { kind: "string", value: String(value.value), span };
  return primitive("text", [value], span);
}

export function lowerInterpolation(
  lowerer: Lowerer,
  expr: Extract<TypedExpr, { kind: "interpolation" }>,
): Core {
  const { span } = expr;
  const parts: Core[] = [];
  for (const part of expr.parts) {
    const next: Core =
      typeof part === "string" ? { kind: "string", value: part, span } : padded(lowerer, part);
    const last = parts.at(-1);
    if (next.kind === "string" && last?.kind === "string")
      parts[parts.length - 1] = { kind: "string", value: last.value + next.value, span };
    else if (next.kind !== "string" || next.value !== "") parts.push(next);
  }
  const [first, second] = parts;
  if (first === undefined) return { kind: "string", value: "", span };
  if (second === undefined) return first;
  return parts.length === 2 ? primitive("string.concat", parts, span) : primitive("string.join", parts, span);
}

function padded(lowerer: Lowerer, hole: FormattedHole): Core {
  const text = formatted(lowerer, hole);
  if (hole.width === undefined) return text;
  const { span } = hole.value;
  return callMember(lowerer, "", "pad", [{ kind: "int", value: hole.width, span }, text], span);
}

function formatted(lowerer: Lowerer, hole: FormattedHole): Core {
  const { format } = hole;
  const { span, type } = hole.value;
  const value = lowerer.expression(hole.value);
  switch (format.kind) {
    case "text":
      return textOf(lowerer, value, type, span);
    case "code":
      return byCode(lowerer, format.text, value, type, span);
    case "specifier":
      return bySpecifier(lowerer, format.text, format.listForm, value, type, span);
  }
}

function byCode(lowerer: Lowerer, code: string, value: Core, type: Type, span: Span): Core {
  const text: Core = { kind: "string", value: code, span };
  const kind = lowerer.classOf(type);
  const member = kind === "int" || kind === "float" ? `format.code.${kind}` : "format.code.any";
  return callMember(lowerer, "", member, [text, boxed(value, kind === "char" ? kind : "other", span)], span);
}

function bySpecifier(
  lowerer: Lowerer,
  specifier: string,
  listForm: boolean,
  value: Core,
  type: Type,
  span: Span,
): Core {
  const letter = specifier.at(-1) ?? "";
  const plain = specifier.length === 2;
  const text: Core = { kind: "string", value: specifier, span };
  const kind = lowerer.classOf(type);
  if (letter === "A")
    return widened(
      lowerer,
      specifier,
      callMember(
        lowerer,
        "",
        "format.structured",
        [primitive("load.type", [], span, [lowerer.typeIndex(type)]), value],
        span,
      ),
      span,
    );
  if (letter === "O") return widened(lowerer, specifier, textOf(lowerer, value, type, span), span);
  if (listForm) return callMember(lowerer, "", "format.any", [text, boxed(value, kind, span)], span);
  if (
    plain &&
    (((letter === "d" || letter === "i") && kind === "int") || (letter === "b" && kind === "bool"))
  ) {
    return textOf(lowerer, value, type, span);
  }
  if (plain && ((letter === "s" && kind === "string") || (letter === "c" && kind === "char"))) return value;
  return callMember(lowerer, "", memberFor(letter), [text, value], span);
}

/** Width and flags of a specifier whose text has been made already. */
function widened(lowerer: Lowerer, specifier: string, value: Core, span: Span): Core {
  if (specifier.length === 2) return value;
  const text: Core = { kind: "string", value: `${specifier.slice(0, -1)}s`, span };
  return callMember(lowerer, "", "format.string", [text, value], span);
}

function memberFor(letter: string): string {
  switch (letter) {
    case "s":
      return "format.string";
    case "c":
      return "format.char";
    case "b":
      return "format.bool";
    case "f":
    case "F":
    case "e":
    case "E":
    case "g":
    case "G":
      return "format.float";
    default:
      return "format.int";
  }
}
