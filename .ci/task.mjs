// What `npm start`, `npm test` and `npm run bench` do, from a fresh clone with nothing but Node and npm.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const results = join(root, "node_modules/.cache/fusabi/test-results.json");

/** Runs without questions, reports home or terminals: the same by hand and in CI. */
const env = {
  ...process.env,
  CI: "1",
  DO_NOT_TRACK: "1",
  TURBO_TELEMETRY_DISABLED: "1",
  npm_config_update_notifier: "false",
  // Several tools colour their output when they see CI, even into a file.
  ...(process.stdout.isTTY ? {} : { NO_COLOR: "1" }),
  PATH: [join(root, "node_modules/.bin"), process.env["PATH"]].join(delimiter),
};

/**
 * @param {string} command a command line
 * @param {"quiet" | "shown"} output quiet: kept back, and given with the result
 * @returns {Promise<{ ok: boolean; output: string }>}
 */
function run(command, output) {
  return new Promise((resolve, reject) => {
    const stdio = output === "quiet" ? "pipe" : "inherit";
    const child = spawn(command, { cwd: root, env, shell: true, stdio: ["ignore", stdio, stdio] });
    /** @type {Buffer[]} */
    const said = [];
    child.stdout?.on("data", (chunk) => said.push(chunk));
    child.stderr?.on("data", (chunk) => said.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => resolve({ ok: code === 0, output: Buffer.concat(said).toString() }));
  });
}

/** One quiet step: a line when it went well, all that it said when it did not. */
async function step(
  /** @type {string} */ name,
  /** @type {string} */ command,
  /** @type {RegExp} */ worthSaying = /(?!)/,
) {
  const started = performance.now();
  const { ok, output } = await run(command, "quiet");
  const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(6);
  console.log(`${ok ? "ok    " : "FAILED"} ${seconds} s  ${name}`);
  for (const line of output.split("\n"))
    if (ok && worthSaying.test(line)) console.log(`                 ${line}`);
  if (!ok) console.log(`${output.trimEnd()}\n(${command})`);
  return ok;
}

/** Dependencies as the lockfile says, by the pnpm that package.json names. */
function install() {
  const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const options = "--frozen-lockfile --reporter=append-only --config.confirm-modules-purge=false";
  // From elsewhere: inside the repository npx would take the pnpm of the node_modules that it may have to remake.
  return step(
    "install",
    `cd "${tmpdir()}" && npx --yes ${packageManager} install --dir "${root}" ${options}`,
  );
}

/** The browser that one test runs a page in. Where it is missing and can be installed, as in a container, it is; else that test says so. */
async function browser() {
  const present =
    "command -v chromium || command -v chromium-browser || command -v google-chrome || command -v chrome";
  const { ok } = await run(`[ -n "$CHROMIUM" ] || ${present}`, "quiet");
  const { ok: installable } = await run('[ "$(id -u)" = 0 ] && command -v apt-get', "quiet");
  if (ok || !installable) return true;
  const install = "apt-get install --yes --no-install-recommends chromium";
  return step("browser", `apt-get update && DEBIAN_FRONTEND=noninteractive ${install}`);
}

const build = () => step("build", "npm run --silent build", /^size /);

/** Runs the script of a workspace package, as anybody would who has the packages: built. */
async function runBuilt(/** @type {string} */ packageName, /** @type {string} */ script) {
  if (!(await install()) || !(await build())) return false;
  console.log();
  return (await run(`pnpm --silent --filter ${packageName} ${script}`, "shown")).ok;
}

const start = () => runBuilt("@fusabi/example-terminal-host", "start");

const bench = () => runBuilt("@fusabi/bench", "bench");

async function test() {
  if (!(await install())) return false;
  if (!(await browser())) return false;
  // Tests run on sources: they can tell more even when the build has failed.
  const built = await build();
  const checks = [
    await Promise.all([
      step("lint and format", "npm run --silent lint -- --colors=off"),
      step("types", "npm run --silent typecheck"),
    ]),
    await Promise.all([
      step("layers, purity, cycles", "npm run --silent check:layers"),
      step("unused files, exports, dependencies", "npm run --silent check:unused"),
      built && step("packages as published", "npm run --silent check:packages"),
    ]),
  ].flat();
  rmSync(results, { force: true });
  mkdirSync(dirname(results), { recursive: true });
  const reporters = `--reporter=default --reporter=json --outputFile.json="${results}"`;
  const tests = await run(`vitest run ${reporters}`, "shown");
  return checks.every(Boolean) && tests.ok;
}

/** @type {Record<string, () => Promise<boolean>>} */
const tasks = { start, test, bench };
const task = tasks[process.argv[2] ?? ""];
if (task === undefined) {
  console.error(`usage: node .ci/task.mjs ${Object.keys(tasks).join("|")}`);
  process.exitCode = 2;
} else {
  process.exitCode = (await task()) ? 0 : 1;
}
