import { AbortError } from "@fusabi/vm";

/**
 * A format of `Time.format` that cannot be written, or a time outside the calendar. Inside the library; programs see an exception with this message.
 */
export class BadTimeFormat extends Error {
  override readonly name = "BadTimeFormat";
  readonly code = "FUS0514";
}

/** A pattern of `Regex` that cannot be read, or that is too large. Inside the library; programs see an exception with this message. */
export class BadPattern extends Error {
  override readonly name = "BadPattern";
  readonly code = "FUS0516";

  constructor(
    /** Index of the unit where it goes wrong. */
    readonly at: number,
    readonly why: string,
  ) {
    super(`Regex: bad pattern at ${at}: ${why}`);
  }
}

/**
 * A setting that the host wants to change cannot be: there is none of that name, or it is of another type.
 *
 * @example
 * ```ts
 * config.set("greeter", "port", "eighty"); // throws: setting 'port' of plugin 'greeter' is of type int
 * ```
 */
export class ConfigSettingError extends Error {
  override readonly name = "ConfigSettingError";
  readonly code = "CONFIG_SETTING";
  readonly plugin: string;
  readonly setting: string;

  constructor(plugin: string, setting: string, problem: string, options?: ErrorOptions) {
    super(`setting '${setting}' of plugin '${plugin}' ${problem}`, options);
    this.plugin = plugin;
    this.setting = setting;
  }
}

/**
 * The host wants to run a command that no living instance of the plugin offers.
 *
 * @example
 * ```ts
 * await commands.invoke("greeter", "gret"); // rejects: plugin 'greeter' offers no command 'gret'
 * ```
 */
export class UnknownCommandError extends Error {
  override readonly name = "UnknownCommandError";
  readonly code = "UNKNOWN_COMMAND";
  readonly plugin: string;
  readonly command: string;

  constructor(plugin: string, command: string) {
    super(`plugin '${plugin}' offers no command '${command}'`);
    this.plugin = plugin;
    this.command = command;
  }
}

/**
 * A formatter of a program has given something that is no line of segments. It stands in the `error` of its result.
 *
 * @example
 * ```ts
 * (await formatters.formatTab(tab))[0]?.error; // FormatterResultError: Tab formatter must return a list of StatusSegments
 * ```
 */
export class FormatterResultError extends Error {
  override readonly name = "FormatterResultError";
  readonly code = "FORMATTER_RESULT";

  constructor(
    readonly plugin: string,
    problem: string,
  ) {
    super(problem);
  }
}

/** Text that is no JSON. Line from 1; column is that of the last character read, 0 before the first. */
export class JsonSyntaxError extends Error {
  override readonly name = "JsonSyntaxError";
  readonly code = "FUS0516";

  constructor(
    /** What was found or expected, such as `trailing comma`. */
    readonly what: string,
    readonly line: number,
    readonly column: number,
  ) {
    super(`JSON parse error: ${what} at line ${line} column ${column}`);
  }
}

/**
 * A program has called `exit`. It ends the call of the host and nothing else: like a cancellation it cannot be caught by the program, and the instance stays usable.
 *
 * @example
 * ```ts
 * try { instance.call("main", []); }
 * catch (error) { if (error instanceof ProgramExit) console.log(error.status); }
 * ```
 */
export class ProgramExit extends AbortError {
  override readonly runsFinally = false;
  /** What the program gave to `exit`. */
  readonly status: number | bigint;

  constructor(status: number | bigint) {
    super(undefined);
    this.name = "ProgramExit";
    this.message = `exit ${status}`;
    this.status = status;
  }
}
