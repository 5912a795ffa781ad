import { printable } from "@fusabi/capabilities";
import { type Command, command } from "../arguments/command.js";
import { languageFlags, modeFrom } from "../engine.js";
import { UsageError } from "../errors.js";
import { exitCodes } from "../exit-code.js";
import { readInput } from "../inputs/input.js";

/** `fus types` */
export const types: Command = command({
  help: {
    about:
      "Writes the functions that a plugin offers, and the types of their values, as TypeScript declarations, without running it.",
    usage: "MANIFEST [-o FILE] [FLAGS]",
    examples: [
      ["fus types plugins/greeter", "shows them"],
      ["fus types plugins/greeter -o src/greeter.ts", "writes them into a file"],
    ],
    notes: [
      "The interface PluginExports has one member for each function. Parameters and results have the form in which they cross " +
        "between program and host: an int is number | bigint, an option null or its value, a union case { tag, fields }.",
    ],
  },
  args: {
    manifest: {
      type: "positional",
      required: true,
      description: "a manifest, a folder with a plugin, a script or a bytecode file",
    },
    out: { type: "string", alias: "o", valueHint: "FILE", description: "the file to write" },
    ...languageFlags,
  },
  async run({ args, terminal }) {
    const input = await readInput(args.manifest);
    const { out } = args;
    if (out !== undefined && !/\.[cm]?ts$/.test(out))
      throw new UsageError(`${printable(out === "" ? '""' : out)} is no TypeScript file`, "-o types.d.ts");
    const [{ readOffer }, { declarationsOf }] = await Promise.all([
      import("./types/offer.js"),
      import("./types/declarations.js"),
    ]);
    const offer = await readOffer(input, modeFrom(args), terminal);
    const text = declarationsOf(offer);
    if (out === undefined) {
      terminal.out(text);
      return exitCodes.fine;
    }
    const { replaceFile } = await import("../replace-file.js");
    await replaceFile(out, text);
    const count = offer.functions.length;
    terminal.out(`${printable(out)}: ${count} function${count === 1 ? "" : "s"}\n`);
    return exitCodes.fine;
  },
});
