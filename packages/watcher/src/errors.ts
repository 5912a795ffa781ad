/**
 * Something that is watched cannot be: the path is not there, the system refuses, or watching broke off. `path` is what was to be watched, where it
 * is known.
 *
 * @example
 * ```ts
 * watcher.on("error", (error) => { if (error instanceof WatchError) report(error.code, error.path); });
 * ```
 */
export class WatchError extends Error {
  override readonly name = "WatchError";
  readonly code = "WATCH_FAILED";
  readonly path: string | undefined;

  constructor(message: string, path: string | undefined, options?: ErrorOptions) {
    super(message, options);
    this.path = path;
  }
}

/**
 * A setting of a watcher or of a retry policy makes no sense. `option` is its name.
 *
 * @example
 * ```ts
 * try { new PluginWatcher({ debounce: -1 }); }
 * catch (error) { if (error instanceof InvalidWatcherOptionError) report(error.option); else throw error; }
 * ```
 */
export class InvalidWatcherOptionError extends Error {
  override readonly name = "InvalidWatcherOptionError";
  readonly code = "INVALID_WATCHER_OPTION";
  readonly option: string;

  constructor(option: string, message: string) {
    super(message);
    this.option = option;
  }
}

/**
 * A listener, or a function among the options, threw. `event` is what it was called for.
 *
 * @example
 * ```ts
 * watcher.on("error", (error) => { if (error instanceof ListenerError) report(error.event, error.cause); });
 * ```
 */
export class ListenerError extends Error {
  override readonly name = "ListenerError";
  readonly code = "LISTENER_FAILED";
  readonly event: string;

  constructor(event: string, cause: unknown) {
    super(`a function called for ${event} threw: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
    this.event = event;
  }
}

/**
 * A retry policy refuses to try: there were too many failures in a row. `retryAt` is when it will try again, in milliseconds since 1970-01-01 UTC.
 *
 * @example
 * ```ts
 * try { await policy.run(reload); }
 * catch (error) { if (error instanceof CircuitOpenError) scheduleAt(error.retryAt); else throw error; }
 * ```
 */
export class CircuitOpenError extends Error {
  override readonly name = "CircuitOpenError";
  readonly code = "CIRCUIT_OPEN";
  readonly retryAt: number;

  constructor(retryAt: number, options?: ErrorOptions) {
    super(`too many failures in a row: not tried again before ${new Date(retryAt).toISOString()}`, options);
    this.retryAt = retryAt;
  }
}
