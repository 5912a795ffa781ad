import type { Engine } from "@fusabi/vm";
import { UsageError } from "./errors.js";

/** How sources are read and run. */
export const languageFlags = {
  lenient: {
    type: "boolean",
    group: "Language",
    description: "type errors of old dynamic scripts are warnings",
  },
} as const;

/** Which tier runs the program. */
export const engineFlags = {
  engine: {
    type: "string",
    group: "Language",
    valueHint: "TIER",
    description: "interpreter (the default) or jit",
  },
} as const;

/**
 * The second tier, if the program is to run in one: the interpreter needs none.
 *
 * @throws UsageError for a tier that does not exist, or does not work here
 */
export async function engineFrom(name: string | undefined): Promise<Engine | undefined> {
  if (name === undefined || name === "interpreter") return undefined;
  if (name !== "jit")
    throw new UsageError(`unknown engine ${JSON.stringify(name)}`, "--engine interpreter, or --engine jit");
  const { jit } = await import("@fusabi/jit");
  const engine = jit();
  if (engine.unavailable !== undefined)
    throw new UsageError(`the jit engine does not work here: ${engine.unavailable}`, "--engine interpreter");
  return engine;
}

/** The compiler's mode that the flags ask for. */
export function modeFrom(flags: { readonly lenient?: boolean | undefined }): "strict" | "lenient" {
  return flags.lenient === true ? "lenient" : "strict";
}
