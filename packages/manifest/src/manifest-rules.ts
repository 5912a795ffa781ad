import {
  capabilityAliases,
  capabilityNames,
  expandCapability,
  printable,
  UnknownCapabilityError,
} from "@fusabi/capabilities";
import { validRange, valid as validVersion } from "semver";
import type { Rule } from "./rule.js";
import { distinct, flag, listOf, tableOf, tableWith, text, wholeNumber } from "./rule.js";
import { isSpdxExpression } from "./spdx-expression.js";

/** A manifest as its files write it: TOML and JSON have the same keys. */
export interface WrittenManifest {
  readonly name: string;
  readonly version: string;
  readonly "api-version": WrittenApiVersion;
  readonly description?: string;
  readonly authors?: readonly string[];
  readonly license?: string;
  readonly capabilities?: readonly string[];
  readonly dependencies?: readonly WrittenDependency[];
  readonly source?: string;
  readonly bytecode?: string;
  readonly exports?: readonly string[];
  readonly tags?: readonly string[];
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface WrittenApiVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

export interface WrittenDependency {
  readonly name: string;
  readonly version: string;
  readonly optional?: boolean;
}

const NAME_PATTERN = "^[a-z0-9][a-z0-9-]*$";

const pluginName: Rule<string> = text({ pattern: NAME_PATTERN, maxLength: 214 }, (value, place) => {
  if (new RegExp(NAME_PATTERN).test(value) && value.length <= 214) return undefined;
  return `${place} must be lower-case letters, digits and hyphens, starting with a letter or digit, not ${quoted(value)}`;
});

const semanticVersion: Rule<string> = text({ examples: ["1.0.0"] }, (value, place) =>
  /^[0-9]\S*$/.test(value) && validVersion(value) !== null
    ? undefined
    : `${place} must be a semantic version such as 1.0.0, not ${quoted(value)}`,
);

const versionRange: Rule<string> = text({ examples: ["^1.0"] }, (value, place) =>
  value.trim() !== "" && value.length <= 256 && validRange(value) !== null
    ? undefined
    : `${place} must be a version range such as ^1.0, ~1.2, >=1.0.0 or *, not ${quoted(value)}`,
);

const apiVersionTable: Rule<Partial<WrittenApiVersion>> = tableWith<WrittenApiVersion>({
  major: { rule: wholeNumber, description: "Must equal the host's.", required: "major = 0" },
  minor: { rule: wholeNumber, description: "The host's must not be smaller.", required: "minor = 21" },
  patch: { rule: wholeNumber, description: "Not looked at.", required: "patch = 0" },
});

const apiVersion: Rule<Partial<WrittenApiVersion>> = {
  schema: apiVersionTable.schema,
  read(value, place) {
    if (typeof value !== "string") return apiVersionTable.read(value, place);
    return place.error("OLD_API_VERSION", oldApiVersion(value));
  },
};

/** What to say to the form of old manifests, `api_version = "0.21.0"`. */
export function oldApiVersion(value: unknown): string {
  const [major = "0", minor = "21", patch = "0"] = /^\d+\.\d+\.\d+$/.test(String(value))
    ? String(value).split(".")
    : [];
  return `the API version is a table now; write api-version = { major = ${major}, minor = ${minor}, patch = ${patch} } (migrateManifest rewrites it)`;
}

const author: Rule<string> = text({ examples: ["Ada Lovelace <ada@example.com>"] }, (value, place) =>
  /^[^<>\p{Cc}]+(?: <[^<>\s@]+@[^<>\s@]+>)?$/u.test(value) && value.trim() !== ""
    ? undefined
    : `${place} must be written "Name" or "Name <mail@example.com>", not ${quoted(value)}`,
);

const license: Rule<string> = text({ examples: ["MIT OR Apache-2.0"] }, (value, place) =>
  isSpdxExpression(value)
    ? undefined
    : `${place} must be an SPDX expression such as MIT OR Apache-2.0, not ${quoted(value)}`,
);

const capability: Rule<string> = {
  schema: { type: "string", enum: [...capabilityNames, ...capabilityAliases.keys()] },
  read(value, place) {
    if (typeof value !== "string") return text({}).read(value, place);
    const names = expandCapability(value);
    if (names.length === 0)
      return place.error("UNKNOWN_CAPABILITY", new UnknownCapabilityError(value).message);
    if (capabilityAliases.has(value)) {
      place.report(
        "hint",
        "CAPABILITY_ALIAS",
        `${value} is another name for ${names.join(" and ")}; write ${names.map(quoted).join(", ")}`,
      );
    }
    return value;
  },
};

const dependency: Rule<Partial<WrittenDependency>> = tableWith<WrittenDependency>({
  name: { rule: pluginName, description: "The plugin that is needed.", required: 'name = "other-plugin"' },
  version: { rule: versionRange, description: "Which versions of it will do.", required: 'version = "^1.0"' },
  optional: { rule: flag, description: "Whether it may be missing." },
});

/** Names that are no identifiers stand between double backticks in a program, and can hold all else that fits on a line. */
const exportName: Rule<string> = text({ pattern: "^[^`\\p{Cc}]+$" }, (value, place) =>
  /^[^`\p{Cc}]+$/u.test(value) ? undefined : `${place} must be the name of a function, not ${quoted(value)}`,
);

/** A path that stays inside the manifest's folder; links are the loader's to resolve. */
function entryPath(extension: ".fsx" | ".fzb"): Rule<string> {
  return text({ pattern: `\\${extension}$` }, (value, place) => {
    if (/[\\\p{Cc}]/u.test(value))
      return `${place} must be written with slashes and without control characters`;
    if (value.startsWith("/") || /^[a-zA-Z][\w+.-]*:/.test(value))
      return `${place} must be relative to the manifest's folder`;
    if (leavesFolder(value))
      return `${place} must stay inside the manifest's folder, and ${quoted(value)} leaves it`;
    return value.endsWith(extension)
      ? undefined
      : `${place} must name a ${extension} file, not ${quoted(value)}`;
  });
}

