/** The module `UIFormatting`: how a program takes part in the host's tabs and status lines. */
import {
  type FunctionValue,
  type HostMember,
  type HostModule,
  hostModule,
  type NativeContext,
} from "@fusabi/vm";
import { type Int, native } from "./declaration.js";
import type { FormatterKind, FormatterRegistry } from "./formatter-registry.js";

const TAB = "{| active: bool; hasActivity: bool; index: int; title: string |}";
const STATUS = "{| currentTab: int; time: string; totalTabs: int |}";

export function uiFormattingModule(registry: FormatterRegistry): HostModule {
  // The segments that a formatter gives may leave fields out, so they are looked at when it has been called.
  const registering = (info: string, kind: FormatterKind, doc: string): HostMember =>
    native(
      `(${info} -> any) -> int`,
      doc,
      (context: NativeContext, run: FunctionValue) => registry.add(context, kind, run),
      { keepsFunctions: true },
    );
  return hostModule("UIFormatting", {
    onFormatTab: registering(TAB, "tab", "Formats the host's tabs with a function; gives its id."),
    onFormatStatusLeft: registering(
      STATUS,
      "statusLeft",
      "Formats the left status line with a function; gives its id.",
    ),
    onFormatStatusRight: registering(
      STATUS,
      "statusRight",
      "Formats the right status line with a function; gives its id.",
    ),
    removeFormatter: native(
      "int -> bool",
      "Takes a formatter back by its id; whether it was there.",
      (context: NativeContext, id: Int) => registry.remove(context, Number(id)),
    ),
    clearFormatters: native(
      "unit -> unit",
      "Takes all formatters of the program back.",
      (context: NativeContext) => {
        registry.clear(context);
        return undefined;
      },
    ),
  });
}
