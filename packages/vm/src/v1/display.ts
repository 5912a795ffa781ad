/** The text of a value. Values may be nested to any depth, and arrays may contain themselves: no recursion, and every step is paid for. */
import type { Meter } from "../machine/meter.js";
import { floatText } from "../values/float-text.js";
import { chargeDepth } from "./nesting.js";
import {
  ClosureValue,
  Cons,
  Float,
  MapValue,
  MutableArray,
  NativeValue,
  NIL,
  type OpaqueValue,
  RecordValue,
  sortedEntries,
  Tuple,
  type Value,
  Variant,
} from "./value.js";

/** A value with parts that is being written. */
class Open {
  /** Index of the part that comes next. */
  next = 0;

  constructor(
    readonly opening: string,
    readonly parts: readonly Value[],
    readonly separator: string,
    readonly close: string,
    /** What stands before each part, beside the separator. */
    readonly labels: readonly string[] | undefined = undefined,
  ) {}

  /** The text before the next part. */
  get lead(): string {
    const separator = this.next === 0 ? "" : this.separator;
    return this.labels === undefined ? separator : separator + (this.labels[this.next] ?? "");
  }
}

/** @throws LimitError when the text, or the work for it, is more than the limits allow. */
export function displayV1(value: Value, meter: Meter): string {
  const begun = begin(value, meter);
  return typeof begun === "string" ? begun : new Display(meter).show(begun);
}

class Display {
  readonly #pieces: string[] = [];
  #units = 0;

  constructor(private readonly meter: Meter) {}

  show(whole: Open): string {
    const around: Open[] = [];
    let current = whole;
    this.#write(current.opening);
    for (;;) {
      if (current.next === current.parts.length) {
        this.#write(current.close);
        const outer = around.pop();
        if (outer === undefined) return this.#pieces.join("");
        current = outer;
        continue;
      }
      const { lead } = current;
      const begun = begin(current.parts[current.next++], this.meter);
      if (typeof begun === "string") {
        this.#write(lead + begun);
      } else {
        this.#write(lead + begun.opening);
        around.push(current);
        chargeDepth(around.length, this.meter);
        current = begun;
      }
    }
  }

  #write(text: string): void {
    this.#units += text.length;
    this.meter.charge(1 + (text.length >> 4));
    this.meter.joinString(this.#units, text.length);
    this.#pieces.push(text);
  }
}

/** The whole text of a value without parts, or how one with parts begins. */
function begin(value: Value, meter: Meter): string | Open {
  switch (typeof value) {
    case "string":
      return value;
    case "undefined":
      return "()";
    case "number":
    case "bigint":
    case "boolean":
      return String(value);
  }
  if (value instanceof Float) return floatText(value.value);
  if (value === NIL) return "[]";
  if (value instanceof Cons) return beginChain(value, meter);
  if (value instanceof Tuple) return new Open("(", value.items, ", ", ")");
  if (value instanceof MutableArray) return new Open("[|", value.items, "; ", "|]");
  if (value instanceof RecordValue) return labelled("{ ", value.fields, " = ", " }", meter);
  if (value instanceof MapValue) return labelled("Map [", value.entries, " -> ", "]", meter);
  if (value instanceof Variant) {
    if (value.fields.length === 0) return value.caseName;
    return new Open(`${value.caseName}(`, value.fields, ", ", ")");
  }
  if (value instanceof ClosureValue)
    return value.name === undefined ? "<closure>" : `<closure ${value.name}>`;
  if (value instanceof NativeValue) return `<native fn ${value.name}>`;
  return `<host object: ${(value as OpaqueValue).typeName}>`;
}

function labelled(
  opening: string,
  entries: ReadonlyMap<string, Value>,
  arrow: string,
  close: string,
  meter: Meter,
): Open {
  meter.charge(entries.size);
  const sorted = sortedEntries(entries);
  const labels = sorted.map(([label]) => label + arrow);
  return new Open(
    opening,
    sorted.map(([, value]) => value),
    "; ",
    close,
    labels,
  );
}

/** `[1; 2]`, or `Cons(1, Cons(2, 3))` when the chain does not end in nil. */
function beginChain(list: Cons, meter: Meter): Open {
  const parts: Value[] = [];
  let rest: Value = list;
  for (; rest instanceof Cons; rest = rest.tail) {
    meter.charge(1);
    parts.push(rest.head);
  }
  if (rest === NIL) return new Open("[", parts, "; ", "]");
  const labels = parts.map((_, index) => (index === 0 ? "" : "Cons("));
  parts.push(rest);
  return new Open("Cons(", parts, ", ", ")".repeat(labels.length), labels);
}
