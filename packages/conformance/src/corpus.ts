import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const corpus = join(root, "corpus");

/** What a program of the corpus must do. */
export type Expectation =
  | { readonly kind: "output"; readonly text: string }
  | { readonly kind: "failure"; readonly stage: string; readonly line: number; readonly contains: string };

export interface Program {
  /** Path inside the corpus: `lists/ranges.fsx`. */
  readonly path: string;
  readonly area: string;
  readonly source: string;
  readonly expectation: Expectation;
}

/** All programs of the index, in its order. */
export function readCorpus(): readonly Program[] {
  return readFileSync(join(corpus, "INDEX.tsv"), "utf8")
    .split("\n")
    .map((line) => line.split("\t"))
    .filter(([path]) => path?.endsWith(".fsx") === true)
    .map(([path = "", area = ""]) => ({
      path,
      area,
      source: readFileSync(join(corpus, path), "utf8"),
      expectation: expectationOf(path),
    }));
}

function expectationOf(path: string): Expectation {
  const stem = join(corpus, path.slice(0, -".fsx".length));
  if (existsSync(`${stem}.out`)) return { kind: "output", text: readFileSync(`${stem}.out`, "utf8") };
  return {
    kind: "failure",
    ...(JSON.parse(readFileSync(`${stem}.err`, "utf8")) as { stage: string; line: number; contains: string }),
  };
}

/** Text of a file that a program of the corpus loads. */
export function loadBeside(program: Program, path: string): string {
  const folder = join(corpus, program.area);
  const name = readdirSync(folder).find((entry) => entry === basename(path));
  if (name === undefined) throw new Error(`${program.path} loads ${path}, which does not exist`);
  return readFileSync(join(folder, name), "utf8");
}

/** Programs that are known to fail; the list may only shrink. */
export function readKnownFailures(): ReadonlySet<string> {
  const lines = readFileSync(join(root, "known-failures.txt"), "utf8").split("\n");
  return new Set(lines.map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#")));
}
