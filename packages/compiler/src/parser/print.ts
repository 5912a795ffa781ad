/** The syntax tree as nested lists, for people who want to see what the parser made of a text. */
import { type Form, showForm } from "../printing/form.js";
import type {
  Binding,
  CaseField,
  Declaration,
  Expr,
  Item,
  Literal,
  LongName,
  MemberDefinition,
  Name,
  Pattern,
  Rule,
  Script,
  TypeDefinition,
  TypeExpr,
} from "../syntax/ast.js";

/**
 * The tree of a script; one list a line where it fits, otherwise its parts below each other.
 *
 * @example
 * printSyntax(parse(makeSource("plugin.fsx", "let x = 1")).script); // "(let (bind x 1))"
 */
export function printSyntax(script: Script): string {
  const head = script.moduleName === undefined ? [] : [["module-name", long(script.moduleName)]];
  return [...head, ...script.items.map(declaration)].map(showForm).join("\n");
}

function optional(name: string, form: Form | undefined): Form[] {
  return form === undefined ? [] : [[name, form]];
}

function flag(name: string, set: boolean): Form[] {
  return set ? [name] : [];
}

function long(name: LongName): string {
  return name.parts.map(word).join(".");
}

/** A name that could not be read back without back-ticks has them. */
function word(name: Name): string {
  return /[\s().`"]/.test(name.text) && !name.text.startsWith("_.") ? `\`\`${name.text}\`\`` : name.text;
}

function literal(value: Literal): string {
  switch (value.type) {
    case "null":
      return "null";
    case "string":
      return JSON.stringify(value.value);
    case "char":
      return `'${JSON.stringify(value.value).slice(1, -1)}'`;
    case "float":
      return Number.isInteger(value.value) ? value.value.toFixed(1) : String(value.value);
    default:
      return String(value.value);
  }
}

function declaration(item: Declaration): Form {
  switch (item.kind) {
    case "let":
    case "expr":
      return itemForm(item);
    case "open":
      return ["open", long(item.name)];
    case "module":
      return [
        "module",
        long(item.name),
        ...flag("rec", item.recursive),
        ...flag(item.access ?? "", item.access !== undefined),
        ...item.items.map(declaration),
      ];
    case "module-abbreviation":
      return ["module-abbreviation", item.name.text, long(item.target)];
    case "types":
      return ["types", ...item.definitions.map(typeDefinition)];
    case "exception":
      return ["exception", item.name.text, ...item.fields.map(caseField)];
    case "load":
      return ["load", ...item.paths.map((path) => JSON.stringify(path.text))];
  }
}

function itemForm(item: Item): Form {
  if (item.kind === "expr") return item.explicitDo ? ["do", expression(item.expr)] : expression(item.expr);
  return [
    `${item.word}${item.bang ? "!" : ""}`,
    ...flag("rec", item.recursive),
    ...item.bindings.map(binding),
  ];
}

function binding(bound: Binding): Form {
  const { head } = bound;
  const target: Form[] =
    head.kind === "function"
      ? [word(head.name), head.params.map(pattern)]
      : [...flag("mutable", head.mutable), pattern(head.pattern)];
  return [
    "bind",
    ...flag(bound.access ?? "", bound.access !== undefined),
    ...flag("inline", bound.inline),
    ...target,
    ...optional(":", bound.type && type(bound.type)),
    expression(bound.body),
  ];
}

function typeDefinition(definition: TypeDefinition): Form {
  const { body } = definition;
  const params = definition.params.map((param) => `'${param.text}`);
  return [
    "type",
    definition.name.text,
    ...(params.length > 0 ? [params] : []),
    typeBody(),
    ...definition.members.map(member),
  ];

  function typeBody(): Form {
    switch (body.kind) {
      case "record":
        return [
          "record",
          ...body.fields.map((field) => [
            field.label.text,
            ...flag("mutable", field.mutable),
            type(field.type),
          ]),
        ];
      case "union":
        return ["union", ...body.cases.map((one) => [one.name.text, ...one.fields.map(caseField)])];
      case "abbreviation":
        return ["abbreviation", type(body.type)];
      case "provider":
        return ["provider", long(body.name)];
      case "class":
        return ["class", body.params.map(pattern), ...body.bindings.map(itemForm)];
    }
  }
}

function caseField(field: CaseField): Form {
  return field.label === undefined ? type(field.type) : [field.label.text, type(field.type)];
}

function member(definition: MemberDefinition): Form {
  const name =
    definition.self === undefined ? definition.name.text : `${definition.self.text}.${definition.name.text}`;
  return [
    definition.isStatic ? "static-member" : "member",
    ...(definition.isSetter ? ["set"] : []),
    name,
    definition.params.map(pattern),
    ...optional(":", definition.type && type(definition.type)),
    expression(definition.body),
  ];
}

function rule(one: Rule): Form {
  return [
    "rule",
    pattern(one.pattern),
    ...optional("when", one.guard && expression(one.guard)),
    expression(one.body),
  ];
}

function expression(expr: Expr): Form {
  switch (expr.kind) {
    case "literal":
      return literal(expr.value);
    case "unit":
      return "()";
    case "name":
      return word(expr.name);
    case "binary":
      return [expr.operator.text, expression(expr.left), expression(expr.right)];
    case "prefix":
      return ["prefix", expr.operator.text, expression(expr.operand)];
    case "apply":
      return [expr.adjacent ? "call" : "apply", expression(expr.callee), ...expr.args.map(expression)];
    case "member":
      return [".", expression(expr.target), word(expr.label)];
    case "index":
      return ["index", expression(expr.target), expression(expr.index)];
    case "slice":
      return [
        "slice",
        expression(expr.target),
        expr.from === undefined ? "_" : expression(expr.from),
        expr.to === undefined ? "_" : expression(expr.to),
      ];
    case "type-apply":
      return ["type-apply", expression(expr.target), ...expr.types.map(type)];
    case "paren":
      return ["paren", expression(expr.inner)];
    case "tuple":
      return ["tuple", ...expr.items.map(expression)];
    case "collection": {
      const { content } = expr;
      if (content.kind === "items") return [expr.shape, ...content.items.map(expression)];
      if (content.kind === "comprehension") return [expr.shape, ["comprehension", expression(content.body)]];
      const step = content.step === undefined ? [] : [expression(content.step)];
      return [expr.shape, ["range", expression(content.first), ...step, expression(content.last)]];
    }
    case "record": {
      const fields = expr.fields.map((field) => [long(field.label), expression(field.value)]);
      return [
        expr.anonymous ? "anonymous-record" : "record",
        ...optional("with", expr.base && expression(expr.base)),
        ...fields,
      ];
    }
    case "computation":
      return ["computation", expression(expr.builder), expression(expr.body)];
    case "interpolated":
      return [
        "interpolated",
        ...expr.parts.map((part) => {
          if (part.kind === "text") return JSON.stringify(part.text);
          const { specifier, width, format } = part;
          const extras = [
            specifier,
            width === undefined ? undefined : `,${width}`,
            format === undefined ? undefined : `:${format}`,
          ];
          return ["hole", ...extras.filter((extra) => extra !== undefined), expression(part.expr)];
        }),
      ];
    case "block":
      return ["block", ...expr.items.map(itemForm)];
    case "if":
      return [
        "if",
        ...expr.branches.map((branch) => [expression(branch.condition), expression(branch.body)]),
        ...optional("else", expr.otherwise && expression(expr.otherwise)),
      ];
    case "match":
      return [expr.bang ? "match!" : "match", expression(expr.subject), ...expr.rules.map(rule)];
    case "function":
      return ["function", ...expr.rules.map(rule)];
    case "lambda":
      return ["fun", expr.params.map(pattern), expression(expr.body)];
    case "try-with":
      return ["try-with", expression(expr.body), ...expr.rules.map(rule)];
    case "try-finally":
      return ["try-finally", expression(expr.body), expression(expr.cleanup)];
    case "while":
      return ["while", expression(expr.condition), expression(expr.body)];
    case "for-in":
      return [
        expr.arrow ? "for-yield" : "for",
        pattern(expr.pattern),
        expression(expr.iterable),
        expression(expr.body),
      ];
    case "for-to":
      return [
        expr.down ? "for-downto" : "for-to",
        expr.name.text,
        expression(expr.from),
        expression(expr.to),
        expression(expr.body),
      ];
    case "annotate":
      return [":", expression(expr.expr), type(expr.type)];
    case "cast":
      return [expr.operator, expression(expr.expr), ...(expr.type === undefined ? [] : [type(expr.type)])];
    case "assign":
      return ["<-", expression(expr.target), expression(expr.value)];
    case "lazy":
      return ["lazy", expression(expr.body)];
    case "assert":
      return ["assert", expression(expr.condition)];
    case "jump":
      return [expr.word];
    case "yield":
      return [expr.word, expression(expr.value)];
    case "error":
      return ["error"];
  }
}

function pattern(node: Pattern): Form {
  switch (node.kind) {
    case "wildcard":
      return "_";
    case "name":
      return long(node.name);
    case "case": {
      const fields = node.fields?.map((field) => ["=", field.label.text, pattern(field.pattern)]) ?? [];
      return ["case", long(node.name), ...node.args.map(pattern), ...fields];
    }
    case "literal":
      return literal(node.value);
    case "unit":
      return "()";
    case "tuple":
      return ["tuple", ...node.items.map(pattern)];
    case "cons":
      return ["::", pattern(node.head), pattern(node.tail)];
    case "collection":
      return [node.shape, ...node.items.map(pattern)];
    case "record":
      return [
        node.anonymous ? "anonymous-record" : "record",
        ...node.fields.map((field) => [long(field.label), pattern(field.pattern)]),
      ];
    case "or":
      return ["|", pattern(node.left), pattern(node.right)];
    case "and":
      return ["&", pattern(node.left), pattern(node.right)];
    case "as":
      return ["as", pattern(node.pattern), node.name.text];
    case "annotate":
      return [":", pattern(node.pattern), type(node.type)];
    case "type-test":
      return [":?", type(node.type)];
    case "paren":
      return ["paren", pattern(node.inner)];
    case "error":
      return ["error"];
  }
}

function type(node: TypeExpr): Form {
  switch (node.kind) {
    case "named":
      return node.args.length === 0 ? long(node.name) : [long(node.name), ...node.args.map(type)];
    case "variable":
      return `'${node.name}`;
    case "wildcard":
      return "_";
    case "function":
      return ["->", type(node.parameter), type(node.result)];
    case "tuple":
      return ["*", ...node.items.map(type)];
    case "anonymous-record":
      return ["anonymous-record", ...node.fields.map((field) => [field.label.text, type(field.type)])];
    case "error":
      return ["error"];
  }
}
