export { type Expectation, type Program, readCorpus, readKnownFailures } from "./corpus.js";
export { compileProgram, difference, type Outcome, runBytecode, runProgram } from "./run.js";
