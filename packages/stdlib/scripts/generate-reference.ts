// Writes docs/versions/vNEXT/stdlib.md from the declarations of the library: `pnpm --filter @fusabi/stdlib reference`.
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type CapabilityName, describeCapability } from "@fusabi/capabilities";
import { formatSignature, type HostMember, type HostModule, signatureOf } from "@fusabi/vm";
import { standardLibrary } from "../src/index.js";
import { nodeLibrary } from "../src/node/index.js";

const target = new URL("../../../docs/versions/vNEXT/stdlib.md", import.meta.url);

/** What a module is for. Every module has a sentence here; a test fails without. */
const MODULES: Readonly<Record<string, string>> = {
  "": "In scope without a module name.",
  List: "Lists: immutable, linked. Positions count from 0.",
  Array: "Arrays: of fixed length, changed in place.",
  Seq: "Sequences: elements are made when they are asked for.",
  Set: "Sets of ordered elements.",
  Map: "Maps from ordered keys to values.",
  Option: "Values that may be missing.",
  Result: "Values or errors.",
  String: "Texts: sequences of UTF-16 units.",
  Char: "Single UTF-16 units.",
  Math: "Functions that refuse arguments outside their domain, where the core functions give NaN.",
  Json: "JSON texts. A JSON value is an `any`: objects are records, arrays arrays, `null` is `()`.",
  Url: "Addresses taken apart as texts. Policies never rely on it.",
  Path: "Paths as texts, always with `/`. Never looks at a disk.",
  Encoding: "Texts, as UTF-8, in base64 and hexadecimal digits.",
  Regex:
    "Patterns, by an engine whose time grows linearly with the text: no references back to a group, and no looking around. What it does costs fuel, so that fuel and deadline stop it.",
  Async: "Work that is described now and done later.",
  Time: "Milliseconds since 1970-01-01T00:00:00Z.",
  Random: "Chance. The host may fix where it comes from.",
  Crypto: "Digests, keyed digests and random identifiers. Texts are taken as UTF-8.",
  Console: "The program's output and input.",
  Log: "Lines for the host's log, with the plugin's name and the place of the call.",
  Metrics: "Counters, gauges and histograms of the host. Programs write them and cannot read them.",
  Config:
    "Settings of the program, which its host may fill and change. A value is a `ConfigValue`: `ConfigValue.Int 5`.",
  Events: "Events of the program and of its host, and messages of other plugins.",
  Commands: "What the program offers to be called by name.",
  Plugin: "The program's own name, and other plugins. Values cross as data.",
  Script: "Code that comes into being while the program runs. The host must allow it.",
  File: "Texts and lines in files.",
  Fs: "Everything else about files.",
  Env: "Environment variables, as far as the policy shows them.",
  Process: "Programs of the host's system. They end with the call, and with the plugin at the latest.",
  Http: "Bodies of web pages, whatever their status.",
  Net: "Whole answers of web servers, and names of hosts.",
  TerminalInfo: "The terminal that the host is, or runs in. Without one, everything is empty.",
  TerminalControl: "Work in the host's terminal. Where a shell runs in a pane, typing into it runs commands.",
  UIFormatting: "How the program takes part in the host's tabs and status lines.",
  Nav: "Navigation by hints and anchors.",
};

const WORDS: Readonly<Record<string, string>> = {
  sync: "",
  blocks: "waits inside the call",
  waits: "waits",
  async: "describes work",
};

/** Members of values stand in modules whose names no program can write. */
const isOfValues = (name: string): boolean => name.startsWith("<");

/** Modules of one name as one, in the order of the page. */
function merged(modules: readonly HostModule[]): ReadonlyMap<string, ReadonlyMap<string, HostMember>> {
  const byName = new Map<string, Map<string, HostMember>>();
  for (const name of Object.keys(MODULES)) byName.set(name, new Map());
  for (const { name, members } of modules) {
    // Another name of the same module.
    if (name.startsWith("System.")) continue;
    const known = byName.get(name) ?? new Map<string, HostMember>();
    for (const [member, declaration] of members) known.set(member, declaration);
    byName.set(name, known);
  }
  return byName;
}

