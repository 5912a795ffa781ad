/** The modules `Http` (bodies) and `Net` (whole answers, and names). */
import {
  type HostMember,
  type HostModule,
  hostModule,
  kindOf,
  listOfArray,
  type NativeContext,
  type NativeMember,
  OrderedMap,
  treeBytes,
  type Value,
} from "@fusabi/vm";
import { allocateProducts, allocateString } from "../allocation.js";
import { internal, native } from "../declaration.js";
import { optionalField } from "../dynamic-record.js";
import { JsonSyntaxError } from "../errors.js";
import { parseJson } from "../json-parser.js";
import { deferred } from "../library-function.js";
import { type NetworkSettings, type Request, type Response, send } from "./http-client.js";
import { addressesOf } from "./name-resolution.js";
import { authoriseName, type NetOperation } from "./net-access.js";
import { timeOf, within } from "./operation-time.js";
import { answerRehearsed } from "./rehearsed-request.js";
import { isSystemError, systemWords } from "./system-words.js";

const CAPABILITY = "net:request";
const RESPONSE = "{| body: string; headers: Map<string, string>; status: int |}";
const REQUEST = "string -> string -> Map<string, string> -> any";

const PLAIN: Pick<Request, "headers" | "timeMs" | "retries" | "retryDelayMs" | "followRedirects"> = {
  headers: new Map(),
  timeMs: undefined,
  retries: 0,
  retryDelayMs: 1_000,
  followRedirects: true,
};

function operationOf(name: string): NetOperation {
  return { name, capability: CAPABILITY };
}

/** Sends a request, or answers in its place in a rehearsal. */
type Exchange = (context: NativeContext, settings: NetworkSettings, request: Request) => Promise<Response>;

// ------------------------------------------------------------------------------------------------ declaring

/** A function that requests: how it is declared, which request its arguments mean, and what it gives of the answer. */
interface Requesting {
  readonly name: string;
  readonly type: string;
  readonly doc: string;
  readonly request: (context: NativeContext, ...args: never[]) => Request;
  readonly answer: (context: NativeContext, response: Response) => Value;
  /** Beside `net:request`. */
  readonly alsoNeeds?: string;
  /** The body that a rehearsal answers with, if the host does not. Default: empty. */
  readonly rehearsedBody?: string;
}

function member(
  settings: NetworkSettings,
  { name, type, doc, request, answer, alsoNeeds, rehearsedBody = "" }: Requesting,
): NativeMember {
  const run =
    (exchange: Exchange) =>
    (context: NativeContext, ...args: never[]): Promise<Value> => {
      if (alsoNeeds !== undefined) context.require(alsoNeeds);
      const made = request(context, ...args);
      // Nothing is sent for a call that cannot wait for the answer.
      if (!context.canWait) throw context.fail("FUS0517", `${name}: cannot wait inside a synchronous call`);
      return exchange(context, settings, made).then((response) => answer(context, response));
    };
  return native(type, doc, run(send), {
    capability: CAPABILITY,
    mode: "waits",
    rehearse: run((context, { rehearseRequest }, made) =>
      answerRehearsed(context, rehearseRequest, made, rehearsedBody),
    ),
    ...(alsoNeeds === undefined ? {} : { alsoNeeds: [alsoNeeds] }),
  });
}

/** The same as an Async: `last` is the result in the type. */
function asynchronous(settings: NetworkSettings, requesting: Requesting): HostMember {
  const { name, type, doc } = requesting;
  const arrow = type.lastIndexOf(" -> ");
  const [parameters, result] = [type.slice(0, arrow), type.slice(arrow + 4)];
  const { native: run, rehearse } = member(settings, requesting);
  const work = deferred(
    name,
    internal(`${parameters} -> unit -> ${result}`, run, {
      capability: CAPABILITY,
      mode: "waits",
      ...(rehearse === undefined ? {} : { rehearse }),
    }),
  );
  return native(
    `${parameters} -> Async<${result}>`,
    doc,
    (context: NativeContext, ...args: Value[]) => work(context, ...args),
    { capability: CAPABILITY, mode: "async" },
  );
}

// ------------------------------------------------------------------------------------------------ Http

