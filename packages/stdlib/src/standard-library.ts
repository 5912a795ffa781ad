import type { HostModule } from "@fusabi/vm";
import { arrayModule } from "./array.js";
import { asyncModule } from "./async.js";
import { charModule, systemCharModule } from "./char.js";
import { consoleModule } from "./console.js";
import { coreModule } from "./core.js";
import { encodingModule } from "./encoding.js";
import { type HostedParts, hostedModules, hostedNatives } from "./hosted-modules.js";
import { jsonModule } from "./json.js";
import { listModule } from "./list.js";
import { mapModule } from "./map.js";
import { mathModule } from "./math.js";
import { anyMembers } from "./members/any-members.js";
import { exceptionMembers, optionMembers, referenceMembers } from "./members/cell-members.js";
import { lazyMembers } from "./members/lazy-members.js";
import { arrayMembers, listMembers } from "./members/sequence-members.js";
import { stringMembers } from "./members/string-members.js";
import { entryMembers, mapMembers, setMembers } from "./members/table-members.js";
import { nativeModule } from "./native.js";
import { waitingModule } from "./native-async.js";
import { optionModule } from "./option.js";
import { pathModule } from "./path.js";
import { Prelude } from "./prelude.js";
import { type RandomSource, randomModule } from "./random.js";
import { regexModule } from "./regex.js";
import { resultModule } from "./result.js";
import { seqModule } from "./seq.js";
import { setModule } from "./set.js";
import { stringModule } from "./string.js";
import { type Clock, timeModule } from "./time.js";
import { urlModule } from "./url.js";

/**
 * What a host may put in place of the usual.
 *
 * @example
 * ```ts
 * standardLibrary({ clock: { now: () => 0, monotonic: () => 0 }, random: () => 0.5, log: ({ text }) => lines.push(text) });
 * ```
 */
export interface StandardLibraryOptions extends HostedParts {
  /** In place of `Math.random`. */
  readonly random?: RandomSource;
  /** In place of the system's clocks. */
  readonly clock?: Clock;
}

const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };

const prelude = new Prelude(preludeImports);

/** Everything that does not depend on options: made once, so that signatures and links that are kept with the members serve every program. */
const fixedModules: readonly HostModule[] = [
  coreModule(prelude),
  listModule(prelude),
  arrayModule(prelude),
  optionModule(prelude),
  resultModule(prelude),
  stringModule(prelude),
  charModule,
  systemCharModule,
  seqModule(prelude),
  asyncModule(prelude),
  mapModule(prelude),
  setModule(prelude),
  mathModule,
  jsonModule,
  urlModule,
  pathModule,
  encodingModule,
  regexModule,
  consoleModule,
  stringMembers,
  listMembers,
  arrayMembers,
  optionMembers,
  mapMembers,
  entryMembers,
  setMembers,
  lazyMembers(prelude),
  referenceMembers,
  exceptionMembers,
  anyMembers,
];

const helpers: HostModule = nativeModule(prelude);

const usualModules: readonly HostModule[] = [
  ...fixedModules,
  timeModule(systemClock),
  randomModule(Math.random),
  ...hostedModules({}, preludeImports),
];

/** What the prelude may call: the members of the library that are not written in the language themselves, and its own helpers. */
function preludeImports(): readonly HostModule[] {
  const withoutPrelude = fixedModules.map((module) => ({
    ...module,
    members: new Map([...module.members].filter(([, member]) => !("code" in member))),
  }));
  return [...withoutPrelude, helpers, waitingModule];
}

/** As `preludeImports`, with what the modules that the host has a part in need beside: for compiling the prelude. */
export function wholePreludeImports(): readonly HostModule[] {
  return [...preludeImports(), hostedNatives({})];
}

/**
 * The standard library as far as it needs nothing outside the program but time and chance. Without options, always the same modules.
 *
 * @example
 * ```ts
 * const imports = standardLibrary();
 * const result = compile('List.map (fun x -> x * 2) [1; 2]', { hostModules: imports });
 * ```
 */
export function standardLibrary(options?: StandardLibraryOptions): readonly HostModule[] {
  if (options === undefined) return usualModules;
  return [
    ...fixedModules,
    timeModule(options.clock ?? systemClock),
    randomModule(options.random ?? Math.random),
    ...hostedModules(options, preludeImports),
  ];
}
