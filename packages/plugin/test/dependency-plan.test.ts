import { defineManifest, type Manifest, versionSatisfies } from "@fusabi/manifest";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DependencyCycleError, DependencyError, planDependencies, usersOf } from "../src/index.js";

interface Sample {
  readonly manifest: Manifest;
}

/** `a@1.2.0`, and what it needs: `b ^1.0`, `c? *` for an optional one. */
function sample(id: string, ...needs: readonly string[]): Sample {
  const [name = "", version = "1.0.0"] = id.split("@");
  const dependencies = needs.map((need) => {
    const [needed = "", ...range] = need.split(" ");
    return { name: needed.replace("?", ""), version: range.join(" "), optional: needed.endsWith("?") };
  });
  return {
    manifest: defineManifest({ name, version, apiVersion: "0.21.0", source: "main.fsx", dependencies }),
  };
}

function plan(
  wanted: readonly Sample[],
  available: readonly Sample[] = [],
  loaded: Readonly<Record<string, string>> = {},
) {
  const { order, refused } = planDependencies(wanted, {
    loadedVersion: (name) => loaded[name],
    available,
  });
  return {
    order: order.map(({ manifest }) => `${manifest.name}@${manifest.version}`),
    refused: new Map([...refused].map(([{ manifest }, error]) => [manifest.name, error])),
  };
}

const messages = (refused: ReadonlyMap<string, Error>): readonly string[] =>
  [...refused.values()].map(({ message }) => message);

const wantedNames = (wanted: readonly Sample[]): readonly string[] => [
  ...new Set(wanted.map(({ manifest }) => manifest.name)),
];

/** Every way to take one version, or none, of each plugin that is there. */
function choices(
  wanted: readonly Sample[],
  available: readonly Sample[],
): readonly ReadonlyMap<string, Sample>[] {
  const asked = new Set(wantedNames(wanted));
  const candidates = [...wanted, ...available.filter(({ manifest }) => !asked.has(manifest.name))];
  let all: ReadonlyMap<string, Sample>[] = [new Map()];
  for (const name of new Set(candidates.map(({ manifest }) => manifest.name))) {
    const versions = candidates.filter(({ manifest }) => manifest.name === name);
    all = all.flatMap((choice) => [
      choice,
      ...versions.map((version) => new Map([...choice, [name, version]])),
    ]);
  }
  return all;
}

/** How many of the names that are wanted are in a choice that holds; 0 if it does not hold. */
function satisfied(choice: ReadonlyMap<string, Sample>, wanted: readonly Sample[]): number {
  const isOrdered = (done: ReadonlySet<string>): boolean => {
    const ready = [...choice].filter(
      ([name, { manifest }]) =>
        !done.has(name) &&
        manifest.dependencies.every((need) => !choice.has(need.name) || done.has(need.name)),
    );
    return (
      done.size === choice.size ||
      (ready.length > 0 && isOrdered(new Set([...done, ...ready.map(([n]) => n)])))
    );
  };
  const holds = [...choice.values()].every(({ manifest }) =>
    manifest.dependencies.every(({ name, version, optional }) => {
      const found = choice.get(name);
      return found === undefined ? optional : versionSatisfies(found.manifest.version, version);
    }),
  );
  return holds && isOrdered(new Set()) ? wantedNames(wanted).filter((name) => choice.has(name)).length : 0;
}

