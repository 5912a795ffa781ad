import { type HostModule, hostModule } from "@fusabi/vm";

/** What the page offers to its program: the compiler reads the types, the machine calls the functions. */
export function pageModule(line: (text: string) => void): HostModule {
  return hostModule("Page", {
    line: { type: "string -> unit", run: (_, text: string) => line(text) },
  });
}
