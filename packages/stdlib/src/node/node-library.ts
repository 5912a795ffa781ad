import type { HostModule } from "@fusabi/vm";
import { type StandardLibraryOptions, standardLibrary } from "../standard-library.js";
import { environmentModule } from "./environment.js";
import { fileModule, fsModule } from "./file.js";
import { type InputSource, processInput, StandardInput, standardInputModule } from "./standard-input.js";

/** What a host may replace. */
export interface NodeLibraryOptions extends StandardLibraryOptions {
  /** In place of the standard input of the process. */
  readonly input?: InputSource;
}

const nodeModules: readonly HostModule[] = [fileModule, fsModule, environmentModule];
const usualModules: readonly HostModule[] = [
  ...standardLibrary(),
  ...nodeModules,
  standardInputModule(new StandardInput(processInput)),
];

/**
 * The standard library with what only Node can provide: files, environment variables, the console's input. Without options, always the same modules.
 *
 * Nothing of it is open by itself: the capabilities have to be granted and the sandbox policy has to cover the paths and names.
 *
 * @example
 * ```ts
 * instantiate(module, {
 *   imports: nodeLibrary(),
 *   capabilities: Capabilities.of("fs:read"),
 *   sandbox: defineSandbox({ read: { allow: ["/var/log"] } }),
 * });
 * ```
 */
export function nodeLibrary(options?: NodeLibraryOptions): readonly HostModule[] {
  if (options === undefined) return usualModules;
  return [
    ...standardLibrary(options),
    ...nodeModules,
    standardInputModule(new StandardInput(options.input ?? processInput)),
  ];
}
