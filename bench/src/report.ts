import type { Comparison, Measurement, Unit } from "./measure.js";

const perMillisecond: Readonly<Record<Unit, number>> = { ns: 1e6, µs: 1e3, ms: 1 };

/** The lines that show the measurements of a comparison. */
export function reportOf(comparison: Comparison, measurements: readonly Measurement[]): string {
  const { unit, rate } = comparison;
  const shown = (milliseconds: number) => significant(milliseconds * perMillisecond[unit]);
  const lines = measurements.map(({ name, median, fastest, slowest, ratio }) =>
    [
      `  ${name.padEnd(36)} ${shown(median).padStart(8)} ${unit}`,
      `${significant(ratio)}×`.padStart(9),
      `   (${shown(fastest)} … ${shown(slowest)})`,
      rate === undefined ? "" : `   ${rate(median)}`,
    ].join(""),
  );
  return [comparison.title, ...lines].join("\n");
}

function significant(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
