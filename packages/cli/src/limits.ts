import { type Limits, limits } from "@fusabi/capabilities";
import { UsageError } from "./errors.js";

/** The flags that bound what a program may use. */
export const limitFlags = {
  timeout: { type: "string", group: "Limits", valueHint: "MS", description: "wall clock in milliseconds" },
  "max-instructions": {
    type: "string",
    group: "Limits",
    valueHint: "N",
    description: "instructions, and the work of library functions",
  },
  "max-stack-depth": {
    type: "string",
    group: "Limits",
    valueHint: "N",
    description: "nested calls that are not tail calls",
  },
  "max-allocated-bytes": {
    type: "string",
    group: "Limits",
    valueHint: "N",
    description: "bytes allocated, freed or not",
  },
  "strict-limits": {
    type: "boolean",
    group: "Limits",
    description: "the limits for code that nobody trusts",
  },
  unlimited: { type: "boolean", group: "Limits", description: "no limit at all" },
} as const;

/** The values of the limit flags. */
export type LimitValues = {
  readonly [F in keyof typeof limitFlags]?:
    | ((typeof limitFlags)[F] extends { readonly type: "boolean" } ? boolean : string)
    | undefined;
};

/** A person's own program: nothing bounds its work, and depth is bounded only to end a runaway recursion with a message. */
export function programLimits(base: Limits): Limits {
  return {
    ...base,
    timeoutMs: null,
    maxInstructions: null,
    maxAllocatedBytes: null,
    maxStackDepth: 100_000,
  };
}

/**
 * The limits that the flags describe: a preset or `base`, and the single limits over it.
 *
 * @throws UsageError for anything but a whole number, and for both presets at once
 */
export function limitsFrom(flags: LimitValues, base: Limits): Limits {
  const strict = flags["strict-limits"] === true;
  const unlimited = flags.unlimited === true;
  if (strict && unlimited) throw new UsageError("--strict-limits and --unlimited contradict each other");
  const preset = strict ? limits.strict : unlimited ? limits.unlimited : base;
  return {
    ...preset,
    timeoutMs: number(flags, "timeout") ?? preset.timeoutMs,
    maxInstructions: number(flags, "max-instructions") ?? preset.maxInstructions,
    maxStackDepth: number(flags, "max-stack-depth") ?? preset.maxStackDepth,
    maxAllocatedBytes: number(flags, "max-allocated-bytes") ?? preset.maxAllocatedBytes,
  };
}

function number(
  flags: LimitValues,
  name: Exclude<keyof LimitValues, "strict-limits" | "unlimited">,
): number | undefined {
  const text = flags[name];
  if (text === undefined) return undefined;
  const value = /^\d[\d_]*$/.test(text) ? Number(text.replaceAll("_", "")) : Number.NaN;
  if (!Number.isSafeInteger(value)) {
    throw new UsageError(
      `--${name} needs a whole number of at least 0, not ${JSON.stringify(text)}`,
      "--unlimited lifts all limits",
    );
  }
  return value;
}
