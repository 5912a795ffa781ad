// Boundary rules for dependency-cruiser, made from the layer table.
import { layers } from "./layers.mjs";

const others = (/** @type {string[]} */ names) => `^packages/(?!(?:${names.join("|")})/)[^/]+/`;

const layerRules = Object.entries(layers).flatMap(([name, layer]) => [
  {
    name: `layer-${name}`,
    comment: `@fusabi/${name} may import only: ${layer.imports.join(", ") || "nothing of this monorepo"} (.ci/layers.mjs).`,
    severity: "error",
    from: { path: `^packages/${name}/(src|bin)/` },
    to: { path: others([name, ...layer.imports]) },
  },
  {
    name: `layer-${name}-tests`,
    comment: `Tests and scripts of @fusabi/${name} may import only what the package may; tests of several layers belong to packages/conformance.`,
    severity: "error",
    from: { path: `^packages/${name}/(test|scripts)/` },
    to: { path: others([name, ...layer.imports, ...(layer.testImports ?? [])]) },
  },
]);

const pure = Object.entries(layers).filter(([, layer]) => layer.pure);

const purityRules = pure.flatMap(([name, layer]) => {
  const nodeEntry = layer.nodeEntry === undefined ? undefined : `^packages/${name}/${layer.nodeEntry}/`;
  const from = { path: `^packages/${name}/src/`, ...(nodeEntry === undefined ? {} : { pathNot: nodeEntry }) };
  return [
    {
      name: `pure-${name}`,
      comment: `@fusabi/${name} runs in browsers, workers and edge runtimes: no node: import.`,
      severity: "error",
      from,
      to: { dependencyTypes: ["core"] },
    },
    ...(nodeEntry === undefined
      ? []
      : [
          {
            name: `pure-${name}-entry`,
            comment: `What is only for Node stays behind the entry point of its own (${layer.nodeEntry}).`,
            severity: "error",
            from,
            to: { path: nodeEntry },
          },
        ]),
  ];
});

const extraEntryRules = Object.entries(layers).flatMap(([name, { extraEntry }]) =>
  extraEntry === undefined
    ? []
    : [
        {
          name: `extra-entry-${name}`,
          comment: `What is behind an entry point of its own (${extraEntry}) stays out of the main one.`,
          severity: "error",
          from: { path: `^packages/${name}/src/`, pathNot: `^packages/${name}/${extraEntry}/` },
          to: { path: `^packages/${name}/${extraEntry}/` },
        },
      ],
);

export default {
  forbidden: [
    ...layerRules,
    ...purityRules,
    ...extraEntryRules,
    {
      name: "door",
      comment:
        "Another package is imported by its name, which leads to its src/index.ts (or src/ENTRY/index.ts). Tests share the assembler of version 1.",
      severity: "error",
      from: { path: "^(packages/[^/]+|examples/[^/]+|bench)/" },
      to: {
        path: "^packages/[^/]+/",
        pathNot: [
          "^$1/",
          "^packages/[^/]+/src/((engine|explain|node|v1)/)?index\\.ts$",
          "^packages/vm/test/v1-assembler\\.ts$",
        ],
      },
    },
    {
      name: "tests-through-the-door",
      comment:
        "Tests use a package as its users do: by src/index.ts. One holds the text of the interpreter against the tables that it is written by.",
      severity: "error",
      from: { path: "^packages/([^/]+)/test/", pathNot: "^packages/vm/test/opcode-labels\\.test\\.ts$" },
      to: { path: "^packages/$1/src/", pathNot: "^packages/$1/src/((engine|explain|node|v1)/)?index\\.ts$" },
    },
    {
      name: "no-cycle",
      comment: "Modules that need each other are one module, or miss a third one.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "no-package-cycle",
      comment: "Packages never import each other in a circle, not even types.",
      severity: "error",
      from: { path: "^packages/([^/]+)/" },
      to: { circular: true, via: { path: "^packages/", pathNot: "^packages/$1/" } },
    },
    {
      name: "resolvable",
      comment: "An import that leads nowhere.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "/(dist|corpus|fixtures)/" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["types", "import", "default"] },
  },
};
