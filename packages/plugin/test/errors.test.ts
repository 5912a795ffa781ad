import { ApiVersion } from "@fusabi/manifest";
import { expect, test } from "vitest";
import {
  ApiVersionMismatchError,
  ArgumentError,
  CallAbortedError,
  CompilationError,
  DependencyError,
  ExecutionError,
  FunctionNotFoundError,
  IncompatibleProfileError,
  InitializationError,
  InvalidProgramError,
  InvalidStateError,
  LimitExceededError,
  MissingCapabilityError,
  PluginAlreadyLoadedError,
  PluginCrashedError,
  type PluginError,
  PluginFileError,
  PluginNotFoundError,
  PluginUnloadedError,
  RegistryFullError,
  ReloadError,
  UndeclaredCapabilityError,
} from "../src/index.js";

const cause = new Error("because");
const trace = [{ functionName: "f", file: "main.fsx", line: 3, column: 5 }];
const fault = { code: "FUS0503", message: "Division by zero", trace };
const place = { file: "main.fsx", line: 1, column: 2, rendered: "" };
const diagnostics = [
  { ...place, code: "FUS0301", severity: "error", message: "types differ" },
  { ...place, code: "FUS0701", severity: "warning", message: "unused" },
] as const;
const apiVersion = (text: string): ApiVersion => ApiVersion.parse(text);

/** Error, whether it is recoverable or worth a reload, text. */
const ALL: readonly [PluginError, string, string][] = [
  [new PluginNotFoundError("jsno", ["json"]), "recoverable", "plugin not found: jsno (did you mean json?)"],
  [new PluginAlreadyLoadedError("p"), "", "plugin already loaded: p; unload it first, or allow overwriting"],
  [
    new ApiVersionMismatchError("p", apiVersion("0.22.0"), apiVersion("0.21.0"), "plugin.toml:4:1"),
    "",
    "plugin.toml:4:1: plugin p needs API version 0.22.0, and this host has 0.21.0; update the host",
  ],
  [
    new MissingCapabilityError("p", [{ capability: "fs:read", place: "plugin.toml:7:17" }]),
    "",
    "plugin p needs what this host does not grant: plugin.toml:7:17: missing required capability: fs:read",
  ],
  [
    new UndeclaredCapabilityError("p", [
      { capability: "fs:write", operation: "File.write", place: "main.fsx:2:9" },
      { capability: "net:dns", operation: "Net.resolve", place: undefined },
    ]),
    "",
    [
      "plugin p uses what its manifest does not list:",
      "  main.fsx:2:9: capability not declared in manifest: fs:write (needed by File.write)",
      "  capability not declared in manifest: net:dns (needed by Net.resolve)",
    ].join("\n"),
  ],
  [
    new IncompatibleProfileError("p", "terminal", ["fs:delete"]),
    "",
    "plugin p is not compatible with profile terminal: needs fs:delete",
  ],
  [
    new DependencyError("p", "json", "^1.0", "2.0.0"),
    "",
    "dependency not satisfied: plugin p needs json ^1.0, and version 2.0.0 is loaded",
  ],
  [new CompilationError("p", diagnostics), "reload", "plugin p does not compile: main.fsx:1:2: types differ"],
  [new InvalidProgramError("p", "no"), "", "plugin p cannot be loaded: no"],
  [new PluginFileError("p", "main.fsx", "gone"), "", "plugin p: main.fsx: gone"],
  [new InitializationError("p", cause), "", "initialization of plugin p failed: because"],
  [new ExecutionError("p", "f", fault), "reload", "p.f failed: Division by zero (main.fsx:3:5)"],
  [
    new LimitExceededError("p", "f", { ...fault, trace: [] }, { limit: "timeoutMs", allowed: 1, actual: 2 }),
    "",
    "p.f failed: Division by zero",
  ],
  [new CallAbortedError("p", "f", cause), "", "p.f failed: Stopped by the host"],
  [new ArgumentError("p", "f", "no"), "recoverable", "p.f: no"],
  [new PluginCrashedError("p", cause), "reload", "plugin p crashed: because"],
  [
    new InvalidStateError("p", "start", ["initialized"], "stopped"),
    "recoverable",
    "cannot start plugin p: expected state initialized, found stopped",
  ],
  [
    new PluginUnloadedError("p", "call", ["running"]),
    "",
    "cannot call plugin p: expected state running, found unloaded",
  ],
  [new FunctionNotFoundError("p", "x", []), "recoverable", "function not found: plugin p exports no x"],
  [new ReloadError("p", cause), "reload", "reload of plugin p failed, the old version stays: because"],
  [
    new RegistryFullError("p", 2),
    "",
    "plugin p cannot be registered: the registry holds 2 plugins, its maximum",
  ],
];

test.each(ALL)("%s", (error, kind, message) => {
  expect(error.message).toBe(message);
  expect(error.message).not.toContain(error.code);
  expect(error.code).toMatch(/^[A-Z]+(?:_[A-Z]+)*$/);
  expect(error.name).toBe(error.constructor.name);
  expect([error.recoverable && "recoverable", error.worthReload && "reload"].filter(Boolean).join(" ")).toBe(
    kind,
  );
});

test("every class has a code of its own", () => {
  const codes = new Map(ALL.map(([error]) => [error.constructor, error.code]));
  expect(new Set(codes.values()).size).toBe(codes.size);
});
