import { readText } from "./fusabi-program.js";

/** Lines of one section of the generated sources. */
const linesOfSection = 50;

/** The same program twice. */
export interface GeneratedSource {
  readonly lines: number;
  readonly fusabi: string;
  readonly javaScript: string;
}

/**
 * A program of `sections` times fifty lines: modules with records, unions, matches, pipelines and formatted strings, each of which adds to the
 * result of the one before. It exports `run`.
 */
export function generateOrders(sections: number): GeneratedSource {
  const fusabi = repeatSection(readText("programs/orders.fsx"), sections, "let carried = Orders");
  const javaScript = repeatSection(readText("programs/orders.js"), sections, "const carried = Orders");
  const last = `Orders${sections - 1}.sofar`;
  return {
    lines: sections * linesOfSection,
    fusabi: `${fusabi}let run () = ${last}\n`,
    javaScript: `(() => {\n${javaScript.replaceAll("export const", "const")}return () => ${last};\n})()\n`,
  };
}

/** The text is that of section 0. What differs between sections: names, numbers, and where the sum so far comes from. */
function repeatSection(text: string, sections: number, carried: string): string {
  const start = carried.replace(/Orders$/, "0");
  let all = "";
  for (let i = 0; i < sections; i++) {
    all += text
      .replace(start, i === 0 ? start : `${carried}${i - 1}.sofar`)
      .replace("vat = 19", `vat = ${i % 25}`)
      .replace("Orders0", `Orders${i}`);
  }
  return all;
}
