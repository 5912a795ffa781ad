import { BytecodeError } from "../errors.js";
import { ByteReader } from "./byte-reader.js";
import {
  BUILTIN_DEFINITIONS,
  CONSTANT_TAG,
  codingOf,
  DEFINITION_TAG,
  FORMAT_VERSION,
  MAGIC,
  MAX_POSITION,
  SECTION,
  type SectionName,
} from "./format.js";
import type {
  CapabilityReach,
  CaseData,
  CaseFieldData,
  ConstantData,
  DefinitionData,
  ExportData,
  FieldData,
  FunctionData,
  FurtherNeeds,
  HandlerData,
  ImportData,
  ImportSite,
  Instruction,
  ModuleData,
  ReachNode,
  SourcePosition,
} from "./module.js";
import { opcodes } from "./opcodes.js";
import { SectionReader } from "./section-reader.js";
import { readStringPool } from "./string-pool.js";
import { readType } from "./type-codec.js";

/**
 * The version byte behind the magic of a `.fzb` file, or undefined when the bytes are no `.fzb` at all.
 *
 * @example
 * ```ts
 * bytecodeVersion(encodeModule(data)); // 2
 * bytecodeVersion(new TextEncoder().encode("let x = 1")); // undefined
 * ```
 */
export function bytecodeVersion(bytes: Uint8Array): number | undefined {
  return MAGIC.every((byte, index) => bytes[index] === byte) ? bytes[MAGIC.length] : undefined;
}

/**
 * Reads the bytes of a `.fzb` file, version 2, without trusting them: every length is checked against the bytes that are there, nesting is
 * bounded, and memory grows with the size of the file only. The result has the form of a module; that it can be run safely is for
 * `verifyModule` to say. Anything wrong throws a `BytecodeError` with the offset of the byte.
 *
 * @example
 * ```ts
 * const data = readModule(bytes);
 * console.log(disassemble(data));
 * ```
 */
