/** Running a command to its end and taking in what it writes. */
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import type { NativeContext } from "@fusabi/vm";
import { childEnvironment } from "./environment.js";
import { Intake } from "./intake.js";
import { timedOut, timeLeft, within } from "./operation-time.js";
import { PinnedFolder } from "./pinned-folder.js";
import { endRemains, endTree, newTreeMark, type Streams, startTree } from "./process-tree.js";

/** A command that has been allowed. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly workingDir: string;
  /** Variables beside those that every child gets. */
  readonly variables: Readonly<Record<string, string>>;
  readonly timeMs: number;
  readonly keepOutput: boolean;
  readonly keepErrors: boolean;
}

/** What a command that has ended left. */
export interface Outcome {
  /** -1 for one that a signal has ended. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

function streamsOf({ keepOutput, keepErrors }: Command): Streams {
  return ["ignore", keepOutput ? "pipe" : "ignore", keepErrors ? "pipe" : "ignore"];
}

/** Waits inside the call. Throws the system's error when the command cannot be started. */
export function runBlocking(context: NativeContext, command: Command): Outcome {
  const release = context.hold("processes");
  const folder = new PinnedFolder(command.workingDir);
  const { mark, variable } = newTreeMark();
  try {
    const { error, pid, signal, status, stdout, stderr } = spawnSync(command.file, [...command.args], {
      cwd: folder.at(""),
      env: { ...childEnvironment(context), ...command.variables, ...variable },
      stdio: [...streamsOf(command)],
      timeout: Math.max(1, Math.ceil(timeLeft(context, command.timeMs))),
      killSignal: "SIGKILL",
      maxBuffer: Math.min(context.largestBytes, LARGEST_BUFFER),
      windowsHide: true,
      // Node hands this on, though its types know it for `spawn` only.
      ...({ detached: process.platform !== "win32" } as object),
    });
    if (pid > 0) endRemains(pid, mark);
    context.checkTime();
    if ((error as NodeJS.ErrnoException | undefined)?.code === "ETIMEDOUT")
      throw timedOut(context, command.timeMs);
    const tooMuch = (error as NodeJS.ErrnoException | undefined)?.code === "ENOBUFS";
    if (error !== undefined && !tooMuch) throw error;
    const texts = [stdout, stderr].map((bytes) => {
      const intake = new Intake(context);
      // Null where nothing is kept.
      if (bytes !== null) intake.add(bytes);
      return intake.text();
    });
    if (tooMuch) context.allocate(Number.MAX_SAFE_INTEGER);
    return {
      exitCode: signal === null ? (status ?? -1) : -1,
      stdout: texts[0] ?? "",
      stderr: texts[1] ?? "",
    };
  } finally {
    folder[Symbol.dispose]();
    release();
  }
}

/** Without a limit on values, Node's buffers end somewhere. */
const LARGEST_BUFFER = 2 ** 30;

/** As `runBlocking`, for a call that waits. */
export async function runWaiting(context: NativeContext, command: Command): Promise<Outcome> {
  const release = context.hold("processes");
  const outputs = [new Intake(context), new Intake(context)] as const;
  let end = (): void => undefined;
  try {
    return await within(context, command.timeMs, (signal) => {
      const { child, mark } = startIn(context, command, streamsOf(command));
      const { pid } = child;
      if (pid !== undefined) {
        end = () => endTree(pid, mark);
        signal.addEventListener("abort", end, { once: true });
      }
      return new Promise<Outcome>((resolve, reject) => {
        child.once("error", reject);
        [child.stdout, child.stderr].forEach((stream, index) => {
          stream?.on("data", (piece: Uint8Array) => {
            try {
              outputs[index]?.add(piece);
            } catch (error) {
              reject(error);
              end();
            }
          });
          stream?.once("error", reject);
        });
        // What the command has left running keeps its pipes open, and does not outlive it.
        child.once("exit", () => end());
        child.once("close", (status, killed) => {
          if (signal.aborted) return;
          try {
            const [stdout, stderr] = [outputs[0].text(), outputs[1].text()];
            resolve({ exitCode: killed === null ? (status ?? -1) : -1, stdout, stderr });
          } catch (error) {
            reject(error);
          }
        });
      });
    });
  } finally {
    end();
    release();
  }
}

/** Starts a command in the very folder that was decided over; `mark` is the name of its tree. */
function startIn(
  context: NativeContext,
  { file, args, workingDir, variables }: Command,
  stdio: "ignore" | Streams,
): { readonly child: ReturnType<typeof startTree>; readonly mark: string } {
  const { mark, variable } = newTreeMark();
  const env = { ...childEnvironment(context), ...variables, ...variable };
  const folder = new PinnedFolder(workingDir);
  try {
    return { child: startTree(file, args, mark, { cwd: folder.at(""), env, stdio }), mark };
  } finally {
    folder[Symbol.dispose]();
  }
}

/** Starts a command and does not wait for it; gives its process id, or undefined when it cannot be started. It ends with the instance at the latest. */
export function startApart(context: NativeContext, command: Command): number | undefined {
  const releaseProcess = context.hold("processes");
  let releaseTask: (() => void) | undefined;
  const release = (): void => {
    releaseProcess();
    releaseTask?.();
  };
  try {
    releaseTask = context.hold("tasks");
    // What keeps a command from being started otherwise comes as an event, when the caller has gone on.
    accessSync(command.file, constants.X_OK);
    const { lifetime } = context;
    const { child, mark } = startIn(context, command, "ignore");
    const { pid } = child;
    if (pid === undefined) {
      child.once("error", () => undefined);
      release();
      return undefined;
    }
    const end = (): void => endTree(pid, mark);
    lifetime.addEventListener("abort", end, { once: true });
    child.unref();
    child.once("exit", () => {
      lifetime.removeEventListener("abort", end);
      end();
      release();
    });
    return pid;
  } catch (error) {
    release();
    throw error;
  }
}
