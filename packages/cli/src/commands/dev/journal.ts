import { relative } from "node:path";
import { printable } from "@fusabi/capabilities";
import type { LoadWarning } from "@fusabi/loader";
import { type Plugin, ReloadError } from "@fusabi/plugin";
import type { HotReload, PluginRuntime } from "@fusabi/runtime";
import { WatchError } from "@fusabi/watcher";
import { UsageError } from "../../errors.js";
import { reportFailure } from "../../report/failure.js";
import { parsePlace, type SourceTexts, withText } from "../../report/finding.js";
import { reportFindings } from "../../report/render.js";
import { translate } from "../../report/translate.js";
import type { Style } from "../../style.js";
import { styleFor } from "../../style.js";
import { reason } from "../../system-reason.js";
import type { Terminal } from "../../terminal.js";
import { offerLines } from "./offer.js";

/** Says on standard error what happens to plugins, one thing after the other, in the order in which it happened. */
export class Journal {
  readonly #terminal: Terminal;
  readonly #texts: SourceTexts;
  readonly #style: Style;
  /** What each plugin offered when that was said last. */
  readonly #offers = new Map<string, string>();
  #written: Promise<void> = Promise.resolve();

  constructor(terminal: Terminal, texts: SourceTexts) {
    this.#terminal = terminal;
    this.#texts = texts;
    this.#style = styleFor(terminal.colour);
  }

  /** Fulfilled when everything so far has been said. */
  get written(): Promise<void> {
    return this.#written;
  }

  say(line: string): void {
    this.#inTurn(() => this.#terminal.err(`${line}\n`));
  }

  /** A plugin has been loaded, or somebody asks. */
  offer(plugin: Plugin): void {
    const { name, version, info } = plugin;
    const lines = offerLines(plugin);
    this.#offers.set(name, lines.join("\n"));
    const path = fromHere(info.manifestPath ?? info.entryPath ?? "");
    const title = `${this.#style.bold(printable(name))} ${printable(version)} serves  ${this.#style.dim(printable(path))}`;
    this.say([title, ...lines].join("\n"));
  }

  /** What a file does not make a plugin for, or why a call failed. */
  failure(error: unknown): void {
    this.#inTurn(() => this.#fail(error));
  }

  /** What could not be loaded, and why. */
  refusal(path: string, error: Error): void {
    if ("syscall" in error) this.say(`fus: cannot read ${printable(path)}: ${reason(error)}`);
    else this.failure(error);
    this.say(`${printable(path)} is not loaded; it is tried again when files change`);
  }

  warning({ code, message, place }: LoadWarning): void {
    const { file, line, column } = parsePlace(place) ?? { file: place, line: 0, column: 0 };
    this.#inTurn(() =>
      reportFindings(
        [withText({ file, line, column, severity: "warning", code, message }, this.#texts)],
        this.#terminal,
      ),
    );
  }

  /** Says what becomes of plugins as their files change. */
  follow(hotReload: HotReload, { registry }: PluginRuntime): void {
    const bold = (name: string) => this.#style.bold(printable(name));
    hotReload.on("after", (event) => {
      const plugin = registry.find(event.plugin);
      if (event.ok) {
        this.say(
          `${bold(event.plugin)} ${printable(event.version)} serves, after ${Math.round(event.durationMs)} ms`,
        );
        if (plugin !== undefined) this.#news(plugin);
        return;
      }
      this.failure(event.error);
      this.say(`${bold(event.plugin)} ${printable(plugin?.version ?? "")} goes on serving as it was`);
    });
    hotReload.on("retry", ({ plugin, attempt, delayMs }) =>
      this.say(`${bold(plugin)} is tried again in ${Math.round(delayMs)} ms, retry ${attempt}`),
    );
    hotReload.on("circuit-opened", ({ plugin, at, retryAt }) => {
      const seconds = Math.ceil((retryAt - at) / 1000);
      this.say(
        `${bold(plugin)} failed too often: it is not tried again for ${seconds} s, unless files change`,
      );
    });
    hotReload.on("circuit-closed", ({ plugin }) => this.say(`${bold(plugin)} is tried as usual again`));
    hotReload.on("error", (error) => this.failure(error));
  }

  /** What a plugin offers, if that is new. */
  #news(plugin: Plugin): void {
    const lines = offerLines(plugin).join("\n");
    if (this.#offers.get(plugin.name) === lines) return;
    this.#offers.set(plugin.name, lines);
    this.say(lines);
  }

  async #fail(error: unknown): Promise<void> {
    const known = translate(error instanceof ReloadError ? error.cause : error, this.#texts);
    // It is no matter of the command line that was typed to begin with.
    if (known instanceof UsageError || known instanceof WatchError)
      this.#terminal.err(`fus: ${known.message}\n`);
    else await reportFailure(known, this.#terminal, undefined);
  }

  #inTurn(write: () => void | Promise<void>): void {
    this.#written = this.#written.then(write);
  }
}

/** A path as somebody who is in the current folder would write it. */
function fromHere(path: string): string {
  const way = relative(process.cwd(), path);
  return way === "" || way.startsWith("..") ? path : way;
}
