export function heading(text: string): void {
  console.log(`\n${text}`);
}

/** Prints rows below a header, each column as wide as its widest text. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = header.map((name, column) =>
    Math.max(...[header, ...rows].map((row) => (row[column] ?? name).length)),
  );
  for (const row of [header, ...rows])
    console.log(
      `  ${row
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd()}`,
    );
}
