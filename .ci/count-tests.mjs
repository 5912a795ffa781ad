// The last line of CI: the counts of the test run, from vitest's own report.
import { existsSync, readFileSync } from "node:fs";

const file = "node_modules/.cache/fusabi/test-results.json";

/** @type {{ testResults: { status: string; assertionResults: { status: string }[] }[] }} */
const report = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { testResults: [] };
if (report.testResults.length === 0) console.log("no test has run");

let passed = 0;
let failed = 0;
for (const suite of report.testResults) {
  const failures = suite.assertionResults.filter((test) => test.status === "failed").length;
  passed += suite.assertionResults.filter((test) => test.status === "passed").length;
  // A file that broke before or after its tests is one failure.
  failed += failures === 0 && suite.status === "failed" ? 1 : failures;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
