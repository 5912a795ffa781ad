/** Requests of programs: each hop decided over by its own host, bounded in size and time, followed as far as the program wants. */
import type { NativeContext } from "@fusabi/vm";
import { type Incoming, sendRequest } from "./http-request.js";
import { Intake } from "./intake.js";
import type { ResolveName } from "./name-resolution.js";
import { allowedAddresses, authoriseHost, type NetOperation, netViolation } from "./net-access.js";
import { type OperationTimes, timeOf, within } from "./operation-time.js";
import type { RehearseRequest } from "./rehearsed-request.js";
import { isSystemError, systemWords } from "./system-words.js";

/** What a host may say about the network. */
export interface NetworkSettings {
  readonly times: OperationTimes;
  /** Certificates of authorities, in PEM, that are trusted beside the usual ones. */
  readonly ca: string | undefined;
  /** In place of the system's resolver. */
  readonly resolveName: ResolveName | undefined;
  /** Answers in a dry run. */
  readonly rehearseRequest: RehearseRequest | undefined;
}

/** A request as a program makes it. */
export interface Request {
  readonly operation: NetOperation;
  readonly url: string;
  readonly method: string;
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string | undefined;
  readonly timeMs: number | undefined;
  readonly retries: number;
  readonly retryDelayMs: number;
  readonly followRedirects: boolean;
  /** The text for what goes wrong. */
  readonly failure: (why: string, where: "sending" | "reading") => string;
}

