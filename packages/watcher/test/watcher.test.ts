import { appendFile, mkdir, mkdtemp, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  type FileEvent,
  InvalidWatcherOptionError,
  PluginWatcher,
  WatchError,
  type WatcherOptions,
} from "../src/index.js";

let folder: string;
let watchers: PluginWatcher[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "watcher-"));
  watchers = [];
});

afterEach(async () => {
  for (const watcher of watchers) await watcher.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Watched {
  readonly watcher: PluginWatcher;
  readonly events: FileEvent[];
  readonly errors: Error[];
  /** Waits until so many file events have come, and some time longer, in which none should. */
  seen(count: number): Promise<string[]>;
}

async function watched(options: WatcherOptions = {}, root = folder): Promise<Watched> {
  const watcher = new PluginWatcher({ debounce: 60, ...options });
  watchers.push(watcher);
  const events: FileEvent[] = [];
  const errors: Error[] = [];
  watcher.on("changes", (changes) => events.push(...changes));
  watcher.on("error", (error) => errors.push(error));
  await watcher.watch(root);
  await watcher.start();
  return {
    watcher,
    events,
    errors,
    async seen(count) {
      const deadline = Date.now() + 10_000;
      while (events.length < count && Date.now() < deadline) await sleep(10);
      await sleep(250);
      return events.map(shown);
    },
  };
}

function shown(event: FileEvent): string {
  const path = (full: string) => full.slice(folder.length + 1);
  return event.type === "renamed"
    ? `renamed ${path(event.from)} ${path(event.path)}`
    : `${event.type} ${path(event.path)}`;
}

const file = (...names: string[]): string => join(folder, ...names);

describe("what becomes of a file", () => {
  test("created, modified, removed", async () => {
    const { seen } = await watched();
    await writeFile(file("a.fsx"), "1");
    expect(await seen(1)).toEqual(["created a.fsx"]);
    await writeFile(file("a.fsx"), "22");
    expect(await seen(2)).toEqual(["created a.fsx", "modified a.fsx"]);
    await rm(file("a.fsx"));
    expect(await seen(3)).toEqual(["created a.fsx", "modified a.fsx", "removed a.fsx"]);
  });

  test("what was there before is not told; what is removed and written again is modified", async () => {
    await writeFile(file("a.fsx"), "1");
    const { seen } = await watched();
    await rm(file("a.fsx"));
    await writeFile(file("a.fsx"), "other");
    expect(await seen(1)).toEqual(["modified a.fsx"]);
  });

  test("a file that comes and goes is nothing", async () => {
    const { seen } = await watched({ debounce: 300 });
    await writeFile(file("a.fsx"), "1");
    await sleep(50);
    await rm(file("a.fsx"));
    await sleep(600);
    expect(await seen(0)).toEqual([]);
  });

  test("renamed in its folder and into another one", async () => {
    await writeFile(file("a.fsx"), "1");
    await mkdir(file("sub"));
    const { seen } = await watched({ debounce: 150 });
    await rename(file("a.fsx"), file("b.fsx"));
    expect(await seen(1)).toEqual(["renamed a.fsx b.fsx"]);
    await rename(file("b.fsx"), file("sub", "c.fsx"));
    expect(await seen(2)).toEqual(["renamed a.fsx b.fsx", `renamed b.fsx ${join("sub", "c.fsx")}`]);
  });

  test("an editor writes beside and renames over: modified", async () => {
    await writeFile(file("a.fsx"), "1");
    const { seen } = await watched();
    for (const text of ["2", "3"]) {
      await writeFile(file("a.fsx.tmp"), text);
      await rename(file("a.fsx.tmp"), file("a.fsx"));
    }
    expect(await seen(1)).toEqual(["modified a.fsx"]);
  });

  test("no save is missed, however soon it follows", async () => {
    await writeFile(file("a.fsx"), "0");
    const { events } = await watched({ debounce: 5 });
    for (let save = 1; save <= 10; save++) {
      await writeFile(file("a.fsx.tmp"), String(save));
      await rename(file("a.fsx.tmp"), file("a.fsx"));
      const deadline = Date.now() + 10_000;
      while (events.length < save && Date.now() < deadline) await sleep(1);
      expect(events.map(shown)).toEqual(Array.from({ length: save }, () => "modified a.fsx"));
    }
  });

  test("a file that is written in pieces is told once, when it is whole", async () => {
    const { seen } = await watched({ debounce: 120 });
    for (let piece = 0; piece < 8; piece++) {
      await appendFile(file("a.fsx"), "piece\n");
      await sleep(40);
    }
    expect(await seen(1)).toEqual(["created a.fsx"]);
  });
});

describe("what matters", () => {
  test("by extension, pattern and depth", async () => {
    await mkdir(file(".git"));
    await mkdir(file("sub", "generated"), { recursive: true });
    const { seen } = await watched({ exclude: [".git/**", "generated/*", "draft-*"] });
    await writeFile(file("notes.txt"), "no");
    await writeFile(file(".git", "index.json"), "no");
    await writeFile(file("sub", "generated", "a.fsx"), "no");
    await writeFile(file("sub", "draft-1.fsx"), "no");
    await writeFile(file("sub", "plugin.toml"), "yes");
    expect(await seen(1)).toEqual([`created ${join("sub", "plugin.toml")}`]);
  });

  test("not below the folder when it is not recursive", async () => {
    await mkdir(file("sub"));
    const { seen } = await watched({ recursive: false });
    await writeFile(file("sub", "a.fsx"), "no");
    await writeFile(file("b.fsx"), "yes");
    expect(await seen(1)).toEqual(["created b.fsx"]);
  });

  test("a single file", async () => {
    await writeFile(file("a.fsx"), "1");
    const { seen } = await watched({}, file("a.fsx"));
    await writeFile(file("b.fsx"), "no");
    await writeFile(file("a.fsx"), "22");
    expect(await seen(1)).toEqual(["modified a.fsx"]);
  });

  test("behind links only when asked to", async () => {
    const outside = await mkdtemp(join(tmpdir(), "watcher-outside-"));
    await writeFile(join(outside, "a.fsx"), "1");
    await symlink(outside, file("linked"));
    const without = await watched();
    const following = await watched({ followSymlinks: true });
    await writeFile(join(outside, "a.fsx"), "22");
    expect(await following.seen(1)).toEqual([`modified ${join("linked", "a.fsx")}`]);
    expect(without.events).toEqual([]);
    await rm(outside, { recursive: true });
  });
});

describe("when it is told", () => {
  test("adaptive: a burst is told together, later than a single change", async () => {
    const { seen, events, watcher } = await watched({ debounce: { min: 50, max: 400 } });
    const batches: number[] = [];
    watcher.on("changes", (changes) => batches.push(changes.length));
    const started = Date.now();
    for (let i = 0; i < 6; i++) {
      await writeFile(file(`${i}.fsx`), "1");
      await sleep(20);
    }
    await seen(6);
    expect(batches).toEqual([6]);
    expect((events[5] as FileEvent).at - started).toBeLessThan(1_000);
  });

  test("custom: by what is pending; a function that fails is reported and the default holds", async () => {
    const asked: string[][] = [];
    const custom = await watched({
      debounce: (pending) => {
        asked.push(pending.map(shown));
        return 30;
      },
    });
    await writeFile(file("a.fsx"), "1");
    await custom.seen(1);
    expect(asked[0]).toEqual(["created a.fsx"]);
    await custom.watcher.stop();

    const failing = await watched({ debounce: () => Number.NaN });
    await writeFile(file("b.fsx"), "1");
    expect(await failing.seen(1)).toEqual(["created b.fsx"]);
    expect(failing.errors[0]).toBeInstanceOf(InvalidWatcherOptionError);
  });

  test("nothing after stop; changes again after another start", async () => {
    const { watcher, events, seen } = await watched({ debounce: 100 });
    await writeFile(file("a.fsx"), "1");
    await sleep(30);
    await watcher.stop();
    await watcher.stop();
    await writeFile(file("b.fsx"), "1");
    await sleep(400);
    expect(events).toEqual([]);
    expect(watcher.watchedPaths).toEqual([folder]);
    await watcher.start();
    await watcher.start();
    await writeFile(file("c.fsx"), "1");
    expect(await seen(1)).toEqual(["created c.fsx"]);
  });

  test("stopping while it starts", async () => {
    const watcher = new PluginWatcher();
    await watcher.watch(folder);
    const starting = watcher.start();
    await watcher.stop();
    await starting;
    expect(watcher.isRunning).toBe(false);
  });
});

describe("paths and listeners", () => {
  test("a path that is not there is refused, and watchAll is all or nothing", async () => {
    const watcher = new PluginWatcher();
    await expect(watcher.watch(file("missing"))).rejects.toThrow(WatchError);
    await expect(watcher.watchAll([folder, file("missing")])).rejects.toThrow(/missing/);
    expect(watcher.watchedPaths).toEqual([]);
  });

  test("unwatch ends one of several", async () => {
    await mkdir(file("one"));
    await mkdir(file("two"));
    const { watcher, seen } = await watched({}, file("one"));
    await watcher.watch(file("two"));
    expect(await watcher.unwatch(file("one"))).toBe(true);
    expect(await watcher.unwatch(file("one"))).toBe(false);
    await writeFile(file("one", "a.fsx"), "1");
    await writeFile(file("two", "b.fsx"), "1");
    expect(await seen(1)).toEqual([`created ${join("two", "b.fsx")}`]);
  });

  test("a listener that throws is an error and keeps nothing from the others", async () => {
    const { watcher, seen, errors } = await watched();
    watcher.on("created", () => {
      throw new Error("broken listener");
    });
    const off = watcher.on("created", () => expect.unreachable("the listener was taken off"));
    off();
    await writeFile(file("a.fsx"), "1");
    expect(await seen(1)).toEqual(["created a.fsx"]);
    expect(errors.map(({ message }) => message)).toEqual([
      "a function called for created threw: broken listener",
    ]);
  });

  test.each([
    [{ debounce: -1 }, "debounce"],
    [{ debounce: { min: 10, max: 5 } }, "debounce"],
    [{ extensions: [".fsx"] }, "extensions"],
    [{ backoff: { kind: "linear", retries: 1.5 } }, "backoff.retries"],
    [{ circuitBreaker: { failures: 0 } }, "circuitBreaker.failures"],
  ] as [WatcherOptions, string][])("refuses %j", (options, option) => {
    expect(() => new PluginWatcher(options)).toThrow(expect.objectContaining({ option }) as Error);
  });
});
