import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

let identity: string | undefined;

/**
 * A text that is another one whenever the compiler is: the digest of its code, and of the package that writes the
 * bytecode. Found without loading the compiler, which is what a cache is there to avoid. In a bundle, where there are no
 * packages, the bundle's own code stands for them.
 */
export function compilerIdentity(): string {
  identity ??= digestOf(["@fusabi/compiler", "@fusabi/vm"].map(codeOf));
  return identity;
}

function digestOf(parts: readonly Uint8Array[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest("hex");
}

function codeOf(name: string): Uint8Array {
  const own = fileURLToPath(import.meta.url);
  try {
    return readFileSync(createRequire(own).resolve(name));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "MODULE_NOT_FOUND" || code === "ENOENT" || code === "ERR_PACKAGE_PATH_NOT_EXPORTED")
      return readFileSync(own);
    throw error;
  }
}
