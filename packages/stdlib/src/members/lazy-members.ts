/** The members of lazy values. */
import { type HostModule, hostModule } from "@fusabi/vm";
import type { Prelude } from "../prelude.js";

export function lazyMembers(prelude: Prelude): HostModule {
  const lazy = prelude.file("lazy");
  return hostModule("<lazy>", {
    Value: lazy("Lazy<'a> -> 'a", "The value, computed now if nobody has asked before.", "value"),
    Force: lazy("Lazy<'a> -> unit -> 'a", "The value, computed now if nobody has asked before.", "force"),
  });
}
