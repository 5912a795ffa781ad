import type { LifecycleEvent } from "@fusabi/plugin";

/**
 * Takes what a runtime has to say: a sentence, and what it is about as fields. The console is one, and most logging
 * libraries are with a line of glue.
 *
 * @example
 * ```ts
 * const logger: Logger = {
 *   debug: () => undefined,
 *   info: (message, fields) => pino.info(fields, message),
 *   warn: (message, fields) => pino.warn(fields, message),
 *   error: (message, fields) => pino.error(fields, message),
 * };
 * ```
 */
export interface Logger {
  debug(message: string, fields: LogFields): void;
  info(message: string, fields: LogFields): void;
  warn(message: string, fields: LogFields): void;
  error(message: string, fields: LogFields): void;
}

/** What a message is about. `plugin` is always a plugin's name, `error` always an `Error`. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Writes down what happened to a plugin. */
export function logEvent(logger: Logger, event: LifecycleEvent): void {
  const { type, plugin } = event;
  switch (event.type) {
    case "error":
      logger.error(event.message, { plugin, event: type, error: event.error });
      return;
    case "reloaded":
      logger.info(`plugin ${plugin} was reloaded`, { plugin, event: type, count: event.count });
      return;
    case "created":
    case "initialized":
      logger.debug(`plugin ${plugin} is ${type}`, { plugin, event: type });
      return;
    default:
      logger.info(`plugin ${plugin} is ${type}`, { plugin, event: type });
  }
}
