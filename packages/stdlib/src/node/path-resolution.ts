/** Where a path really leads: absolute, without `.`, `..` and links, as far as it exists. */
import { lstatSync, readlinkSync, realpathSync } from "node:fs";
import { parse, resolve, sep } from "node:path";
import { hasCode } from "./system-words.js";

/** Links that are followed in one path, as in Linux. */
const MOST_LINKS = 40;

/** Resolves a path as far as it exists and appends the rest. Links whose target is missing are followed, too: writing to them would make the target. */
export function resolvePath(workingDir: string, path: string): string {
  const absolute = resolve(workingDir, path);
  try {
    return realpathSync.native(absolute);
  } catch (error) {
    if (hasCode(error, "ENOENT", "ENOTDIR", "EACCES", "ELOOP")) return resolveStepwise(absolute);
    throw error;
  }
}

/** As `resolvePath`, but a link at the end stays: it is what is removed or moved. */
export function resolveParent(workingDir: string, path: string): string {
  const absolute = resolve(workingDir, path);
  const { root, dir, base } = parse(absolute);
  if (base === "") return root;
  const parent = resolvePath(workingDir, dir);
  return parent.endsWith(sep) ? parent + base : parent + sep + base;
}

/** Goes down from the root, step by step; behind the first thing that is missing or closed, the steps are taken as they are written. */
function resolveStepwise(absolute: string): string {
  let here = parse(absolute).root;
  const pending = absolute.slice(here.length).split(sep).reverse();
  let links = 0;
  for (let step = pending.pop(); step !== undefined; step = pending.pop()) {
    if (step === "" || step === ".") continue;
    if (step === "..") {
      here = parse(here).dir;
      continue;
    }
    const next = here.endsWith(sep) ? here + step : here + sep + step;
    const target = linkTarget(next);
    if (target === undefined) {
      here = next;
      continue;
    }
    links++;
    // A circle of links leads nowhere; opening the path says so.
    if (links > MOST_LINKS) return absolute;
    const { root } = parse(target);
    if (root !== "") here = root;
    pending.push(...target.slice(root.length).split(sep).reverse());
  }
  return canonicalPrefix(here);
}

/** The path with what exists of it spelt as the system spells it: some systems find a name in other letter case, and under a short form. */
function canonicalPrefix(path: string): string {
  const { root } = parse(path);
  let rest = "";
  for (let here = path; here !== root; here = parse(here).dir) {
    try {
      return realpathSync.native(here) + rest;
    } catch (error) {
      if (!hasCode(error, "ENOENT", "ENOTDIR", "EACCES", "ELOOP", "EINVAL", "ENAMETOOLONG")) throw error;
      rest = sep + parse(here).base + rest;
    }
  }
  return path;
}

/** The target of a link; undefined for everything else, also for what is not there. */
function linkTarget(path: string): string | undefined {
  try {
    return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : undefined;
  } catch (error) {
    if (hasCode(error, "ENOENT", "ENOTDIR", "EACCES", "EINVAL", "ENAMETOOLONG")) return undefined;
    throw error;
  }
}
