// The layer table of the monorepo: what each package may import, and whether it must also run outside Node.
// The boundary rules, the package checks and the lint overrides are all held against this one table.

/**
 * @typedef {object} Layer
 * @property {boolean} pure    no `node:` module and no Node global, except under `nodeEntry`
 * @property {string[]} imports    packages of this monorepo that its sources may import
 * @property {string[]} [testImports]    further ones that only its tests may import
 * @property {string} [nodeEntry]    the folder of a second entry point that is for Node only
 * @property {string} [extraEntry]    pattern of the folders of further entry points that nobody pays for who does not import them
 */

/** @type {Readonly<Record<string, Layer>>} */
export const layers = {
  capabilities: { pure: true, imports: [], nodeEntry: "src/node" },
  vm: { pure: true, imports: [], extraEntry: "src/(v1|engine)" },
  jit: { pure: true, imports: ["vm"], testImports: ["compiler", "stdlib"] },
  compiler: { pure: true, imports: ["vm"], extraEntry: "src/explain" },
  stdlib: { pure: true, imports: ["capabilities", "vm"], testImports: ["compiler"], nodeEntry: "src/node" },
  manifest: { pure: true, imports: ["capabilities"] },
  plugin: { pure: true, imports: ["capabilities", "manifest"] },
  loader: { pure: false, imports: ["capabilities", "compiler", "manifest", "plugin", "stdlib", "vm"] },
  registry: { pure: true, imports: ["plugin"], testImports: ["capabilities", "manifest"] },
  watcher: { pure: false, imports: [] },
  runtime: {
    pure: false,
    imports: [
      "capabilities",
      "compiler",
      "loader",
      "manifest",
      "plugin",
      "registry",
      "stdlib",
      "vm",
      "watcher",
    ],
  },
  cli: {
    pure: false,
    imports: [
      "capabilities",
      "compiler",
      "jit",
      "loader",
      "manifest",
      "plugin",
      "runtime",
      "stdlib",
      "vm",
      "watcher",
    ],
  },
};

/** The packages that are published: all of the table. */
export const publicPackages = Object.keys(layers);
