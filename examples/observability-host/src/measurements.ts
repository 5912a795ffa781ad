interface Series {
  readonly kind: "counter" | "gauge" | "histogram";
  readonly values: number[];
}

/** What plugins measure, with the plugin as label: what a real host hands to its metrics system. */
export class Measurements {
  readonly #series = new Map<string, Series>();

  /** A counter grows. */
  count(name: string, amount: number, plugin: string): void {
    const { values } = this.#find("counter", name, plugin);
    values[0] = (values[0] ?? 0) + amount;
  }

  /** A gauge has this value now. */
  gauge(name: string, value: number, plugin: string): void {
    this.#find("gauge", name, plugin).values[0] = value;
  }

  /** A histogram sees another value. */
  observe(name: string, value: number, plugin: string): void {
    this.#find("histogram", name, plugin).values.push(value);
  }

  /** One line a value, in the form that Prometheus reads. */
  lines(): readonly string[] {
    return [...this.#series]
      .flatMap(([key, { kind, values }]) => {
        if (kind !== "histogram") return [`${key} ${values[0] ?? 0}`];
        const sum = values.reduce((total, value) => total + value, 0);
        return [`${key.replace("{", "_count{")} ${values.length}`, `${key.replace("{", "_sum{")} ${sum}`];
      })
      .sort();
  }

  #find(kind: Series["kind"], name: string, plugin: string): Series {
    const key = `${name}{plugin="${plugin}"}`;
    const series = this.#series.get(key) ?? { kind, values: [] };
    this.#series.set(key, series);
    return series;
  }
}
