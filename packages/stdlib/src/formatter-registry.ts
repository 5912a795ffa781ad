import type { FunctionValue, NativeContext, TypeDescriptor } from "@fusabi/vm";
import { FormatterResultError } from "./errors.js";
import { VisibleState } from "./instance-state.js";

/**
 * A tab, as formatters see it.
 *
 * @example
 * ```ts
 * await formatters.formatTab({ index: 0, title: "shell", active: true, hasActivity: false });
 * ```
 */
export interface TabInfo {
  readonly index: number;
  readonly title: string;
  readonly active: boolean;
  readonly hasActivity: boolean;
}

/**
 * The state of the whole terminal, as formatters see it.
 *
 * @example
 * ```ts
 * await formatters.formatStatusLeft({ currentTab: 0, totalTabs: 3, time: "12:30" });
 * ```
 */
export interface StatusInfo {
  readonly currentTab: number;
  readonly totalTabs: number;
  readonly time: string;
}

/**
 * A piece of a line that a formatter gives.
 *
 * @example
 * ```ts
 * const segment: StatusSegment = { text: "main", fgColor: "green", bgColor: undefined, bold: true };
 * ```
 */
export interface StatusSegment {
  readonly text: string;
  readonly fgColor: string | undefined;
  readonly bgColor: string | undefined;
  readonly bold: boolean;
}

/**
 * What one formatter gave, or why it failed: one that fails does not keep the others from being asked.
 *
 * @example
 * ```ts
 * for (const { plugin, segments, error } of await formatters.formatTab(tab)) draw(segments ?? [errorMark(plugin, error)]);
 * ```
 */
export interface FormatterResult {
  readonly plugin: string;
  readonly id: number;
  readonly segments?: readonly StatusSegment[];
  readonly error?: unknown;
}

/** What is formatted. */
export type FormatterKind = "tab" | "statusLeft" | "statusRight";

const WORDS: Readonly<Record<FormatterKind, string>> = {
  tab: "Tab formatter",
  statusLeft: "Status left",
  statusRight: "Status right",
};

interface Formatters {
  nextId: number;
  readonly byId: Map<
    number,
    { readonly kind: FormatterKind; readonly format: (info: unknown) => Promise<unknown> }
  >;
}

/** Formatters that one program may have. */
const MOST_FORMATTERS = 1_000;
const HANDLER: TypeDescriptor = { kind: "function", parameter: { kind: "any" }, result: { kind: "any" } };

/**
 * The functions with which programs format the host's tabs and status lines.
 *
 * @example
 * ```ts
 * const formatters = new FormatterRegistry();
 * const imports = nodeLibrary({ formatters });
 * const results = await formatters.formatTab({ index: 0, title: "shell", active: true, hasActivity: false });
 * ```
 */
export class FormatterRegistry {
  readonly #states = new VisibleState<Formatters>(() => ({ nextId: 1, byId: new Map() }));

  /** What all formatters of tabs give for a tab, in the order of registration. */
  formatTab(tab: TabInfo): Promise<readonly FormatterResult[]> {
    return this.#format("tab", tab);
  }

  /** What all formatters of the left status line give. */
  formatStatusLeft(status: StatusInfo): Promise<readonly FormatterResult[]> {
    return this.#format("statusLeft", status);
  }

  /** What all formatters of the right status line give. */
  formatStatusRight(status: StatusInfo): Promise<readonly FormatterResult[]> {
    return this.#format("statusRight", status);
  }

  async #format(kind: FormatterKind, info: TabInfo | StatusInfo): Promise<readonly FormatterResult[]> {
    const results: FormatterResult[] = [];
    for (const { plugin, state } of this.#states.living()) {
      for (const [id, formatter] of state.byId) {
        if (formatter.kind !== kind) continue;
        try {
          results.push({
            plugin,
            id,
            segments: segmentsOf(kind, plugin, await formatter.format({ ...info })),
          });
        } catch (error) {
          results.push({ plugin, id, error });
        }
      }
    }
    return results;
  }

  // ---------------------------------------------------------------------------------------------- for the module UIFormatting

  /** @internal */
  add(context: NativeContext, kind: FormatterKind, run: FunctionValue): number {
    const state = this.#states.of(context);
    if (state.byId.size >= MOST_FORMATTERS)
      throw context.fail("FUS0516", `UIFormatting: more than ${MOST_FORMATTERS} formatters`);
    const id = state.nextId++;
    state.byId.set(id, { kind, format: context.conversion.wrapWaiting(run, HANDLER) });
    return id;
  }

  /** @internal */
  remove(context: NativeContext, id: number): boolean {
    return this.#states.of(context).byId.delete(id);
  }

  /** @internal */
  clear(context: NativeContext): void {
    this.#states.of(context).byId.clear();
  }
}

/** Missing `bold` is false; missing or odd colours are none. */
function segmentsOf(kind: FormatterKind, plugin: string, result: unknown): readonly StatusSegment[] {
  if (!Array.isArray(result))
    throw new FormatterResultError(plugin, `${WORDS[kind]} must return a list of StatusSegments`);
  return result.map((segment: unknown) => {
    if (typeof segment !== "object" || segment === null || Array.isArray(segment))
      throw new FormatterResultError(plugin, "StatusSegment must be a record");
    const field = (label: string): unknown =>
      Object.hasOwn(segment, label) ? Reflect.get(segment, label) : undefined;
    const text = field("text");
    if (typeof text !== "string")
      throw new FormatterResultError(plugin, "StatusSegment.text must be a string");
    const colour = (label: string): string | undefined => {
      const value = field(label);
      return typeof value === "string" ? value : undefined;
    };
    return { text, fgColor: colour("fgColor"), bgColor: colour("bgColor"), bold: field("bold") === true };
  });
}
