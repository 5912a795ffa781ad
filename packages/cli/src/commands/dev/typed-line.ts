import { JsonTextError, parseExactJsonSequence } from "../../exact-json.js";

/** What somebody typed. */
export type TypedLine =
  | { readonly kind: "nothing" | "help" | "quit" }
  /** `plugin` is undefined where the line does not say whose function it is. */
  | {
      readonly kind: "call";
      readonly plugin: string | undefined;
      readonly fn: string;
      readonly args: readonly unknown[];
    }
  /** `message` says what is wrong with it. */
  | { readonly kind: "mistake"; readonly message: string };

/** `help`, `quit`, `EXPORT JSON...` or `PLUGIN/EXPORT JSON...`. */
export function parseTypedLine(line: string): TypedLine {
  const [, name = "", rest = ""] = /^\s*(\S*)(.*)$/s.exec(line) ?? [];
  if (name === "") return { kind: "nothing" };
  if ((name === "help" || name === "quit") && rest.trim() === "") return { kind: name };
  const slash = name.indexOf("/");
  const [plugin, fn] = slash < 0 ? [undefined, name] : [name.slice(0, slash), name.slice(slash + 1)];
  try {
    return { kind: "call", plugin, fn, args: parseExactJsonSequence(rest) };
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error;
    const place = line.length - rest.length + error.offset + 1;
    return {
      kind: "mistake",
      message: `no JSON value at character ${place} of the line: ${error.message}; a text needs quotes: "text"`,
    };
  }
}
