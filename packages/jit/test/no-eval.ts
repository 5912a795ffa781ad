/** A host in which JavaScript may not be made from text; prints what it got. */
import { compile } from "@fusabi/compiler";
import { decodeModule, instantiate } from "@fusabi/vm";
import { jit } from "../src/index.js";

const engine = jit();
const { bytecode } = compile("let add x y = x + y");
const instance = instantiate(decodeModule(bytecode as Uint8Array), { engine });
process.stdout.write(
  JSON.stringify({
    unavailable: engine.unavailable?.includes("may not be made from text") === true,
    result: instance.call("add", [1, 2]),
  }),
);
