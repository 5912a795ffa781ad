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
import { readStringPool } from "./string-pool.js";
import { readText, readType } from "./type-codec.js";

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
  const sections = readSections(stable);
  const strings = inSection(sections, "strings", readStringPool);
  const text = (reader: ByteReader): string => readText(reader, strings);
  const meta = inSection(sections, "meta", (reader) => ({
    name: text(reader),
    entry: reader.unsigned(),
    globals: reader.unsigned(),
  }));
  const constants = inSection(sections, "constants", (reader) =>
    readList(reader, "constants", () => readConstant(reader, strings)),
  );
  const definitions = inSection(sections, "definitions", (reader) =>
    readList(reader, "definitions", () => readDefinition(reader, strings)),
  );
  const types = inSection(sections, "types", (reader) =>
    readList(reader, "types", () => readType(reader, strings)),
  );
  const imports = inSection(sections, "imports", (reader) =>
    readList(reader, "imports", () => readImport(reader, strings)),
  );
  const functions = inSection(sections, "functions", (reader) =>
    readList(reader, "functions", () => readFunction(reader, strings)),
  );
  const exports = inSection(sections, "exports", (reader) =>
    readList(reader, "exports", () => readExport(reader, strings)),
  );
  const files = sections.has("debug")
    ? inSection(sections, "debug", (reader) => readDebug(reader, strings, functions, imports))
    : [];
  const reach = sections.has("reach")
    ? { reach: inSection(sections, "reach", (reader) => readReach(reader, strings)) }
    : undefined;
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

function readSections(bytes: Uint8Array): ReadonlyMap<SectionName, ByteReader> {
  const headerSize = MAGIC.length + 1;
  const reader = new ByteReader(bytes.subarray(headerSize), headerSize);
  const sections = new Map<SectionName, ByteReader>();
  let last = 0;
  while (reader.remaining > 0) {
    const start = reader.offset;
    const id = reader.unsigned();
    const length = reader.unsigned();
    const payloadStart = reader.offset;
    const payload = reader.raw(length);
    const name = sectionNames.get(id);
    if (name === undefined) {
      continue;
    }
    if (sections.has(name)) {
      reader.fail(`The ${name} section stands twice`, start);
    }
    if (id < last) {
      reader.fail(`The ${name} section stands behind a later one`, start);
    }
    last = id;
    sections.set(name, new ByteReader(payload, payloadStart));
  }
  return sections;
}

function inSection<T>(
  sections: ReadonlyMap<SectionName, ByteReader>,
  name: SectionName,
  read: (reader: ByteReader) => T,
): T {
  const reader = sections.get(name);
  if (reader === undefined) {
    throw new BytecodeError(`The ${name} section is missing`);
  }
  const result = read(reader);
  reader.finish(name);
  return result;
}

function readList<T>(reader: ByteReader, what: string, read: () => T): T[] {
  const items: T[] = [];
  for (let left = reader.count(what); left > 0; left -= 1) {
    items.push(read());
  }
  // As long as it is: what has grown keeps room for more.
  return items.slice();
}

function readOptionalText(reader: ByteReader, strings: readonly string[]): string | undefined {
  const start = reader.offset;
  const number = reader.unsigned();
  if (number === 0) {
    return undefined;
  }
  const text = strings[number - 1];
  if (text === undefined) {
    reader.fail(`String ${number - 1} is not in the pool of ${strings.length}`, start);
  }
  return text;
}

function readImport(reader: ByteReader, strings: readonly string[]): Mutable<ImportData> {
  return {
    module: readText(reader, strings),
    name: readText(reader, strings),
    arity: reader.unsigned(),
    capability: readOptionalText(reader, strings),
    position: undefined,
  };
}

function readConstant(reader: ByteReader, strings: readonly string[]): ConstantData {
  const start = reader.offset;
  const tag = reader.byte();
  switch (tag) {
    case CONSTANT_TAG.int:
      return { kind: "int", value: reader.signed64() };
    case CONSTANT_TAG.float:
      return { kind: "float", value: reader.float64() };
    case CONSTANT_TAG.string:
      return { kind: "string", value: readText(reader, strings) };
    default:
      return reader.fail(`Unknown kind of constant ${tag}`, start);
  }
}

