/** The module `Nav`: navigation by hints and anchors, for a host with focusable things on its screen. */
import {
  error as failed,
  type HostModule,
  hostModule,
  listOfArray,
  type NativeContext,
  ok,
  type Value,
} from "@fusabi/vm";
import { allocateProducts } from "./allocation.js";
import { type Int, native } from "./declaration.js";
import { requireNotNegative } from "./failure.js";
import { NAVIGATION_LIMITS, type Navigation, type NavigationRegistry } from "./navigation-state.js";
import { optional } from "./products.js";

const RESULT = "Result<unit, string>";
const KEYMAPS = ["vimium", "cosmos", "spacemacs"];
const SECOND = 1_000;

/** Whether another action is within the rate; it counts at once. */
function withinRate(state: Navigation): boolean {
  const now = performance.now();
  state.actions = state.actions.filter((at) => now - at < SECOND);
  if (state.actions.length >= state.maxActionsPerSecond) return false;
  state.actions.push(now);
  return true;
}

function result(context: NativeContext, problem: string | undefined): Value {
  allocateProducts(context, 1, 1);
  return problem === undefined ? ok(undefined) : failed(problem);
}

export function navigationModule(registry: NavigationRegistry): HostModule {
  const registerFocusable = (context: NativeContext, id: string, label: string): Value => {
    const { focusables, maxFocusables } = registry.of(context);
    if (focusables.size >= maxFocusables)
      return result(context, `Focusable limit exceeded (max: ${maxFocusables})`);
    context.allocate(2 * (id.length + label.length));
    // An id that is there already moves to the end of the order, as something new.
    focusables.delete(id);
    focusables.set(id, label);
    return result(context, undefined);
  };
  return hostModule("Nav", {
    getKeymap: native(
      "unit -> string",
      "The name of the keymap.",
      (context: NativeContext) => registry.of(context).keymap,
    ),
    setKeymap: native(
      "string -> unit",
      "Chooses a keymap by its name.",
      (context: NativeContext, name: string) => {
        const known = name.toLowerCase();
        registry.of(context).keymap = KEYMAPS.includes(known) ? known : name;
        return undefined;
      },
    ),
    registerFocusable: native(
      `string -> string -> ${RESULT}`,
      "Makes something focusable: id, label.",
      registerFocusable,
    ),
    unregisterFocusable: native(
      "string -> bool",
      "Takes a focusable back by its id; whether it was there.",
      (context: NativeContext, id: string) => registry.of(context).focusables.delete(id),
    ),
    clearFocusables: native(
      "unit -> int",
      "Takes all focusables back; gives how many there were. The current anchor stays.",
      (context: NativeContext) => {
        const { focusables } = registry.of(context);
        const { size } = focusables;
        focusables.clear();
        return size;
      },
    ),
    getFocusableCount: native(
      "unit -> int",
      "How many focusables there are.",
      (context: NativeContext) => registry.of(context).focusables.size,
    ),
    listFocusables: native(
      "unit -> {| id: string; label: string |} list",
      "The focusables, in the order of registration.",
      (context: NativeContext) => {
        const { focusables } = registry.of(context);
        allocateProducts(context, focusables.size, 2);
        const shape = context.conversion.anonymousShapes.shapeOf(["id", "label"]);
        return listOfArray(
          [...focusables].map(([id, label]) => shape.make([id, label])),
          context,
        );
      },
    ),
    enterHintMode: native(`unit -> ${RESULT}`, "Shows hints at the focusables.", (context: NativeContext) => {
      const state = registry.of(context);
      if (!withinRate(state)) return result(context, "Rate limit exceeded");
      state.hintMode = true;
      return result(context, undefined);
    }),
    exitHintMode: native("unit -> unit", "Takes the hints away.", (context: NativeContext) => {
      registry.of(context).hintMode = false;
      return undefined;
    }),
    isHintModeActive: native(
      "unit -> bool",
      "Whether hints are shown.",
      (context: NativeContext) => registry.of(context).hintMode,
    ),
    jumpToAnchor: native(
      `string -> ${RESULT}`,
      "Goes to a focusable by its id.",
      (context: NativeContext, id: string) => {
        const state = registry.of(context);
        if (!withinRate(state)) return result(context, "Rate limit exceeded");
        if (!state.focusables.has(id)) return result(context, `Anchor not found: ${id}`);
        state.anchor = id;
        return result(context, undefined);
      },
    ),
    getCurrentAnchor: native(
      "unit -> string option",
      "The id of the focusable that was jumped to last.",
      (context: NativeContext) => optional(context, registry.of(context).anchor),
    ),
    getLimits: native(
      "unit -> {| maxActionsPerSecond: int; maxFocusables: int; maxHintLength: int |}",
      "How much of it there may be.",
      (context: NativeContext) => {
        const { maxActionsPerSecond, maxFocusables } = registry.of(context);
        allocateProducts(context, 1, 3);
        return context.conversion.anonymousShapes
          .shapeOf(["maxActionsPerSecond", "maxFocusables", "maxHintLength"])
          .make([maxActionsPerSecond, maxFocusables, NAVIGATION_LIMITS.maxHintLength]);
      },
    ),
    setLimits: native(
      "int -> int -> unit",
      "Lowers the limits: focusables, actions per second. They cannot be raised.",
      (context: NativeContext, focusables: Int, actions: Int) => {
        requireNotNegative(context, "Nav.setLimits", focusables, "focusables");
        requireNotNegative(context, "Nav.setLimits", actions, "actions per second");
        const state = registry.of(context);
        state.maxFocusables = Math.min(state.maxFocusables, Number(focusables));
        state.maxActionsPerSecond = Math.min(state.maxActionsPerSecond, Number(actions));
        state.actions = [];
        return undefined;
      },
    ),
  });
}
