/** Requests in a dry run: checked and counted as usual, and answered without being sent. */
import type { NativeContext } from "@fusabi/vm";
import { allocateString } from "../allocation.js";
import { authoriseUrl, type Request, type Response, requestUrl } from "./http-client.js";

/**
 * A request that a program would have sent.
 *
 * @example
 * ```ts
 * const answer = ({ method, url }: RehearsedRequest) => (method === "GET" ? { body: fixtures[url] ?? "" } : undefined);
 * ```
 */
export interface RehearsedRequest {
  readonly plugin: string;
  /** The function that was called, such as `Http.get`. */
  readonly operation: string;
  readonly method: string;
  /** As the platform's parser spells it. */
  readonly url: string;
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string | undefined;
}

/**
 * What it is answered with. What is left out is status 200, no headers, and an empty body (`null` for `Http.getJson`).
 *
 * @example
 * ```ts
 * const answer: RehearsedAnswer = { status: 404, headers: { "content-type": "text/plain" }, body: "not here" };
 * ```
 */
export interface RehearsedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * Answers requests of a dry run in the place of the servers. Undefined is the usual answer; what it throws fails the request.
 *
 * @example
 * ```ts
 * nodeLibrary({ rehearseRequest: ({ url }) => (url.endsWith("/version") ? { body: "1.2.3" } : undefined) });
 * ```
 */
export type RehearseRequest = (
  request: RehearsedRequest,
) => RehearsedAnswer | undefined | Promise<RehearsedAnswer | undefined>;

/** Answers a request; `emptyBody` is the body of one that nobody answers. */
export async function answerRehearsed(
  context: NativeContext,
  answer: RehearseRequest | undefined,
  request: Request,
  emptyBody: string,
): Promise<Response> {
  const url = requestUrl(context, request.url);
  authoriseUrl(context, request.operation, url);
  const { status = 200, headers = {}, body = emptyBody } = (await asked(context, answer, request, url)) ?? {};
  allocateString(context, body.length);
  const lowered = Object.entries(headers).map(([name, value]): [string, string] => [
    name.toLowerCase(),
    value,
  ]);
  return { status, headers: new Map(lowered), body };
}

async function asked(
  context: NativeContext,
  answer: RehearseRequest | undefined,
  { operation, method, headers, body, failure }: Request,
  url: URL,
): Promise<RehearsedAnswer | undefined> {
  try {
    return await answer?.({
      plugin: context.plugin,
      operation: operation.name,
      method,
      url: url.href,
      headers,
      body,
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw context.fail("FUS0517", failure(why, "sending"), error);
  }
}
