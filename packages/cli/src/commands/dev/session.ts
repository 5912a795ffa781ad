import { existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { nearestWord, printable } from "@fusabi/capabilities";
import { type Plugin, PluginAlreadyLoadedError } from "@fusabi/plugin";
import { type Discovery, PluginRuntime } from "@fusabi/runtime";
import { UsageError } from "../../errors.js";
import { formatExactJson } from "../../exact-json.js";
import { textsBelow } from "../../inputs/below.js";
import { accessing, type Input, manifestNames, readInput } from "../../inputs/input.js";
import { loadInput, type PluginSettings } from "../../plugins.js";
import { reason } from "../../system-reason.js";
import type { Terminal } from "../../terminal.js";
import { Arrivals } from "./arrivals.js";
import { Journal } from "./journal.js";
import { StopSignals } from "./stop-signals.js";
import { parseTypedLine, type TypedLine } from "./typed-line.js";

/** What plugins are developed with. */
export interface DevSettings extends PluginSettings {
  /** Milliseconds of quiet before a change counts. */
  readonly debounce: number;
}

/** Milliseconds that calls in flight have at the end. */
const GRACE_MS = 1_000;

/**
 * Loads the plugins of a path and reloads them as their files change, until the input ends or somebody wants it to end.
 *
 * @throws UsageError when there is no plugin
 */
export async function develop(path: string, settings: DevSettings): Promise<void> {
  const { terminal, debounce } = settings;
  const isFolder = accessing(path, () => statSync(path)).isDirectory();
  const input = isFolder ? undefined : await readInput(path);
  const folder = isFolder ? path : dirname(path);
  const journal = new Journal(terminal, textsBelow(folder));
  using signals = new StopSignals();
  const runtime = runtimeFor(settings, journal);
  try {
    const hotReload = await runtime.watch({ debounce });
    journal.follow(hotReload, runtime);
    const loadAll = input === undefined ? () => runtime.loadDirectory(folder) : loadingOnce(runtime, input);
    const load = async (): Promise<Discovery> => {
      const discovery = await withMoved(runtime, loadAll);
      // What is said to serve is watched, too.
      await hotReload.refresh();
      return discovery;
    };
    await using arrivals = new Arrivals({ folder, load }, journal, debounce);
    if ((await arrivals.start()) === 0) {
      throw new UsageError(
        `${printable(path)} holds no plugin`,
        `expected ${manifestNames.join(", ")} in it, or in folders in it`,
      );
    }
    journal.say(
      `watching ${printable(folder)}; EXPORT JSON... calls a function, help and quit do what they say`,
    );
    await new TypedLines(runtime, journal, signals, terminal).end;
  } finally {
    signals.stop();
    await runtime.dispose();
    await journal.written;
    terminal.endProgram();
  }
}

function runtimeFor({ grant, mode, engine, terminal }: DevSettings, journal: Journal): PluginRuntime {
  return new PluginRuntime({
    capabilities: grant.capabilities,
    limits: grant.limits,
    sandbox: grant.sandbox,
    mode,
    ...(engine === undefined ? {} : { engine }),
    patterns: manifestNames,
    shutdownGraceMs: GRACE_MS,
    onOutput: (text, stream) => terminal.program(stream, text),
    onWarning: (warning) => journal.warning(warning),
  });
}

/** Loads what there is; a plugin whose folder has another name now is loaded from there. */
async function withMoved(runtime: PluginRuntime, loadAll: () => Promise<Discovery>): Promise<Discovery> {
  const found = await loadAll();
  const taken = [...found.failed.values()].filter((error) => error instanceof PluginAlreadyLoadedError);
  const moved = taken.filter(({ plugin }) => {
    const path = runtime.registry.find(plugin)?.info.manifestPath;
    return path !== undefined && !existsSync(path);
  });
  if (moved.length === 0) return found;
  for (const { plugin } of moved) await runtime.unload(plugin);
  const again = await loadAll();
  return { loaded: [...found.loaded, ...again.loaded], failed: again.failed };
}

/** Loads one plugin, as often as it takes. */
function loadingOnce(runtime: PluginRuntime, input: Input): () => Promise<Discovery> {
  let done = false;
  return async () => {
    if (done) return { loaded: [], failed: new Map() };
    try {
      const plugin = await loadInput(runtime, input);
      done = true;
      return { loaded: [plugin], failed: new Map() };
    } catch (error) {
      return { loaded: [], failed: new Map([[input.path, error as Error]]) };
    }
  };
}

/** What is typed: calls, one after the other. */
class TypedLines {
  readonly #runtime: PluginRuntime;
  readonly #journal: Journal;
  readonly #signals: StopSignals;
  readonly #terminal: Terminal;
  #turn: Promise<void> = Promise.resolve();
  /** Fulfilled when the input has ended and all its lines are done, or when something else ended it. */
  readonly end: Promise<void>;

  constructor(runtime: PluginRuntime, journal: Journal, signals: StopSignals, terminal: Terminal) {
    this.#runtime = runtime;
    this.#journal = journal;
    this.#signals = signals;
    this.#terminal = terminal;
    this.end = this.#read();
  }

  async #read(): Promise<void> {
    const { signal } = this.#signals;
    const lines = createInterface({ input: process.stdin });
    process.stdin.on("error", (error) => {
      this.#journal.say(`fus: cannot read the input: ${reason(error)}`);
      lines.close();
    });
    lines.on("line", (line) => {
      this.#turn = this.#turn.then(() => this.#do(parseTypedLine(line)));
    });
    lines.on("close", () => void this.#turn.then(() => this.#signals.stop()));
    if (!signal.aborted)
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
    lines.close();
    process.stdin.destroy();
    await this.#turn;
  }

  async #do(line: TypedLine): Promise<void> {
    if (this.#signals.signal.aborted) return;
    switch (line.kind) {
      case "nothing":
        return;
      case "quit":
        this.#signals.stop();
        return;
      case "help":
        this.#help();
        break;
      case "mistake":
        this.#journal.say(`fus: ${line.message}`);
        break;
      case "call":
        await this.#call(line);
        break;
    }
    await this.#journal.written;
  }

  #help(): void {
    this.#journal.say('EXPORT JSON...         calls a function, such as: greet "Ada"');
    this.#journal.say("PLUGIN/EXPORT JSON...  says whose, where several plugins have it");
    this.#journal.say("help, quit             as Ctrl-D or Ctrl-C, quit ends it");
    for (const plugin of this.#runtime.registry.all()) this.#journal.offer(plugin);
  }

  async #call({ plugin, fn, args }: TypedLine & { readonly kind: "call" }): Promise<void> {
    const { signal } = this.#signals;
    try {
      const name = plugin ?? this.#ownerOf(fn);
      const result = await this.#signals.around(() => this.#runtime.call(name, fn, args, { signal }));
      this.#terminal.endProgram();
      this.#terminal.out(`${formatExactJson(result)}\n`);
    } catch (error) {
      this.#terminal.endProgram();
      if (!signal.aborted) this.#journal.failure(error);
    }
  }

  /** @throws UsageError when no plugin has the function, or several have */
  #ownerOf(fn: string): string {
    const plugins = this.#runtime.registry.all();
    const [owner, ...others] = plugins.filter(({ exports }) => exports.has(fn));
    if (owner === undefined) {
      const nearest = nearestWord(fn, plugins.flatMap(namesOf));
      const hint = nearest === undefined ? "" : ` (did you mean ${printable(nearest)}?)`;
      throw new UsageError(`no plugin exports ${printable(fn)}${hint}; help shows what there is`);
    }
    if (others.length === 0) return owner.name;
    const all = [owner, ...others].map(({ name }) => `${printable(name)}/${printable(fn)}`);
    throw new UsageError(`several plugins export ${printable(fn)}: say which, ${all.join(" or ")}`);
  }
}

function namesOf({ exports }: Plugin): readonly string[] {
  return [...exports.keys()];
}
