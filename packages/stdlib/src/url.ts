/** The module `Url`: taking addresses apart and percent-encoding. Network policy never relies on it; the platform's own parser decides there. */
import {
  arrayOfList,
  type HostModule,
  hostModule,
  type List,
  listOfArray,
  type NativeContext,
  NONE,
  type Product,
  slotAt,
  type Value,
} from "@fusabi/vm";
import { allocateString, chargeText } from "./allocation.js";
import { native } from "./declaration.js";
import { optional, pair, some } from "./products.js";

const URL_INFO =
  "{| fragment: string option; host: string; path: string; port: int option; query: string option; scheme: string |}";

/** An address taken apart as loosely as the original does: user names and passwords stay in the host. */
interface UrlInfo {
  readonly scheme: string;
  readonly host: string;
  readonly port: number | undefined;
  readonly path: string;
  readonly query: string | undefined;
  readonly fragment: string | undefined;
}

const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*$/;
const GREATEST_PORT = 65_535;

function parseUrl(text: string): UrlInfo | undefined {
  const mark = text.indexOf("://");
  if (mark < 0 || !SCHEME.test(text.slice(0, mark))) return undefined;
  const [beforeFragment, fragment] = splitAt(text.slice(mark + "://".length), "#");
  const [beforeQuery, query] = splitAt(beforeFragment, "?");
  const slash = beforeQuery.indexOf("/");
  const authority = slash < 0 ? beforeQuery : beforeQuery.slice(0, slash);
  const place = parseAuthority(authority);
  if (place === undefined) return undefined;
  return {
    scheme: text.slice(0, mark),
    ...place,
    path: slash < 0 ? "/" : beforeQuery.slice(slash),
    query,
    fragment,
  };
}

/** The text before the first mark, and what follows it if there is one. */
function splitAt(text: string, mark: string): [string, string | undefined] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function parseAuthority(authority: string): { host: string; port: number | undefined } | undefined {
  let end = authority.indexOf(":");
  if (authority.startsWith("[")) {
    const bracket = authority.indexOf("]");
    if (bracket < 0) return undefined;
    end = bracket + 1 < authority.length ? bracket + 1 : -1;
    if (end >= 0 && authority[end] !== ":") return undefined;
  }
  const host = end < 0 ? authority : authority.slice(0, end);
  if (host === "") return undefined;
  if (end < 0) return { host, port: undefined };
  const digits = authority.slice(end + 1);
  const port = /^[0-9]{1,5}$/.test(digits) ? Number(digits) : 0;
  return port >= 1 && port <= GREATEST_PORT ? { host, port } : undefined;
}

function urlRecord(context: NativeContext, info: UrlInfo): Value {
  const shape = context.conversion.anonymousShapes.shapeOf([
    "fragment",
    "host",
    "path",
    "port",
    "query",
    "scheme",
  ]);
  return shape.make([
    optional(context, info.fragment),
    info.host,
    info.path,
    optional(context, info.port),
    optional(context, info.query),
    info.scheme,
  ]);
}

const encoder = new TextEncoder();
const UNRESERVED = /[A-Za-z0-9\-_.~]/;

function encode(context: NativeContext, text: string): string {
  chargeText(context, text.length);
  let encoded = "";
  for (const byte of encoder.encode(text)) {
    const char = String.fromCharCode(byte);
    encoded += UNRESERVED.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  allocateString(context, encoded.length);
  return encoded;
}

/** The text behind an encoding; undefined when it is none. */
function decode(context: NativeContext, text: string): string | undefined {
  chargeText(context, text.length);
  if (/%(?![0-9A-Fa-f]{2})/.test(text)) return undefined;
  try {
    const decoded = decodeURIComponent(text);
    allocateString(context, decoded.length);
    return decoded;
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

function parseQuery(context: NativeContext, text: string): Value {
  const parts = text.split("&").filter((part) => part !== "");
  const plain = (part: string): string => decode(context, part.replaceAll("+", " ")) ?? part;
  const pairs = parts.map((part) => {
    const [key, value] = splitAt(part, "=");
    return pair(context, plain(key), plain(value ?? ""));
  });
  return listOfArray(pairs, context);
}

export const urlModule: HostModule = hostModule("Url", {
  parse: native(
    `string -> ${URL_INFO} option`,
    "The parts of an address.",
    (context: NativeContext, text: string) => {
      chargeText(context, text.length);
      const info = parseUrl(text);
      return info === undefined ? NONE : some(context, urlRecord(context, info));
    },
  ),
  isValid: native("string -> bool", "Whether parse gives parts.", (context: NativeContext, text: string) => {
    chargeText(context, text.length);
    return parseUrl(text) !== undefined;
  }),
  encode: native("string -> string", "Percent-encodes every byte but letters, digits and -_.~.", encode),
  decode: native(
    "string -> string option",
    "The text behind a percent-encoding.",
    (context: NativeContext, text: string) => optional(context, decode(context, text)),
  ),
  parseQuery: native("string -> (string * string) list", "The pairs of a query string.", parseQuery),
  buildQuery: native(
    "(string * string) list -> string",
    "A query string of pairs.",
    (context: NativeContext, pairs: List) =>
      arrayOfList(pairs, context)
        .map(
          (item) =>
            `${encode(context, slotAt(item as Product, 0) as string)}=${encode(context, slotAt(item as Product, 1) as string)}`,
        )
        .join("&"),
  ),
});
