import { BytecodeError } from "../errors.js";
import { ByteWriter } from "./byte-writer.js";
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
  CaseFieldData,
  ConstantData,
  DefinitionData,
  ExportData,
  FunctionData,
  ImportData,
  Instruction,
  ModuleData,
  SourcePosition,
} from "./module.js";
import { type OpcodeInfo, opcodes } from "./opcodes.js";
import { StringPool } from "./string-pool.js";
import { writeType } from "./type-codec.js";

/** What `encodeModule` may leave out. */
export interface EncodeOptions {
  /** Leave out the debug section (file names and source positions) and the reach section. Traces then name functions only. Default false. */
  readonly strip?: boolean;
}

/**
 * Writes a module as the bytes of a `.fzb` file, version 2. Equal data gives equal bytes. Numbers that the format cannot hold (a register
 * beyond 32 bits, an int beyond 64, a type nested deeper than 64) throw a `BytecodeError`; whether the module can be run is for
 * `decodeModule` to say.
 *
 * @example
 * ```ts
 * const bytes = encodeModule(data);
 * const small = encodeModule(data, { strip: true });
 * ```
 */
export function encodeModule(data: ModuleData, options: EncodeOptions = {}): Uint8Array {
  const pool = new StringPool();
  const body = new ByteWriter();
  const meta = new ByteWriter();
  writeMeta(meta, pool, data);
  writeSection(body, "imports", (writer) =>
    writeList(writer, data.imports, (item) => writeImport(writer, pool, item)),
  );
  writeSection(body, "constants", (writer) =>
    writeList(writer, data.constants, (item) => writeConstant(writer, pool, item)),
  );
  writeSection(body, "definitions", (writer) =>
    writeList(writer, data.definitions, (item) => writeDefinition(writer, pool, item)),
  );
  writeSection(body, "types", (writer) =>
    writeList(writer, data.types, (item) => writeType(writer, pool, item)),
  );
  writeSection(body, "functions", (writer) =>
    writeList(writer, data.functions, (item) => writeFunction(writer, pool, item)),
  );
  writeSection(body, "exports", (writer) =>
    writeList(writer, data.exports, (item) => writeExport(writer, pool, item)),
  );
  if (options.strip !== true && hasDebugData(data)) {
    writeSection(body, "debug", (writer) => writeDebug(writer, pool, data));
  }
  const { reach } = data;
  if (options.strip !== true && reach !== undefined) {
    writeSection(body, "reach", (writer) => writeReach(writer, pool, reach));
  }

  // The pool is complete only now, but stands before the sections that refer to it.
  const file = new ByteWriter();
  for (const byte of MAGIC) {
    file.byte(byte);
  }
  file.byte(FORMAT_VERSION);
  writeSection(file, "meta", (writer) => writer.raw(meta.finished()));
  writeSection(file, "strings", (writer) => pool.write(writer));
  file.raw(body.finished());
  return file.finished().slice();
}

function writeSection(target: ByteWriter, name: SectionName, write: (writer: ByteWriter) => void): void {
  const payload = new ByteWriter();
  write(payload);
  target.unsigned(SECTION[name]);
  target.unsigned(payload.length);
  target.raw(payload.finished());
}

function writeList<T>(writer: ByteWriter, items: readonly T[], write: (item: T) => void): void {
  writer.unsigned(items.length);
  for (const item of items) {
    write(item);
  }
}

function writeText(writer: ByteWriter, pool: StringPool, text: string): void {
  writer.unsigned(pool.number(text));
}

/** 0 for undefined, else the number of the string plus one. */
function writeOptionalText(writer: ByteWriter, pool: StringPool, text: string | undefined): void {
  writer.unsigned(text === undefined ? 0 : pool.number(text) + 1);
}

function writeMeta(writer: ByteWriter, pool: StringPool, data: ModuleData): void {
  writeText(writer, pool, data.name);
  writer.unsigned(data.entry);
  writer.unsigned(data.globals);
}

function writeImport(writer: ByteWriter, pool: StringPool, item: ImportData): void {
  writeText(writer, pool, item.module);
  writeText(writer, pool, item.name);
  writer.unsigned(item.arity);
  writeOptionalText(writer, pool, item.capability);
}

function writeConstant(writer: ByteWriter, pool: StringPool, constant: ConstantData): void {
  writer.byte(CONSTANT_TAG[constant.kind]);
  switch (constant.kind) {
    case "int":
      writer.signed64(constant.value);
      return;
    case "float":
      writer.float64(constant.value);
      return;
    case "string":
      writeText(writer, pool, constant.value);
      return;
  }
}

function writeDefinition(writer: ByteWriter, pool: StringPool, definition: DefinitionData): void {
  writer.byte(DEFINITION_TAG[definition.kind]);
  switch (definition.kind) {
    case "record":
      writeText(writer, pool, definition.name);
      writer.unsigned(definition.params);
      writer.byte((definition.anonymous ? 1 : 0) | (definition.identity ? 2 : 0));
      writeList(writer, definition.fields, (field) => {
        writeText(writer, pool, field.label);
        writer.byte(field.mutable ? 1 : 0);
        writeType(writer, pool, field.type);
      });
      return;
    case "union":
      writeText(writer, pool, definition.name);
      writer.unsigned(definition.params);
      writeList(writer, definition.cases, (item) => {
        writeText(writer, pool, item.name);
        writeCaseFields(writer, pool, item.fields);
      });
      return;
    case "exception":
      writeText(writer, pool, definition.name);
      writeCaseFields(writer, pool, definition.fields);
      return;
    case "builtin":
      writer.byte(BUILTIN_DEFINITIONS.indexOf(definition.name));
      return;
  }
}