function readDefinition(reader: ByteReader, strings: readonly string[]): DefinitionData {
  const start = reader.offset;
  const tag = reader.byte();
  switch (tag) {
    case DEFINITION_TAG.record: {
      const name = readText(reader, strings);
      const params = reader.unsigned();
      const flags = reader.below(4, "combination of record flags");
      const fields = readList(reader, "fields", () => readField(reader, strings));
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
      const name = readText(reader, strings);
      const params = reader.unsigned();
      const cases = readList(
        reader,
        "cases",
        (): CaseData => ({ name: readText(reader, strings), fields: readCaseFields(reader, strings) }),
      );
      return { kind: "union", name, params, cases };
    }
    case DEFINITION_TAG.exception:
      return { kind: "exception", name: readText(reader, strings), fields: readCaseFields(reader, strings) };
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

function readField(reader: ByteReader, strings: readonly string[]): FieldData {
  const label = readText(reader, strings);
  const mutable = reader.below(2, "truth value") === 1;
  return { label, mutable, type: readType(reader, strings) };
}

function readCaseFields(reader: ByteReader, strings: readonly string[]): CaseFieldData[] {
  return readList(reader, "fields", () => ({
    label: readOptionalText(reader, strings),
    type: readType(reader, strings),
  }));
}

function readFunction(reader: ByteReader, strings: readonly string[]): Mutable<FunctionData> {
  return {
    name: readText(reader, strings),
    arity: reader.unsigned(),
    registers: reader.unsigned(),
    floatRegisters: reader.unsigned(),
    captures: reader.unsigned(),
    code: readList(reader, "instructions", () => readInstruction(reader)),
    handlers: readList(
      reader,
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

function readInstruction(reader: ByteReader): Instruction {
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

function readExport(reader: ByteReader, strings: readonly string[]): ExportData {
  return {
    name: readText(reader, strings),
    global: reader.unsigned(),
    arity: reader.unsigned(),
    parameterNames: readList(reader, "parameter names", () => readText(reader, strings)),
    type: readType(reader, strings),
    doc: readOptionalText(reader, strings),
    capabilities: readList(reader, "capabilities", () => readText(reader, strings)),
  };
}

/** Files by name; fills in the positions of functions and imports. */
function readDebug(
  reader: ByteReader,
  strings: readonly string[],
  functions: readonly Mutable<FunctionData>[],
  imports: readonly Mutable<ImportData>[],
): readonly string[] {
  const files = readList(reader, "files", () => readText(reader, strings));
  for (const item of functions) {
    item.file = reader.unsigned();
    if (reader.below(2, "truth value") === 1) {
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

function readReach(reader: ByteReader, strings: readonly string[]): CapabilityReach {
  const optional = (): number | undefined => {
    const number = reader.unsigned();
    return number === 0 ? undefined : number - 1;
  };
  return {
    nodes: readList(
      reader,
      "nodes",
      (): ReachNode => ({
        name: readText(reader, strings),
        sites: readList(
          reader,
          "sites",
          (): ImportSite => ({
            import: reader.unsigned(),
            file: reader.unsigned(),
            line: reader.unsigned(),
            column: reader.unsigned(),
          }),
        ),
        mentions: readList(reader, "mentions", () => reader.unsigned()),
      }),
    ),
    topLevel: optional(),
    exports: readList(reader, "exports", optional),
    further: readList(
      reader,
      "imports",
      (): FurtherNeeds => ({
        import: reader.unsigned(),
        capabilities: readList(reader, "capabilities", () => readText(reader, strings)),
      }),
    ),
  };
}

/** Runs until every instruction has its position; instructions of a run share one object. */
function readPositions(reader: ByteReader, instructions: number): readonly SourcePosition[] {
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