/** An answer, all of it. */
export interface Response {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

const MOST_REDIRECTS = 10;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** What a server must not get that the program has not chosen. */
const OF_ORIGIN: readonly string[] = ["authorization", "cookie", "proxy-authorization"];
const OF_BODY: readonly string[] = [
  "content-type",
  "content-encoding",
  "content-language",
  "content-location",
];
const PORTS: Readonly<Record<string, number>> = { "http:": 80, "https:": 443 };

/** A URL that can be requested; else fails. */
export function requestUrl(context: NativeContext, text: string): URL {
  // Spelled out, since a program sees the message and `URL` repeats the text in its own.
  if (!URL.canParse(text))
    throw context.fail(
      "FUS0516",
      /^[a-z][a-z0-9+.-]*:\/*$/i.test(text) ? "invalid URL: no host" : "invalid URL",
    );
  const url = new URL(text);
  if (PORTS[url.protocol] === undefined)
    throw context.fail("FUS0516", `invalid URL: only http and https, not ${url.protocol.slice(0, 40)}`);
  if (url.hostname === "") throw context.fail("FUS0516", "invalid URL: no host");
  if (url.username !== "" || url.password !== "")
    throw context.fail("FUS0516", "invalid URL: a name or password belongs into a header");
  return url;
}

/** What the records show of a URL: neither path nor query, which can hold secrets. */
function targetOf(url: URL): string {
  return `${url.protocol}//${url.host}`;
}

function portOf(url: URL): number {
  return url.port === "" ? (PORTS[url.protocol] ?? 0) : Number(url.port);
}

/** Decides over the host of a URL by its name; an allowed request is counted. */
export function authoriseUrl(context: NativeContext, operation: NetOperation, url: URL): void {
  authoriseHost(context, operation, url.hostname, portOf(url), targetOf(url));
}

/** Sends a request, again if it fails and the program wants that. */
export async function send(
  context: NativeContext,
  settings: NetworkSettings,
  request: Request,
): Promise<Response> {
  const timeMs = timeOf(settings.times, request.timeMs);
  const url = requestUrl(context, request.url);
  for (let tries = 0; ; tries++) {
    try {
      return await within(context, timeMs, (signal) => follow(context, settings, request, url, signal));
    } catch (error) {
      if (!(error instanceof FailedRequest)) throw error;
      if (tries >= request.retries)
        throw context.fail("FUS0517", request.failure(error.message, error.where), error.cause);
    }
    await pause(context, request.retryDelayMs);
  }
}

/** A request that came to nothing on its way, and that may be tried again. */
class FailedRequest extends Error {
  override readonly name = "FailedRequest";
  readonly code = "FUS0517";

  constructor(
    why: string,
    readonly where: "sending" | "reading",
    cause: unknown,
  ) {
    super(why, { cause });
  }
}

async function pause(context: NativeContext, delayMs: number): Promise<void> {
  await within(context, Number.POSITIVE_INFINITY, async (signal) => {
    const { setTimeout: after } = await import("node:timers/promises");
    await after(Math.min(delayMs, LONGEST_PAUSE), undefined, { signal });
  });
}

const LONGEST_PAUSE = 2 ** 31 - 1;

/** A hop on the way of a request. */
interface Hop {
  readonly url: URL;
  readonly method: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array | undefined;
}

async function follow(
  context: NativeContext,
  settings: NetworkSettings,
  request: Request,
  url: URL,
  signal: AbortSignal,
): Promise<Response> {
  let hop: Hop = {
    url,
    method: request.method,
    headers: request.headers,
    body: request.body === undefined ? undefined : Buffer.from(request.body, "utf8"),
  };
  for (let redirects = 0; ; redirects++) {
    authoriseUrl(context, request.operation, hop.url);
    const release = context.hold("connections");
    try {
      const incoming = await sendHop(context, settings, request, hop, signal);
      const next = request.followRedirects ? nextHop(context, request, hop, incoming) : undefined;
      if (next === undefined) return await readAnswer(context, incoming, signal);
      incoming.destroy();
      if (redirects >= MOST_REDIRECTS)
        throw new FailedRequest(`more than ${MOST_REDIRECTS} redirects`, "sending", undefined);
      hop = next;
    } finally {
      release();
    }
  }
}

async function sendHop(
  context: NativeContext,
  { ca, resolveName }: NetworkSettings,
  { operation }: Request,
  { url, method, headers, body }: Hop,
  signal: AbortSignal,
): Promise<Incoming> {
  try {
    const addresses = await allowedAddresses(
      context,
      operation,
      url.hostname,
      portOf(url),
      targetOf(url),
      resolveName,
    );
    signal.throwIfAborted();
    return await sendRequest({ url, method, headers, body, addresses, ca, signal });
  } catch (error) {
    throw failed(error, "sending");
  }
}

/** Where an answer leads on; undefined if it is the last. */
function nextHop(
  context: NativeContext,
  { operation }: Request,
  hop: Hop,
  { status, headers }: Incoming,
): Hop | undefined {
  const location = headers.get("location");
  if (!REDIRECTS.has(status) || location === undefined) return undefined;
  if (!URL.canParse(location, hop.url.href))
    throw new FailedRequest("a redirect to an invalid URL", "sending", undefined);
  const url = requestUrl(context, new URL(location, hop.url).href);
  if (hop.url.protocol === "https:" && url.protocol === "http:")
    throw netViolation(context, operation, url.hostname, targetOf(url), "a redirect from https to http");
  const becomesGet = status === 303 ? hop.method !== "HEAD" : status <= 302 && hop.method === "POST";
  const dropped = [...(url.origin === hop.url.origin ? [] : OF_ORIGIN), ...(becomesGet ? OF_BODY : [])];
  return {
    url,
    method: becomesGet ? "GET" : hop.method,
    headers: new Map([...hop.headers].filter(([name]) => !dropped.includes(name))),
    body: becomesGet ? undefined : hop.body,
  };
}

async function readAnswer(
  context: NativeContext,
  { status, headers, body, destroy }: Incoming,
  signal: AbortSignal,
): Promise<Response> {
  const intake = new Intake(context);
  try {
    for await (const piece of body) intake.add(piece as Uint8Array);
    signal.throwIfAborted();
    return { status, headers, body: intake.text() };
  } catch (error) {
    destroy();
    throw failed(error, "reading");
  }
}

/** Errors of the system, of TLS and of the protocol say why a request failed; everything else is no matter of the request. */
function failed(error: unknown, where: "sending" | "reading"): unknown {
  if (!(error instanceof Error)) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (isSystemError(error)) return new FailedRequest(systemWords(error), where, error);
  const ofConnection =
    typeof code === "string" &&
    /^(?:E[A-Z]+|ERR_(?:TLS|SSL|STREAM)_\w+|HPE_\w+|Z_\w+|CERT_\w+|\w*CERT\w*|DEPTH_\w+|UNABLE_\w+)$/.test(
      code,
    );
  if (ofConnection || error instanceof AggregateError || error instanceof TypeError)
    return new FailedRequest(wordsOf(error), where, error);
  return error;
}

/** The words of an error that is none of the system's; of several, those of the first. */
function wordsOf(error: Error): string {
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : undefined;
  if (isSystemError(inner)) return systemWords(inner);
  return error.message.split("\n", 1)[0]?.slice(0, 200) || "the connection failed";
}
