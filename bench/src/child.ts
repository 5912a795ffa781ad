import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Runs a program of this folder as a process of its own, and gives what it sends. */
export function answerOf<Answer>(program: string, args: readonly string[]): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL(`./${program}`, import.meta.url)), args, {
      execArgv: ["--import", "tsx", "--expose-gc"],
    });
    let answer: Answer | undefined;
    child.on("message", (message) => {
      answer = message as Answer;
    });
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      if (answer === undefined)
        reject(new Error(`${program} ${args.join(" ")}: ended with ${signal ?? code}`));
      else resolve(answer);
    });
  });
}
