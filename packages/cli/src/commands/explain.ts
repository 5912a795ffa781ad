import { nearestWord, printable } from "@fusabi/capabilities";
import type { ExplainStage } from "@fusabi/compiler/explain";
import { type Command, command } from "../arguments/command.js";
import { languageFlags, modeFrom } from "../engine.js";
import { UsageError } from "../errors.js";
import { exitCodes } from "../exit-code.js";
import { readInput } from "../inputs/input.js";
import { compileScript } from "../inputs/program.js";
import { hasErrors } from "../report/finding.js";
import { reportFindings } from "../report/render.js";

const stages: readonly ExplainStage[] = ["tokens", "layout", "ast", "types", "core", "bytecode"];

/** `fus explain` */
export const explain: Command = command({
  help: {
    about: "Shows a script as one stage of the compiler sees it.",
    usage: "--stage STAGE FILE [FLAGS]",
    examples: [
      ["fus explain --stage layout main.fsx", "where blocks begin and end by the offside rule"],
      ["fus explain --stage types main.fsx", "the inferred type of every binding"],
    ],
    notes: [`Stages, in their order: ${stages.join(", ")}.`],
  },
  args: {
    file: { type: "positional", required: true, description: "a script (.fsx)" },
    stage: { type: "string", valueHint: "STAGE", description: stages.join(", ") },
    ...languageFlags,
  },
  async run({ args, terminal }) {
    const stage = stageCalled(args.stage);
    const input = await readInput(args.file);
    if (input.kind !== "source") {
      throw new UsageError(`${printable(args.file)} is no script`, "fus explain takes a .fsx file");
    }
    const mode = modeFrom(args);
    const { findings } = await compileScript(input, { mode });
    const broken = hasErrors(findings);
    // A script with mistakes has no later stages; its earlier ones may be what shows the mistake.
    if (!broken || !needsProgram(stage)) {
      const [compiler, { nodeLibrary }] = await Promise.all([
        import("@fusabi/compiler/explain"),
        import("@fusabi/stdlib/node"),
      ]);
      const text = compiler.explain(input.text, stage, {
        fileName: input.path,
        hostModules: nodeLibrary(),
        mode,
      });
      terminal.out(text.endsWith("\n") ? text : `${text}\n`);
    }
    await reportFindings(
      findings.filter(({ severity }) => severity !== "info"),
      terminal,
    );
    return broken ? exitCodes.invalid : exitCodes.fine;
  },
});

function needsProgram(stage: ExplainStage): boolean {
  return stage === "core" || stage === "bytecode";
}

function stageCalled(name: string | undefined): ExplainStage {
  const stage = stages.find((one) => one === name);
  if (stage !== undefined) return stage;
  if (name === undefined) throw new UsageError("missing --stage", `one of ${stages.join(", ")}`);
  const nearest = nearestWord(name, stages);
  throw new UsageError(
    `unknown stage ${printable(name)}`,
    nearest === undefined ? `one of ${stages.join(", ")}` : `did you mean ${nearest}?`,
  );
}
