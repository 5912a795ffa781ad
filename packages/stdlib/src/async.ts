/** The module `Async`: work that is described first and run later, and that may wait. */
import { type HostMember, type HostModule, hostModule } from "@fusabi/vm";
import { native } from "./declaration.js";
import { cancelWork, pollWork } from "./native-async.js";
import type { Prelude } from "./prelude.js";

export function asyncModule(prelude: Prelude): HostModule {
  const async = prelude.file("async");
  const spawning = (type: string, doc: string, name: string): HostMember => ({
    ...async(type, doc, name),
    capability: "async:spawn",
  });
  /** Work that will start other work: asked for when it is described, and again, with a record, when it does. */
  const toSpawn = (type: string, doc: string, name: string): HostMember => ({
    ...spawning(type, doc, name),
    mode: "async",
  });
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
    start: spawning(
      "Async<'a> -> Async<'a>",
      "Starts the work now, beside what goes on; the handle can be awaited, polled and cancelled.",
      "start",
    ),
    Start: spawning(
      "Async<unit> -> unit",
      "Starts the work now and forgets it; its failure goes to the host.",
      "startAndForget",
    ),
    StartChild: toSpawn(
      "Async<'a> -> Async<Async<'a>>",
      "Starts the work when it is run, and gives the handle; the work ends with the work that started it.",
      "startChild",
    ),
    parallel: toSpawn(
      "Async<'a> list -> Async<'a list>",
      "All at the same time; the results in order. The first failure cancels the rest and is the whole's.",
      "parallel",
    ),
    Parallel: toSpawn(
      "seq<Async<'a>> -> Async<'a array>",
      "All at the same time; the results in order. The first failure cancels the rest and is the whole's.",
      "parallelArray",
    ),
    withTimeout: toSpawn(
      "int -> Async<'a> -> Async<'a option>",
      "The result of the work, or None if it takes longer than so many milliseconds: then it is cancelled.",
      "withTimeout",
    ),
    poll: native(
      "Async<'a> -> #AsyncState<'a>",
      "Where work that was started is: Pending, Ready with its result, Failed with the message of its exception, or Cancelled. Work that was not started is Pending.",
      pollWork,
    ),
    cancel: native(
      "Async<'a> -> unit",
      "Ends work that was started where it waits; nothing if it has ended or was not started.",
      cancelWork,
    ),
  });
}
