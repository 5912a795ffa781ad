/** The modules `TerminalInfo` and `TerminalControl`: the terminal that the host is, or runs in. */
import {
  arrayOfList,
  type HostMember,
  type HostModule,
  hostModule,
  type List,
  listOfArray,
  type NativeContext,
  NONE,
  type Value,
} from "@fusabi/vm";
import { allocateProducts, allocateString } from "./allocation.js";
import { type Int, native } from "./declaration.js";
import { optional, some, tuple } from "./products.js";

/**
 * A process in the foreground of a terminal.
 *
 * @example
 * ```ts
 * const process: TerminalProcess = { name: "vim", pid: 4711, commandLine: "vim notes.txt" };
 * ```
 */
export interface TerminalProcess {
  readonly name: string;
  readonly pid: number;
  readonly commandLine?: string;
}

/**
 * A terminal that programs may look into and work with. What it lacks answers as if there were no terminal: nothing, an empty text, false.
 *
 * @example
 * ```ts
 * const terminal: TerminalProvider = {
 *   size: () => ({ columns: 80, rows: 24 }),
 *   sendText: (text) => pane.write(text),
 * };
 * nodeLibrary({ terminal });
 * ```
 */
export interface TerminalProvider {
  foregroundProcess?(): TerminalProcess | undefined;
  workingDirectory?(): string | undefined;
  /** A line of the scrollback, from 0. */
  line?(index: number): string | undefined;
  windowTitle?(): string;
  tabTitle?(): string;
  size?(): { readonly columns: number; readonly rows: number };
  /** Types text into the pane that has the focus. Where a shell runs there, this runs commands. */
  sendText?(text: string): void;
  /** Presses keys, such as `Enter`, `C-c` or `a`. */
  sendKeys?(keys: readonly string[]): void;
  /** Splits the pane; gives the id of the new one, or undefined if there is none. */
  split?(direction: "horizontal" | "vertical"): number | undefined;
  closePane?(id: number): boolean;
  focusPane?(id: number): boolean;
  createTab?(): number | undefined;
  closeTab?(id: number): boolean;
  setTabTitle?(id: number, title: string): boolean;
  /** Shows a short notice. */
  showToast?(text: string): void;
}

const READ = { capability: "terminal:read" } as const;
const PROCESS_INFO = "{| commandLine: string option; name: string; pid: int |}";

/** A text of the provider's, of a length that it decides. */
function given(context: NativeContext, text: string): string {
  allocateString(context, text.length);
  return text;
}

function givenOption(context: NativeContext, text: string | undefined): Value {
  return text === undefined ? NONE : some(context, given(context, text));
}

function linesOf(context: NativeContext, provider: TerminalProvider, start: Int, end: Int): List {
  const lines: string[] = [];
  for (let index = Math.max(0, Number(start)); index < Number(end); index++) {
    context.charge(1);
    const line = provider.line?.(index);
    if (line === undefined) break;
    lines.push(given(context, line));
  }
  return listOfArray(lines, context);
}

export function terminalInfoModule(provider: TerminalProvider): HostModule {
  return hostModule("TerminalInfo", {
    getForegroundProcess: native(
      `unit -> ${PROCESS_INFO} option`,
      "The process in the foreground.",
      (context: NativeContext) => {
        const process = provider.foregroundProcess?.();
        if (process === undefined) return NONE;
        allocateProducts(context, 1, 3);
        const shape = context.conversion.anonymousShapes.shapeOf(["commandLine", "name", "pid"]);
        const { commandLine, name, pid } = process;
        return some(
          context,
          shape.make([givenOption(context, commandLine), given(context, name), Math.trunc(pid)]),
        );
      },
      READ,
    ),
    getCurrentWorkingDir: native(
      "unit -> string option",
      "The directory that the foreground process works in.",
      (context: NativeContext) => givenOption(context, provider.workingDirectory?.()),
      READ,
    ),
    getLine: native(
      "int -> string option",
      "A line of the scrollback.",
      (context: NativeContext, index: Int) =>
        givenOption(context, index < 0 ? undefined : provider.line?.(Number(index))),
      READ,
    ),
    getLines: native(
      "int -> int -> string list",
      "The lines of the scrollback from a start to before an end.",
      (context: NativeContext, start: Int, end: Int) => linesOf(context, provider, start, end),
      READ,
    ),
    getWindowTitle: native(
      "unit -> string",
      "The title of the window.",
      (context: NativeContext) => given(context, provider.windowTitle?.() ?? ""),
      READ,
    ),
    getTabTitle: native(
      "unit -> string",
      "The title of the tab.",
      (context: NativeContext) => given(context, provider.tabTitle?.() ?? ""),
      READ,
    ),
    getTerminalSize: native(
      "unit -> int * int",
      "Columns and rows.",
      (context: NativeContext) => {
        const { columns, rows } = provider.size?.() ?? { columns: 0, rows: 0 };
        return tuple(context, [Math.trunc(columns), Math.trunc(rows)]);
      },
      READ,
    ),
  });
}

