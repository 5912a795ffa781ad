import { type Command, command } from "../arguments/command.js";
import { languageFlags, modeFrom } from "../engine.js";
import { exitCodes } from "../exit-code.js";
import { readInput } from "../inputs/input.js";

/** `fus inspect` */
export const inspect: Command = command({
  help: {
    about:
      "Shows what a manifest, script or bytecode file is, declares, offers and needs, without running it.",
    usage: "FILE [FLAGS]",
    examples: [
      ["fus inspect plugins/greeter", "a plugin: what it declares and what its program really needs"],
      ["fus inspect main.fzb", "a bytecode file: exports with their types, capabilities by function"],
    ],
  },
  args: {
    file: {
      type: "positional",
      required: true,
      description: "a manifest, a folder with a plugin, a script or a bytecode file",
    },
    ...languageFlags,
  },
  async run({ args, terminal }) {
    const input = await readInput(args.file);
    const { showInput } = await import("../inspecting.js");
    await showInput(input, modeFrom(args), terminal);
    return exitCodes.fine;
  },
});
