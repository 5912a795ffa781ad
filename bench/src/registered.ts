/** What a plugin costs that is registered and does nothing: its program is one line, so that what is measured is what the runtime keeps of each. */
import { answerOf } from "./child.js";
import { reportOfRegistered } from "./report.js";

const plugins = 10_000;

/** The lines of the report. */
export async function measureRegistered(): Promise<string> {
  return reportOfRegistered({ plugins, bytes: await answerOf("registered-process.ts", [String(plugins)]) });
}
