/** The module `Async`: work that is described first and run later, and that may wait. */
import { type HostMember, type HostModule, hostModule } from "@fusabi/vm";
import type { Prelude } from "./prelude.js";

export function asyncModule(prelude: Prelude): HostModule {
  const async = prelude.file("async");
  const operation = (type: string, name: string): HostMember => ({ ...async(type, "", name), hidden: true });
  const sleep = async("int -> Async<unit>", "Waits so many milliseconds.", "sleep");
  const run = async("Async<'a> -> 'a", "Runs the work and waits for its result.", "runSynchronously");
  const caught = "Async<'a> -> Async<Result<'a, string>>";
  const caughtDoc = "The result of the work as Ok, or the message of the exception that ends it as Error.";
  return hostModule("Async", {
    Return: async("'a -> Async<'a>", "Work that is done already, with this result.", "result"),
    ReturnFrom: async("Async<'a> -> Async<'a>", "The same work.", "returnFrom"),
    Bind: async(
      "Async<'a> -> ('a -> Async<'b>) -> Async<'b>",
      "The work, then the work that the function makes of its result.",
      "bind",
    ),
    Delay: async(
      "(unit -> Async<'a>) -> Async<'a>",
      "The work that the function gives, asked anew at every run.",
      "delay",
    ),
    Zero: async("unit -> Async<unit>", "Work that does nothing.", "zero"),
    Combine: async(
      "Async<unit> -> Async<'a> -> Async<'a>",
      "One after the other; the result is the second one's.",
      "combine",
    ),
    For: operation("seq<'a> -> ('a -> Async<unit>) -> Async<unit>", "forEach"),
    While: operation("(unit -> bool) -> Async<unit> -> Async<unit>", "whileLoop"),
    TryWith: operation("Async<'a> -> (exn -> Async<'a>) -> Async<'a>", "tryWith"),
    TryFinally: operation("Async<'a> -> (unit -> unit) -> Async<'a>", "tryFinally"),
    Using: operation("'r -> ('r -> Async<'a>) -> Async<'a>", "using"),
    RunSynchronously: run,
    await: { ...run, doc: "Same as Async.RunSynchronously." },
    sleep,
    Sleep: { ...sleep, doc: "Same as Async.sleep." },
    delay: async(
      "int -> (unit -> 'a) -> Async<'a>",
      "The function's result after so many milliseconds.",
      "after",
    ),
    catch: async(caught, caughtDoc, "catch"),
    Catch: async(caught, caughtDoc, "catch"),
    Ignore: async("Async<'a> -> Async<unit>", "The work without its result.", "ignoreResult"),
    Sequential: async(
      "seq<Async<'a>> -> Async<'a array>",
      "One after the other; the results in order.",
      "sequential",
    ),
    map: async(
      "('a -> 'b) -> Async<'a> -> Async<'b>",
      "The work, with the function's result for its result.",
      "map",
    ),
  });
}
