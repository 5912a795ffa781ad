import { STRING_BYTES, UNIT_BYTES } from "../../values/size.js";
import type { LibraryContext } from "../library-context.js";
import { NONE, RecordValue, some, type Value } from "../value.js";
import { asString, type Functions, fn } from "./declaration.js";

/** The original's loose parser, for what a program shows and takes apart. No policy may rely on it: it leaves user names in the host. */
export const urlFunctions: Functions = {
  "Url.parse": fn(1, (context, value) => {
    const url = parse(paid(context, value));
    return url === undefined ? NONE : some(new RecordValue(url));
  }),
  "Url.isValid": fn(1, (context, value) => parse(paid(context, value)) !== undefined),
  "Url.encode": fn(1, (context, value) => encode(paid(context, value))),
  "Url.decode": fn(1, (context, value) => {
    const decoded = decode(paid(context, value));
    return decoded === undefined ? NONE : some(decoded);
  }),
};

const LONGEST_ENCODING = 9;

/** Charges for the work on a text and what comes of it, which is at most nine times as long. */
function paid(context: LibraryContext, value: Value): string {
  const text = asString(value);
  context.meter.charge(text.length);
  context.meter.allocate(STRING_BYTES + text.length * LONGEST_ENCODING * UNIT_BYTES);
  return text;
}

function parse(text: string): ReadonlyMap<string, Value> | undefined {
  const end = text.indexOf("://");
  const scheme = text.slice(0, Math.max(end, 0));
  if (!/^[A-Za-z][A-Za-z0-9+.-]*$/.test(scheme)) return undefined;
  const rest = text.slice(end + 3);
  const [beforeFragment, fragment] = splitAtFirst(rest, "#");
  const [beforeQuery, query] = splitAtFirst(beforeFragment, "?");
  const slash = beforeQuery.indexOf("/");
  const authority = slash < 0 ? beforeQuery : beforeQuery.slice(0, slash);
  const place = hostAndPort(authority);
  if (place === undefined) return undefined;
  return new Map<string, Value>([
    ["scheme", scheme],
    ["host", place.host],
    ["port", optional(place.port)],
    ["path", slash < 0 ? "/" : beforeQuery.slice(slash)],
    ["query", optional(query)],
    ["fragment", optional(fragment)],
  ]);
}

/** The last colon outside brackets begins the port. */
function hostAndPort(
  authority: string,
): { readonly host: string; readonly port: number | undefined } | undefined {
  const bracket = authority.startsWith("[") ? authority.indexOf("]") : 0;
  if (bracket < 0) return undefined;
  const colon = authority.lastIndexOf(":");
  if (colon < bracket) return authority === "" ? undefined : { host: authority, port: undefined };
  const host = authority.slice(0, colon);
  const written = authority.slice(colon + 1);
  const port = /^[0-9]{1,20}$/.test(written) ? Number(written) : 0;
  return host === "" || port < 1 || port > 65_535 ? undefined : { host, port };
}

function splitAtFirst(text: string, mark: string): [string, string | undefined] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function optional(value: Value): Value {
  return value === undefined ? NONE : some(value);
}

const encoder = /* @__PURE__ */ new TextEncoder();

function encode(text: string): string {
  return text.replace(/[^A-Za-z0-9\-_.~]+/g, (run) =>
    Array.from(encoder.encode(run), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join(
      "",
    ),
  );
}

/** A sign in place of the first digit is taken, as `%+1`. */
const ESCAPED = /^(?:[0-9A-Fa-f]|\+)[0-9A-Fa-f]$/;

function decode(text: string): string | undefined {
  const bytes: number[] = [];
  const given = encoder.encode(text);
  for (let at = 0; at < given.length; at++) {
    const byte = given[at] ?? 0;
    if (byte !== 0x25) {
      bytes.push(byte);
      continue;
    }
    const digits = String.fromCharCode(...given.subarray(at + 1, at + 3));
    if (!ESCAPED.test(digits)) return undefined;
    bytes.push(Number.parseInt(digits, 16));
    at += 2;
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(new Uint8Array(bytes));
  } catch {
    return undefined;
  }
}
