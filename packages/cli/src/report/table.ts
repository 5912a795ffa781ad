import type { Style } from "../style.js";

/** The cells of one line. */
export type Row = readonly string[];

/** A title with a table below it; nothing for an empty table. */
export function section(title: string, rows: readonly Row[], style: Style): readonly string[] {
  return rows.length === 0 ? [] : ["", style.bold(title), ...table(rows)];
}

/** Left-aligned columns under a common indentation. */
export function table(rows: readonly Row[]): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  }
  return rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd(),
  );
}
