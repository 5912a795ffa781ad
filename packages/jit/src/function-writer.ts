/**
 * The JavaScript text of one function. Registers are locals `r0`, `r1`, …; the closure is `c`, the depth `d`, the word of the instruction that may raise `pc`. No text of the program gets into
 * it: constants, shapes and functions are reached through lists by index, and only numbers are written out.
 */
import type { Instruction } from "@fusabi/vm";
import {
  ENTER,
  type ExecutableModule,
  type FunctionCode,
  type LinkedUnit,
  type LiveRegisters,
  prepareFunction,
} from "@fusabi/vm/engine";
import type { AssumedInts } from "./assumed-ints.js";
import { type Block, type Graph, isSelfTail, labelsOf, nameOf } from "./blocks.js";
import type { Dominators } from "./dominators.js";
import { type Analysis, MOST_RESUMED } from "./function-analysis.js";
import { leafLoops } from "./leaf-loops.js";
import { bodyOf, loopNumbers } from "./loop-numbers.js";
import type { Needed } from "./needed.js";
import { read, written } from "./operands.js";
import { type Origins, originStep } from "./origins.js";
import { type OwedFuel, owedFuel } from "./owed-fuel.js";
import { Ranges, step } from "./ranges.js";
import { writeStructured } from "./structure.js";
import type { TailCalls } from "./tail-calls.js";

/** What the functions of a module that are translated together know of each other, and of those that are given to them. */
export interface Surroundings {
  readonly unit: LinkedUnit;
  readonly tails: TailCalls;
  /** What the names of constants, shapes and functions of a module begin with in the text. */
  prefixOf(module: ExecutableModule): string;
  /** Whether the function is called by the name of its text (translated, now or before); the others are interpreted. */
  isTranslated(code: FunctionCode): boolean;
  /** What the copy of a function is called for those who give it these functions; undefined where there is none. */
  copyFor(code: FunctionCode, unit: LinkedUnit, given: Given): string | undefined;
  /** The function may hand a callee to its caller. */
  mayBounce(code: FunctionCode): boolean;
}

/** The functions of the program that a function is given, by parameters, where they are known. */
export type Given = readonly (FunctionCode | undefined)[];

/** Registers beyond which a frame counts as several. */
const SMALL_FRAME = 16;

/** The function that goes on with a loop of the function with this name. */
export function nameOfLoop(name: string, header: number): string {
  return header === 0 ? name : `${name}E${header}`;
}

/** The function that assumes nothing of its loops. */
export function wideName(name: string): string {
  return `${name}W`;
}

export class FunctionWriter {
  readonly #lines: string[] = [];
  /** Loops that go on in a function of their own. */
  readonly resumed: Set<number> = new Set();
  /** Loops that may go on in the text that assumes nothing. */
  readonly widened: Set<number> = new Set();
  readonly #words: Int32Array;
  readonly #loops: ReadonlyMap<number, readonly number[]>;
  /** Blocks of loops that count fuel in the local `f`. */
  readonly #leaves: ReadonlyMap<number, number>;
  readonly #owed: OwedFuel;
  /** Before what leaves the function from the block: puts the fuel back. */
  #pay = "";
  /** What is known before the instruction that is being written. */
  #known: Ranges;
  #origins: Origins = [];
  /** The closure that runs. */
  readonly #own: string;
  readonly #prefix: string;
  /** Its code. */
  readonly #code: string;
  readonly #floats: readonly string[];
  readonly graph: Graph;
  readonly dominators: Dominators;
  readonly ranges: readonly (Ranges | undefined)[];
  readonly origins: readonly (Origins | undefined)[];
  readonly needed: readonly Needed[];
  readonly assumed: AssumedInts;
  readonly entries: ReadonlyMap<number, Dominators>;
  readonly live: LiveRegisters;