describe("a plan", () => {
  test("brings in what is needed, before who needs it", () => {
    const { order, refused } = plan(
      [sample("app", "ui ^1.0", "text ^1.0")],
      [sample("text@1.4.0"), sample("ui@1.0.0", "text *"), sample("other")],
    );
    expect(order).toEqual(["text@1.4.0", "ui@1.0.0", "app@1.0.0"]);
    expect(refused.size).toBe(0);
  });

  test("takes the newest version that everybody can live with", () => {
    const texts = ["1.0.0", "1.5.0", "1.10.0", "2.0.0"].map((version) => sample(`text@${version}`));
    expect(plan([sample("app", "text *")], texts).order).toEqual(["text@2.0.0", "app@1.0.0"]);
    expect(plan([sample("app", "text ^1.0")], texts).order).toEqual(["text@1.10.0", "app@1.0.0"]);
    expect(plan([sample("app", "text *", "ui *")], [...texts, sample("ui", "text ~1.5")]).order).toEqual([
      "text@1.5.0",
      "ui@1.0.0",
      "app@1.0.0",
    ]);
  });

  test("looks again at the needs of a version that gave way to another", () => {
    const available = [
      sample("text@2.0.0", "huge *"),
      sample("text@1.0.0", "small *"),
      sample("huge"),
      sample("small"),
      sample("ui", "text ^1.0"),
    ];
    expect(plan([sample("app", "text *", "ui *")], available).order).toEqual([
      "small@1.0.0",
      "text@1.0.0",
      "ui@1.0.0",
      "app@1.0.0",
    ]);
  });

  test("of several that were asked for under one name, takes the one that fits", () => {
    const wanted = [sample("text@2.0.0"), sample("text@1.0.0"), sample("app", "text ^1.0")];
    expect(plan(wanted).order).toEqual(["text@1.0.0", "app@1.0.0"]);
  });

  test("leaves what is loaded as it is", () => {
    const newer = [sample("text@1.9.0")];
    expect(plan([sample("app", "text ^1.0")], newer, { text: "1.0.0" }).order).toEqual(["app@1.0.0"]);
    const { order, refused } = plan([sample("app", "text ^1.5")], newer, { text: "1.0.0" });
    expect(order).toEqual([]);
    expect(messages(refused)).toEqual([
      "dependency not satisfied: plugin app needs text ^1.5, and version 1.0.0 is loaded",
    ]);
  });

  test("says what is missing, and by which way it was needed", () => {
    const { order, refused } = plan([sample("app", "ui *")], [sample("ui", "text ^1.0")]);
    expect(order).toEqual([]);
    expect(messages(refused)).toEqual([
      "dependency not satisfied: plugin ui needs text ^1.0 (app → ui → text), and no such plugin is loaded",
      "dependency not satisfied: plugin app needs ui *, and it cannot be loaded: dependency not satisfied: plugin ui needs text ^1.0 (app → ui → text), and no such plugin is loaded",
    ]);
    expect(refused.get("ui")).toMatchObject({ chain: ["app", "ui", "text"], found: undefined });
    expect(refused.get("app")?.cause).toBe(refused.get("ui"));
  });

  test("a conflict names everybody who is part of it", () => {
    const { order, refused } = plan(
      [sample("app", "ui *", "report *")],
      [sample("ui", "text ^1.0"), sample("report", "text ^2.0"), sample("text@1.3.0"), sample("text@2.1.0")],
    );
    expect(order).toEqual(["text@2.1.0", "report@1.0.0"]);
    const conflict = refused.get("ui");
    expect(conflict).toBeInstanceOf(DependencyError);
    expect(conflict).toMatchObject({
      found: "2.1.0",
      chain: ["app", "ui", "text"],
      rivals: [{ plugin: "report", range: "^2.0", chain: ["app", "report", "text"] }],
    });
    expect(conflict?.message).toBe(
      "dependency not satisfied: plugin ui needs text ^1.0 (app → ui → text), and version 2.1.0 is loaded; report needs ^2.0 (app → report → text)",
    );
    expect(refused.get("app")?.cause).toBe(conflict);
  });

  test("takes older versions where the newest do not go together", () => {
    // The newest ui wants a text that report does not want, and the newest text wants what is not there.
    const available = [
      sample("ui@2.0.0", "text ^3.0"),
      sample("ui@1.0.0", "text *"),
      sample("report", "text <3.0.0"),
      sample("text@3.0.0"),
      sample("text@2.0.0", "huge *"),
      sample("text@1.0.0"),
    ];
    const { order, refused } = plan([sample("app", "ui *", "report *")], available);
    expect(order).toEqual(["text@1.0.0", "ui@1.0.0", "report@1.0.0", "app@1.0.0"]);
    expect(refused.size).toBe(0);
  });

  test("takes an older version that stands in no circle, and does without what it can do without", () => {
    const circle = [sample("ui@2.0.0", "app *"), sample("ui@1.0.0")];
    expect(plan([sample("app", "ui *")], circle).order).toEqual(["ui@1.0.0", "app@1.0.0"]);
    const odd = [sample("side", "text ^1.0"), sample("text@2.0.0"), sample("text@1.0.0")];
    expect(plan([sample("app", "text ^2.0", "side? *")], odd).order).toEqual(["text@2.0.0", "app@1.0.0"]);
  });

  test("what cannot be satisfied does not spoil the choice for the others", () => {
    const wanted = [
      sample("lost", "nothing *"),
      sample("app", "ui *", "report *"),
      sample("rival", "text ^9.0"),
    ];
    const available = [
      sample("ui@2.0.0", "text ^2.0"),
      sample("ui@1.0.0", "text ^1.0"),
      sample("report", "text ^1.0"),
      sample("text@2.0.0"),
      sample("text@1.0.0"),
    ];
    const { order, refused } = plan(wanted, available);
    expect(order).toEqual(["text@1.0.0", "ui@1.0.0", "report@1.0.0", "app@1.0.0"]);
    expect([...refused.keys()]).toEqual(["lost", "rival"]);
  });

  test("a choice that nobody could find in time is given up", () => {
    const rows = Array.from({ length: 30 }, (_, i) => i);
    // Each of thirty wants another version of each other.
    const available = rows.flatMap((i) =>
      rows.map((version) =>
        sample(`p${i}@${version}.0.0`, ...(i === 29 ? ["none *"] : [`p${i + 1} *`, `q? <${version}.0.0`])),
      ),
    );
    const started = performance.now();
    expect(plan([sample("app", "p0 *")], available).refused.has("app")).toBe(true);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  test("an optional dependency may be absent or broken, not wrong", () => {
    expect(plan([sample("app", "text? ^1.0")]).order).toEqual(["app@1.0.0"]);
    const broken = plan([sample("app", "text? ^1.0")], [sample("text", "none *")]);
    expect(broken.order).toEqual(["app@1.0.0"]);
    expect([...broken.refused.keys()]).toEqual(["text"]);
    expect(plan([sample("app", "text? ^1.0")], [], { text: "2.0.0" }).refused.get("app")).toMatchObject({
      found: "2.0.0",
    });
  });

  test("a circle is told as a whole, from each of its plugins", () => {
    const { order, refused } = plan(
      [sample("app", "a *"), sample("alone")],
      [sample("a", "b *"), sample("b", "c *"), sample("c", "a *")],
    );
    expect(order).toEqual(["alone@1.0.0"]);
    expect(refused.get("b")).toBeInstanceOf(DependencyCycleError);
    expect(refused.get("b")).toMatchObject({ chain: ["b", "c", "a", "b"] });
    expect(refused.get("a")?.message).toBe(
      "plugins need each other in a circle: a → b → c → a; take one of these dependencies out",
    );
    expect(refused.get("app")).toMatchObject({ code: "DEPENDENCY_NOT_SATISFIED", cause: refused.get("a") });
  });

  test("long chains and long circles are no trouble", () => {
    const chain = Array.from({ length: 5_000 }, (_, i) =>
      sample(`p${i}`, ...(i === 0 ? [] : [`p${i - 1} *`])),
    );
    expect(plan([chain.at(-1) as Sample], chain).order).toHaveLength(5_000);
    const circle = [...chain.slice(1), sample("p0", "p4999 *")];
    const { order, refused } = plan(circle);
    expect(order).toEqual([]);
    expect(refused.size).toBe(5_000);
    expect(refused.get("p7")?.message.length).toBeLessThan(200);
  });

  test("whatever is asked for: an order holds, its versions fit, and the rest has a reason", () => {
    const names = ["a", "b", "c", "d", "e"];
    const range = fc.constantFrom("*", "^1.0", "^2.0", "~1.1", ">=1.1");
    const needs = fc.uniqueArray(fc.tuple(fc.constantFrom(...names), fc.boolean(), range), {
      maxLength: 3,
      selector: ([name]) => name,
    });
    const plugin = fc
      .tuple(fc.constantFrom(...names), fc.constantFrom("1.0.0", "1.1.0", "2.0.0"), needs)
      .map(([name, version, needed]) =>
        sample(
          `${name}@${version}`,
          ...needed
            .filter(([other]) => other !== name)
            .map(([other, optional, versions]) => `${other}${optional ? "?" : ""} ${versions}`),
        ),
      );
    fc.assert(
      fc.property(fc.array(plugin, { minLength: 1, maxLength: 4 }), fc.array(plugin), (wanted, available) => {
        const { order, refused } = planDependencies(wanted, { loadedVersion: () => undefined, available });
        const there = new Map<string, string>();
        for (const { manifest } of order) {
          for (const { name, version, optional } of manifest.dependencies) {
            const found = there.get(name);
            if (found === undefined) expect(optional).toBe(true);
            else expect(versionSatisfies(found, version)).toBe(true);
          }
          expect(there.has(manifest.name)).toBe(false);
          there.set(manifest.name, manifest.version);
        }
        // Where every way can be tried, none is better.
        const most = Math.max(...choices(wanted, available).map((choice) => satisfied(choice, wanted)));
        expect(wantedNames(wanted).filter((name) => there.has(name)).length).toBeGreaterThanOrEqual(
          most === wantedNames(wanted).length ? most : 0,
        );
        const told = new Set([...refused.keys()].map(({ manifest }) => manifest.name));
        for (const { manifest } of wanted)
          expect(there.has(manifest.name) || told.has(manifest.name)).toBe(true);
        for (const [{ manifest }, error] of refused) expect(error.plugin).toBe(manifest.name);
      }),
      { numRuns: 300 },
    );
  });
});

test("users come before what they use, and who can do without is none", () => {
  const plugins = [
    sample("text"),
    sample("ui", "text *"),
    sample("app", "ui *"),
    sample("side", "text? *"),
    sample("alone"),
  ];
  expect(usersOf("text", plugins).map(({ manifest }) => manifest.name)).toEqual(["app", "ui"]);
  expect(usersOf("app", plugins)).toEqual([]);
});
