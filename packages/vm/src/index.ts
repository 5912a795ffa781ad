// The module format

export { type CapabilityUse, capabilitiesOfNodes, capabilityUses } from "./bytecode/capability-uses.js";
export { bytecodeVersion, readModule } from "./bytecode/decode.js";
export { disassemble } from "./bytecode/disassemble.js";
export { type EncodeOptions, encodeModule } from "./bytecode/encode.js";
export type {
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
} from "./bytecode/module.js";
export { opcodeSummaries } from "./bytecode/opcode-summaries.js";
export {
  dynamicOperators,
  type OpcodeInfo,
  type OpcodeName,
  type OperandKind,
  opcodes,
} from "./bytecode/opcodes.js";
export { verifyModule } from "./bytecode/verify.js";

// Errors
export {
  AbortError,
  BytecodeError,
  CallError,
  ConversionError,
  FusabiError,
  LimitError,
  LinkError,
  SignatureError,
} from "./errors.js";

// What the host provides
export type { AuditEntry, AuditOutcome, HostContext, NativeContext, TaskScope } from "./host/context.js";
export type { DynamicValues } from "./host/dynamics.js";
export {
  type BytecodeMember,
  type ConstantMember,
  type HostFunctionMember,
  type HostMember,
  type HostMode,
  type HostModule,
  hostModule,
  type NativeMember,
  type OverloadedMember,
  type Signature,
  type VariantKind,
  type VariantMember,
} from "./host/host-module.js";
export { functionOf, type ResolvedImport, resolveImports } from "./host/linking.js";
export { type Rehearsal, type RehearsalPlan, type RehearsedEffect, rehearsal } from "./host/rehearsal.js";
export { ScriptError } from "./host/script-error.js";
export { parseSignature } from "./host/signature.js";
export { signatureOf } from "./host/signature-cache.js";
export type { FunctionCode, LinkedUnit } from "./machine/code.js";
// Running modules
export { dynamicValues } from "./machine/dynamic-values.js";
export type { Engine } from "./machine/engine.js";
export type { ExportInfo } from "./machine/exported.js";
export {
  type CallControl,
  Instance,
  type InstantiateOptions,
  instantiate,
  instantiateAsync,
} from "./machine/instance.js";
export { libraryFunctions, programFunction } from "./machine/library.js";
export type { Holding } from "./machine/lifetime.js";
export type { MachineLimits } from "./machine/limits.js";
export type { Usage } from "./machine/meter.js";
export { decodeModule, type Module } from "./machine/prepare.js";

// Types as data
export { formatSignature, formatType } from "./types/format-type.js";
export type { ContainerKind, PrimitiveKind, TypeBound, TypeDescriptor } from "./types/type-descriptor.js";

// Values, for libraries of native functions
export { AnonymousShapes } from "./values/anonymous-shapes.js";
export { type AsyncBinding, AsyncValue, type StartedWork } from "./values/async-value.js";
export type { Charge } from "./values/charge.js";
export {
  addElement,
  addEntry,
  findEntry,
  greatestEntry,
  intersectSets,
  isSubset,
  leastEntry,
  removeElement,
  removeEntry,
  subtractSets,
  unionSets,
} from "./values/collection-operations.js";
export type { Conversion } from "./values/conversion.js";
export { display, displayBriefly } from "./values/display.js";
export { equals } from "./values/equality.js";
export {
  declaredException,
  exceptionBelongsTo,
  exceptionShape,
  namedException,
  positionException,
  runtimeException,
} from "./values/exception.js";
export { floatText } from "./values/float-text.js";
export {
  type FormatPart,
  type FormatProblem,
  type FormatSpecifier,
  formatBool,
  formatChar,
  formatFloat,
  formatInt,
  formatString,
  type ParsedFormat,
  parseFormat,
} from "./values/format.js";
export {
  type FormatCode,
  formatFloatByCode,
  formatIntByCode,
  parseFormatCode,
} from "./values/format-code.js";
export { hash } from "./values/hash.js";
/**
 * Arithmetic on the language's ints: 64 bits, wrapping. An int is a number exactly when it is a safe integer, else a bigint.
 *
 * @example
 * int64.add(2 ** 53 - 1, 1); // 9007199254740992n
 */
export * as int64 from "./values/int.js";
export { isFunction, kindOf } from "./values/kind.js";
export { LazyValue } from "./values/lazy-value.js";
export {
  append,
  arrayOfList,
  type CollectionMeter,
  lengthOf,
  listOfArray,
  reverse,
} from "./values/list.js";
export { ModuleType } from "./values/module-type.js";
export { fixedPoint, MAX_PRECISION } from "./values/number-format.js";
export { compare, lessOrEqual, lessThan } from "./values/order.js";
export { OrderedCollection } from "./values/ordered-collection.js";
export { OrderedMap } from "./values/ordered-map.js";
export { OrderedSet } from "./values/ordered-set.js";
export {
  error,
  fieldsOf,
  isProduct,
  NONE,
  OPTION,
  ok,
  recordShape,
  sizeOf,
  slotAt,
  some,
  tupleShape,
  unionShape,
} from "./values/product.js";
export { elementsOf, type Run, Sequence } from "./values/sequence.js";
export {
  ARRAY_BYTES,
  CONS_BYTES,
  PRODUCT_BYTES,
  SLOT_BYTES,
  STRING_BYTES,
  treeBytes,
  treePathBytes,
  UNIT_BYTES,
} from "./values/size.js";
export { structured } from "./values/structured.js";
export { toHost } from "./values/to-host.js";
export { toScript } from "./values/to-script.js";
export {
  BoxedChar,
  BoxedFloat,
  CaseFunction,
  type ExceptionShape,
  ExceptionValue,
  type FunctionValue,
  HostFunction,
  HostObject,
  List,
  NIL,
  PartialApplication,
  type Product,
  type RecordShape,
  RefCell,
  type TraceEntry,
  type TupleShape,
  type UnionShape,
  type Value,
} from "./values/value.js";
