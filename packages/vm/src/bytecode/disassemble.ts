import type { ConstantData, DefinitionData, FunctionData, Instruction, ModuleData } from "./module.js";
import { dynamicOperators, type OperandKind, opcodes } from "./opcodes.js";
import { printable, quoted } from "./printable.js";

/**
 * A listing of a module for people: imports, definitions, exports, and every function with its instructions, operands by name and
 * source positions at the right. Modules that would not verify are listed as well; what refers to nothing shows as `?`. Names and texts
 * are cut after 60 characters and made safe for a terminal.
 *
 * @example
 * ```ts
 * console.log(disassemble(readModule(bytes)));
 * // function 1 fib: parameters 1, registers 4, main.fsx
 * //     0  unless.lt.imm    r0, 2, @2                                      1:20
 * //     1  return           r0                                             1:31
 * ```
 */
export function disassemble(data: ModuleData): string {
  const lines = [`module ${printable(data.name)}: entry ${data.entry}, globals ${data.globals}`];
  section(lines, "imports", data.imports, (item) => {
    const path = item.module === "" ? item.name : `${item.module}.${item.name}`;
    const needs = item.capability === undefined ? "" : `, needs ${printable(item.capability)}`;
    return `${printable(path)}, ${item.arity === 0 ? "constant" : `arity ${item.arity}`}${needs}`;
  });
  section(lines, "definitions", data.definitions, definitionText);
  section(lines, "exports", data.exports, (item) => {
    const parameters = item.parameterNames.map((name) => ` ${printable(name)}`).join("");
    const needs =
      item.capabilities.length === 0 ? "" : `, needs ${item.capabilities.map(printable).join(" ")}`;
    return `${printable(item.name)}${parameters} = g${item.global}, arity ${item.arity}${needs}`;
  });
  data.functions.forEach((item, index) => {
    appendFunction(lines, data, item, index);
  });
  return `${lines.join("\n")}\n`;
}

function section<T>(
  lines: string[],
  title: string,
  items: readonly T[],
  describe: (item: T) => string,
): void {
  if (items.length > 0) {
    lines.push("", title);
  }
  items.forEach((item, index) => {
    lines.push(`${String(index).padStart(5)}  ${describe(item)}`);
  });
}

function definitionText(definition: DefinitionData): string {
  switch (definition.kind) {
    case "record": {
      const fields = definition.fields.map(
        (field) => `${field.mutable ? "mutable " : ""}${printable(field.label)}`,
      );
      const kind = definition.anonymous ? "anonymous record" : "record";
      return `${kind} ${printable(definition.name)} { ${fields.join("; ")} }`;
    }
    case "union": {
      const cases = definition.cases.map((item) =>
        item.fields.length === 0 ? printable(item.name) : `${printable(item.name)}/${item.fields.length}`,
      );
      return `union ${printable(definition.name)} = ${cases.join(" | ")}`;
    }
    case "exception":
      return `exception ${printable(definition.name)}/${definition.fields.length}`;
    case "builtin":
      return `built-in ${definition.name}`;
  }
}

function appendFunction(lines: string[], data: ModuleData, item: FunctionData, index: number): void {
  const captures = item.captures === 0 ? "" : `, captures ${item.captures}`;
  const floats = item.floatRegisters === 0 ? "" : `, float registers ${item.floatRegisters}`;
  const file = data.files[item.file];
  const where = file === undefined ? "" : `, ${printable(file)}`;
  lines.push(
    "",
    `function ${index} ${printable(item.name)}: parameters ${item.arity}, registers ${item.registers}${floats}${captures}${where}`,
  );
  item.code.forEach((instruction, at) => {
    const name = opcodes[instruction[0] ?? -1]?.name ?? `unknown ${instruction[0]}`;
    const text = `${String(at).padStart(5)}  ${name.padEnd(16)} ${operandTexts(data, instruction).join(", ")}`;
    const position = item.positions?.[at];
    lines.push(
      position === undefined ? text.trimEnd() : `${text.padEnd(72)} ${position.line}:${position.column}`,
    );
  });
  for (const { kind, start, end, target, register } of item.handlers) {
    lines.push(`       ${kind.padEnd(16)} @${start} to @${end}, r${register}, @${target}`);
  }
}

function operandTexts(data: ModuleData, instruction: Instruction): string[] {
  const texts: string[] = [];
  let at = 1;
  let definition: DefinitionData | undefined;
  for (const kind of opcodes[instruction[0] ?? -1]?.operands ?? []) {
    const operand = instruction[at];
    at += 1;
    if (operand === undefined) {
      return [...texts, "?"];
    }
    if (kind === "srcs" || kind === "labels") {
      const items = instruction.slice(at, at + operand);
      at += items.length;
      texts.push(`[${items.map((item) => `${kind === "srcs" ? "r" : "@"}${item}`).join(" ")}]`);
    } else if (kind === "tag") {
      texts.push(`tag ${operand} ${caseName(definition, operand)}`);
    } else {
      definition = kind === "def" ? data.definitions[operand] : definition;
      texts.push(operandText(data, kind, operand));
    }
  }
  return texts;
}

function operandText(
  data: ModuleData,
  kind: Exclude<OperandKind, "srcs" | "labels" | "tag">,
  operand: number,
): string {
  switch (kind) {
    case "dst":
    case "src":
      return `r${operand}`;
    case "fdst":
    case "fsrc":
      return `f${operand}`;
    case "int":
      return String(operand);
    case "const":
    case "string":
    case "float":
      return constantText(data.constants[operand]);
    case "fn":
      return `fn ${operand} ${named(data.functions[operand]?.name)}`;
    case "import": {
      const item = data.imports[operand];
      return `import ${operand} ${named(item && (item.module === "" ? item.name : `${item.module}.${item.name}`))}`;
    }
    case "global":
      return `g${operand}`;
    case "capture":
      return `capture ${operand}`;
    case "def":
      return `def ${operand} ${named(data.definitions[operand]?.name)}`;
    case "slot":
      return `.${operand}`;
    case "type":
      return `type ${operand}`;
    case "label":
      return `@${operand}`;
    case "arith":
      return dynamicOperators[operand] ?? "?";
  }
}

function named(name: string | undefined): string {
  return name === undefined ? "?" : `(${printable(name)})`;
}

function caseName(definition: DefinitionData | undefined, tag: number): string {
  if (definition?.kind === "union") {
    return named(definition.cases[tag]?.name);
  }
  if (definition?.kind !== "builtin") {
    return "?";
  }
  return named({ option: ["None", "Some"], Result: ["Ok", "Error"], Failure: [] }[definition.name][tag]);
}

function constantText(constant: ConstantData | undefined): string {
  switch (constant?.kind) {
    case "int":
      return String(constant.value);
    case "float":
      return floatText(constant.value);
    case "string":
      return quoted(constant.value);
    case undefined:
      return "?";
  }
}

/** With a point or an exponent, so that a float never looks like an int. */
function floatText(value: number): string {
  if (Object.is(value, -0)) {
    return "-0.0";
  }
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? `${value}.0` : String(value);
}
