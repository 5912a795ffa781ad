import { nearestWord, printable, profiles } from "@fusabi/capabilities";
import type { ManifestPath, ManifestProblem } from "./problem.js";
import { formatManifestPath } from "./problem.js";

/** What the conventions look at. */
export interface ConventionalParts {
  readonly metadata: Readonly<Record<string, string>>;
  readonly exports: readonly string[];
}

/**
 * Checks the conventions that hosts read out of `metadata` and `exports`: kinds of plugins (UI, daemon, hybrid) and what
 * each usually says and offers. They grant nothing, so a breach is a warning where a host would misread the value, and a
 * hint where something usual is missing.
 */
export function checkConventions({ metadata, exports }: ConventionalParts): readonly ManifestProblem[] {
  const problems: ManifestProblem[] = [];
  for (const [key, check] of VALUES) {
    const value = metadata[key];
    const problem = value === undefined ? undefined : check(value);
    if (problem !== undefined) problems.push(breach("warning", ["metadata", key], problem));
  }
  const { category } = metadata;
  if (category === undefined) return problems;
  const kind = KINDS.get(category);
  if (kind === undefined) {
    const meant = nearestWord(category, KINDS.keys());
    if (meant !== undefined) {
      const hint = `is "${printable(category)}", which is no kind that hosts know; did you mean ${meant}?`;
      problems.push(breach("hint", ["metadata", "category"], hint));
    }
    return problems;
  }
  for (const [key, expected] of kind.says) {
    const value = metadata[key];
    if (value !== undefined && value !== expected && !problems.some(({ path }) => path[1] === key)) {
      problems.push(
        breach(
          "warning",
          ["metadata", key],
          `is "${printable(value)}", and for ${kind.article} it is "${expected}"`,
        ),
      );
    }
  }
  for (const [key, needs] of kind.needs) {
    if (metadata[key] === undefined)
      problems.push(breach("hint", ["metadata", "category"], `is "${category}": ${needs}`));
  }
  for (const family of kind.offers) {
    if (!family.some((name) => exports.includes(name))) {
      const hint = `lists none of ${family.join(", ")}, which hosts look for in ${kind.article}`;
      problems.push(breach("hint", ["exports"], hint));
    }
  }
  return problems;
}

interface Kind {
  readonly article: string;
  /** Keys of `metadata` with the value that they have for this kind, if they are there. */
  readonly says: readonly (readonly [string, string])[];
  /** Keys of `metadata` that should be there, and what to write. */
  readonly needs: readonly (readonly [string, string])[];
  /** Of each family, one export at least. */
  readonly offers: readonly (readonly string[])[];
}

const UI_EXPORTS = ["render", "handle_input", "on_key", "on_mouse", "on_resize"];
const DAEMON_EXPORTS = ["collect", "report", "health_check"];

const KINDS: ReadonlyMap<string, Kind> = new Map([
  ["ui", { article: "a UI plugin", says: [["interactive", "true"]], needs: [], offers: [UI_EXPORTS] }],
  [
    "daemon",
    {
      article: "a daemon",
      says: [
        ["interactive", "false"],
        ["run-mode", "background"],
      ],
      needs: [["interval", 'say how often it runs, interval = "60" (seconds)']],
      offers: [DAEMON_EXPORTS],
    },
  ],
  [
    "hybrid",
    {
      article: "a hybrid plugin",
      says: [
        ["supports-ui", "true"],
        ["supports-daemon", "true"],
      ],
      needs: [
        ["supports-ui", 'write supports-ui = "true"'],
        ["supports-daemon", 'write supports-daemon = "true"'],
      ],
      offers: [UI_EXPORTS, DAEMON_EXPORTS],
    },
  ],
]);

type ValueCheck = (value: string) => string | undefined;

const yesOrNo: ValueCheck = (value) =>
  value === "true" || value === "false" ? undefined : `must be "true" or "false", not "${printable(value)}"`;

function amount(form: RegExp, what: string): ValueCheck {
  return (value) =>
    form.test(value) && Number(value) > 0 ? undefined : `must be ${what}, not "${printable(value)}"`;
}

const address: ValueCheck = (value) =>
  /^https?:\/\/[^\s/]+\S*$/.test(value)
    ? undefined
    : `must be a web address such as https://example.com, not "${printable(value)}"`;

const cells: ValueCheck = amount(/^[0-9]{1,5}$/, 'a number of cells such as "80"');

const PROFILE_NAMES: readonly string[] = Object.values(profiles).map(({ name }) => name);

/** Hosts may have profiles of their own, so only a near miss is one. */
const profileName: ValueCheck = (value) => {
  if (PROFILE_NAMES.includes(value)) return undefined;
  const meant = nearestWord(value, PROFILE_NAMES);
  return meant === undefined ? undefined : `is "${printable(value)}"; did you mean ${meant}?`;
};

/** Keys of `metadata` whose values hosts read as something other than text. */
const VALUES: ReadonlyMap<string, ValueCheck> = new Map([
  ["interactive", yesOrNo],
  ["requires-terminal", yesOrNo],
  ["supports-ui", yesOrNo],
  ["supports-daemon", yesOrNo],
  ["read-only", yesOrNo],
  ["privileged", yesOrNo],
  ["min-width", cells],
  ["min-height", cells],
  ["interval", amount(/^[0-9]{1,9}(?:\.[0-9]{1,9})?$/, 'a number of seconds such as "60"')],
  ["homepage", address],
  ["documentation", address],
  ["profile", profileName],
]);

function breach(severity: "warning" | "hint", path: ManifestPath, problem: string): ManifestProblem {
  return { severity, code: "CONVENTION", message: `${formatManifestPath(path)} ${problem}`, path };
}
