/** The labels of JSON objects in the order in which they come: documents repeat themselves, so what follows a label is known before it is read. */
import type { AnonymousShapes, RecordShape, Value } from "@fusabi/vm";

/** Orders of labels that are kept while a document is read; objects with ever new labels are read without. */
const MAX_KEPT = 1000;

/** How records are made of the values that came with some labels, in their order. */
export interface Layout {
  readonly shape: RecordShape;
  /** For each label, its place among the fields. */
  readonly slots: readonly number[];
  /** The fields of the record that is being made. Of equal labels the last one counts: the place of the others is behind the fields. */
  readonly fields: Value[];
}

/** Where an object stands when some of its labels have been read. */
export class LabelStep {
  /** The label that came next the last time, as it stands in the text, with its colon. */
  text = "";
  next: LabelStep | undefined;
  #others: Map<string, LabelStep> | undefined;
  #layout: Layout | undefined;

  constructor(
    private readonly tree: LabelTree,
    private readonly label: string,
    private readonly before: LabelStep | undefined,
  ) {}

  /** Goes on with a label that was read, `text` being how it is written. */
  follow(label: string, text: string): LabelStep {
    let step = this.#others?.get(label);
    if (step === undefined) {
      step = new LabelStep(this.tree, label, this);
      if (!this.tree.keeps()) return step;
      this.#others ??= new Map();
      this.#others.set(label, step);
    }
    this.text = text;
    this.next = step;
    return step;
  }

  /** The object ends here. */
  get layout(): Layout {
    this.#layout ??= this.tree.layoutOf(this.#labels());
    return this.#layout;
  }

  #labels(): string[] {
    const labels: string[] = [];
    for (let step: LabelStep = this; step.before !== undefined; step = step.before) labels.push(step.label);
    return labels.reverse();
  }
}

/** All that is known of the objects of a document. */
export class LabelTree {
  /** An object begins. */
  readonly start: LabelStep = new LabelStep(this, "", undefined);
  #kept = 0;

  constructor(private readonly shapes: AnonymousShapes) {}

  /** Whether one more step is kept. */
  keeps(): boolean {
    return this.#kept++ < MAX_KEPT;
  }

  layoutOf(labels: readonly string[]): Layout {
    const last = new Map(labels.map((label, index) => [label, index]));
    const shape = this.shapes.shapeInOrder([...last.keys()]);
    const size = last.size;
    const slots = labels.map((label, index) =>
      last.get(label) === index ? (shape.indexOf.get(label) as number) : size,
    );
    return { shape, slots, fields: new Array<Value>(size + 1).fill(undefined) };
  }
}
