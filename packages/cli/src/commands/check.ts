import { type Command, command } from "../arguments/command.js";
import { languageFlags, modeFrom } from "../engine.js";
import { exitCodes } from "../exit-code.js";
import { filesIn } from "../inputs/walk.js";
import type { Finding } from "../report/finding.js";
import { reportFindings } from "../report/render.js";

/** `fus check` */
export const check: Command = command({
  help: {
    about:
      "Reports the mistakes in scripts and manifests without running anything. A manifest is checked together with its program: " +
      "API version, exports, and the capabilities that the program needs.",
    usage: "PATH... [FLAGS]",
    examples: [
      ["fus check main.fsx", "one script"],
      ["fus check .", "every script and manifest below this folder"],
      ["fus check --json . > findings.json", "for other tools"],
      ["fus check --deny-warnings plugins", "as a gate in continuous integration"],
    ],
    notes: ["Exit code 3 says that there are errors, or warnings under --deny-warnings."],
  },
  args: {
    path: { type: "positional", required: true, variadic: true, description: "files and folders" },
    json: { type: "boolean", description: "print all findings as one JSON document" },
    "deny-warnings": { type: "boolean", description: "warnings count as errors for the exit code" },
    unused: { type: "boolean", description: "report names in scripts that nothing reads" },
    ...languageFlags,
  },
  async run({ args, positionals, terminal }) {
    const files = filesIn(positionals);
    const { checkFiles, findingToJson } = await import("../checking.js");
    const findings = await checkFiles(files, modeFrom(args), args.unused === true);
    const errors = count(findings, "error");
    const warnings = count(findings, "warning");
    const ok = errors === 0 && (warnings === 0 || args["deny-warnings"] !== true);
    if (args.json === true) {
      const diagnostics = findings.map(findingToJson);
      const document = { ok, files: files.length, errors, warnings, diagnostics };
      terminal.out(`${JSON.stringify(document, undefined, 2)}\n`);
    } else {
      await reportFindings(findings, terminal);
      terminal.out(`${summary(files.length, errors, warnings)}\n`);
    }
    return ok ? exitCodes.fine : exitCodes.invalid;
  },
});

function count(findings: readonly Finding[], severity: Finding["severity"]): number {
  return findings.filter((finding) => finding.severity === severity).length;
}

function summary(files: number, errors: number, warnings: number): string {
  const found = [plural(errors, "error"), plural(warnings, "warning")].join(", ");
  return `${plural(files, "file")} checked: ${found}`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