export function readModule(bytes: Uint8Array): ModuleData {
  // Bytes shared with another thread could change between check and use.
  const stable = bytes.buffer instanceof ArrayBuffer ? bytes : new Uint8Array(bytes);
  checkVersion(stable);
  const sections = findSections(stable);
  const strings = inSection(sections, "strings", [], readStringPool);
  const section = <T>(name: SectionName, read: (reader: SectionReader) => T): T =>
    inSection(sections, name, strings, read);
  const meta = section("meta", readMeta);
  const constants = section("constants", (reader) => reader.list("constants", readConstant));
  const definitions = section("definitions", (reader) => reader.list("definitions", readDefinition));
  const types = section("types", (reader) => reader.list("types", readType));
  const imports = section("imports", (reader) => reader.list("imports", readImport));
  const functions = section("functions", (reader) => reader.list("functions", readFunction));
  const exports = section("exports", (reader) => reader.list("exports", readExport));
  const files = sections.has("debug")
    ? section("debug", (reader) => readDebug(reader, functions, imports))
    : [];
  const reach = sections.has("reach") ? { reach: section("reach", readReach) } : undefined;
  return { ...meta, imports, constants, definitions, types, functions, exports, files, ...reach };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function checkVersion(bytes: Uint8Array): void {
  const version = bytecodeVersion(bytes);
  if (version === FORMAT_VERSION) {
    return;
  }
  if (version === 1) {
    throw new BytecodeError(
      "This .fzb has version 1, the format of the original implementation: decode it with decodeV1 of @fusabi/vm/v1",
      MAGIC.length,
    );
  }
  if (version === undefined) {
    throw new BytecodeError(
      "These bytes are no .fzb file: they do not begin with the magic bytes and a version",
      0,
    );
  }
  throw new BytecodeError(
    `This .fzb has version ${version}; this virtual machine reads version ${FORMAT_VERSION}`,
    MAGIC.length,
  );
}

const sectionNames: ReadonlyMap<number, SectionName> = new Map(
  (Object.keys(SECTION) as SectionName[]).map((name) => [SECTION[name], name]),
);

/** The bytes of a section, and where they begin in the file. */
interface Section {
  readonly payload: Uint8Array;
  readonly start: number;
}

function findSections(bytes: Uint8Array): ReadonlyMap<SectionName, Section> {
  const headerSize = MAGIC.length + 1;
  const reader = new ByteReader(bytes.subarray(headerSize), headerSize);
  const sections = new Map<SectionName, Section>();
  let last = 0;
  while (reader.remaining > 0) {
    const at = reader.offset;
    const id = reader.unsigned();
    const length = reader.unsigned();
    const start = reader.offset;
    const payload = reader.raw(length);
    const name = sectionNames.get(id);
    if (name === undefined) {
      continue;
    }
    if (sections.has(name)) {
      reader.fail(`The ${name} section stands twice`, at);
    }
    if (id < last) {
      reader.fail(`The ${name} section stands behind a later one`, at);
    }
    last = id;
    sections.set(name, { payload, start });
  }
  return sections;
}

function inSection<T>(
  sections: ReadonlyMap<SectionName, Section>,
  name: SectionName,
  strings: readonly string[],
  read: (reader: SectionReader) => T,
): T {
  const section = sections.get(name);
  if (section === undefined) {
    throw new BytecodeError(`The ${name} section is missing`);
  }
  const reader = new SectionReader(section.payload, section.start, strings);
  const result = read(reader);
  reader.finish(name);
  return result;
}

function readMeta(reader: SectionReader): Pick<ModuleData, "name" | "entry" | "globals"> {
  return { name: reader.text(), entry: reader.unsigned(), globals: reader.unsigned() };
}

function readImport(reader: SectionReader): Mutable<ImportData> {
  return {
    module: reader.text(),
    name: reader.text(),
    arity: reader.unsigned(),
    capability: reader.optionalText(),
    position: undefined,
  };
}

function readConstant(reader: SectionReader): ConstantData {
  const start = reader.offset;
  const tag = reader.byte();
  switch (tag) {
    case CONSTANT_TAG.int:
      return { kind: "int", value: reader.signed64() };
    case CONSTANT_TAG.float:
      return { kind: "float", value: reader.float64() };
    case CONSTANT_TAG.string:
      return { kind: "string", value: reader.text() };
    default:
      return reader.fail(`Unknown kind of constant ${tag}`, start);
  }
}

function readDefinition(reader: SectionReader): DefinitionData {
  const start = reader.offset;
  const tag = reader.byte();
  switch (tag) {
    case DEFINITION_TAG.record: {
      const name = reader.text();
      const params = reader.unsigned();
      const flags = reader.below(4, "combination of record flags");
      const fields = reader.list("fields", readField);
      return {
        kind: "record",
        name,
        params,
        anonymous: (flags & 1) === 1,
        identity: (flags & 2) === 2,
        fields,
      };
    }
    case DEFINITION_TAG.union: {
      const name = reader.text();
      const params = reader.unsigned();
      const cases = reader.list(
        "cases",
        (): CaseData => ({ name: reader.text(), fields: readCaseFields(reader) }),
      );
      return { kind: "union", name, params, cases };
    }
    case DEFINITION_TAG.exception:
      return { kind: "exception", name: reader.text(), fields: readCaseFields(reader) };
    case DEFINITION_TAG.builtin: {
      const name = BUILTIN_DEFINITIONS[reader.byte()];
      if (name === undefined) {
        reader.fail("Unknown built-in definition", start);
      }
      return { kind: "builtin", name };
    }
    default:
      return reader.fail(`Unknown kind of definition ${tag}`, start);
  }
}

function readField(reader: SectionReader): FieldData {
  const label = reader.text();
  const mutable = reader.truth();
  return { label, mutable, type: readType(reader) };
}

function readCaseFields(reader: SectionReader): CaseFieldData[] {
  return reader.list("fields", () => ({
    label: reader.optionalText(),
    type: readType(reader),
  }));
}

function readFunction(reader: SectionReader): Mutable<FunctionData> {
  return {
    name: reader.text(),
    arity: reader.unsigned(),
    registers: reader.unsigned(),
    floatRegisters: reader.unsigned(),
    captures: reader.unsigned(),
    code: reader.list("instructions", readInstruction),
    handlers: reader.list(
      "handlers",
      (): HandlerData => ({
        kind: reader.below(2, "kind of handler") === 1 ? "finally" : "with",
        start: reader.unsigned(),
        end: reader.unsigned(),
        target: reader.unsigned(),
        register: reader.unsigned(),
      }),
    ),
    positions: undefined,
    file: 0,
  };
}

/** Operand codings by opcode. */
const codings = opcodes.map((info) => info.operands.map(codingOf));

function readInstruction(reader: SectionReader): Instruction {
  const start = reader.offset;
  const opcode = reader.unsigned();
  const operands = codings[opcode];
  if (operands === undefined) {
    reader.fail(`Unknown opcode ${opcode}`, start);
  }
  const instruction = [opcode];
  for (const coding of operands) {
    if (coding === "unsigned") {
      instruction.push(reader.unsigned());
    } else if (coding === "signed") {
      instruction.push(reader.signed());
    } else {
      const length = reader.count("operands");
      instruction.push(length);
      for (let left = length; left > 0; left -= 1) {
        instruction.push(reader.unsigned());
      }
    }
  }
  // As in lists; most of a module are instructions.
  return instruction.slice();
}

function readExport(reader: SectionReader): ExportData {
  return {
    name: reader.text(),
    global: reader.unsigned(),
    arity: reader.unsigned(),
    parameterNames: reader.list("parameter names", () => reader.text()),
    type: readType(reader),
    doc: reader.optionalText(),
    capabilities: reader.list("capabilities", () => reader.text()),
  };
}

/** Files by name; fills in the positions of functions and imports. */
function readDebug(
  reader: SectionReader,
  functions: readonly Mutable<FunctionData>[],
  imports: readonly Mutable<ImportData>[],
): readonly string[] {
  const files = reader.list("files", () => reader.text());
  for (const item of functions) {
    item.file = reader.unsigned();
    if (reader.truth()) {
      item.positions = readPositions(reader, item.code.length);
    }
  }
  for (const item of imports) {
    const file = reader.unsigned();
    if (file > 0) {
      item.position = { file: file - 1, line: reader.unsigned(), column: reader.unsigned() };
    }
  }
  return files;
}

function readReach(reader: SectionReader): CapabilityReach {
  return {
    nodes: reader.list(
      "nodes",
      (): ReachNode => ({
        name: reader.text(),
        sites: reader.list(
          "sites",
          (): ImportSite => ({
            import: reader.unsigned(),
            file: reader.unsigned(),
            line: reader.unsigned(),
            column: reader.unsigned(),
          }),
        ),
        mentions: reader.list("mentions", () => reader.unsigned()),
      }),
    ),
    topLevel: reader.optionalNumber(),
    exports: reader.list("exports", () => reader.optionalNumber()),
    further: reader.list(
      "imports",
      (): FurtherNeeds => ({
        import: reader.unsigned(),
        capabilities: reader.list("capabilities", () => reader.text()),
      }),
    ),
  };
}

/** Runs until every instruction has its position; instructions of a run share one object. */
function readPositions(reader: SectionReader, instructions: number): readonly SourcePosition[] {
  const positions = new Array<SourcePosition>(instructions);
  let line = 0;
  let column = 0;
  let at = 0;
  while (at < instructions) {
    const start = reader.offset;
    const run = reader.unsigned();
    if (run === 0 || run > instructions - at) {
      reader.fail(`A run of ${run} positions does not fit: ${instructions - at} are missing`, start);
    }
    line += reader.signed();
    column += reader.signed();
    if (line < 0 || line > MAX_POSITION || column < 0 || column > MAX_POSITION) {
      reader.fail(`There is no position ${line}:${column}`, start);
    }
    const position = { line, column };
    for (const end = at + run; at < end; at += 1) {
      positions[at] = position;
    }
  }
  return positions;
}
