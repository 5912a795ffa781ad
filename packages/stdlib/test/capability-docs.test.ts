/** The tables of the pages on capabilities and profiles are what the code says. To write them anew: vitest with `-u`. */
import { readFileSync } from "node:fs";
import {
  type AccessPolicy,
  capabilityAliases,
  capabilityNames,
  describeCapability,
  type Limits,
  limits,
  profiles,
} from "@fusabi/capabilities";
import { expect, test } from "vitest";
import { nodeLibrary } from "../src/node/index.js";

type Table = readonly (readonly string[])[];

function table([head = [], ...rows]: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

const code = (text: string): string => `\`${text}\``;
const yes = (is: boolean): string => (is ? "yes" : "");

function capabilityTable(): string {
  return table([
    ["capability", "alias", "a plugin with it may", "risk", "dangerous", "safe default", "changes outside"],
    ...capabilityNames.map((name) => {
      const { summary, risk, dangerous, safeDefault, changesOutside } = describeCapability(name);
      const aliases = [...capabilityAliases].flatMap(([alias, names]) =>
        names.includes(name) ? [code(alias)] : [],
      );
      return [
        code(name),
        aliases.join(", "),
        summary,
        risk,
        yes(dangerous),
        yes(safeDefault),
        yes(changesOutside),
      ];
    }),
  ]);
}

function functionTable(): string {
  const rows = new Map<string, string[]>();
  for (const { name: module, members } of nodeLibrary()) {
    for (const [key, member] of members) {
      if (!("capability" in member) || member.capability === undefined || member.hidden === true) continue;
      const name = module === "" ? key : `${module}.${key}`;
      for (const capability of [member.capability, ...(member.alsoNeeds ?? [])]) {
        const names = rows.get(capability) ?? [];
        names.push(code(name));
        rows.set(capability, names);
      }
    }
  }
  return table([
    ["capability", "functions that need it"],
    ...capabilityNames.map((name) => [code(name), (rows.get(name) ?? []).join(", ")]),
  ]);
}

const all = Object.values(profiles);

function policyText(policy: AccessPolicy): string {
  return typeof policy === "string" ? policy : code(JSON.stringify(policy));
}

function profileTable(): string {
  const changed = (own: Limits): string =>
    (Object.keys(own) as (keyof Limits)[])
      .filter((key) => own[key] !== limits.default[key])
      .map((key) => `${code(key)} ${String(own[key])}`)
      .join(", ");
  return table([
    ["profile", "meant for", "limits beside the default", "read, write", "audit", "dry run"],
    ...all.map(({ name, summary, limits: own, sandbox, audit, dryRun }) => [
      code(name),
      summary,
      changed(own),
      `${policyText(sandbox.read)}, ${policyText(sandbox.write)}`,
      audit,
      yes(dryRun),
    ]),
  ]);
}

function profileCapabilities(): string {
  return table([
    ["capability", ...all.map(({ name }) => name)],
    ...capabilityNames.map((name) => [
      code(name),
      ...all.map((one) => (one.capabilities.has(name) ? "x" : "")),
    ]),
    ["members", ...all.map((one) => String(one.capabilities.size))],
  ]);
}

function limitTable(): string {
  const shown = (value: number | null): string => (value === null ? "–" : value.toLocaleString("en"));
  return table([
    ["limit", "default", "strict", "unlimited"],
    ...(Object.keys(limits.default) as (keyof Limits)[]).map((key) => [
      code(key),
      shown(limits.default[key]),
      shown(limits.strict[key]),
      shown(limits.unlimited[key]),
    ]),
  ]);
}

const generated: ReadonlyMap<string, () => string> = new Map([
  ["capabilities", capabilityTable],
  ["functions", functionTable],
  ["profiles", profileTable],
  ["profile-capabilities", profileCapabilities],
  ["limits", limitTable],
]);

test.each(["capabilities.md", "host-profiles.md"])("%s is up to date", async (name) => {
  const path = `../../../docs/versions/vNEXT/${name}`;
  const text = readFileSync(new URL(path, import.meta.url), "utf8");
  let tables = 0;
  const current = text.replace(
    /(<!-- generated: ([\w-]+) -->\n).*?(<!-- end -->)/gs,
    (_, start: string, key: string, end: string) => {
      tables++;
      const made = generated.get(key);
      if (made === undefined) throw new Error(`${name} wants a table that nobody makes: ${key}`);
      return `${start}\n${made()}\n\n${end}`;
    },
  );
  expect(tables).toBeGreaterThan(1);
  await expect(current).toMatchFileSnapshot(path);
});
