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
  engine: { type: "string", group: "Language", valueHint: "TIER", description: "interpreter (the default)" },
} as const;

/** @throws UsageError for a tier that this version does not have */
export function checkEngine(engine: string | undefined): void {
  if (engine === undefined || engine === "interpreter") return;
  if (engine === "jit") {
    throw new UsageError("this version has no jit engine", "leave --engine out, or say --engine interpreter");
  }
  throw new UsageError(`unknown engine ${JSON.stringify(engine)}`, "--engine interpreter");
}

/** The compiler's mode that the flags ask for. */
export function modeFrom(flags: { readonly lenient?: boolean | undefined }): "strict" | "lenient" {
  return flags.lenient === true ? "lenient" : "strict";
}
