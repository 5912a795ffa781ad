import { type OpcodeName, opcodes } from "@fusabi/vm";
import type { Core } from "../core/core.js";
import type { Span } from "../source/source.js";
import type { HostExpr } from "../typed/tree.js";
import { instructionOf } from "./host-members.js";
import type { Lowerer } from "./lowerer.js";
import { floatOfInt, primitive } from "./operators.js";

/** Members of built-in types that are one instruction. The names cannot be written in a program, so that no host module means something else by them. */
const INSTRUCTIONS: ReadonlyMap<string, OpcodeName> = new Map<string, OpcodeName>([
  ["<array>.Length", "array.length"],
  ["<string>.Length", "string.length"],
]);

/** The instruction that a member of a built-in type is. */
export function instructionFor(module: string, member: string): OpcodeName | undefined {
  return INSTRUCTIONS.get(`${module}.${member}`);
}

/** Number of values that an instruction takes; -1 for one that is more than a function of values. */
function operandsOf(op: OpcodeName): number {
  const operands = opcodes.find(({ name }) => name === op)?.operands ?? [];
  const [result, ...taken] = operands;
  if (result !== "dst" && result !== "fdst") return -1;
  return taken.every((kind) => kind === "src" || kind === "fsrc") ? taken.length : -1;
}

/** A call of a host member that needs no call; undefined: it does. */
export function inlineMember(
  lowerer: Lowerer,
  callee: HostExpr,
  args: readonly { readonly lower: () => Core }[],
  span: Span,
): Core | undefined {
  const op = instructionFor(callee.module, callee.member) ?? instructionOf(lowerer, callee);
  if (op !== undefined && operandsOf(op) === args.length)
    return primitive(
      op,
      args.map((argument) => argument.lower()),
      span,
    );
  const [argument] = args;
  if (args.length !== 1 || argument === undefined) return undefined;
  if (
    callee.module !== "" ||
    callee.member !== "float" ||
    callee.chooser === undefined ||
    !("variants" in callee.definition)
  )
    return undefined;
  // `float` of a number is a conversion of the language's own.
  const kind = lowerer.classOf(callee.chooser);
  if (kind === "int") return floatOfInt(argument.lower(), span);
  return kind === "float" ? argument.lower() : undefined;
}
