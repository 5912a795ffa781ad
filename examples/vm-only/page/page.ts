// What runs in the browser: the machine, the page's own functions, and a compiled program. No compiler, no library, no text that becomes code.
import { decodeModule, instantiate, LimitError } from "@fusabi/vm";
import { pageModule } from "./host.js";

const output = document.querySelector("output");
if (output === null) throw new Error("the page has no <output>");
const line = (text: string): void => output.append(`${text}\n`);

/** Whether the page's policy lets a text become code, which the machine does not need. */
function policyAllowsEval(): boolean {
  try {
    return new Function("return true")() === true;
  } catch {
    return false;
  }
}

try {
  const response = await fetch("program.fzb");
  const module = decodeModule(new Uint8Array(await response.arrayBuffer()));
  const instance = instantiate(module, {
    imports: [pageModule(line)],
    limits: { maxInstructions: 1_000_000 },
  });
  instance.call("main", []);
  line(`fib : ${instance.exports.get("fib")?.signature}`);
  try {
    instance.call("forever", [0]);
  } catch (error) {
    if (!(error instanceof LimitError)) throw error;
    line(`forever was stopped: ${error.message}`);
  }
  line(`text can become code here: ${policyAllowsEval() ? "yes" : "no"}`);
  output.dataset["state"] = "done";
} catch (error) {
  line(String(error));
  output.dataset["state"] = "failed";
}