  /** Of the function from the block `entry` on. */
  constructor(
    readonly code: FunctionCode,
    readonly around: Surroundings,
    analysis: Analysis,
    readonly entry: number,
    /** What the function is called in the text, from its start. */
    readonly base: string,
    /** What is known of its arguments. */
    readonly given: Given,
    readonly name: string = nameOfLoop(base, entry),
    /** What it calls when it calls itself. */
    readonly self: string = base,
  ) {
    const { graph, ranges, origins, live, needed, assumed, entries } = analysis;
    const dominators = entries.get(entry) ?? analysis.dominators;
    this.graph = graph;
    this.dominators = dominators;
    this.ranges = ranges;
    this.origins = origins;
    this.live = live;
    this.needed = needed;
    this.assumed = assumed;
    this.entries = entries;
    const { data } = code;
    this.#words = wordsOf(code);
    this.#loops = data.registers > MOST_RESUMED ? new Map() : loopNumbers(data, graph, dominators);
    this.#floats = Array.from({ length: data.floatRegisters }, (_, register) => `q${register}=0`);
    this.#leaves = leafLoops(data, graph, dominators);
    // As the function is read from its start, so that those who leave a loop and those who enter it agree.
    const sliced = [...dominators.headers].filter((block) => this.#isSliced(block));
    const bodies = sliced.map((block): [number, ReadonlySet<number>] => [
      block,
      analysis.dominators.headers.has(block) ? bodyOf(graph, analysis.dominators, block) : new Set(),
    ]);
    this.#owed = owedFuel(data, graph, dominators.order, live, new Map(bodies));
    this.#known = Ranges.unknown(data.registers);
    this.#own = data.captures === 0 ? `c.unit.closures[${code.index}]` : "c";
    this.#prefix = around.prefixOf(code.module);
    this.#code = `${this.#prefix}F${code.index}`;
  }

  write(): string | undefined {
    const { code, graph, dominators } = this;
    const { arity, registers } = code;
    const { entry } = this;
    const given = entry === 0 ? arity : registers;
    const parameters = Array.from({ length: given }, (_, i) => `r${i}`);
    const floats = entry === 0 ? [] : this.#floats.map((float) => float.slice(0, -2));
    this.line(`function ${this.name}(${["c", ...parameters, ...floats].join(",")}){`);
    const locals = Array.from({ length: registers - given }, (_, i) => `r${given + i}`);
    // A local of the function is reached sooner, and in less code; but a loop that is entered while it runs takes it for any object.
    if (dominators.headers.size === 0) this.line("const M=thread;");
    this.line(
      `let ${["t", "u", "pc=0", "d=M.depth+1", ...(this.#leaves.size > 0 ? ["f"] : []), ...locals, ...(entry === 0 ? this.#floats : [])].join(",")};`,
    );
    if (entry === 0)
      this.line(`if(d>M.limit&&M.deeper(d))return M.interpret(${this.#own},[${parameters.join(",")}],d);`);
    const wide = Math.floor(registers / SMALL_FRAME);
    this.line("try{");
    if (this.entries.has(entry) && this.#isSliced(entry)) {
      this.line("if(M.fuel<0){");
      this.#refillFor(entry);
      this.line("}");
    }
    if (wide > 0) this.line(`M.widen(${wide});try{`);
    const fits = writeStructured(graph, dominators, entry, this);
    if (wide > 0) this.line(`}finally{M.widen(${-wide});}`);
    this.line(`}catch(e){throw M.leaving(e,${this.#code},pc,d);}`);
    this.line("}");
    return fits ? this.#lines.join("\n") : undefined;
  }

  line(text: string): void {
    this.#lines.push(text);
  }

  loop(block: number, inside: () => void): void {
    const isLeaf = this.#leaves.has(block);
    const numbers = this.#loops.get(block) ?? [];
    const { start, fuel } = this.graph.blocks[block] as Block;
    const isSliced = this.#isSliced(block);
    if (isSliced) {
      const known = this.ranges[block] as Ranges;
      const guards = numbers.filter((register) => !known.isNumber(register));
      const strange = guards.map((register) => `typeof r${register}!=="number"`).join("||");
      this.line(`S${block}:for(;;){`);
      if (strange !== "")
        this.line(
          `if(${strange}){${this.#pc(start)}if((M.fuel-=${fuel})<0)M.refill(${this.#heldAt(block)});pc=-1;return M.resume(${this.#own},${this.#words[start]},[${this.#neededRegisters(block)}],d,[${this.#neededFloats(block)}]);}`,
        );
      const assumed = this.assumed.get(block) ?? [];
      if (assumed.length > 0) {
        const isWide = assumed.map(
          (register) => `typeof r${register}!=="number"||(r${register}|0)!==r${register}`,
        );
        this.widened.add(block);
        this.line(`if(${isWide.join("||")}){`);
        this.#goOnIn(wideName(this.base), block);
        this.line("}");
      }
      const asNumber = (register: number): string =>
        known.isInt32(register) ? `r${register}=r${register}|0;` : `r${register}=+r${register};`;
      this.line([...new Set([...numbers, ...assumed])].map(asNumber).join(""));
      const { floats } = this.needed[block] as Needed;
      this.line([...floats].map((register) => `q${register}=+q${register};`).join(""));
      if (isLeaf) this.line("f=M.fuel;");
    }
    this.line(`L${block}:for(;;){`);
    inside();
    this.line("}");
    if (isSliced) this.#endSlice(block, isLeaf ? "M.fuel=f;" : "");
  }

  /**
   * Outside of the inner loop, and without a call: engines make better code of a loop that has no calls behind it which have not happened yet, and do not keep its numbers in memory. So it is
   * the function that goes on with the loop which asks for fuel.
   */
  #endSlice(block: number, pay: string): void {
    this.line(pay);
    if (this.entries.has(block)) {
      this.resumed.add(block);
      this.#goOnIn(this.base, block);
    } else this.#refillFor(block);
    this.line("}");
  }

  /** The loop begins anew in a function of its own, which is called for this one. */
  #goOnIn(base: string, block: number): void {
    const values =
      block === 0
        ? this.#neededRegisters(0).slice(0, this.code.arity)
        : [...this.#neededRegisters(block), ...this.#neededFloats(block)];
    this.line(`M.callee=${this.#own};M.entry=${nameOfLoop(base, block)};M.args=[${values}];return BOUNCE;`);
  }

