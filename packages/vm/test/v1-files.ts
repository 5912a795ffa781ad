/** The files of the original implementation: programs with what they print, and inputs to refuse. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../../conformance/fixtures/fzb-v1");

export interface FileV1 {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** All output, then the final value. */
  readonly output: string | undefined;
  /** What the command line says on standard error. */
  readonly error: string | undefined;
  /** Why the file is there, and what the original reports. */
  readonly about: string;
}

function textOf(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

export function filesIn(part: "" | "assembled" | "malformed"): FileV1[] {
  const place = join(folder, part);
  return readdirSync(place)
    .filter((name) => name.endsWith(".fzb"))
    .map((file) => {
      const stem = join(place, file.slice(0, -".fzb".length));
      return {
        name: file.slice(0, -".fzb".length),
        bytes: new Uint8Array(readFileSync(join(place, file))),
        output: textOf(`${stem}.out`),
        error: textOf(`${stem}.err`),
        about: textOf(`${stem}.txt`) ?? "",
      };
    });
}

export function fileNamed(part: "" | "assembled" | "malformed", name: string): Uint8Array {
  const found = filesIn(part).find((file) => file.name === name);
  if (found === undefined) throw new Error(`there is no file ${name}`);
  return found.bytes;
}
