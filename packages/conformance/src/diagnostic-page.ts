/**
 * A page of `docs/diagnostics`: prose about one code, and examples. An example is a `fsharp` block with a program that gives the
 * diagnostic, the command that shows it (the last `fus …` of the prose in between), a `text` block with what is printed, and a
 * second `fsharp` block with the program as it should be. Blocks whose fence names a file belong to the program before them.
 */

/** A program: its text, and the files that it loads. */
export interface ExampleProgram {
  /** What stands in the block, for a report. */
  readonly shown: string;
  readonly text: string;
  readonly files: ReadonlyMap<string, string>;
  readonly command: ExampleCommand;
}

/** How a program is checked or run: the words of a command line of `fus`. */
export interface ExampleCommand {
  readonly name: "check" | "run";
  readonly flags: ReadonlyMap<string, string>;
  /** The prose says that somebody stops the program after its first output. */
  readonly interrupted: boolean;
}

export interface DiagnosticExample {
  readonly wrong: ExampleProgram;
  /** The text block, without its last line break. */
  readonly printed: string;
  readonly corrected: ExampleProgram;
}

export interface DiagnosticPage {
  readonly code: string;
  readonly title: string;
  readonly examples: readonly DiagnosticExample[];
  /** The page with other printed texts, in the order of the examples. */
  withPrinted(texts: readonly string[]): string;
}

/** The name that the main file of an example has. */
export const EXAMPLE_FILE = "main.fsx";

/** Reads a page; throws an error with the line for one that has not got the form above. */
export function parseDiagnosticPage(markdown: string): DiagnosticPage {
  const lines = markdown.split("\n");
  const [, code, title] = /^# (FUS\d{4}): (.+)$/.exec(lines[0] ?? "") ?? [];
  if (code === undefined || title === undefined) throw new Error("line 1: expected `# FUSxxxx: title`");
  const examples: DiagnosticExample[] = [];
  const printedAt: { readonly start: number; readonly end: number }[] = [];
  let wrong: Draft | undefined;
  let corrected: Draft | undefined;
  let printed: string | undefined;
  let command: ExampleCommand | undefined;
  const finish = (line: number): void => {
    if (wrong === undefined || corrected === undefined || printed === undefined)
      throw new Error(`line ${line}: an example needs a program, what is printed, and the corrected program`);
    if (wrong.command === undefined) throw new Error(`line ${line}: no \`fus …\` before the printed text`);
    const { command: first } = wrong;
    examples.push({
      wrong: { ...wrong, command: first },
      printed,
      corrected: { ...corrected, command: corrected.command ?? first },
    });
    wrong = corrected = undefined;
    printed = undefined;
  };
  for (let at = 1; at < lines.length; at++) {
    const line = lines[at] ?? "";
    command = commandIn(line) ?? command;
    const fence = /^```(\w+) ?(\S*)$/.exec(line);
    if (fence === null) continue;
    const end = lines.indexOf("```", at + 1);
    if (end < 0) throw new Error(`line ${at + 1}: the fence is never closed`);
    const text = lines.slice(at + 1, end).join("\n");
    const [, language, file] = fence;
    if (language === "text") {
      if (wrong === undefined) throw new Error(`line ${at + 1}: printed text without a program`);
      wrong.command = command;
      printed = text;
      printedAt.push({ start: at + 1, end });
      command = undefined;
    } else if (language === "fsharp" && file) {
      (corrected ?? wrong)?.files.set(file, `${text}\n`);
    } else if (language === "fsharp") {
      const program = {
        shown: text,
        text: `${expandRepetitions(text)}\n`,
        files: new Map(),
        command: undefined,
      };
      if (corrected !== undefined) finish(at + 1);
      if (printed === undefined) wrong = program;
      else {
        corrected = program;
        corrected.command = command;
        command = undefined;
      }
    } else throw new Error(`line ${at + 1}: a block of ${language}`);
    at = end;
  }
  finish(lines.length);
  return {
    code,
    title,
    examples,
    withPrinted: (texts) => {
      const result: string[] = [];
      let from = 0;
      for (const [index, { start, end }] of printedAt.entries()) {
        result.push(...lines.slice(from, start), ...(texts[index] ?? "").split("\n"));
        from = end;
      }
      return [...result, ...lines.slice(from)].join("\n");
    },
  };
}

interface Draft {
  readonly shown: string;
  readonly text: string;
  readonly files: Map<string, string>;
  command: ExampleCommand | undefined;
}

/** The command that a line of prose names: `` `fus run main.fsx --timeout 20` ``. */
function commandIn(line: string): ExampleCommand | undefined {
  const [, name, rest = ""] = /`fus (check|run) main\.fsx([^`]*)`/.exec(line) ?? [];
  if (name !== "check" && name !== "run") return undefined;
  const flags = new Map<string, string>();
  for (const [, flag = "", value = ""] of rest.matchAll(/--([a-z-]+)(?: (?!--)(\S+))?/g))
    flags.set(flag, value);
  return { name, flags, interrupted: line.includes("interrupted") };
}

/** `⟨"x" × 3⟩` stands for `xxx`: programs that are too large to be shown. */
function expandRepetitions(text: string): string {
  return text.replace(/⟨"([^"⟩]*)" × (\d+)⟩/g, (_, part: string, count: string) =>
    part.repeat(Number(count)),
  );
}
