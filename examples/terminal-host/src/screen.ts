import type { PluginRuntime } from "@fusabi/runtime";

const colour = process.stdout.isTTY === true && (process.env["NO_COLOR"] ?? "") === "";
const paint = (code: number, text: string): string => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);

export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function heading(text: string): void {
  console.log(`\n${paint(1, text)}`);
}

function indented(text: string): void {
  for (const line of text.split("\n")) console.log(`  ${line}`);
}

/** Prints tables that the plugin text-table lays out: the host uses its plugins, too. */
export function tableWith(runtime: PluginRuntime): (table: Table) => Promise<void> {
  return async ({ header, rows }) => {
    const [head = "", ...body] = String(await runtime.call("text-table", "format", [header, rows])).split(
      "\n",
    );
    indented([paint(36, head), ...body].join("\n"));
  };
}

/** A bar of blocks for a share of the whole. */
export function bar(value: number, whole: number): string {
  return "█".repeat(Math.round((24 * value) / Math.max(1, whole)));
}

/** Does what must fail, and shows how it was refused. */
export async function refused(attempt: () => Promise<unknown>): Promise<void> {
  try {
    await attempt();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const code = "code" in error ? String(error.code) : error.name;
    indented(`${paint(31, code)}\n${error.message}`);
    return;
  }
  throw new Error("this should have been refused");
}
