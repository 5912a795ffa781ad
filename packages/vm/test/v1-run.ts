import { BytecodeError, FusabiError } from "../src/index.js";
import { decodeV1, type RunOptionsV1, runV1 } from "../src/v1/index.js";

/** What `fus run` shows of a file: its output with the final value, and its error. */
export function shownBy(bytes: Uint8Array, options: RunOptionsV1 = {}): { output: string; error: string } {
  let output = "";
  try {
    const { text } = runV1(decodeV1(bytes), {
      ...options,
      onOutput: (piece) => {
        output += piece;
      },
    });
    return { output: `${output}${text}\n`, error: "" };
  } catch (error) {
    if (error instanceof BytecodeError)
      return { output, error: `Error: Serialization Error: ${error.message}\n` };
    if (error instanceof FusabiError) return { output, error: `Error: Runtime Error: ${error.message}\n` };
    throw error;
  }
}
