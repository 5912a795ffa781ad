import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundle, folderWith, fus } from "./fus.js";

let server: Server;
let address = "";

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === "/away") response.writeHead(302, { location: "http://example.com/" }).end();
    else response.end(`you asked for ${request.url}`);
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => void server.close(resolve));
});

describe("--allow-net", () => {
  it("lets requests go to the host that it names, and nowhere else", async () => {
    const get = (path: string): string => `printfn (Http.get "http://${address}${path}")`;
    expect(await fus(["run", "-e", get("/a"), "--allow-net", address])).toMatchObject({
      code: 0,
      out: "you asked for /a\n()\n",
    });
    const closed = await fus(["run", "-e", get("/a")]);
    expect(closed.code).toBe(4);
    expect(closed.err).toContain("capability denied: net:request");
    expect(closed.err).toContain("hint: --allow-net HOST grants it");
    for (const [path, host, denied] of [
      ["/a", "127.0.0.1:1", "127.0.0.1"],
      ["/away", address, "example.com"],
    ] as const) {
      const { code, err } = await fus(["run", "-e", get(path), "--allow-net", host]);
      expect(code).toBe(4);
      expect(err).toContain(`sandbox violation: network access denied: ${denied}`);
    }
  });
});

describe("--allow-run and --allow-env", () => {
  it("let the named command run, with the named variables", async () => {
    const source =
      '(Process.run "env" []).stdout.Split "\\n" |> List.ofSeq |> List.filter (fun l -> l.StartsWith "FUS_")';
    const env = { FUS_SHOWN: "1", FUS_HIDDEN: "2" };
    const run = ["run", "-e", source, "--allow-run", "env"];
    expect(await fus([...run, "--allow-env", "FUS_SHOWN"], { env })).toMatchObject({
      code: 0,
      out: "[FUS_SHOWN=1]\n",
    });
    expect(await fus(run, { env })).toMatchObject({ code: 0, out: "[]\n" });
    const { code, err } = await fus(["run", "-e", '(Process.run "ls" []).exitCode', "--allow-run", "env"]);
    expect(code).toBe(4);
    expect(err).toContain("sandbox violation: command not allowed: ls");
    const shell = await fus(["run", "-e", '(Process.runShell "echo x").stdout', "--allow-run", "echo"]);
    expect(shell.err).toContain("sandbox violation: command not allowed: sh");
  });
});

describe("what a program starts", () => {
  const lives = (pid: number): boolean => {
    try {
      return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
    } catch {
      return false;
    }
  };
  const until = async (condition: () => boolean): Promise<void> => {
    for (let tries = 0; !condition(); tries++) {
      if (tries > 1_000) throw new Error("it never came to be");
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };

  it("ends with the program", async () => {
    const source = '(Process.spawn "sleep" ["60"]).pid';
    const { code, out } = await fus(["run", "-e", source, "--allow-run", "sleep", "--grant", "async:spawn"]);
    expect(code).toBe(0);
    await until(() => !lives(Number(out)));
  });

  it("ends when the user interrupts fus", async () => {
    const folder = await folderWith({
      "waits.fsx": '(Process.runShell "echo $$ > pid; sleep 60").exitCode\n',
    });
    const child = spawn(process.execPath, [bundle.executable, "run", "waits.fsx", "--allow-run", "sh"], {
      cwd: folder,
      stdio: "ignore",
    });
    const pid = (): number => {
      try {
        return Number(readFileSync(join(folder, "pid"), "utf8"));
      } catch {
        return 0;
      }
    };
    await until(() => pid() > 0);
    const ended = new Promise<NodeJS.Signals | null>(
      (resolve) => void child.once("exit", (_, signal) => resolve(signal)),
    );
    child.kill("SIGINT");
    expect(await ended).toBe("SIGINT");
    await until(() => !lives(pid()));
  });
});
