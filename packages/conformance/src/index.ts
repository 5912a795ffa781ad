export { type Expectation, type Program, readCorpus, readOwnPrograms } from "./corpus.js";
export { type DiagnosticPage, parseDiagnosticPage } from "./diagnostic-page.js";
export { reportsOf } from "./diagnostic-run.js";
export { compileProgram, difference, type Outcome, runBytecode, runProgram } from "./run.js";
export { type Observation, observe, observeAsync } from "./tiers.js";
