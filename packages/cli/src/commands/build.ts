import { resolve } from "node:path";
import { printable } from "@fusabi/capabilities";
import { type Command, command } from "../arguments/command.js";
import { languageFlags, modeFrom } from "../engine.js";
import { UsageError } from "../errors.js";
import { exitCodes } from "../exit-code.js";
import { readInput } from "../inputs/input.js";
import { compileOrThrow } from "../inputs/program.js";
import { replaceFile } from "../replace-file.js";

/** `fus build` */
export const build: Command = command({
  help: {
    about: "Compiles a script to a bytecode file, which runs as the script does and needs no compiler.",
    usage: "FILE [-o OUT] [FLAGS]",
    examples: [
      ["fus build main.fsx", "writes main.fzb"],
      ["fus build main.fsx -o dist/app.fzb", "writes it elsewhere"],
      ["fus build main.fsx --strip", "without names and positions of the source"],
      ["fus run main.fzb", "runs it"],
    ],
    notes: ["Errors of a stripped program name functions and no lines."],
  },
  args: {
    file: { type: "positional", required: true, description: "a script (.fsx)" },
    out: {
      type: "string",
      alias: "o",
      valueHint: "OUT",
      description: "the file to write; FILE with .fzb if left out",
    },
    strip: { type: "boolean", description: "leave positions and names for error messages out" },
    ...languageFlags,
  },
  async run({ args, terminal }) {
    const input = await readInput(args.file);
    if (input.kind !== "source") {
      throw new UsageError(`${printable(args.file)} is no script`, "fus build takes a .fsx file");
    }
    const out = args.out ?? `${input.path.replace(/\.fsx$/, "")}.fzb`;
    if (resolve(out) === resolve(input.path)) throw new UsageError("the output would replace the script");
    const settings = { mode: modeFrom(args), debugInfo: args.strip !== true };
    const { bytecode } = await compileOrThrow(input, settings, terminal);
    await replaceFile(out, bytecode);
    terminal.out(`${printable(out)}: ${bytecode.length.toLocaleString("en")} bytes\n`);
    return exitCodes.fine;
  },
});
