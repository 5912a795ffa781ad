/**
 * The examples of the READMEs are programs, so they are run. A `ts` block that checks itself with `node:assert` is
 * executed as a module; a `console` block is a session of `fus` with the output that it shows. Both run in a folder that
 * holds the blocks whose fence names a file (`toml plugins/a/plugin.toml`). Other blocks only show.
 */

/** One fenced block of a README that can be run. */
export interface ReadmeExample {
  readonly kind: "module" | "session";
  /** The text between the fences. */
  readonly code: string;
  /** The line of the opening fence, counted from 1. */
  readonly line: number;
}

/** A command of a session, and what the README says it answers. */
export interface SessionStep {
  readonly command: string;
  readonly output: string;
}

/** What a README holds for those who follow it: programs, and the files that these need. */
export interface ReadmeContent {
  readonly examples: readonly ReadmeExample[];
  /** By relative path, with `/`: blocks whose fence names a file behind the language. */
  readonly files: ReadonlyMap<string, string>;
}

/** The blocks of a README that are run or written to files, in their order. */
export function readmeContent(markdown: string): ReadmeContent {
  const examples: ReadmeExample[] = [];
  const files = new Map<string, string>();
  const lines = markdown.split("\n");
  for (let at = 0; at < lines.length; at++) {
    const fence = /^```(\w*) ?(\S*)/.exec(lines[at] ?? "");
    if (fence === null) continue;
    const end = lines.indexOf("```", at + 1);
    if (end < 0) throw new Error(`the fence of line ${at + 1} is never closed`);
    const [, language, file] = fence;
    const code = lines.slice(at + 1, end).join("\n");
    if (file) files.set(file, `${code}\n`);
    if (language === "ts" && /from "node:assert(\/strict)?"/.test(code))
      examples.push({ kind: "module", code, line: at + 1 });
    if (language === "console") examples.push({ kind: "session", code, line: at + 1 });
    at = end;
  }
  return { examples, files };
}

/** The commands of a session: a line after `$ ` is typed, what follows until the next is answered. */
export function sessionSteps(code: string): readonly SessionStep[] {
  const steps = code.split(/^\$ /m);
  if (steps[0]?.trim() !== "") throw new Error("a session starts with a command: `$ fus …`");
  return steps.slice(1).map((step) => {
    const [command = "", ...output] = step.split("\n");
    return { command, output: output.join("\n").trimEnd() };
  });
}

/** The module id under which the example of `line` of a README is imported by its test. */
export function exampleModuleId(readme: string, line: number): string {
  return `${readme}.line-${line}.ts`;
}

/** The README and the line that a module id names, or nothing when it names no example. */
export function parseExampleModuleId(
  id: string,
): { readonly readme: string; readonly line: number } | undefined {
  const parts = /^(.*\/[^/]+\.md)\.line-(\d+)\.ts$/.exec(id);
  return parts?.[1] === undefined ? undefined : { readme: parts[1], line: Number(parts[2]) };
}
