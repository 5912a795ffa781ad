// What the stages make of a program, as text: for people who look at the compiler, not for programs that use it
export { printLayout } from "../layout/print.js";
export { printTokens } from "../lexer/print.js";
export { printSyntax } from "../parser/print.js";
export { type ExplainStage, explain, explainStages } from "./explain.js";
