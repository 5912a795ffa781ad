import { randomUUID } from "node:crypto";
import { rename, rm, writeFile } from "node:fs/promises";
import { printable } from "@fusabi/capabilities";
import { UsageError } from "./errors.js";
import { reason } from "./system-reason.js";

/**
 * Writes a file: either the whole new one is there afterwards or the old one still is.
 *
 * @throws UsageError with the system's reason when it cannot be written
 */
export async function replaceFile(path: string, content: Uint8Array | string): Promise<void> {
  const beside = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFile(beside, content, { flag: "wx" });
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw new UsageError(`cannot write ${printable(path)}: ${reason(error)}`, undefined, { cause: error });
  }
}
