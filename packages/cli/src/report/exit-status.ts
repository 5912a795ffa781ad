import { ProgramExit } from "@fusabi/stdlib";

/** What a program gave to `exit`, if that is why it ended. */
export function exitStatus(error: unknown): number | undefined {
  for (let at = error; at instanceof Error; at = at.cause)
    if (at instanceof ProgramExit) return Number(at.status);
  return undefined;
}
