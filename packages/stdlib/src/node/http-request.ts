/**
 * One request over one connection of its own. `node:http` and not `fetch`: only there can a connection be made to an address that has been checked, because
 * the platform's `fetch` resolves the name itself, after and apart from any check, and takes no other way of connecting.
 */
import type { LookupAddress } from "node:dns";
import type { ClientRequest, IncomingMessage } from "node:http";
import type { LookupFunction } from "node:net";
import type { Duplex, Readable } from "node:stream";

/** What is sent: to a URL whose host has been checked, at addresses that have been checked. */
export interface Outgoing {
  readonly url: URL;
  readonly method: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array | undefined;
  readonly addresses: readonly LookupAddress[];
  /** Certificates of authorities that the host trusts beside the system's. */
  readonly ca: string | undefined;
  readonly signal: AbortSignal;
}

/** The start of an answer. Its body has to be read or destroyed. */
export interface Incoming {
  readonly status: number;
  /** By lower-case name; several of one name are joined by commas. */
  readonly headers: ReadonlyMap<string, string>;
  /** The body without its content encoding. */
  readonly body: Readable;
  readonly destroy: () => void;
}

/** Sends the request; settles when the head of the answer is there. Rejects with the system's error. */
export async function sendRequest(outgoing: Outgoing): Promise<Incoming> {
  const { url, method, headers, body, addresses, ca, signal } = outgoing;
  // Loaded when a program needs it first: most never do.
  const { request } = await (url.protocol === "https:" ? import("node:https") : import("node:http"));
  const trusted = ca === undefined ? undefined : [ca, ...(await import("node:tls")).rootCertificates];
  const message = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent: ClientRequest = request(url, {
      method,
      headers: {
        "accept-encoding": "gzip, deflate, br",
        "user-agent": "fusabi",
        ...Object.fromEntries(headers),
        ...(body === undefined ? {} : { "content-length": String(body.length) }),
      },
      lookup: lookupAmong(addresses),
      // No connection is kept: another request may be checked by another policy.
      agent: false,
      signal,
      ...(trusted === undefined ? {} : { ca: trusted }),
    });
    sent.once("response", resolve);
    sent.once("error", reject);
    // A connection that is to become something else is not for programs.
    sent.once("upgrade", (_, socket) => {
      socket.destroy();
      reject(new TypeError("the server wants to switch protocols"));
    });
    sent.end(body);
  });
  const received = headersOf(message);
  return {
    status: message.statusCode ?? 0,
    headers: received,
    body: await decodedBody(message, received.get("content-encoding")),
    destroy: () => void message.destroy(),
  };
}

/** The body as it was before the server has packed it; what it is packed with otherwise stays. */
async function decodedBody(message: IncomingMessage, encoding: string | undefined): Promise<Readable> {
  const { createBrotliDecompress, createGunzip, createInflate } = await import("node:zlib");
  const unpackers = new Map<string, () => Duplex>([
    ["gzip", createGunzip],
    ["x-gzip", createGunzip],
    ["deflate", createInflate],
    ["br", createBrotliDecompress],
  ]);
  const unpacker = unpackers.get(encoding?.trim().toLowerCase() ?? "");
  if (unpacker === undefined) return message;
  const unpacked = unpacker();
  message.once("error", (error) => unpacked.destroy(error));
  message.once("aborted", () => unpacked.destroy(new TypeError("the connection was closed early")));
  return message.pipe(unpacked);
}

/** Gives the addresses that have been checked, whatever is asked for. */
function lookupAmong(addresses: readonly LookupAddress[]): LookupFunction {
  return (_, options, callback) => {
    const family =
      options.family === 4 || options.family === "IPv4"
        ? 4
        : options.family === 6 || options.family === "IPv6"
          ? 6
          : 0;
    const fitting = addresses.filter((one) => family === 0 || one.family === family);
    const [first] = fitting;
    if (first === undefined) callback(new Error("no address of that family"), "", 0);
    else if (options.all === true) callback(null, [...fitting]);
    else callback(null, first.address, first.family);
  };
}

function headersOf({ headersDistinct }: IncomingMessage): ReadonlyMap<string, string> {
  return new Map(Object.entries(headersDistinct).map(([name, values = []]) => [name, values.join(", ")]));
}
