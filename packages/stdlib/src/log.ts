/** The module `Log`: lines for the host's log. */
import { type HostMember, type HostModule, hostModule, type NativeContext } from "@fusabi/vm";
import { native } from "./declaration.js";

/**
 * How serious a line of a log is, the most serious first.
 *
 * @example
 * ```ts
 * const level: LogLevel = "warn";
 * ```
 */
export type LogLevel = "error" | "warn" | "info" | "debug" | "trace";

/**
 * A line that a program has written to its host's log.
 *
 * @example
 * ```ts
 * const line: LogEntry = { level: "info", text: "started", plugin: "greeter", place: "main.fsx:3:5" };
 * ```
 */
export interface LogEntry {
  readonly level: LogLevel;
  readonly text: string;
  readonly plugin: string;
  /** `FILE:LINE:COLUMN` of the call; undefined in a program without debug data. */
  readonly place: string | undefined;
}

/**
 * Takes the lines that programs log.
 *
 * @example
 * ```ts
 * const log: LogSink = ({ level, plugin, text }) => logger[level]({ plugin }, text);
 * nodeLibrary({ log });
 * ```
 */
export type LogSink = (entry: LogEntry) => void;

const LEVELS: readonly LogLevel[] = ["error", "warn", "info", "debug", "trace"];
const CAPABILITY = { capability: "logging" } as const;

function write(context: NativeContext, sink: LogSink | undefined, level: LogLevel, text: string): undefined {
  // Without a log of the host's own, lines go where its programs' errors go; `write` counts them.
  if (sink === undefined) {
    context.write("stderr", `${level}: ${text}\n`);
    return;
  }
  context.countOutput(text);
  const { position, plugin } = context;
  const place =
    position === undefined || position.line === 0
      ? undefined
      : `${position.file}:${position.line}:${position.column}`;
  sink({ level, text, plugin, place });
}

export function logModule(sink: LogSink | undefined): HostModule {
  const at = (level: LogLevel, doc: string): HostMember =>
    native(
      "string -> unit",
      doc,
      (context: NativeContext, text: string) => write(context, sink, level, text),
      CAPABILITY,
    );
  return hostModule("Log", {
    error: at("error", "Logs what went wrong."),
    warn: at("warn", "Logs what may go wrong."),
    info: at("info", "Logs what happens."),
    debug: at("debug", "Logs what helps to find mistakes."),
    trace: at("trace", "Logs every step."),
    log: native(
      "string -> string -> unit",
      "Logs at a level by its name: level, text.",
      (context: NativeContext, name: string, text: string) =>
        write(context, sink, levelCalled(context, name), text),
      CAPABILITY,
    ),
  });
}

function levelCalled(context: NativeContext, name: string): LogLevel {
  const level = LEVELS.find((one) => one === name);
  if (level === undefined)
    throw context.fail("FUS0516", `Log.log: unknown level ${JSON.stringify(name.slice(0, 80))}`);
  return level;
}