function leavesFolder(path: string): boolean {
  let depth = 0;
  for (const part of path.split("/")) {
    if (part === "..") depth--;
    else if (part !== "." && part !== "") depth++;
    if (depth < 0) return true;
  }
  return depth === 0;
}

const tag: Rule<string> = text({ minLength: 1 }, (value, place) =>
  value === "" ? `${place} is empty` : undefined,
);

/** All fields of a manifest. */
export const manifestRule: Rule<Partial<WrittenManifest>> = tableWith<WrittenManifest>(
  {
    name: {
      rule: pluginName,
      description: "Unique among the plugins of a host.",
      required: 'name = "my-plugin"',
    },
    version: {
      rule: semanticVersion,
      description: "Semantic version of the plugin.",
      required: 'version = "1.0.0"',
    },
    "api-version": {
      rule: apiVersion as Rule<WrittenApiVersion>,
      description: "The host API that the plugin was made for.",
      required: "api-version = { major = 0, minor = 21, patch = 0 }",
    },
    description: { rule: text({}), description: "What the plugin does, in a sentence." },
    authors: { rule: listOf(author), description: "Who made it: Name or Name <mail>." },
    license: { rule: license, description: "SPDX expression." },
    capabilities: {
      rule: distinct(listOf(capability)),
      description: "What the plugin may do, if the host grants it. The safe defaults need no listing.",
    },
    dependencies: {
      rule: listOf(dependency) as Rule<readonly WrittenDependency[]>,
      description: "Other plugins that it needs.",
    },
    source: { rule: entryPath(".fsx"), description: "The program, relative to the manifest's folder." },
    bytecode: {
      rule: entryPath(".fzb"),
      description: "The compiled program, relative to the manifest's folder.",
    },
    exports: {
      rule: distinct(listOf(exportName)),
      description: "Top-level functions that the host may call; main needs no listing.",
    },
    tags: { rule: distinct(listOf(tag)), description: "Words to find the plugin by." },
    metadata: { rule: tableOf(text({})), description: "Free texts for hosts; they grant nothing." },
  },
  { ignored: ["$schema", "api_version"] },
);

/** The keys of all fields. */
export const manifestFields: ReadonlySet<string> = new Set(
  Object.keys(manifestRule.schema["properties"] as object),
);

function quoted(value: string): string {
  return `"${printable(value)}"`;
}