  #neededRegisters(block: number): readonly string[] {
    const { registers } = this.needed[block] as Needed;
    return Array.from({ length: this.code.registers }, (_, register) =>
      registers.has(register) ? `r${register}` : "undefined",
    );
  }

  #neededFloats(block: number): readonly string[] {
    const { floats } = this.needed[block] as Needed;
    return this.#floats.map((_, register) => (floats.has(register) ? `q${register}` : "0"));
  }

  /** Fuel for a loop that has run for a slice. What is paid when it begins is paid for, and will be once more. */
  #refillFor(block: number): void {
    const turn = [...this.#owed.turns].find(([, header]) => header === block)?.[0] ?? block;
    const due = this.#owedAt(turn);
    this.line(`${this.#refills(due)}M.fuel+=${this.#fuelOf(due)};`);
  }

  /** The depth, and what the function holds beside numbers where the block begins. */
  #heldAt(block: number): string {
    const { start } = this.graph.blocks[block] as Block;
    const known = this.ranges[block] as Ranges;
    const held = this.live.at(start).filter((register) => !known.isNumber(register));
    return [
      "d",
      ...(this.code.data.captures > 0 ? ["c"] : []),
      ...held.map((register) => `r${register}`),
    ].join(",");
  }

  /** The loop begins anew when a slice of fuel ends. */
  #isSliced(block: number): boolean {
    return this.#loops.has(block) || this.#leaves.get(block) === block || this.assumed.has(block);
  }

  caught(handler: number): void {
    const block = this.graph.blocks[handler] as Block;
    const register = this.graph.blocks
      .flatMap(({ catchers }) => catchers)
      .find((one) => one.block === handler)?.register as number;
    this.line(`if(M.catcher(e,${nameOfCatchers(this.code, this.#prefix)},pc)!==${handler})throw e;`);
    // What was thrown may come from a block beside the loop.
    const reload = this.#leaves.has(handler) ? "f=M.fuel;" : "";
    this.line(
      `r${register}=M.caught(e,${this.#code},pc,d);M.fuel-=${block.fuel};${reload}break B${handler};`,
    );
  }

  body(block: number): void {
    const { start, end, fuel } = this.graph.blocks[block] as Block;
    this.#known = (this.ranges[block] as Ranges).copy();
    this.#origins = [...(this.origins[block] ?? [])];
    const isHandler = this.graph.blocks.some(({ catchers }) => catchers.some((one) => one.block === block));
    const leaf = this.#leaves.get(block);
    this.#pay = leaf === undefined ? "" : "M.fuel=f;";
    const begun = this.#owed.turns.get(block) ?? (this.#isSliced(block) ? block : undefined);
    if (begun !== undefined && fuel > 0 && !this.#owed.late.has(block))
      this.line(`${this.#take(this.#owedAt(block), leaf)}break L${begun};`);
    else if (fuel > 0 && !isHandler && !this.#owed.late.has(block)) this.#payFor(this.#owedAt(block), leaf);
    const { code, module } = { code: this.code.data.code, module: this.code.module };
    for (let at = start; at < end; at++) {
      const instruction = code[at] ?? [];
      if (at < end - 1 || !this.#isWayOut(instruction)) {
        this.#instruction(instruction, at);
        step(this.#known, instruction, module.data.constants);
        originStep(this.#origins, instruction, this.code);
      }
    }
  }

  /** The block with those that left their fuel to it, in the order in which control has passed them. */
  #owedAt(block: number): readonly number[] {
    return [...(this.#owed.by.get(block) ?? []), block];
  }

  /** Takes off the fuel of the blocks, where `leaf` counts it. */
  #payFor(blocks: readonly number[], leaf: number | undefined): void {
    const refills = this.#refills(blocks);
    this.line(
      `${this.#take(blocks, leaf)}{${leaf === undefined ? refills : `M.fuel=f;${refills}f=M.fuel;`}}`,
    );
  }

  #take(blocks: readonly number[], leaf: number | undefined): string {
    return `if((${leaf === undefined ? "M.fuel" : "f"}-=${this.#fuelOf(blocks)})<0)`;
  }

  #fuelOf(blocks: readonly number[]): number {
    return blocks.reduce((sum, block) => sum + (this.graph.blocks[block] as Block).fuel, 0);
  }

  /** Where fuel does not suffice for the blocks: finds out for which of them, one after the other. */
  #refills(blocks: readonly number[]): string {
    return blocks
      .map((block, place) => {
        const { start } = this.graph.blocks[block] as Block;
        const later = this.#fuelOf(blocks.slice(place + 1));
        const held = this.#heldAt(block);
        return `${this.#pc(start)}${blocks.length === 1 ? `M.refill(${held})` : `M.due(${later},${held})`};`;
      })
      .join("");
  }

  end(block: number, go: (to: number) => void): void {
    const { end, successors } = this.graph.blocks[block] as Block;
    const instruction = this.code.data.code[end - 1] ?? [];
    const leaf = this.#leaves.get(block);
    const { by, late } = this.#owed;
    const leave = (to: number): void => {
      if (late.has(block) && !by.has(to)) this.#payFor(this.#owedAt(block), leaf);
      if (leaf !== undefined && this.#leaves.get(to) !== leaf) this.#leaveLoop(leaf);
      go(to);
    };
    if (!this.#isWayOut(instruction)) {
      leave(successors[0] as number);
      return;
    }
    if (leaf !== undefined && nameOf(instruction) === "return") this.#leaveLoop(leaf);
    this.#wayOut(instruction, end - 1, block, leave);
  }

  /**
   * Numbers leave the loop as sums of their own: engines would else make an object of what is wanted outside at each turn, where it is computed, though inside nobody needs an object.
   */
  #leaveLoop(header: number): void {
    const known = this.ranges[header] as Ranges;
    for (const register of this.#loops.get(header) ?? []) {
      if (known.isInt32(register)) continue;
      const guard = this.#isNumber(register) ? "" : `if(typeof r${register}==="number")`;
      this.line(`${guard}r${register}=r${register}+0;`);
    }
    this.line("M.fuel=f;");
  }

  #isWayOut(instruction: Instruction): boolean {
    const name = nameOf(instruction);
    return (
      labelsOf(instruction).length > 0 ||
      name.startsWith("tail.") ||
      name === "return" ||
      name === "raise" ||
      name === "reraise" ||
      name === "match.fail" ||
      name === "fail"
    );
  }

  #pc(at: number): string {
    return `pc=${this.#words[at]};`;
  }

  #isNumber(register: number): boolean {
    return this.#known.isNumber(register);
  }

  // ------------------------------------------------------------------------------------------------ straight code

  #instruction(instruction: Instruction, at: number): void {
    const [, a = 0, b = 0, x = 0, y = 0] = instruction;
    const name = nameOf(instruction);
    switch (name) {
      case "move":
        return this.line(`r${a}=r${b};`);
      case "load.const":
        return this.line(`r${a}=${this.#constant(b)};`);
      case "load.int":
        return this.line(`r${a}=${b};`);
      case "load.unit":
        return this.line(`r${a}=undefined;`);
      case "load.true":
        return this.line(`r${a}=true;`);
      case "load.false":
        return this.line(`r${a}=false;`);
      case "load.nil":
        return this.line(`r${a}=NIL;`);
      case "load.null":
        return this.line(`r${a}=null;`);
      case "load.fn":
        return this.line(`r${a}=c.unit.closures[${b}];`);
      case "load.import":
        return this.line(`r${a}=M.importedFunction(c.unit.imports[${b}]);`);
      case "load.global":
        return this.line(`r${a}=c.unit.globals[${b}];`);
      case "store.global":
        return this.line(`c.unit.globals[${a}]=r${b};`);
      case "load.capture":
        return this.line(`r${a}=c.captures[${b}];`);
      case "load.self":
        return this.line(`r${a}=${this.#own};`);
      case "closure": {
        const values = instruction.slice(4, 4 + x);
        return this.line(
          `${this.#pc(at)}M.allocate(${32 + 8 * x});r${a}=new Closure(${this.#prefix}F${b},c.unit,[${list(values)}]);`,
        );
      }
      case "set.capture":
        return this.line(`r${a}.captures[${b}]=r${x};`);
      case "cell.new":
        return this.line(`${this.#pc(at)}M.allocate(16);r${a}=new RefCell(r${b});`);
      case "cell.get":
        return this.line(`r${a}=r${b}.contents;`);
      case "cell.set":
        return this.line(`r${a}.contents=r${b};`);
      case "int.add":
        return this.#arithmetic(instruction, "+", "intAdd");
      case "int.sub":
        return this.#arithmetic(instruction, "-", "intSub");
      case "int.mul":
        return this.#arithmetic(instruction, "*", "intMul");
      case "int.add.imm":
        return this.#immediate(instruction, "+", "intAdd");
      case "int.mul.imm":
        return this.#immediate(instruction, "*", "intMul");
      case "int.div":
        return this.line(
          `${this.#pc(at)}r${a}=${this.#both(b, x)}r${x}!==0?Math.trunc(r${b}/r${x})+0:${this.#slow(`intDiv(r${b},r${x})`)};`,
        );
      case "int.rem":
        return this.line(
          `${this.#pc(at)}r${a}=${this.#both(b, x)}r${x}!==0?r${b}%r${x}+0:${this.#slow(`intRem(r${b},r${x})`)};`,
        );
      case "int.div.imm":
        if (this.#isExact(instruction, `Math.trunc(r${b}/${literal(x)})`)) return;
        return this.line(
          this.#isNumber(b)
            ? `r${a}=Math.trunc(r${b}/${literal(x)})+0;`
            : `r${a}=typeof r${b}==="number"?Math.trunc(r${b}/${literal(x)})+0:intDiv(r${b},${literal(x)});`,
        );
      case "int.rem.imm":
        if (this.#isExact(instruction, `r${b}%${literal(x)}`)) return;
        return this.line(
          this.#isNumber(b)
            ? `r${a}=r${b}%${literal(x)}+0;`
            : `r${a}=typeof r${b}==="number"?r${b}%${literal(x)}+0:intRem(r${b},${literal(x)});`,
        );
      case "int.neg":
        return this.line(this.#isNumber(b) ? `r${a}=0-r${b};` : `r${a}=intNeg(r${b});`);
      case "move.float":
        return this.line(`q${a}=q${b};`);
      case "load.float":
        return this.line(`q${a}=${this.#constant(b)};`);
      case "move.to.float":
        return this.line(`${this.#pc(at)}${this.#raise(`typeof r${b}!=="number"`, "noFloat()")}q${a}=r${b};`);
      case "move.from.float":
        return this.line(`r${a}=q${b};`);
      case "float.add":
        return this.line(`q${a}=q${b}+q${x};`);
      case "float.sub":
        return this.line(`q${a}=q${b}-q${x};`);
      case "float.mul":
        return this.line(`q${a}=q${b}*q${x};`);
      case "float.div":
        return this.line(`q${a}=q${b}/q${x};`);
      case "float.rem":
        return this.line(`q${a}=q${b}%q${x};`);
      case "float.pow":
        return this.line(`q${a}=q${b}**q${x};`);
      case "float.neg":
        return this.line(`q${a}=-q${b};`);
      case "float.sqrt":
        return this.line(`q${a}=Math.sqrt(q${b});`);
      case "float.abs":
        return this.line(`q${a}=Math.abs(q${b});`);
      case "float.of.int":
        return this.line(`q${a}=Number(r${b});`);
      case "int.of.float":
        return this.line(`${this.#pc(at)}r${a}=intOfFloat(q${b});`);
      case "float.eq":
        return this.line(`r${a}=q${b}===q${x};`);
      case "float.ne":
        return this.line(`r${a}=q${b}!==q${x};`);
      case "float.lt":
        return this.line(`r${a}=q${b}<q${x};`);
      case "float.le":
        return this.line(`r${a}=q${b}<=q${x};`);
      case "box.float":
        return this.line(`${this.#pc(at)}M.allocate(16);r${a}=new BoxedFloat(q${b});`);
      case "array.get.float":
        return this.line(
          `${this.#pc(at)}${this.#raise(`!(r${x}>=0&&r${x}<r${b}.length)`, `arrayIndexOutside(r${x})`)}t=r${b}[r${x}];${this.#raise(`typeof t!=="number"`, "noFloat()")}q${a}=t;`,
        );
      case "array.set.float":
        return this.line(
          `${this.#pc(at)}${this.#raise(`!(r${b}>=0&&r${b}<r${a}.length)`, `arrayIndexOutside(r${b})`)}r${a}[r${b}]=q${x};`,
        );
      case "field.get.float":
        return this.line(
          `${this.#pc(at)}t=r${b}.f${x};${this.#raise(`typeof t!=="number"`, "noFloat()")}q${a}=t;`,
        );
      case "field.set.float":
        return this.line(`${this.#pc(at)}r${a}.f${b}=q${x};`);
      case "not":
        return this.line(`r${a}=r${b}!==true;`);
      case "prim.eq":
        return this.line(`r${a}=r${b}===r${x};`);
      case "prim.ne":
        return this.line(`r${a}=r${b}!==r${x};`);
      case "prim.lt":
        return this.line(`r${a}=r${b}<r${x};`);
      case "prim.le":
        return this.line(`r${a}=r${b}<=r${x};`);
      case "eq":
        return this.line(`${this.#pc(at)}r${a}=equals(r${b},r${x},M.charge);`);
      case "ne":
        return this.line(`${this.#pc(at)}r${a}=!equals(r${b},r${x},M.charge);`);
      case "lt":
        return this.line(`${this.#pc(at)}r${a}=lessThan(r${b},r${x},M.charge);`);
      case "le":
        return this.line(`${this.#pc(at)}r${a}=lessOrEqual(r${b},r${x},M.charge);`);
      case "compare":
        return this.line(`${this.#pc(at)}r${a}=compare(r${b},r${x},M.charge);`);
      case "string.concat":
        return this.line(
          `${this.#pc(at)}t=r${b};u=r${x};M.meter.joinString(t.length+u.length,Math.min(t.length,u.length));r${a}=t+u;`,
        );
      case "string.join": {
        const parts = instruction.slice(3, 3 + b);
        const units = parts.map((part) => `r${part}.length`).join("+");
        const joined = parts.length === 0 ? '""' : parts.map((part) => `r${part}`).join("+");
        return this.line(
          `${this.#pc(at)}t=${units === "" ? 0 : units};M.meter.joinString(t,t);r${a}=${joined};`,
        );
      }
      case "string.length":
        return this.line(`r${a}=r${b}.length;`);
      case "string.get":
        return this.line(
          `${this.#pc(at)}${this.#raise(`!(r${x}>=0&&r${x}<r${b}.length)`, `stringIndexOutside(r${x},r${b}.length)`)}r${a}=r${b}[r${x}];`,
        );
      case "text":
        return this.line(`${this.#pc(at)}r${a}=typeof r${b}==="string"?r${b}:M.text(r${b});`);
      case "array.new":
        return this.line(
          `${this.#pc(at)}M.allocate(${16 + 8 * b});r${a}=[${list(instruction.slice(3, 3 + b))}];`,
        );
      case "array.length":
        return this.line(`r${a}=r${b}.length;`);
      case "array.get":
        return this.line(
          `${this.#pc(at)}${this.#raise(`!(r${x}>=0&&r${x}<r${b}.length)`, `arrayIndexOutside(r${x})`)}r${a}=r${b}[r${x}];`,
        );
      case "array.set":
        return this.line(
          `${this.#pc(at)}${this.#raise(`!(r${b}>=0&&r${b}<r${a}.length)`, `arrayIndexOutside(r${b})`)}r${a}[r${b}]=r${x};`,
        );
      case "list.cons":
        return this.line(`${this.#pc(at)}M.allocate(32);r${a}=new List(r${b},r${x});`);
      case "list.new": {
        const made = instruction
          .slice(3, 3 + b)
          .reduceRight((tail, head) => `new List(r${head},${tail})`, "NIL");
        return b > 100
          ? this.#general(instruction, at)
          : this.line(`${this.#pc(at)}M.allocate(${32 * b});r${a}=${made};`);
      }
      case "list.head":
        return this.line(`${this.#pc(at)}${this.#raise(`r${b}===NIL`, "emptyList()")}r${a}=r${b}.head;`);
      case "list.tail":
        return this.line(`${this.#pc(at)}${this.#raise(`r${b}===NIL`, "emptyList()")}r${a}=r${b}.tail;`);
      case "tuple.new":
        return this.line(
          `${this.#pc(at)}M.allocate(${16 + 8 * b});r${a}=tupleShape(${b}).make([${list(instruction.slice(3, 3 + b))}]);`,
        );
      case "record.new":
        return this.line(
          `${this.#pc(at)}M.allocate(${16 + 8 * x});r${a}=${this.#prefix}S${b}.make([${list(instruction.slice(4, 4 + x))}]);`,
        );
      case "case.new": {
        const pay = y > 0 ? `${this.#pc(at)}M.allocate(${16 + 8 * y});` : "";
        return this.line(
          `${pay}r${a}=${this.#prefix}S${b}.cases[${x}].make([${list(instruction.slice(5, 5 + y))}]);`,
        );
      }
      case "field.get":
        return this.line(`${this.#pc(at)}r${a}=r${b}.f${x};`);
      case "field.set":
        return this.line(`${this.#pc(at)}r${a}.f${b}=r${x};`);
      case "tag.get":
        return this.line(`r${a}=r${b}.tag;`);
      case "call":
        return this.#call(a, b, instruction.slice(4, 4 + x), at);
      case "call.fn":
        return this.#callKnown(a, b, instruction.slice(4, 4 + x), at);
      case "call.import":
        return this.#callImport(a, b, instruction.slice(4, 4 + x), at);
      default:
        return this.#general(instruction, at);
    }
  }

  /** An expression that may raise. */
  #slow(expression: string): string {
    return this.#pay === "" ? expression : `(M.fuel=f,${expression})`;
  }

  #raise(condition: string, exception: string): string {
    return this.#pay === ""
      ? `if(${condition})throw ${exception};`
      : `if(${condition}){M.fuel=f;throw ${exception};}`;
  }

  #constant(index: number): string {
    const value = this.code.module.constants[index];
    return typeof value === "number" ? literal(value) : `${this.#prefix}K${index}`;
  }

  /** A guard, with the `&&` behind it, that both registers hold numbers. */
  #both(b: number, x: number): string {
    const guards = [b, x].filter((register) => !this.#isNumber(register));
    return [...new Set(guards)].map((register) => `typeof r${register}==="number"&&`).join("");
  }

  #arithmetic(instruction: Instruction, operator: string, exact: string): void {
    const [, a = 0, b = 0, x = 0] = instruction;
    const plain = `r${b}${operator}r${x}`;
    if (this.#isExact(instruction, plain)) return;
    const result = operator === "*" ? `${plain}+0` : plain;
    this.line(`r${a}=${this.#both(b, x)}isSafe(t=${result})?t:${exact}(r${b},r${x});`);
  }

  #immediate(instruction: Instruction, operator: string, exact: string): void {
    const [, a = 0, b = 0, value = 0] = instruction;
    const plain =
      operator === "+" && value < 0 ? `r${b}-${literal(-value)}` : `r${b}${operator}${literal(value)}`;
    if (this.#isExact(instruction, plain)) return;
    const result = operator === "*" ? `${plain}+0` : plain;
    this.line(`r${a}=${this.#both(b, b)}isSafe(t=${result})?t:${exact}(r${b},${literal(value)});`);
  }

  /** Writes arithmetic whose result is known to be a safe integer; never the negative zero. */
  #isExact(instruction: Instruction, result: string): boolean {
    const [, a = 0] = instruction;
    const after = this.#known.copy();
    step(after, instruction, this.code.module.data.constants);
    if (!after.isInt(a)) return false;
    this.line(`r${a}=${result}${after.isInt32(a) ? "|0" : "+0"};`);
    return true;
  }

  /** Any instruction, by the interpreter's own code for it. */
  #general(instruction: Instruction, at: number): void {
    const sources = [...new Set(read(instruction))];
    const into = sources.map((register) => `X[${register}]=r${register};`).join("");
    const target = written(instruction);
    const out = target === undefined ? "" : `r${target}=X[${target}];`;
    this.line(
      `${this.#pc(at)}M.depth=d;${into}M.general(${this.#code},${this.#own},${this.#words[at]});${out}`,
    );
  }

  // ------------------------------------------------------------------------------------------------ calls

  #settle(a: number): string {
    return `if(r${a}===BOUNCE)r${a}=M.bounce(d);`;
  }

  /** The function of the program that the register holds, where it is known. */
  #functionIn(register: number): FunctionCode | undefined {
    const origin = this.#origins[register];
    return typeof origin === "number" ? this.given[origin] : origin;
  }

  #functionsIn(registers: readonly number[]): Given {
    return registers.map((register) => this.#functionIn(register));
  }

  /** What a translated function of the module is called where it is given these registers: a copy for what they hold, if there is one. */
  #nameOf(code: FunctionCode, given: readonly number[]): string {
    const name =
      this.around.copyFor(code, this.around.unit, this.#functionsIn(given)) ??
      `${this.#prefix}J${code.index}`;
    return name === this.base ? this.self : name;
  }

  #call(a: number, callee: number, given: readonly number[], at: number): void {
    const args = list(given);
    const behind = args === "" ? "" : `,${args}`;
    const known = this.#functionIn(callee);
    if (known?.arity === given.length && this.around.isTranslated(known)) {
      const settle = this.around.mayBounce(known) ? this.#settle(a) : "";
      const name = `${this.around.prefixOf(known.module)}J${known.index}`;
      this.line(`${this.#pc(at)}M.depth=d;r${a}=${name}(r${callee}${behind});${settle}`);
      return;
    }
    this.line(`${this.#pc(at)}M.depth=d;t=r${callee};`);
    this.line(
      `if(t instanceof Closure&&t.code.arity===${given.length}&&t.code.run!==undefined){r${a}=t.code.run(t${behind});${this.#settle(a)}}`,
    );
    this.line(`else r${a}=M.apply(t,[${args}],${this.#own},${this.#words[at]});`);
  }

  #callKnown(a: number, index: number, given: readonly number[], at: number): void {
    const args = list(given);
    const code = this.code.module.functions[index] as FunctionCode;
    if (!this.around.isTranslated(code)) {
      this.line(`${this.#pc(at)}M.depth=d;r${a}=M.interpret(c.unit.closures[${index}],[${args}],d+1);`);
      return;
    }
    const settle = this.around.mayBounce(code) ? this.#settle(a) : "";
    this.line(
      `${this.#pc(at)}M.depth=d;r${a}=${this.#nameOf(code, given)}(c${args === "" ? "" : `,${args}`});${settle}`,
    );
  }

  /** The import in `t` is this function: another instance of the module may be bound to another one. */
  #isCode(code: FunctionCode): string {
    return `t.code===${this.around.prefixOf(code.module)}F${code.index}`;
  }

  #callImport(a: number, index: number, given: readonly number[], at: number): void {
    const args = list(given);
    const behind = args === "" ? "" : `,${args}`;
    const word = this.#words[at];
    this.line(`${this.#pc(at)}M.depth=d;t=c.unit.imports[${index}];`);
    this.line(`if(t.capability!==undefined)M.demand(t,${this.#own},${word});`);
    const { code, unit } = this.around.unit.imports[index] ?? {};
    if (code === undefined || unit === undefined) {
      this.line(
        `if(t.code===undefined){M.leave(${this.#own},${word});u=t.native(M.call${behind});M.back();if(u instanceof Promise)M.park(t,u);r${a}=u;}`,
      );
      this.line(`else{r${a}=M.run(bytecodeOf(t),[${args}]);${this.#settle(a)}}`);
      return;
    }
    const copy = this.around.copyFor(code, unit, this.#functionsIn(given));
    if (copy !== undefined) {
      const settle = this.around.mayBounce(code) ? this.#settle(a) : "";
      this.line(`if(${this.#isCode(code)}){r${a}=${copy}(bytecodeOf(t)${behind});${settle}}else `);
    }
    this.line(
      `if(t.code!==undefined&&t.code.run!==undefined){t=bytecodeOf(t);r${a}=t.code.run(t${behind});${this.#settle(a)}}`,
    );
    this.line(`else r${a}=M.apply(bytecodeOf(t)??M.importedFunction(t),[${args}],${this.#own},${word});`);
  }

  // ------------------------------------------------------------------------------------------------ ways out

  #wayOut(instruction: Instruction, at: number, block: number, go: (to: number) => void): void {
    const [, a = 0, b = 0, x = 0] = instruction;
    const name = nameOf(instruction);
    const target = (label: number): number => this.graph.blockAt.get(label) as number;
    const unless = (condition: string, label: number): void => {
      if (target(label) === block + 1) return go(block + 1);
      this.line(`if(${condition}){`);
      go(block + 1);
      this.line("}");
      go(target(label));
    };
    switch (name) {
      case "return":
        return this.line(`return r${a};`);
      case "jump":
        return go(target(a));
      case "if":
        return unless(`r${a}!==true`, b);
      case "unless":
        return unless(`r${a}===true`, b);
      case "unless.eq":
        return unless(`r${a}===r${b}`, x);
      case "unless.ne":
        return unless(`r${a}!==r${b}`, x);
      case "unless.lt":
        return unless(`r${a}<r${b}`, x);
      case "unless.le":
        return unless(`r${a}<=r${b}`, x);
      case "unless.eq.imm":
        return unless(`r${a}===${literal(b)}`, x);
      case "unless.ne.imm":
        return unless(`r${a}!==${literal(b)}`, x);
      case "unless.lt.imm":
        return unless(`r${a}<${literal(b)}`, x);
      case "unless.le.imm":
        return unless(`r${a}<=${literal(b)}`, x);
      case "unless.gt.imm":
        return unless(`r${a}>${literal(b)}`, x);
      case "unless.ge.imm":
        return unless(`r${a}>=${literal(b)}`, x);
      case "unless.float.eq":
        return unless(`q${a}===q${b}`, x);
      case "unless.float.ne":
        return unless(`q${a}!==q${b}`, x);
      case "unless.float.lt":
        return unless(`q${a}<q${b}`, x);
      case "unless.float.le":
        return unless(`q${a}<=q${b}`, x);
      case "if.float.lt":
        return unless(`!(q${a}<q${b})`, x);
      case "if.float.le":
        return unless(`!(q${a}<=q${b})`, x);
      case "unless.string":
        return unless(`r${a}===${this.#constant(b)}`, x);
      case "unless.cons":
        return unless(`r${a}!==NIL`, b);
      case "unless.tag":
        return unless(`r${a}.tag===${literal(b)}`, x);
      case "unless.exn":
        return unless(`r${a}.shape===${this.#prefix}S${b}`, x);
      case "switch.tag":
        this.line(this.#pc(at));
        return this.#switch(`r${a}.tag`, instruction.slice(3, 3 + b).map(target), 0, undefined, go);
      case "switch.int":
        return this.#switch(
          `r${a}`,
          instruction.slice(4, 4 + x).map(target),
          b,
          target(instruction[4 + x] ?? 0),
          go,
        );
      case "raise":
      case "reraise":
        return this.line(`${this.#pc(at)}throw r${a};`);
      case "match.fail":
      case "fail":
        return this.#general(instruction, at);
      case "tail.self":
        return this.#again(instruction.slice(2, 2 + a), go);
      case "tail.fn":
        if (isSelfTail(instruction, this.code.index, this.code.data.captures))
          return this.#again(instruction.slice(3, 3 + b), go);
        return this.#tailKnown(a, instruction.slice(3, 3 + b));
      case "tail.call":
        return this.#tailCall(a, instruction.slice(3, 3 + b), at);
      case "tail.import":
        return this.#tailImport(a, instruction.slice(3, 3 + b), at);
      default:
        throw new RangeError(`${name} is no way out of a block`);
    }
  }

  #switch(
    value: string,
    targets: readonly number[],
    first: number,
    otherwise: number | undefined,
    go: (to: number) => void,
  ): void {
    const labels = new Map<number, string>();
    targets.forEach((to, index) => {
      if (to !== otherwise) labels.set(to, `${labels.get(to) ?? ""}case ${literal(first + index)}:`);
    });
    this.line(`switch(${value}){`);
    for (const [to, cases] of labels) {
      this.line(`${cases}{`);
      go(to);
      this.line("}");
    }
    this.line("}");
    if (otherwise === undefined) this.line('throw new TypeError("the value is no case of the union");');
    else go(otherwise);
  }

  /** The running function again, with new arguments. */
  #again(sources: readonly number[], go: (to: number) => void): void {
    const moves = sources.flatMap((source, index) => (source === index ? [] : [{ source, index }]));
    const clash = moves.some(({ index }, place) =>
      moves.some(({ source }, later) => later > place && source === index),
    );
    if (!clash) for (const { source, index } of moves) this.line(`r${index}=r${source};`);
    else {
      this.line(`{const ${moves.map(({ source, index }) => `m${index}=r${source}`).join(",")};`);
      this.line(`${moves.map(({ index }) => `r${index}=m${index};`).join("")}}`);
    }
    go(0);
  }

  #tailKnown(index: number, given: readonly number[]): void {
    const args = list(given);
    const code = this.code.module.functions[index] as FunctionCode;
    if (!this.around.isTranslated(code))
      this.line(`pc=-1;M.depth=d-1;return M.interpret(c.unit.closures[${index}],[${args}],d);`);
    else if (this.around.tails.isDirect(this.code.index, index))
      this.line(`pc=-1;M.depth=d-1;return ${this.#nameOf(code, given)}(c${args === "" ? "" : `,${args}`});`);
    else this.line(`M.callee=c.unit.closures[${index}];M.args=[${args}];return BOUNCE;`);
  }

  #tailCall(callee: number, given: readonly number[], at: number): void {
    const args = list(given);
    this.line(`${this.#pc(at)}M.depth=d-1;t=r${callee};`);
    this.line(
      `if(t instanceof Closure&&t.code.arity===${given.length}){M.callee=t;M.args=[${args}];return BOUNCE;}`,
    );
    this.line(`return M.applyInPlace(t,[${args}],${this.#own},${this.#words[at]});`);
  }

  #tailImport(index: number, given: readonly number[], at: number): void {
    const args = list(given);
    this.line(`t=c.unit.imports[${index}];`);
    this.line(
      `if(t.code!==undefined&&t.capability!==undefined){${this.#pc(at)}M.depth=d;M.demand(t,${this.#own},${this.#words[at]});}`,
    );
    const { code, unit } = this.around.unit.imports[index] ?? {};
    if (code !== undefined && unit !== undefined) {
      const copy = this.around.copyFor(code, unit, this.#functionsIn(given));
      if (copy !== undefined)
        this.line(
          `if(${this.#isCode(code)}){pc=-1;M.depth=d-1;return ${copy}(bytecodeOf(t)${args === "" ? "" : `,${args}`});}`,
        );
    }
    this.line(`if(t.code!==undefined){pc=-1;M.depth=d-1;return M.run(bytecodeOf(t),[${args}]);}`);
    this.line(`${this.#pc(at)}M.depth=d;return M.native(t,[${args}],${this.#own},${this.#words[at]});`);
  }
}

function list(registers: readonly number[]): string {
  return registers.map((register) => `r${register}`).join(",");
}

/** A number as JavaScript text, in parentheses where a sign or a dot would disturb what stands around it. */
function literal(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (Object.is(value, -0)) return "(-0)";
  if (!Number.isFinite(value)) return value < 0 ? "(-Infinity)" : "Infinity";
  return value < 0 ? `(${value})` : `${value}`;
}

/** The word of each instruction, behind the place to change the tier. */
export function wordsOf(code: FunctionCode): Int32Array {
  prepareFunction(code);
  return code.wordOf.map((word) => (code.words[word] === ENTER ? word + 1 : word));
}

/** The table of `catchersOf` a function. */
export function nameOfCatchers({ index }: FunctionCode, prefix: string): string {
  return `${prefix}T${index}`;
}
