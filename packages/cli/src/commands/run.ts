import { type Command, command } from "../arguments/command.js";
import { engineFlags, engineFrom, languageFlags, modeFrom } from "../engine.js";
import { UsageError } from "../errors.js";
import { type Input, readInput } from "../inputs/input.js";
import { limitFlags, limitsFrom, programLimits } from "../limits.js";
import { grantFrom, permissionFlags } from "../permissions.js";

/** `fus run` */
export const run: Command = command({
  help: {
    about: "Runs a script (.fsx), a bytecode file (.fzb), an expression, or the function `main` of a plugin.",
    usage: "FILE | -e EXPR [FLAGS]",
    examples: [
      ["fus run main.fsx", "run a script"],
      ["fus run -e '[1; 2; 3] |> List.sum'", "print the value of an expression"],
      ["fus run main.fsx --allow-read data", "let it read what is below data"],
      ["fus run plugins/greeter", "call main of the plugin in that folder"],
      ["fus run main.fsx --timeout 500", "stop it after half a second"],
    ],
    notes: [
      "Without permission flags a program may print, log, draw random numbers, read the clock and use JSON.\n" +
        "Relative paths of a script start in the current folder, those of a plugin in the plugin's own.",
      "A program that is run has no limits of time, instructions and allocation, and a depth of 100,000 calls.",
    ],
  },
  args: {
    file: {
      type: "positional",
      required: false,
      description: "a script, a bytecode file, a manifest, or a folder with a plugin",
    },
    eval: {
      type: "string",
      alias: "e",
      valueHint: "EXPR",
      description: "run this text, and print its value",
    },
    echo: {
      type: "boolean",
      description: "print the value of the script at the end; a bytecode file of version 1 always does",
    },
    ...languageFlags,
    ...engineFlags,
    ...permissionFlags,
    ...limitFlags,
  },
  async run({ args, all, terminal }) {
    const engine = await engineFrom(args.engine);
    const grant = grantFrom(args.profile, all);
    const input = await chosenInput(args.file, args.eval);
    const { runInput } = await import("../running.js");
    return await runInput(input, {
      grant: { ...grant, limits: limitsFrom(args, programLimits(grant.limits)) },
      mode: modeFrom(args),
      engine,
      echo: args.echo === true || args.eval !== undefined,
      terminal,
    });
  },
});

async function chosenInput(file: string | undefined, expression: string | undefined): Promise<Input> {
  if (expression !== undefined) {
    if (file !== undefined) throw new UsageError("a file and -e exclude each other");
    return { kind: "source", path: "<eval>", text: expression };
  }
  if (file === undefined) throw new UsageError("nothing to run", "fus run FILE, or fus run -e EXPR");
  return await readInput(file);
}
