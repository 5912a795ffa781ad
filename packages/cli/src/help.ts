import type { Command } from "./arguments/command.js";
import { type Argument, type Arguments, aliasesOf } from "./arguments/flag.js";
import { type CommandEntry, commands } from "./commands.js";
import { type Style, styleFor } from "./style.js";

type Row = readonly [left: string, right: string];

/** What `fus` alone says: the commands, a first example of each kind, and the rules that hold for all. */
export function overview(colour: boolean): string {
  const style = styleFor(colour);
  return [
    "fus runs and builds programs and plugins in Fusabi.",
    "",
    style.bold("Usage"),
    "  fus COMMAND [ARGUMENTS] [FLAGS]",
    "",
    style.bold("Commands"),
    ...columns(
      commands.map((one): Row => [[one.name, ...one.aliases].join(", "), one.purpose]),
      style,
    ),
    "",
    style.bold("Examples"),
    ...columns(
      [
        ["fus run main.fsx", "run a script"],
        ["fus run -e '[1; 2; 3] |> List.sum'", "evaluate an expression"],
        ["fus check .", "report every mistake below this folder"],
        ["fus run main.fsx --allow-read data", "let it read what is below data"],
      ],
      style,
    ),
    "",
    style.bold("Permissions"),
    "  Programs start with the safe capabilities only: printing, logging, the clock, random numbers, JSON.",
    "  Files, network, environment and processes need a flag each; `fus help run` lists them.",
    "",
    style.bold("Exit codes"),
    ...columns(
      [
        ["0", "fine"],
        ["1", "the program failed"],
        ["2", "wrong usage"],
        ["3", "did not compile or validate"],
        ["4", "a capability or a policy denied something"],
        ["5", "a limit was exceeded"],
      ],
      style,
    ),
    "",
    "`fus help COMMAND` explains a command, `fus --version` tells the version.",
    "",
  ].join("\n");
}

/** What `fus COMMAND --help` says. */
export function commandHelp(entry: CommandEntry, command: Command, colour: boolean): string {
  const { about, usage, examples, notes = [] } = command.help;
  const aliases = entry.aliases.length === 0 ? [] : ["", `Also called fus ${entry.aliases.join(", fus ")}.`];
  const style = styleFor(colour);
  return [
    about,
    ...aliases,
    "",
    style.bold("Usage"),
    `  fus ${entry.name} ${usage}`,
    "",
    style.bold("Examples"),
    ...columns(examples, style),
    ...sections(command.args, style),
    ...notes.flatMap((note) => ["", note]),
    "",
  ].join("\n");
}

function sections(args: Arguments, style: Style): readonly string[] {
  const groups = new Map<string, Row[]>();
  for (const [name, argument] of Object.entries(args)) {
    const group =
      argument.type === "positional"
        ? "Arguments"
        : "group" in argument
          ? (argument.group ?? "Flags")
          : "Flags";
    const rows = groups.get(group) ?? [];
    rows.push([leftColumn(name, argument), argument.description ?? ""]);
    groups.set(group, rows);
  }
  return [...groups].flatMap(([group, rows]) => ["", style.bold(group), ...columns(rows, style)]);
}

function leftColumn(name: string, argument: Argument): string {
  if (argument.type === "positional") return name.toUpperCase();
  const short = aliasesOf(argument).map((letter) => `-${letter}, `);
  return `${short.join("")}--${name}${argument.type === "string" ? ` ${argument.valueHint ?? "VALUE"}` : ""}`;
}

function columns(rows: readonly Row[], style: Style): readonly string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${style.cyan(left)}${" ".repeat(width - left.length)}  ${right}`);
}
