/** The module `Script`: code that comes into being while a program runs. The host must allow it. */
import {
  display,
  ExceptionValue,
  FusabiError,
  type HostModule,
  hostModule,
  LinkError,
  error as makeError,
  ok as makeOk,
  type NativeContext,
  programFunction,
  ScriptError,
  type Value,
} from "@fusabi/vm";
import { allocateProducts, allocateString } from "./allocation.js";
import { native } from "./declaration.js";

/**
 * What compiling a text gave: a module, or what is wrong with the text.
 *
 * @example
 * ```ts
 * const outcome: ScriptCompilation = { problem: "Parse error: unexpected ')' at line 1 column 4" };
 * ```
 */
export type ScriptCompilation = { readonly bytecode: Uint8Array } | { readonly problem: string };

/**
 * Lets programs run texts. A text is linked against `imports` and runs inside the call that evaluates it: on what is left of its fuel, time and other limits,
 * and with the capabilities of the program.
 *
 * @example
 * ```ts
 * const script: ScriptEvaluation = {
 *   compile: (text) => {
 *     const { bytecode, diagnostics } = compile(text, { hostModules: imports });
 *     return bytecode ? { bytecode } : { problem: `Compile error: ${diagnostics[0]?.message}` };
 *   },
 *   imports: () => imports,
 * };
 * ```
 */
export interface ScriptEvaluation {
  compile(text: string): ScriptCompilation;
  /** What the text may call. */
  imports(): readonly HostModule[];
}

/** Longer texts are refused: neither fuel nor deadline can stop the compiler. */
const LONGEST_TEXT = 50_000;
/** Fuel for compiling a unit of text, about as long as it takes. */
const FUEL_A_UNIT = 50;

function evaluate(
  context: NativeContext,
  name: string,
  script: ScriptEvaluation | undefined,
  text: string,
): Value {
  if (script === undefined)
    throw context.fail(
      "FUS0517",
      `${name}: the host does not allow code that comes into being while the program runs`,
    );
  if (text.length > LONGEST_TEXT)
    throw context.fail("FUS0516", `${name}: the text is longer than ${LONGEST_TEXT} characters`);
  context.charge(text.length * FUEL_A_UNIT);
  const compiled = script.compile(text);
  if ("problem" in compiled) throw context.fail("FUS0517", compiled.problem);
  try {
    return context.call(programFunction(compiled.bytecode, script.imports()));
  } catch (error) {
    if (error instanceof LinkError) throw context.fail("FUS0517", `Compile error: ${error.message}`, error);
    throw error;
  }
}

/** The message of what a script could catch; everything else ends the call. */
function messageOf(error: unknown): string {
  if (error instanceof ScriptError || error instanceof ExceptionValue || error instanceof FusabiError)
    return error.message;
  throw error;
}

export function scriptModule(script: ScriptEvaluation | undefined): HostModule {
  return hostModule("Script", {
    eval: native(
      "string -> any",
      "The value of a text of the language.",
      (context: NativeContext, text: string) => evaluate(context, "Script.eval", script, text),
    ),
    evalToString: native(
      "any -> string",
      "The value of a text as it is shown, or what is wrong with the text.",
      (context: NativeContext, text: Value) => {
        let shown: string;
        try {
          shown =
            typeof text === "string"
              ? display(evaluate(context, "Script.evalToString", script, text), (units) =>
                  context.charge(units),
                )
              : "Error: Type mismatch: expected string";
        } catch (error) {
          shown = `Error: ${messageOf(error)}`;
        }
        allocateString(context, shown.length);
        return shown;
      },
    ),
    tryEval: native(
      "string -> Result<any, string>",
      "The value of a text as Ok, or what is wrong with it as Error.",
      (context: NativeContext, text: string) => {
        allocateProducts(context, 1, 1);
        try {
          return makeOk(evaluate(context, "Script.tryEval", script, text));
        } catch (error) {
          return makeError(messageOf(error));
        }
      },
    ),
  });
}
