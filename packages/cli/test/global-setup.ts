import { cpSync, mkdirSync, rmSync } from "node:fs";
import { bundleProgram } from "../scripts/bundle.js";
import { bundle, cliFolder } from "./fus.js";

/**
 * The tests run the executable as users do, in a process of its own. It is bundled into a copy of the package, so that no build is
 * needed and no old one gets in the way.
 */
export async function setup(): Promise<void> {
  rmSync(bundle.folder, { recursive: true, force: true });
  mkdirSync(bundle.folder, { recursive: true });
  cpSync(`${cliFolder}package.json`, `${bundle.folder}/package.json`);
  cpSync(`${cliFolder}bin`, `${bundle.folder}/bin`, { recursive: true });
  await bundleProgram(`${bundle.folder}/dist`);
}
