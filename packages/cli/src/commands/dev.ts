import { type Command, command } from "../arguments/command.js";
import { engineFlags, engineFrom, languageFlags, modeFrom } from "../engine.js";
import { UsageError } from "../errors.js";
import { exitCodes } from "../exit-code.js";
import { limitFlags, limitsFrom } from "../limits.js";
import { grantFrom, permissionFlags } from "../permissions.js";

/** `fus dev` */
export const dev: Command = command({
  help: {
    about:
      "Loads plugins, reloads each when its files change, says what came of it, and calls their functions as lines are typed.",
    usage: "DIR [FLAGS]",
    examples: [
      ["fus dev plugins", "all plugins of a folder, and those that come to be there"],
      ["fus dev plugins/greeter/plugin.toml", "one plugin"],
      ["fus dev plugins --allow-read data --debounce 50", "with a permission, and quick"],
    ],
    notes: [
      'A typed line EXPORT JSON... calls a function: greet "Ada". PLUGIN/EXPORT says whose, where several plugins have it.',
      "Results go to standard output as JSON, what the plugins print too; everything else goes to standard error.",
      "help shows what is offered. quit, the end of the input and Ctrl-C end it, with exit code 0.",
      "The default limits hold for each call: 30 seconds, 100,000,000 instructions, a depth of 10,000 calls, 1 GiB allocated.",
    ],
  },
  args: {
    dir: {
      type: "positional",
      required: true,
      description: "a folder with plugins in it, a manifest, a script or a bytecode file",
    },
    debounce: {
      type: "string",
      valueHint: "MS",
      description: "milliseconds of quiet before a change counts; 500 if left out",
    },
    ...languageFlags,
    ...engineFlags,
    ...permissionFlags,
    ...limitFlags,
  },
  async run({ args, all, terminal }) {
    const debounce = debounceFrom(args.debounce);
    const engine = await engineFrom(args.engine);
    const base = grantFrom(args.profile, all);
    const grant = { ...base, limits: limitsFrom(args, base.limits) };
    const { develop } = await import("./dev/session.js");
    await develop(args.dir, { grant, mode: modeFrom(args), engine, debounce, terminal });
    return exitCodes.fine;
  },
});

const DEFAULT_DEBOUNCE_MS = 500;
const LONGEST_DEBOUNCE_MS = 60_000;

/** @throws UsageError */
function debounceFrom(text: string | undefined): number {
  if (text === undefined) return DEFAULT_DEBOUNCE_MS;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value <= LONGEST_DEBOUNCE_MS) return value;
  throw new UsageError(
    `--debounce needs a whole number of milliseconds up to ${LONGEST_DEBOUNCE_MS}, not ${JSON.stringify(text)}`,
  );
}
