import { type Command, command } from "../arguments/command.js";
import { languageFlags, modeFrom } from "../engine.js";
import { UsageError } from "../errors.js";
import { exitCodes } from "../exit-code.js";
import { readInput } from "../inputs/input.js";

/** `fus audit` */
export const audit: Command = command({
  help: {
    about:
      "Compares the capabilities that a plugin declares with those that its program uses, and says where it uses them, " +
      "without running it.",
    usage: "PATH [FLAGS]",
    examples: [
      ["fus audit plugins/logs", "a plugin: declared, used and where, unused, missing"],
      ["fus audit plugins/logs --fix", "write the shortest list that does into the manifest"],
      ["fus audit main.fsx --json", "what a script uses, for other tools"],
      ["fus audit plugins/logs --deny-unused", "as a gate in continuous integration"],
    ],
    notes: [
      "The safe defaults (time, randomness, output, log, JSON) are declared by every plugin and need no listing.",
      "Exit code 4 says that the program uses what the manifest does not declare, so that it would not load, or, " +
        "under --deny-unused, that the manifest declares what the program does not use.",
      "What can reach a place is what the compiler found, or, of a bytecode file, what that file says; which capabilities " +
        "a program can reach at all is read from its imports.",
    ],
  },
  args: {
    path: {
      type: "positional",
      required: true,
      description: "a manifest, a folder with a plugin, a script or a bytecode file",
    },
    json: { type: "boolean", description: "print the comparison as one JSON document" },
    fix: {
      type: "boolean",
      description: "write the capabilities that the program needs into the manifest, and no others",
    },
    "deny-unused": { type: "boolean", description: "what is declared and not used counts for the exit code" },
    ...languageFlags,
  },
  async run({ args, terminal }) {
    const input = await readInput(args.path);
    if (args.fix === true && input.kind !== "manifest")
      throw new UsageError("--fix needs a manifest to write to", "name the plugin's folder or its manifest");
    const { auditInput, auditJson, auditText, fixManifest } = await import("../auditing.js");
    const mode = modeFrom(args);
    const found = await auditInput(input, mode, terminal);
    const changes = args.fix === true ? fixManifest(input.path, found) : [];
    const result = changes.length === 0 ? found : await auditInput(input, mode, terminal);
    terminal.out(args.json === true ? auditJson(result, changes) : auditText(result, changes, terminal));
    const unused = args["deny-unused"] === true && result.unused.length > 0;
    return result.missing.length > 0 || unused ? exitCodes.denied : exitCodes.fine;
  },
});
