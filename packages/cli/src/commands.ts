import type { Command } from "./arguments/command.js";

/** A command before its module is loaded. */
export interface CommandEntry {
  readonly name: string;
  readonly aliases: readonly string[];
  /** One line for the list of commands. */
  readonly purpose: string;
  readonly load: () => Promise<Command>;
}

/** The commands in the order of the help. A command's module is loaded when it is asked for, so that `fus` starts fast. */
export const commands: readonly CommandEntry[] = [
  {
    name: "run",
    aliases: [],
    purpose: "run a script, an expression, a bytecode file or a plugin",
    load: async () => (await import("./commands/run.js")).run,
  },
  {
    name: "check",
    aliases: [],
    purpose: "report the mistakes in sources and manifests",
    load: async () => (await import("./commands/check.js")).check,
  },
  {
    name: "build",
    aliases: ["grind"],
    purpose: "compile a script to bytecode",
    load: async () => (await import("./commands/build.js")).build,
  },
  {
    name: "call",
    aliases: [],
    purpose: "load a plugin and call one of its functions",
    load: async () => (await import("./commands/call.js")).call,
  },
  {
    name: "dev",
    aliases: [],
    purpose: "load plugins, reload them when their files change, and call what they offer",
    load: async () => (await import("./commands/dev.js")).dev,
  },
  {
    name: "inspect",
    aliases: [],
    purpose: "show what a manifest, script or bytecode file declares and needs",
    load: async () => (await import("./commands/inspect.js")).inspect,
  },
  {
    name: "audit",
    aliases: [],
    purpose: "compare the capabilities that a plugin declares with those that it uses",
    load: async () => (await import("./commands/audit.js")).audit,
  },
  {
    name: "types",
    aliases: [],
    purpose: "write the functions of a plugin as TypeScript declarations",
    load: async () => (await import("./commands/types.js")).types,
  },
  {
    name: "disasm",
    aliases: [],
    purpose: "list the bytecode of a script or bytecode file",
    load: async () => (await import("./commands/disasm.js")).disasm,
  },
  {
    name: "explain",
    aliases: [],
    purpose: "show a script as one stage of the compiler sees it",
    load: async () => (await import("./commands/explain.js")).explain,
  },
];

export function findCommand(name: string): CommandEntry | undefined {
  return commands.find((one) => one.name === name || one.aliases.includes(name));
}
