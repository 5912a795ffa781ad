/** The module `Metrics`: counters, gauges and histograms of the host. Programs write them and cannot read them. */
import { BoxedFloat, type HostMember, type HostModule, hostModule, type NativeContext } from "@fusabi/vm";
import { type Int, internal, native, overloaded } from "./declaration.js";
import { requireNotNegative } from "./failure.js";
import { InstanceState } from "./instance-state.js";
import type { Prelude } from "./prelude.js";

/**
 * Takes what programs measure. Every call names the plugin, which becomes a label.
 *
 * @example
 * ```ts
 * const metrics: MetricsSink = {
 *   count: (name, amount, plugin) => counter(name).inc({ plugin }, amount),
 *   gauge: (name, value, plugin) => gauge(name).set({ plugin }, value),
 *   observe: (name, value, plugin) => histogram(name).observe({ plugin }, value),
 * };
 * nodeLibrary({ metrics });
 * ```
 */
export interface MetricsSink {
  /** A counter grows by `amount`, 0 or more. */
  count(name: string, amount: number, plugin: string): void;
  /** A gauge has this value now. */
  gauge(name: string, value: number, plugin: string): void;
  /** A histogram sees another value. */
  observe(name: string, value: number, plugin: string): void;
}

/** For a host that measures nothing. */
export const noMetrics: MetricsSink = {
  count: () => undefined,
  gauge: () => undefined,
  observe: () => undefined,
};

const CAPABILITY = { capability: "metrics" } as const;
const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]{0,199}$/;
/** Every name stays in the host's metrics for good; a program that makes them up must not fill them. */
const MOST_NAMES = 1_000;

const names = new InstanceState(() => new Set<string>());

function requireName(context: NativeContext, name: string): void {
  const known = names.of(context);
  if (known.has(name)) return;
  if (!NAME.test(name)) throw context.fail("FUS0516", `Metrics: bad name "${name.slice(0, 80)}"`);
  if (known.size >= MOST_NAMES)
    throw context.fail(
      "FUS0516",
      `Metrics: more than ${MOST_NAMES} names; measure under names that are fixed`,
    );
  known.add(name);
}

/** Declares a function that measures: in a rehearsal its arguments are checked, and nothing is measured. */
function measuring<T>(
  type: string,
  doc: string,
  check: (context: NativeContext, name: string, amount: T) => void,
  run: (context: NativeContext, name: string, amount: T) => void,
): HostMember {
  return native(
    type,
    doc,
    (context: NativeContext, name: string, amount: T) => {
      check(context, name, amount);
      run(context, name, amount);
      return undefined;
    },
    {
      ...CAPABILITY,
      rehearse: (context: NativeContext, name: string, amount: T) => {
        check(context, name, amount);
        return undefined;
      },
    },
  );
}

/** The functions that take an int as well as a float. */
function ofNumber(
  name: string,
  doc: string,
  run: (context: NativeContext, name: string, value: number) => void,
): Readonly<Record<string, HostMember>> {
  const [float, int] = [`${name}Float`, `${name}Int`];
  const number = (value: Int | BoxedFloat): number =>
    Number(value instanceof BoxedFloat ? value.value : value);
  const measure = (type: string): HostMember => ({
    ...measuring<Int | BoxedFloat>(type, "", requireName, (context, metric, value) =>
      run(context, metric, number(value)),
    ),
    hidden: true,
  });
  return {
    [name]: overloaded(doc, float, int),
    [float]: measure("string -> float -> unit"),
    [int]: measure("string -> int -> unit"),
  };
}

export function metricsModule(sink: MetricsSink, prelude: Prelude): HostModule {
  return hostModule("Metrics", {
    counterInc: native(
      "string -> unit",
      "Adds 1 to a counter.",
      (context: NativeContext, name: string) => {
        requireName(context, name);
        sink.count(name, 1, context.plugin);
        return undefined;
      },
      {
        ...CAPABILITY,
        rehearse: (context: NativeContext, name: string) => {
          requireName(context, name);
          return undefined;
        },
      },
    ),
    counterAdd: measuring<Int>(
      "string -> int -> unit",
      "Adds to a counter: name, amount.",
      (context, name, amount) => {
        requireName(context, name);
        requireNotNegative(context, "Metrics.counterAdd", amount, "amount");
      },
      (context, name, amount) => sink.count(name, Number(amount), context.plugin),
    ),
    ...ofNumber("gaugeSet", "Sets a gauge: name, value.", (context, name, value) =>
      sink.gauge(name, value, context.plugin),
    ),
    ...ofNumber("histogramObserve", "Adds a value to a histogram: name, value.", (context, name, value) =>
      sink.observe(name, value, context.plugin),
    ),
    timed: {
      ...prelude.file("metrics")(
        "string -> (unit -> 'a) -> 'a",
        "Runs a function and adds the seconds that it takes to a histogram, also when it fails: name, function.",
        "timed",
      ),
      ...CAPABILITY,
    },
  });
}

/** What the prelude calls: the time, and the histogram at the end. */
export function metricNatives(sink: MetricsSink): Readonly<Record<string, HostMember>> {
  return {
    stopwatch: internal("string -> float", (context: NativeContext, name: string) => {
      requireName(context, name);
      return performance.now();
    }),
    observeSince: internal(
      "string -> float -> unit",
      (context: NativeContext, name: string, started: number) => {
        sink.observe(name, (performance.now() - started) / 1000, context.plugin);
        return undefined;
      },
      { ...CAPABILITY, rehearse: () => undefined },
    ),
  };
}