/** A function of a control: it declares the parameters that it wants, and what arrives has been checked against their types. */
type Control<T> = (context: NativeContext, ...args: never[]) => T;

/** A function that changes the terminal: what it is to do is in the audit record, and a rehearsal gives the answer in its place. */
function control(
  name: string,
  type: string,
  doc: string,
  {
    prepare,
    run,
    answer,
  }: { readonly prepare?: Control<void>; readonly run: Control<Value>; readonly answer: Value },
): HostMember {
  const capability = "terminal:control";
  const begin = (context: NativeContext, args: readonly never[]): void => {
    prepare?.(context, ...args);
    context.audit({ capability, operation: `TerminalControl.${name}`, decision: "allowed" });
  };
  return native(
    type,
    doc,
    (context: NativeContext, ...args: never[]) => {
      begin(context, args);
      return run(context, ...args);
    },
    {
      capability,
      rehearse: (context: NativeContext, ...args: never[]) => {
        begin(context, args);
        return answer;
      },
    },
  );
}

const counted = (context: NativeContext, text: string): void => context.countOutput(text);

function keysOf(context: NativeContext, keys: List): readonly string[] {
  const items = arrayOfList(keys, context);
  const odd = items.find((key) => typeof key !== "string");
  if (odd !== undefined)
    throw context.fail("FUS0502", "Type mismatch: expected string list, got list with non-string element");
  return items as readonly string[];
}

export function terminalControlModule(provider: TerminalProvider): HostModule {
  const splitting = (name: string, doc: string, direction: "horizontal" | "vertical"): HostMember =>
    control(name, "unit -> int option", doc, {
      run: (context) => optional(context, provider.split?.(direction)),
      answer: NONE,
    });
  const ofId = (name: string, doc: string, run: (id: number) => boolean | undefined): HostMember =>
    control(name, "int -> bool", doc, { run: (_, id: Int) => run(Number(id)) ?? false, answer: true });
  const ofText = (name: string, doc: string, run: (text: string) => void): HostMember =>
    control(name, "string -> unit", doc, {
      prepare: counted,
      run: (_, text: string) => {
        run(text);
        return undefined;
      },
      answer: undefined,
    });
  return hostModule("TerminalControl", {
    sendText: ofText("sendText", "Types text into the pane that has the focus.", (text) =>
      provider.sendText?.(text),
    ),
    sendKeys: control("sendKeys", "string list -> unit", "Presses keys in the pane that has the focus.", {
      prepare: (context, keys: List) => {
        for (const key of keysOf(context, keys)) context.countOutput(key);
      },
      run: (context, keys: List) => {
        provider.sendKeys?.(keysOf(context, keys));
        return undefined;
      },
      answer: undefined,
    }),
    splitHorizontal: splitting("splitHorizontal", "Splits the pane into one above the other.", "horizontal"),
    splitVertical: splitting("splitVertical", "Splits the pane into one beside the other.", "vertical"),
    closePane: ofId("closePane", "Closes a pane by its id; whether it could be.", (id) =>
      provider.closePane?.(id),
    ),
    focusPane: ofId("focusPane", "Gives a pane the focus by its id; whether it could be.", (id) =>
      provider.focusPane?.(id),
    ),
    createTab: control("createTab", "unit -> int option", "Opens a tab; gives its id.", {
      run: (context) => optional(context, provider.createTab?.()),
      answer: NONE,
    }),
    closeTab: ofId("closeTab", "Closes a tab by its id; whether it could be.", (id) =>
      provider.closeTab?.(id),
    ),
    setTabTitle: control(
      "setTabTitle",
      "int -> string -> bool",
      "Gives a tab a title: id, title; whether it could be.",
      {
        prepare: (context, _: Int, title: string) => counted(context, title),
        run: (_, id: Int, title: string) => provider.setTabTitle?.(Number(id), title) ?? false,
        answer: true,
      },
    ),
    showToast: ofText("showToast", "Shows a short notice.", (text) => provider.showToast?.(text)),
  });
}