function httpRequest(
  name: string,
  method: "GET" | "POST",
): (context: NativeContext, url: string, body?: string) => Request {
  const failure = (why: string, where: "sending" | "reading"): string =>
    where === "sending" ? `HTTP ${method} error: ${why}` : `Failed to read response body: ${why}`;
  return (_, url, body) => ({
    ...PLAIN,
    operation: operationOf(name),
    url,
    method,
    body: method === "GET" ? undefined : body,
    failure,
  });
}

const bodyOf = (_: NativeContext, { body }: Response): Value => body;

function jsonOf(context: NativeContext, { body }: Response): Value {
  try {
    return parseJson(context, body);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    throw context.fail("FUS0517", `Failed to parse JSON response: ${error.message}`, error);
  }
}

export function httpModule(settings: NetworkSettings): HostModule {
  const get = (name: string, doc: string): Requesting => ({
    name,
    type: "string -> string",
    doc,
    request: httpRequest(name, "GET"),
    answer: bodyOf,
  });
  const post = (name: string, doc: string): Requesting => ({
    name,
    type: "string -> string -> string",
    doc,
    request: httpRequest(name, "POST"),
    answer: bodyOf,
  });
  return hostModule("Http", {
    get: member(settings, get("Http.get", "The body of what is at a URL, whatever the status.")),
    post: member(
      settings,
      post("Http.post", "Sends a text to a URL; gives the body of the answer: URL, text."),
    ),
    getJson: member(settings, {
      ...get("Http.getJson", "The JSON value of what is at a URL."),
      type: "string -> any",
      answer: jsonOf,
      alsoNeeds: "serialize",
      rehearsedBody: "null",
    }),
    getAsync: asynchronous(settings, get("Http.getAsync", "Work that gets the body of what is at a URL.")),
    postAsync: asynchronous(settings, post("Http.postAsync", "Work that sends a text to a URL: URL, text.")),
  });
}

// ------------------------------------------------------------------------------------------------ Net

/** Headers that say how a message is carried, or to whom: no program's matter. */
const RESERVED: ReadonlySet<string> = new Set([
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "via",
]);
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/;

function headersOf(context: NativeContext, given: OrderedMap): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const [name, value] of given) {
    if (typeof name !== "string" || typeof value !== "string")
      throw context.fail("FUS0502", "Type mismatch: expected Map<string, string>");
    context.charge(1 + ((name.length + value.length) >> 4));
    if (!TOKEN.test(name)) throw context.fail("FUS0516", "Net.request: invalid header name");
    const known = name.toLowerCase();
    if (RESERVED.has(known)) throw context.fail("FUS0516", `Net.request: header '${name}' cannot be set`);
    // Latin-1 without controls: what a header can carry.
    if (/[^\t\x20-\x7e\x80-\xff]/.test(value))
      throw context.fail("FUS0516", `Net.request: invalid value of header '${name}'`);
    headers.set(known, value);
  }
  return headers;
}

function methodOf(context: NativeContext, text: string): string {
  const method = text.toUpperCase();
  if (!/^[A-Z]{1,20}$/.test(method) || ["CONNECT", "TRACE", "TRACK"].includes(method))
    throw context.fail("FUS0516", "Net.request: invalid method");
  return method;
}

/** The value of an option, of the kind that it must have. */
function option<T extends string | number | bigint | boolean>(
  context: NativeContext,
  options: Value,
  label: string,
  kind: "int" | "string" | "bool",
): T | undefined {
  // No options at all may also be written as the unit value, and come from the host as null.
  if (options === undefined || options === null) return undefined;
  const field = optionalField(context, options, label);
  if (field === undefined) return undefined;
  if (kindOf(field.value) !== kind)
    throw context.fail("FUS0502", `Type mismatch: expected ${kind}, got ${kindOf(field.value)}`);
  return field.value as T;
}

function netRequest(name: string): (context: NativeContext, ...args: never[]) => Request {
  return (context: NativeContext, method: string, url: string, headers: OrderedMap, options: Value) => {
    const number = (label: string, otherwise: number): number =>
      Math.max(0, Number(option<number | bigint>(context, options, label, "int") ?? otherwise));
    const timeout = option<number | bigint>(context, options, "timeout", "int");
    return {
      operation: operationOf(name),
      url,
      method: methodOf(context, method),
      headers: headersOf(context, headers),
      body: option<string>(context, options, "body", "string"),
      timeMs: timeout === undefined ? undefined : Number(timeout),
      retries: number("retries", PLAIN.retries),
      retryDelayMs: number("retryDelay", PLAIN.retryDelayMs),
      followRedirects: option<boolean>(context, options, "followRedirects", "bool") ?? true,
      failure: (why) => `${name}: ${why}`,
    };
  };
}

