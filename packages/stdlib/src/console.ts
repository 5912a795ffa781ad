/** The writing half of the module `Console`; what reads needs a host with an input, such as Node. */
import { type HostMember, type HostModule, hostModule, type NativeContext } from "@fusabi/vm";
import { native } from "./declaration.js";

function writer(type: string, doc: string, text: (given: string) => string): HostMember {
  return native(
    type,
    doc,
    (context: NativeContext, given: string) => {
      context.write("stdout", text(given));
      return undefined;
    },
    { capability: "stdout:write" },
  );
}

export const consoleModule: HostModule = hostModule("Console", {
  write: writer("string -> unit", "Writes a text.", (text) => text),
  writeLine: writer("string -> unit", "Writes a text and ends the line.", (text) => `${text}\n`),
  clear: writer("unit -> unit", "Clears the terminal.", () => "\u001b[2J\u001b[H"),
});