function writeCaseFields(writer: ByteWriter, pool: StringPool, fields: readonly CaseFieldData[]): void {
  writeList(writer, fields, (field) => {
    writeOptionalText(writer, pool, field.label);
    writeType(writer, pool, field.type);
  });
}

function writeFunction(writer: ByteWriter, pool: StringPool, data: FunctionData): void {
  writeText(writer, pool, data.name);
  writer.unsigned(data.arity);
  writer.unsigned(data.registers);
  writer.unsigned(data.floatRegisters);
  writer.unsigned(data.captures);
  writeList(writer, data.code, (instruction) => writeInstruction(writer, instruction));
  writeList(writer, data.handlers, (handler) => {
    writer.unsigned(handler.kind === "finally" ? 1 : 0);
    writer.unsigned(handler.start);
    writer.unsigned(handler.end);
    writer.unsigned(handler.target);
    writer.unsigned(handler.register);
  });
}

function writeInstruction(writer: ByteWriter, instruction: Instruction): void {
  const [opcode] = instruction;
  const info = opcode === undefined ? undefined : opcodes[opcode];
  if (opcode === undefined || info === undefined) {
    throw new BytecodeError(`Cannot encode an instruction: there is no opcode ${opcode}`);
  }
  writer.unsigned(opcode);
  let at = 1;
  for (const kind of info.operands) {
    const operand = operandAt(instruction, at, info);
    at += 1;
    const coding = codingOf(kind);
    if (coding === "signed") writer.signed(operand);
    else writer.unsigned(operand);
    if (coding === "list") {
      for (let left = operand; left > 0; left -= 1) {
        writer.unsigned(operandAt(instruction, at, info));
        at += 1;
      }
    }
  }
  if (at !== instruction.length) {
    throw new BytecodeError(
      `Cannot encode ${info.name}: it has ${instruction.length - at} operands too many`,
    );
  }
}

function operandAt(instruction: Instruction, at: number, info: OpcodeInfo): number {
  const operand = instruction[at];
  if (operand === undefined) {
    throw new BytecodeError(`Cannot encode ${info.name}: operand ${at} is missing`);
  }
  return operand;
}

function writeExport(writer: ByteWriter, pool: StringPool, item: ExportData): void {
  writeText(writer, pool, item.name);
  writer.unsigned(item.global);
  writer.unsigned(item.arity);
  writeList(writer, item.parameterNames, (name) => writeText(writer, pool, name));
  writeType(writer, pool, item.type);
  writeOptionalText(writer, pool, item.doc);
  writeList(writer, item.capabilities, (name) => writeText(writer, pool, name));
}

function hasDebugData(data: ModuleData): boolean {
  return (
    data.files.length > 0 ||
    data.functions.some((item) => item.positions !== undefined || item.file !== 0) ||
    data.imports.some((item) => item.position !== undefined)
  );
}

function writeDebug(writer: ByteWriter, pool: StringPool, data: ModuleData): void {
  writeList(writer, data.files, (name) => writeText(writer, pool, name));
  for (const item of data.functions) {
    writer.unsigned(item.file);
    writer.byte(item.positions === undefined ? 0 : 1);
    if (item.positions !== undefined) {
      writePositions(writer, item, item.positions);
    }
  }
  for (const { position } of data.imports) {
    writer.unsigned(position === undefined ? 0 : position.file + 1);
    if (position !== undefined) {
      writer.unsigned(position.line);
      writer.unsigned(position.column);
    }
  }
}

/** Runs of instructions at one position: length of the run, then line and column as differences from the run before. */
function writePositions(writer: ByteWriter, data: FunctionData, positions: readonly SourcePosition[]): void {
  if (positions.length !== data.code.length) {
    throw new BytecodeError(
      `Cannot encode the function ${data.name}: ${data.code.length} instructions have ${positions.length} positions`,
    );
  }
  let line = 0;
  let column = 0;
  let index = 0;
  while (index < positions.length) {
    const position = positions[index] as SourcePosition;
    let end = index + 1;
    while (positions[end]?.line === position.line && positions[end]?.column === position.column) {
      end += 1;
    }
    if (!isCoordinate(position.line) || !isCoordinate(position.column)) {
      throw new BytecodeError(`Cannot encode the position ${position.line}:${position.column}`);
    }
    writer.unsigned(end - index);
    writer.signed(position.line - line);
    writer.signed(position.column - column);
    ({ line, column } = position);
    index = end;
  }
}

function writeReach(writer: ByteWriter, pool: StringPool, reach: CapabilityReach): void {
  writeList(writer, reach.nodes, ({ name, sites, mentions }) => {
    writeText(writer, pool, name);
    writeList(writer, sites, (site) => {
      writer.unsigned(site.import);
      writer.unsigned(site.file);
      writer.unsigned(site.line);
      writer.unsigned(site.column);
    });
    writeList(writer, mentions, (node) => writer.unsigned(node));
  });
  writeOptionalNode(writer, reach.topLevel);
  writeList(writer, reach.exports, (node) => writeOptionalNode(writer, node));
  writeList(writer, reach.further, (item) => {
    writer.unsigned(item.import);
    writeList(writer, item.capabilities, (name) => writeText(writer, pool, name));
  });
}

/** 0 for undefined, else the number of the node plus one. */
function writeOptionalNode(writer: ByteWriter, node: number | undefined): void {
  writer.unsigned(node === undefined ? 0 : node + 1);
}

function isCoordinate(value: number): boolean {
  return value >>> 0 === value && value <= MAX_POSITION;
}