/** The types under which a member is known. */
function typesOf(member: HostMember, siblings: ReadonlyMap<string, HostMember>): readonly string[] {
  if (!("forms" in member)) return [formatSignature(signatureOf(member).type)];
  return member.forms.flatMap((form) => {
    const sibling = siblings.get(form);
    return sibling === undefined ? [] : typesOf(sibling, siblings);
  });
}

/** What an overloaded name needs is what its first form needs. */
function accessOf(
  member: HostMember,
  siblings: ReadonlyMap<string, HostMember>,
): { readonly needs: readonly string[]; readonly mode: string } {
  if ("forms" in member) {
    const first = siblings.get(member.forms[0] ?? "");
    return first === undefined ? { needs: [], mode: "sync" } : accessOf(first, siblings);
  }
  if ("variants" in member) return { needs: [], mode: "sync" };
  const needs = member.capability === undefined ? [] : [member.capability];
  const more = "alsoNeeds" in member && Array.isArray(member.alsoNeeds) ? (member.alsoNeeds as string[]) : [];
  return { needs: [...needs, ...more], mode: member.mode ?? "sync" };
}

const code = (text: string): string => `\`${text.replaceAll("|", "\\|")}\``;
const list = (names: Iterable<string>): string => [...new Set(names)].map(code).join(", ");
const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

function sectionOf(name: string, members: ReadonlyMap<string, HostMember>): readonly string[] {
  const shown = [...members].filter(([, member]) => !("hidden" in member && member.hidden === true));
  const guarded = shown.some(([, member]) => accessOf(member, members).needs.length > 0);
  const prefix = name === "" || isOfValues(name) ? "" : `${name}.`;
  const heads = guarded
    ? ["function", "type", "what it does", "capability", "policy", "counts against", "time"]
    : ["function", "type", "what it does"];
  const rows = shown.map(([member, declaration]) => {
    const { needs, mode } = accessOf(declaration, members);
    const infos = needs.map((need) => describeCapability(need as CapabilityName));
    const cells = [
      code(prefix + member),
      typesOf(declaration, members).map(code).join(" or "),
      (declaration.doc ?? "").replaceAll("|", "\\|"),
    ];
    if (!guarded) return row(cells);
    return row([
      ...cells,
      list(needs),
      list(infos.flatMap(({ policy }) => policy ?? [])),
      list(infos.flatMap(({ limits }) => limits)),
      WORDS[mode] ?? mode,
    ]);
  });
  return [row(heads), row(heads.map(() => "---")), ...rows];
}

/** The text of the page. Throws when a module has no sentence. */
export function generateReference(): string {
  const everywhere = new Set(standardLibrary().map(({ name }) => name));
  const modules = merged(nodeLibrary());
  const lines = [
    "<!-- Generated by packages/stdlib/scripts/generate-reference.ts from the declarations of the library. Do not edit. -->",
    "",
    "# Standard library",
    "",
    "What a program can call without importing anything. The compiler checks calls against the same declarations, and the machine asks for the same capabilities.",
    "",
    "A function that needs a _capability_ fails without it (`FUS0520`). Where a _policy_ is named, its part of the sandbox policy decides over the argument (`FUS0521`). What it _counts against_ are limits beside fuel and the wall clock, which count for every function; a limit that is met ends the call. A function that _waits_ needs a call that the host awaits.",
    "",
  ];
  for (const [name, members] of modules) {
    if (isOfValues(name)) continue;
    const sentence = MODULES[name];
    if (sentence === undefined)
      throw new RangeError(`the module ${name} has no sentence in generate-reference.ts`);
    const where = everywhere.has(name) ? "" : " Node only.";
    lines.push(
      `## ${name === "" ? "Core" : name}`,
      "",
      sentence + where,
      "",
      ...sectionOf(name, members),
      "",
    );
  }
  lines.push("## Members of values", "", "Written behind a dot, as in `text.Length`.", "");
  for (const [name, members] of modules) {
    if (isOfValues(name)) lines.push(`### ${name.slice(1, -1)}`, "", ...sectionOf(name, members), "");
  }
  return `${lines.join("\n").trimEnd()}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(new URL(".", target), { recursive: true });
  writeFileSync(target, generateReference());
}
