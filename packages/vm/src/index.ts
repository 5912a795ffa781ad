export { BytecodeError } from "./errors.js";

// The module format
export { bytecodeVersion, readModule } from "./bytecode/decode.js";
export { disassemble } from "./bytecode/disassemble.js";
export { type EncodeOptions, encodeModule } from "./bytecode/encode.js";
export type {
  CaseData,
  CaseFieldData,
  ConstantData,
  DefinitionData,
  ExportData,
  FieldData,
  FunctionData,
  HandlerData,
  ImportData,
  Instruction,
  ModuleData,
  SourcePosition,
} from "./bytecode/module.js";
export {
  dynamicOperators,
  type OpcodeInfo,
  type OpcodeName,
  type OperandKind,
  opcodes,
} from "./bytecode/opcodes.js";
export { verifyModule } from "./bytecode/verify.js";
export type { ContainerKind, PrimitiveKind, TypeBound, TypeDescriptor } from "./types/type-descriptor.js";
