/** What modules keep for each instance of a program, apart from every other, for as long as the instance lives. */
import type { NativeContext } from "@fusabi/vm";

export class InstanceState<T extends object> {
  readonly #make: (context: NativeContext) => T;
  readonly #states = new WeakMap<AbortSignal, T>();

  constructor(make: (context: NativeContext) => T) {
    this.#make = make;
  }

  of(context: NativeContext): T {
    const { lifetime } = context;
    let state = this.#states.get(lifetime);
    if (state === undefined) {
      state = this.#make(context);
      this.#states.set(lifetime, state);
      this.made(state, context);
    }
    return state;
  }

  protected made(_state: T, _context: NativeContext): void {}
}

/** A state that the host looks into, too: by the name of the plugin. It does not keep instances alive that everybody else has forgotten. */
export class VisibleState<T extends object> extends InstanceState<T> {
  /** Oldest first: while a plugin is replaced, two instances have its name. */
  #instances: { readonly plugin: string; readonly lifetime: AbortSignal; readonly state: WeakRef<T> }[] = [];

  /** Length at which the forgotten ones are looked for, so that a host that never looks does not keep them all. */
  #crowded = 32;

  protected override made(state: T, { plugin, lifetime }: NativeContext): void {
    this.#instances.push({ plugin, lifetime, state: new WeakRef(state) });
    if (this.#instances.length < this.#crowded) return;
    this.#forget();
    this.#crowded = Math.max(32, 2 * this.#instances.length);
  }

  #forget(): void {
    this.#instances = this.#instances.filter(
      ({ lifetime, state }) => !lifetime.aborted && state.deref() !== undefined,
    );
  }

  /** The states of all living instances, or of those of one plugin; oldest first. */
  living(plugin?: string): readonly { readonly plugin: string; readonly state: T }[] {
    this.#forget();
    return this.#instances.flatMap((instance) => {
      const state = instance.state.deref();
      const wanted = plugin === undefined || instance.plugin === plugin;
      return state !== undefined && wanted ? [{ plugin: instance.plugin, state }] : [];
    });
  }

  /** The state of the newest instance of a plugin; undefined when it has none. */
  newest(plugin: string): T | undefined {
    return this.living(plugin).at(-1)?.state;
  }
}
