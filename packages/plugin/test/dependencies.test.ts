import { defineManifest, type Manifest } from "@fusabi/manifest";
import fc from "fast-check";
import { expect, test } from "vitest";
import { inDependencyOrder, unmetDependencies } from "../src/index.js";

interface Sample {
  readonly manifest: Manifest;
}

function sample(
  name: string,
  ...dependencies: { name: string; version: string; optional?: boolean }[]
): Sample {
  return {
    manifest: defineManifest({
      name,
      version: "1.0.0",
      apiVersion: "0.21.0",
      source: "main.fsx",
      dependencies,
    }),
  };
}

const on = (name: string): { name: string; version: string } => ({ name, version: "*" });
const order = (...plugins: Sample[]): string[] =>
  inDependencyOrder(plugins).map(({ manifest }) => manifest.name);

test("dependencies are met by a plugin of the right version; an optional one may be missing, not wrong", () => {
  const { manifest } = sample(
    "app",
    { name: "json", version: "^1.0" },
    { name: "yaml", version: "*", optional: true },
    { name: "xml", version: "^2.0", optional: true },
    { name: "none", version: "*" },
  );
  const versions = new Map([
    ["json", "1.4.0"],
    ["xml", "1.0.0"],
  ]);
  const unmet = unmetDependencies(manifest, (name) => versions.get(name));
  expect(unmet.map(({ dependency, found }) => [dependency, found])).toEqual([
    ["xml", "1.0.0"],
    ["none", undefined],
  ]);
});

test("dependencies come first, the rest keeps its place", () => {
  expect(
    order(sample("app", on("lib"), on("log")), sample("x"), sample("log"), sample("lib", on("log"))),
  ).toEqual(["log", "lib", "app", "x"]);
});

test("circles and long chains are no trouble", () => {
  expect(order(sample("a", on("b")), sample("b", on("a")), sample("c", on("d")))).toHaveLength(3);
  const chain = Array.from({ length: 2_000 }, (_, index) => sample(`p${index}`, on(`p${index + 1}`)));
  expect(order(...chain)[0]).toBe("p1999");
});

test("whatever depends on what, without circles: dependencies come first", () => {
  const edges = fc.array(fc.tuple(fc.nat(8), fc.nat(8)).filter(([from, to]) => to < from));
  fc.assert(
    fc.property(edges, (needs) => {
      const plugins = Array.from({ length: 9 }, (_, index) => {
        const needed = new Set(needs.filter(([from]) => from === index).map(([, to]) => `p${to}`));
        return sample(`p${index}`, ...[...needed].map(on));
      });
      const names = order(...plugins.reverse());
      expect(names).toHaveLength(9);
      for (const [from, to] of needs) expect(names.indexOf(`p${to}`)).toBeLessThan(names.indexOf(`p${from}`));
    }),
  );
});
