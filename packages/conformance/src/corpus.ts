import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const corpus = join(root, "corpus");
const own = join(root, "programs");

/** What a program of the corpus must do. */
export type Expectation =
  | { readonly kind: "output"; readonly text: string }
  | { readonly kind: "failure"; readonly stage: string; readonly line: number; readonly contains: string };

export interface Program {
  /** Path inside its collection: `lists/ranges.fsx`. */
  readonly path: string;
  /** Where the program and what it loads lie. */
  readonly folder: string;
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
      folder: join(corpus, area),
      source: readFileSync(join(corpus, path), "utf8"),
      expectation: expectationOf(join(corpus, path)),
    }));
}

/** The programs of this repository's own collection, by area and name. */
export function readOwnPrograms(): readonly Program[] {
  return readdirSync(own)
    .sort()
    .flatMap((area) =>
      readdirSync(join(own, area))
        .filter((name) => name.endsWith(".fsx"))
        .sort()
        .map((name) => ({
          path: `${area}/${name}`,
          area,
          folder: join(own, area),
          source: readFileSync(join(own, area, name), "utf8"),
          expectation: expectationOf(join(own, area, name)),
        })),
    );
}

function expectationOf(file: string): Expectation {
  const stem = file.slice(0, -".fsx".length);
  if (existsSync(`${stem}.out`)) return { kind: "output", text: readFileSync(`${stem}.out`, "utf8") };
  return {
    kind: "failure",
    ...(JSON.parse(readFileSync(`${stem}.err`, "utf8")) as { stage: string; line: number; contains: string }),
  };
}

/** Text of a file that a program of the corpus loads. */
export function loadBeside(program: Program, path: string): string {
  const { folder } = program;
  const name = readdirSync(folder).find((entry) => entry === basename(path));
  if (name === undefined) throw new Error(`${program.path} loads ${path}, which does not exist`);
  return readFileSync(join(folder, name), "utf8");
}