function simpleRequest(
  name: string,
  method: "GET" | "POST",
): (context: NativeContext, url: string, body?: string) => Request {
  return (_, url, body) => ({
    ...PLAIN,
    operation: operationOf(name),
    url,
    method,
    body: method === "GET" ? undefined : body,
    failure: (why) => `${name}: ${why}`,
  });
}

function responseRecord(context: NativeContext, { status, headers, body }: Response): Value {
  const sorted = [...headers].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, value] of sorted) allocateString(context, name.length + value.length, 2);
  context.allocate(treeBytes(sorted.length));
  allocateProducts(context, 1, 3);
  const map = OrderedMap.ofSorted(
    sorted.map(([name]) => name),
    sorted.map(([, value]) => value),
  );
  return context.conversion.anonymousShapes.shapeOf(["body", "headers", "status"]).make([body, map, status]);
}

/** What a name is resolved to in a rehearsal: an address for documents, which is nobody's. */
const NOBODYS_ADDRESS = "192.0.2.1";

function resolver(settings: NetworkSettings): HostMember {
  const operation: NetOperation = { name: "Net.resolve", capability: "net:dns" };
  const run =
    (addresses: (context: NativeContext, host: string) => Promise<readonly string[]>) =>
    async (context: NativeContext, given: string): Promise<Value> => {
      if (!context.canWait)
        throw context.fail("FUS0517", "Net.resolve: cannot wait inside a synchronous call");
      const written = `http://${given}`;
      // The platform's parser decides what the name is: letter case, international letters, number forms of addresses.
      const host = URL.canParse(written) && !/[/?#@:\\]/.test(given) ? new URL(written).hostname : "";
      if (host === "") throw context.fail("FUS0516", "Net.resolve: not a host name");
      authoriseName(context, operation, host);
      const found = await addresses(context, host);
      const units = found.reduce((sum, address) => sum + address.length, 0);
      allocateString(context, units, found.length);
      return listOfArray(found, context);
    };
  const asking = async (context: NativeContext, host: string): Promise<readonly string[]> => {
    try {
      const found = await within(context, timeOf(settings.times, undefined), () =>
        addressesOf(host, settings.resolveName),
      );
      return found.map(({ address }) => address);
    } catch (error) {
      if (isSystemError(error)) throw context.fail("FUS0517", `Net.resolve: ${systemWords(error)}`, error);
      if (error instanceof TypeError) throw context.fail("FUS0517", `Net.resolve: ${error.message}`, error);
      throw error;
    }
  };
  return native("string -> string list", "The addresses of a host.", run(asking), {
    capability: "net:dns",
    mode: "waits",
    // A name that is asked for is told to whoever owns it.
    rehearse: run(async () => [NOBODYS_ADDRESS]),
  });
}

export function netModule(settings: NetworkSettings): HostModule {
  const whole = (name: string): Omit<Requesting, "doc"> => ({
    name,
    type: `${REQUEST} -> ${RESPONSE}`,
    request: netRequest(name),
    answer: responseRecord,
  });
  return hostModule("Net", {
    get: member(settings, {
      name: "Net.get",
      type: `string -> ${RESPONSE}`,
      doc: "Gets what is at a URL.",
      request: simpleRequest("Net.get", "GET"),
      answer: responseRecord,
    }),
    post: member(settings, {
      name: "Net.post",
      type: `string -> string -> ${RESPONSE}`,
      doc: "Sends a text to a URL: URL, text.",
      request: simpleRequest("Net.post", "POST"),
      answer: responseRecord,
    }),
    request: member(settings, {
      ...whole("Net.request"),
      doc: "Sends a request: method, URL, headers, and a record that may have timeout, retries, retryDelay, body, followRedirects.",
    }),
    requestAsync: asynchronous(settings, {
      ...whole("Net.requestAsync"),
      doc: "Work that sends a request: method, URL, headers, options.",
    }),
    resolve: resolver(settings),
  });
}
