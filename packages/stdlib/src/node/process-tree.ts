/** Child processes together with everything that they have started: ended as one, and never left behind. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { hasCode } from "./system-words.js";

/** The variable by which everything in a tree is known, also what has left its parent and its group. */
const MARK = "FUSABI_PROCESS_TREE";

/** A name for a tree that is about to be started. */
export function newTreeMark(): {
  readonly mark: string;
  readonly variable: Readonly<Record<string, string>>;
} {
  const mark = randomUUID();
  return { mark, variable: { [MARK]: mark } };
}

/** The trees that live, so that the end of this process is the end of theirs. */
const living = new Map<number, string>();

function endAll(): void {
  for (const [pid, mark] of [...living]) endTree(pid, mark);
}

/** Signals that end this process unless somebody handles them, and that reach no tree by themselves: each is a group of its own. */
const ENDING = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

function onSignal(signal: NodeJS.Signals): void {
  // The host has plans of its own for the signal.
  if (process.listenerCount(signal) > 1) return;
  endAll();
  process.kill(process.pid, signal);
}

function watchEnd(): void {
  process.once("exit", endAll);
  for (const signal of ENDING) process.on(signal, onSignal);
}

function unwatchEnd(): void {
  process.removeListener("exit", endAll);
  for (const signal of ENDING) process.removeListener(signal, onSignal);
}

/** Ends what is left of a tree, once. The process that leads it may have ended already. */
export function endTree(pid: number, mark: string): void {
  // Later, the number may be somebody else's.
  if (!living.delete(pid)) return;
  if (living.size === 0) unwatchEnd();
  if (process.platform === "win32") {
    spawnSync("taskkill", ["/pid", String(pid), "/t", "/f"], { stdio: "ignore", windowsHide: true });
    return;
  }
  kill(-pid);
  if (process.platform !== "linux") return;
  // What has made a group of its own. New ones may appear while the old ones are looked for; each round leaves fewer that could make them.
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const left = marked(mark);
    if (left.length === 0) return;
    for (const one of left) kill(one);
  }
}

const MOST_ROUNDS = 20;

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    // It has ended by itself, or it is not ours any more.
    if (!hasCode(error, "ESRCH", "EPERM")) throw error;
  }
}

/** The processes that carry a mark and have not ended. */
function marked(mark: string): readonly number[] {
  const wanted = `${MARK}=${mark}`;
  return readdirSync("/proc")
    .filter((name) => /^[1-9][0-9]*$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, "latin1").split("\0").includes(wanted);
      } catch (error) {
        if (hasCode(error, "ENOENT", "ESRCH", "EACCES", "EPERM")) return false;
        throw error;
      }
    })
    .map(Number);
}

/** Starts the leader of a tree: a group of its own, so that it can be ended as a whole. The tree ends with this process at the latest. */
export function startTree(
  file: string,
  args: readonly string[],
  mark: string,
  {
    cwd,
    env,
    stdio,
  }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly stdio: "ignore" | Streams },
): ChildProcess {
  // Before there is anything to end: a signal may come as soon as there is.
  if (living.size === 0) watchEnd();
  try {
    const child = spawn(file, args, {
      cwd,
      env,
      stdio: stdio === "ignore" ? stdio : [...stdio],
      detached: process.platform !== "win32",
      windowsHide: true,
    });
    if (child.pid !== undefined) living.set(child.pid, mark);
    return child;
  } finally {
    if (living.size === 0) unwatchEnd();
  }
}

/** Ends what a tree has left behind whose leader has ended already. */
export function endRemains(pid: number, mark: string): void {
  if (living.size === 0) watchEnd();
  living.set(pid, mark);
  endTree(pid, mark);
}

/** What becomes of standard input, output and error. */
export type Streams = readonly ["ignore", "pipe" | "ignore", "pipe" | "ignore"];
