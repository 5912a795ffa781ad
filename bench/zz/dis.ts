import { readFileSync } from "node:fs";
import { compile } from "/work/main/packages/compiler/src/index.js";
import { readModule, disassemble } from "/work/main/packages/vm/src/index.js";
import { standardLibrary } from "/work/main/packages/stdlib/src/index.js";
for (const f of process.argv.slice(2)) {
const r = compile(readFileSync(f, "utf8"), { fileName: f, hostModules: standardLibrary() });
if (!r.ok) console.log(r.diagnostics);
else console.log(disassemble(readModule(r.bytecode!)));
}
