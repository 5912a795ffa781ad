import {
  ArgumentError,
  CallAbortedError,
  ExecutionError,
  LimitExceededError,
  PluginCrashedError,
} from "@fusabi/plugin";
import { ProgramExit } from "@fusabi/stdlib";
import { AbortError, CallError, ConversionError, FusabiError, LimitError } from "@fusabi/vm";

/** What the machine threw during a call, in the words of plugins. Anything that it never throws for a program is a crash. */
export function callFailure(plugin: string, fn: string, error: unknown): Error {
  if (error instanceof FusabiError) {
    const { code, message, trace } = error;
    return new ExecutionError(plugin, fn, { code, message, trace }, { cause: error });
  }
  if (error instanceof LimitError) {
    const { code, message, trace } = error;
    return new LimitExceededError(plugin, fn, { code, message, trace }, error, { cause: error });
  }
  // A program that ended itself is not stopped by anybody: the reason is its `exit`, with the status.
  if (error instanceof ProgramExit) return new CallAbortedError(plugin, fn, error);
  if (error instanceof AbortError) return new CallAbortedError(plugin, fn, error.cause);
  // No export is named when the instance itself takes no calls any more: the plugin was closed while the call waited.
  if (error instanceof CallError && error.exportName === "") return new CallAbortedError(plugin, fn, error);
  if (error instanceof CallError || error instanceof ConversionError) {
    return new ArgumentError(plugin, fn, error.message, { cause: error });
  }
  const cause = error instanceof Error ? error : new Error(String(error), { cause: error });
  return new PluginCrashedError(plugin, cause);
}
