// The last line of CI: the counts of the test run, from vitest's own report.
import { readFileSync } from "node:fs";

/** @type {{ testResults: { status: string; assertionResults: { status: string }[] }[] }} */
const report = JSON.parse(readFileSync("node_modules/.cache/fusabi/test-results.json", "utf8"));

let passed = 0;
let failed = 0;
for (const file of report.testResults) {
  const failures = file.assertionResults.filter((test) => test.status === "failed").length;
  passed += file.assertionResults.filter((test) => test.status === "passed").length;
  // A file that broke before or after its tests is one failure.
  failed += failures === 0 && file.status === "failed" ? 1 : failures;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
