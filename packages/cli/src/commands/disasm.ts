import { printable } from "@fusabi/capabilities";
import { type Command, command } from "../arguments/command.js";
import { languageFlags, modeFrom } from "../engine.js";
import { UsageError } from "../errors.js";
import { exitCodes } from "../exit-code.js";
import { readInput } from "../inputs/input.js";
import { compileOrThrow } from "../inputs/program.js";

/** `fus disasm` */
export const disasm: Command = command({
  help: {
    about:
      "Lists the bytecode of a bytecode file, or of what a script compiles to: imports, exports, instructions.",
    usage: "FILE [FLAGS]",
    examples: [
      ["fus disasm main.fzb", "what is in the file, also one that does not verify"],
      ["fus disasm main.fsx", "what the compiler makes of the script"],
    ],
  },
  args: {
    file: { type: "positional", required: true, description: "a bytecode file or a script" },
    ...languageFlags,
  },
  async run({ args, terminal }) {
    const input = await readInput(args.file);
    if (input.kind === "manifest") {
      throw new UsageError(
        `${printable(args.file)} is a manifest`,
        "name the program that its source or bytecode names",
      );
    }
    const bytes =
      input.kind === "bytecode"
        ? input.bytes
        : (await compileOrThrow(input, { mode: modeFrom(args) }, terminal)).bytecode;
    const { readVersionOne } = await import("../version-one.js");
    const versionOne = await readVersionOne(bytes);
    if (versionOne !== undefined) {
      terminal.out(versionOne.machine.disassembleV1(versionOne.program));
      return exitCodes.fine;
    }
    const { disassemble, readModule } = await import("@fusabi/vm");
    terminal.out(disassemble(readModule(bytes)));
    return exitCodes.fine;
  },
});
