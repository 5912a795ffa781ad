import { type Command, command } from "../arguments/command.js";
import { engineFlags, engineFrom, languageFlags, modeFrom } from "../engine.js";
import { UsageError } from "../errors.js";
import { formatExactJson, JsonTextError, parseExactJson } from "../exact-json.js";
import { exitCodes } from "../exit-code.js";
import { readInput } from "../inputs/input.js";
import { limitFlags, limitsFrom } from "../limits.js";
import { grantFrom, permissionFlags } from "../permissions.js";

/** `fus call` */
export const call: Command = command({
  help: {
    about: "Loads a plugin, calls one of its functions with JSON values, and prints the result as JSON.",
    usage: "MANIFEST FN [JSON...] [FLAGS]",
    examples: [
      ["fus call plugins/greeter greet '\"Ada\"'", "a text: the quotes belong to the JSON"],
      ["fus call plugins/calc add 1 -2", "two numbers"],
      ['fus call plugin.toml rows \'[["a", 1], ["b", 2]]\'', "a list of pairs"],
      ["fus call plugins/logs summarise '\"app.log\"' --allow-read .", "with a permission"],
    ],
    notes: [
      "The default limits hold: 30 seconds, 100,000,000 instructions, a depth of 10,000 calls, 1 GiB allocated.",
      'Ints keep all 64 bits. An option is null or its value, a union case {"tag": ..., "fields": [...]}, a record an object.',
    ],
  },
  args: {
    manifest: {
      type: "positional",
      required: true,
      description: "a manifest, a folder with a plugin, a script or a bytecode file",
    },
    fn: { type: "positional", required: true, description: "a function that the plugin exports" },
    json: {
      type: "positional",
      required: false,
      variadic: true,
      description: "the arguments, each a JSON value",
    },
    ...languageFlags,
    ...engineFlags,
    ...permissionFlags,
    ...limitFlags,
  },
  async run({ args, all, positionals, terminal }) {
    const engine = await engineFrom(args.engine);
    const base = grantFrom(args.profile, all);
    const grant = { ...base, limits: limitsFrom(args, base.limits) };
    const [, fn = "", ...texts] = positionals;
    const values = texts.map(jsonArgument);
    const input = await readInput(args.manifest);
    const { withPlugin } = await import("../plugins.js");
    return await withPlugin(input, { grant, mode: modeFrom(args), engine, terminal }, async (plugin) => {
      const result = await plugin.call(fn, values);
      terminal.endProgram();
      terminal.out(`${formatExactJson(result)}\n`);
      return exitCodes.fine;
    });
  },
});

function jsonArgument(text: string, index: number): unknown {
  try {
    return parseExactJson(text);
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error;
    throw new UsageError(
      `argument ${index + 1} is no JSON value: ${error.message} at character ${error.offset + 1} of ${JSON.stringify(text)}`,
      "a text needs quotes that reach fus: '\"text\"'",
      { cause: error },
    );
  }
}
