// Packs every public package as npm would get it, and looks at the tarballs with publint and are-the-types-wrong.
// Also holds each package.json, tsconfig.build.json and the release group against the layer table.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { layers, publicPackages } from "./layers.mjs";

/** @type {string[]} */
const problems = [];
const json = (/** @type {string} */ path) => JSON.parse(readFileSync(path, "utf8"));
const same = (/** @type {unknown} */ a, /** @type {unknown} */ b) => JSON.stringify(a) === JSON.stringify(b);

for (const [name, layer] of Object.entries(layers)) {
  const manifest = json(`packages/${name}/package.json`);
  const say = (/** @type {string} */ text) => problems.push(`packages/${name}: ${text}`);
  const siblings = (/** @type {Record<string, string>} */ deps = {}) =>
    Object.keys(deps).flatMap((dep) => (dep.startsWith("@fusabi/") ? [dep.slice("@fusabi/".length)] : []));

  for (const dep of siblings(manifest.dependencies))
    if (!layer.imports.includes(dep)) say(`depends on @fusabi/${dep}, against .ci/layers.mjs`);
  for (const dep of siblings(manifest.devDependencies))
    if (!layer.testImports?.includes(dep))
      say(`has @fusabi/${dep} as a devDependency, against .ci/layers.mjs`);

  const references = json(`packages/${name}/tsconfig.build.json`).references.map(
    (/** @type {{ path: string }} */ reference) => reference.path.split("/")[1],
  );
  if (!same(references.sort(), siblings(manifest.dependencies).sort()))
    say("the references of tsconfig.build.json are not its @fusabi dependencies");

  if (manifest.name !== `@fusabi/${name}`) say(`is named ${manifest.name}`);
  if (manifest.license !== "MIT OR Apache-2.0") say("license must be MIT OR Apache-2.0");
  if (manifest.engines?.node !== ">=20.19") say("engines.node must be >=20.19");
  if (manifest.sideEffects !== false) say("sideEffects must be false");
  if (manifest.publishConfig?.access !== "public") say("publishConfig.access must be public");
}

const released = publicPackages.map((name) => `@fusabi/${name}`).sort();
if (!same(json(".changeset/config.json").fixed?.[0]?.toSorted(), released))
  problems.push(".changeset/config.json: the fixed group must list exactly the public packages");

/** The files of a tarball; ustar headers are all that pnpm writes for paths as short as ours. */
function filesOf(/** @type {Buffer} */ tarball) {
  const tar = gunzipSync(tarball);
  const files = new Set();
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0; ) {
    const text = (/** @type {number} */ from, /** @type {number} */ length) =>
      tar.toString("utf8", at + from, at + from + length).replace(/\0.*$/s, "");
    files.add(
      [text(345, 155), text(0, 100)]
        .filter(Boolean)
        .join("/")
        .replace(/^package\//, ""),
    );
    at += 512 + 512 * Math.ceil(Number.parseInt(text(124, 12), 8) / 512);
  }
  return files;
}

const folder = mkdtempSync(join(tmpdir(), "fusabi-pack-"));
try {
  const pack = ["--recursive", "--filter", "./packages/*", "pack", "--pack-destination", folder];
  const packed = spawnSync("pnpm", pack, { encoding: "utf8" });
  if (packed.status !== 0)
    problems.push(`pnpm ${pack.join(" ")}\n${packed.error ?? packed.stdout + packed.stderr}`);
  for (const name of packed.status === 0 ? publicPackages : []) {
    const manifest = json(`packages/${name}/package.json`);
    const tarball = readFileSync(join(folder, `fusabi-${name}-${manifest.version}.tgz`));
    const say = (/** @type {string} */ text) => problems.push(`@fusabi/${name} as packed: ${text}`);

    const files = filesOf(tarball);
    for (const file of ["README.md", "LICENSE-MIT", "LICENSE-APACHE", "dist/index.js", "dist/index.d.ts"])
      if (!files.has(file)) say(`${file} is missing`);
    for (const file of files)
      if (
        !/^(package\.json|README\.md|CHANGELOG\.md|LICENSE-(MIT|APACHE)|dist\/.*\.(js|js\.map|d\.ts|json)|(bin|dist\/libraries)\/.*\.cjs|[a-z.]+\.schema\.json)$/.test(
          file,
        )
      )
        say(`${file} does not belong in it`);

    const { messages, pkg } = await publint({
      pack: { tarball: new Uint8Array(tarball).buffer },
      level: "suggestion",
      strict: true,
    });
    for (const message of messages) say(`publint: ${formatMessage(message, pkg)}`);

    const types = await checkPackage(createPackageFromTarballData(new Uint8Array(tarball)));
    if (types.types === false) say("are-the-types-wrong: no types");
    else
      for (const problem of types.problems) {
        // An ESM-only package: that CommonJS and the resolution of Node 10 cannot load it is intended.
        const kind = "resolutionKind" in problem ? problem.resolutionKind : undefined;
        if (kind === "node10" || kind === "node16-cjs") continue;
        say(`are-the-types-wrong: ${problem.kind} ${JSON.stringify(problem)}`);
      }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

for (const problem of problems) console.error(problem);
if (problems.length === 0) console.log(`${publicPackages.length} packages would publish correctly`);
process.exitCode = problems.length === 0 ? 0 : 1;
