import type { NativeContext } from "@fusabi/vm";
import { VisibleState } from "./instance-state.js";

/**
 * How a program navigates at the moment.
 *
 * @example
 * ```ts
 * if (navigation.view("pager")?.hintMode) drawHints(navigation.view("pager").focusables);
 * ```
 */
export interface NavigationView {
  /** `vimium`, `cosmos`, `spacemacs`, or a name of the program's own. */
  readonly keymap: string;
  /** What can be focused, in the order of registration. */
  readonly focusables: readonly { readonly id: string; readonly label: string }[];
  readonly hintMode: boolean;
  /** The id of the focusable that was jumped to last. */
  readonly anchor: string | undefined;
}

/** The navigation of one instance. */
export interface Navigation {
  keymap: string;
  /** Labels by id. */
  readonly focusables: Map<string, string>;
  hintMode: boolean;
  anchor: string | undefined;
  maxFocusables: number;
  maxActionsPerSecond: number;
  /** Milliseconds at which the actions of the last second were done. */
  actions: number[];
}

/** At first; a program may only go below. */
export const NAVIGATION_LIMITS = {
  maxFocusables: 1_000,
  maxActionsPerSecond: 60,
  maxHintLength: 32,
} as const;

/**
 * Navigation by hints and anchors, as the host reads it.
 *
 * @example
 * ```ts
 * const navigation = new NavigationRegistry();
 * const imports = nodeLibrary({ navigation });
 * navigation.view("pager")?.anchor;
 * ```
 */
export class NavigationRegistry {
  readonly #states = new VisibleState<Navigation>(() => ({
    keymap: "vimium",
    focusables: new Map(),
    hintMode: false,
    anchor: undefined,
    maxFocusables: NAVIGATION_LIMITS.maxFocusables,
    maxActionsPerSecond: NAVIGATION_LIMITS.maxActionsPerSecond,
    actions: [],
  }));

  /** How the newest instance of a plugin navigates; undefined if it never has. */
  view(plugin: string): NavigationView | undefined {
    const state = this.#states.newest(plugin);
    if (state === undefined) return undefined;
    const { keymap, focusables, hintMode, anchor } = state;
    return { keymap, hintMode, anchor, focusables: [...focusables].map(([id, label]) => ({ id, label })) };
  }

  /** @internal */
  of(context: NativeContext): Navigation {
    return this.#states.of(context);
  }
}
