import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

/** What the files contain at the moment, in a word: equal for equal contents, a missing file included. */
export async function contentDigest(files: Iterable<string>): Promise<string> {
  const digest = createHash("sha256");
  for (const file of [...files].sort()) {
    const content = await contentOf(file);
    digest.update(JSON.stringify([file, content?.length ?? -1]));
    if (content !== undefined) digest.update(content);
  }
  return digest.digest("base64");
}

async function contentOf(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    // Whatever the system says: to the loader, it says it again.
    if (error instanceof Error && "syscall" in error) return undefined;
    throw error;
  }
}
