/** Run as a process of its own by `compilation.ts`: measures one way to compile. Sends the milliseconds of each sample. */
import { compilations, requireSameMeaning } from "./compilation.js";
import { timesOf } from "./measure.js";

const [name = "", sections = "1", samples = "7"] = process.argv.slice(2);

requireSameMeaning(Number(sections));
const chosen = compilations(Number(sections)).find((each) => each.name === name);
if (chosen === undefined) throw new Error(`nothing is called ${name}`);
// A compiler is much code: the engine is done with it after some thirty large programs.
process.send?.(await timesOf(chosen, { samples: Number(samples), warmUpMs: 8_000, sampleMs: 40 }));
process.disconnect?.();
