import type { ManifestProblem } from "./problem.js";

/** What stands in a TOML text that has mistakes, once the lines with mistakes are taken out. */
export interface RecoveredToml {
  /** The mistakes, in the order of the text; the first one is there in any case. */
  readonly mistakes: readonly ManifestProblem[];
  /** The text with the lines of the mistakes blank, if the rest of it can be trusted to say what its author meant. */
  readonly rest: string | undefined;
}

/** So many mistakes are worth telling at once. */
const MOST_MISTAKES = 20;

/** A line that stands on its own: what is wrong in it says nothing about the lines around it. */
const WHOLE_LINE = /^[ \t]*[\w"'.-]+[ \t]*(?:=[ \t]*(?!\[[^\]]*$|\{[^}]*$|"""|''')\S|$)/;

/**
 * Looks for further mistakes behind the first one: takes the line of a mistake out and reads again. Only a line that
 * stands on its own is taken out, and only if the text makes sense in the end; else a mistake that spans lines, such as a
 * bracket that is never closed, would make mistakes of all that follow, and the first is the only one to tell.
 */
export function recoverToml(
  text: string,
  first: ManifestProblem,
  nextMistake: (text: string) => ManifestProblem | undefined,
): RecoveredToml {
  const mistakes = [first];
  const lines = text.split("\n");
  for (;;) {
    const { line: number = 1 } = mistakes.at(-1) ?? first;
    const line = lines[number - 1] ?? "";
    if (!WHOLE_LINE.test(line) || mistakes.length > MOST_MISTAKES)
      return { mistakes: [first], rest: undefined };
    lines[number - 1] = line.endsWith("\r") ? "\r" : "";
    const rest = lines.join("\n");
    const next = nextMistake(rest);
    if (next === undefined) return { mistakes, rest };
    mistakes.push(next);
  }
}
