import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { type AddressInfo, createServer as createPlainServer } from "node:net";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import {
  type CapabilityName,
  defineSandbox,
  describeCapability,
  type SandboxPolicy,
} from "@fusabi/capabilities";
import {
  type AuditEntry,
  type AuditOutcome,
  decodeModule,
  type Instance,
  type InstantiateOptions,
  instantiate,
  type RehearsedEffect,
  rehearsal,
} from "@fusabi/vm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  type NodeLibraryOptions,
  nodeLibrary,
  type RehearsedRequest,
  type ResolveName,
} from "../src/node/index.js";
import { bytecodeOf, thrownBy } from "./program.js";

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");
const [cert, key] = [read("fixtures/localhost.cert.pem"), read("fixtures/localhost.key.pem")];
const imports = nodeLibrary({ trustedCertificates: cert });
const program = decodeModule(bytecodeOf(read("effects/network.fsx"), imports));

/** Requests that the servers have seen. */
let seen: {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}[];
let audit: AuditEntry[];
const instances: Instance[] = [];

const answers: RequestListener = (request, response) => {
  let body = "";
  request.setEncoding("utf8");
  request.on("data", (piece: string) => {
    body += piece;
  });
  request.on("end", () => {
    const { method = "", url = "", headers } = request;
    seen.push({ method, url, headers, body });
    const path = new URL(url, "http://localhost");
    const to = path.searchParams.get("to") ?? "";
    switch (path.pathname) {
      case "/text":
        response.end("hällo");
        return;
      case "/missing":
        response.writeHead(404, { "X-Why": "gone", "set-cookie": ["a=1", "b=2"] }).end("not here");
        return;
      case "/json":
        response.end('{"a": [1, 2.5]}');
        return;
      case "/echo":
        response.end(`${method} ${body}`);
        return;
      case "/packed": {
        const by = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync }[to];
        response.writeHead(200, { "content-encoding": to }).end(by?.("packed text"));
        return;
      }
      case "/bomb":
        response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(Buffer.alloc(20_000_000)));
        return;
      case "/endless": {
        response.writeHead(200);
        const more = (): void => {
          while (!response.destroyed && response.write("x".repeat(10_000)));
          if (!response.destroyed) response.once("drain", more);
        };
        more();
        return;
      }
      case "/silent":
        return;
      case "/half":
        response.writeHead(200, { "content-length": "100" });
        response.write("half");
        setTimeout(() => response.destroy(), 20);
        return;
      case "/odd":
        response.end(Buffer.from([0x61, 0xff, 0x62]));
        return;
      default: {
        const status = Number(path.pathname.slice(1));
        response.writeHead(status, { location: to }).end("redirected");
      }
    }
  });
};

const servers: { readonly plain: Server; readonly secure: Server } = {
  plain: createServer(answers),
  secure: createSecureServer({ cert, key }, answers),
};
let plain = "";
let secure = "";
const portOf = (server: { address(): unknown }): number => (server.address() as AddressInfo).port;

beforeAll(async () => {
  for (const server of Object.values(servers))
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  plain = `http://127.0.0.1:${portOf(servers.plain)}`;
  secure = `https://localhost:${portOf(servers.secure)}`;
});

afterAll(async () => {
  for (const server of Object.values(servers)) {
    server.closeAllConnections();
    await new Promise((resolve) => void server.close(resolve));
  }
});

beforeEach(() => {
  seen = [];
  audit = [];
});

afterEach(() => {
  for (const instance of instances.splice(0)) instance.dispose();
});

function made(
  net: SandboxPolicy["net"] = { allow: ["127.0.0.1", "localhost"] },
  options: Partial<InstantiateOptions> = {},
): Instance {
  const instance = instantiate(program, {
    imports,
    sandbox: defineSandbox({ net }),
    audit: (entry) => audit.push(entry),
    ...options,
  });
  instances.push(instance);
  return instance;
}

const call = (name: string, ...args: unknown[]): Promise<unknown> => made().callAsync(name, args);
const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );
const violation = (host: string): object => ({
  code: "FUS0521",
  message: `sandbox violation: network access denied: ${host}`,
});

describe("Http", () => {
  test("gives bodies, whatever the status", async () => {
    expect(await call("get", `${plain}/text`)).toBe("hällo");
    expect(await call("get", `${plain}/missing`)).toBe("not here");
    expect(await call("post", `${plain}/echo`, "sent ü")).toBe("POST sent ü");
    expect(await call("getLater", `${plain}/text`)).toBe("hällo");
    expect(await call("postLater", `${plain}/echo`, "x")).toBe("POST x");
    expect(await call("json", `${plain}/json`)).toEqual({ a: [1, 2.5] });
    expect(await call("get", `${plain}/odd`)).toBe("a\ufffdb");
    expect(seen[2]?.headers).not.toHaveProperty("content-type");
  });

  test("says what is wrong", async () => {
    const closed = createPlainServer();
    await new Promise<void>((resolve) => void closed.listen(0, "127.0.0.1", resolve));
    const port = portOf(closed);
    await new Promise((resolve) => void closed.close(resolve));
    const messages = [
      ["get", [`http://127.0.0.1:${port}/`], "HTTP GET error: Connection refused"],
      ["post", [`http://127.0.0.1:${port}/`, ""], "HTTP POST error: Connection refused"],
      ["netGet", [`http://127.0.0.1:${port}/`], "Net.get: Connection refused"],
      [
        "json",
        [`${plain}/text`],
        "Failed to parse JSON response: JSON parse error: expected value at line 1 column 1",
      ],
      ["get", [`${plain}/half`], /^Failed to read response body: /],
    ] as const;
    for (const [name, args, message] of messages)
      expect(await failure(call(name, ...args))).toMatchObject({
        code: "FUS0517",
        message: typeof message === "string" ? message : expect.stringMatching(message),
      });
  });

  test("needs somebody who awaits, and sends nothing else", () => {
    const error = thrownBy(() => made().call("get", [`${plain}/text`]));
    expect(error).toMatchObject({ message: "Http.get: cannot wait inside a synchronous call" });
    expect(thrownBy(() => made().call("resolve", ["localhost"]))).toMatchObject({
      message: "Net.resolve: cannot wait inside a synchronous call",
    });
    expect(seen).toEqual([]);
  });

  test("needs its capabilities", async () => {
    const without = (name: string): Instance =>
      made("allow", { capabilities: { has: (one) => one !== name } });
    expect(await failure(without("net:request").callAsync("get", [plain]))).toMatchObject({
      message: "capability denied: net:request",
    });
    expect(await failure(without("serialize").callAsync("json", [plain]))).toMatchObject({
      message: "capability denied: serialize",
    });
    expect(await failure(without("net:dns").callAsync("resolve", ["localhost"]))).toMatchObject({
      message: "capability denied: net:dns",
    });
    expect(seen).toEqual([]);
  });

  test.each(["gzip", "deflate", "br"])("unpacks %s", async (encoding) => {
    expect(await call("get", `${plain}/packed?to=${encoding}`)).toBe("packed text");
  });
});

describe("Net", () => {
  test("gives status, headers and body", async () => {
    expect(await call("netGet", `${plain}/missing`)).toMatchObject({
      status: 404,
      body: "not here",
      headers: expect.objectContaining(
        new Map([
          ["x-why", "gone"],
          ["set-cookie", "a=1, b=2"],
        ]),
      ) as unknown,
    });
    expect(await call("netPost", `${plain}/echo`, "x")).toMatchObject({ status: 200, body: "POST x" });
    expect(await call("requestLater", "GET", `${plain}/text`)).toMatchObject({ body: "hällo" });
  });

  test("sends methods, headers and bodies as it is told", async () => {
    const headers = new Map([
      ["X-Token", "abc"],
      ["content-type", "text/x"],
    ]);
    expect(await call("request", "put", `${plain}/echo`, headers, { body: "b" })).toMatchObject({
      body: "PUT b",
    });
    expect(seen[0]?.headers).toMatchObject({
      "x-token": "abc",
      "content-type": "text/x",
      "user-agent": "fusabi",
    });
    expect(await call("request", "HEAD", `${plain}/text`, new Map(), null)).toMatchObject({
      status: 200,
      body: "",
    });
  });

  test.each([
    ["GET", new Map([["Host", "other"]]), {}, "Net.request: header 'Host' cannot be set"],
    [
      "GET",
      new Map([["Transfer-Encoding", "chunked"]]),
      {},
      "Net.request: header 'Transfer-Encoding' cannot be set",
    ],
    ["GET", new Map([["a b", "x"]]), {}, "Net.request: invalid header name"],
    ["GET", new Map([["a", "x\r\nInjected: y"]]), {}, "Net.request: invalid value of header 'a'"],
    ["CONNECT", new Map(), {}, "Net.request: invalid method"],
    ["GET / HTTP/1.1\r\n", new Map(), {}, "Net.request: invalid method"],
    ["GET", new Map(), { timeout: "1" }, "Type mismatch: expected int, got string"],
    ["GET", new Map(), { body: 1 }, "Type mismatch: expected string, got int"],
    ["GET", new Map(), 5, "Type mismatch: expected record, got int"],
  ])("%j %o %o is refused", async (method, headers, options, message) => {
    expect(await failure(call("request", method, `${plain}/text`, headers, options))).toMatchObject({
      message,
    });
    expect(seen).toEqual([]);
  });

  test("tries again as often as it is told, each time an operation", async () => {
    const closed = `http://127.0.0.1:1/`;
    const options = { retries: 2, retryDelay: 5 };
    const instance = made();
    expect(await failure(instance.callAsync("request", ["GET", closed, new Map(), options]))).toMatchObject({
      message: "Net.request: Connection refused",
    });
    expect(instance.lastUsage.netOps).toBe(3);
    const limited = made(undefined, { limits: { maxNetOps: 2 } });
    expect(await failure(limited.callAsync("request", ["GET", closed, new Map(), options]))).toMatchObject({
      limit: "maxNetOps",
    });
  });

  test("resolves names", async () => {
    expect(await call("resolve", "localhost")).toContain("127.0.0.1");
    expect(await call("resolve", "127.1")).toEqual(["127.0.0.1"]);
    for (const odd of ["a/b", "", "user@localhost", "a b", "x".repeat(300)])
      expect(await failure(call("resolve", odd)), odd).toBeInstanceOf(Error);
    expect(await failure(call("resolve", "example.com"))).toMatchObject(violation("example.com"));
    expect(await made({ allow: ["localhost:8080"] }).callAsync("resolve", ["LOCALHOST"])).toContain(
      "127.0.0.1",
    );
  });
});

describe("the policy", () => {
  test("covers hosts and ports, and is asked before anything is resolved", async () => {
    const port = portOf(servers.plain);
    expect(await made({ allow: [`127.0.0.1:${port}`] }).callAsync("get", [`${plain}/text`])).toBe("hällo");
    for (const net of ["deny", { allow: ["example.com"] }, { allow: [`127.0.0.1:${port + 1}`] }] as const)
      expect(await failure(made(net).callAsync("get", [`${plain}/text`]))).toMatchObject(
        violation("127.0.0.1"),
      );
    expect(
      await failure(made({ allow: ["*"], deny: ["127.0.0.1"] }).callAsync("get", [plain])),
    ).toMatchObject(violation("127.0.0.1"));
    expect(seen).toHaveLength(1);
    expect(audit.map(({ decision }) => decision)).toEqual([
      "allowed",
      "denied",
      "denied",
      "denied",
      "denied",
    ]);
    expect(audit[0]?.target).toBe(plain);
  });

  test("a script can catch the violation", async () => {
    expect(await made("deny").callAsync("caught", [`${plain}/text`])).toBe(
      "sandbox violation: network access denied: 127.0.0.1",
    );
  });

  test.each([
    ["http://trusted.org:x@evil.com/", "invalid URL: a name or password belongs into a header"],
    ["http://trusted.org@evil.com/", "invalid URL: a name or password belongs into a header"],
    ["file:///etc/passwd", "invalid URL: only http and https, not file:"],
    ["data:text/plain,x", "invalid URL: only http and https, not data:"],
    ["ftp://trusted.org/", "invalid URL: only http and https, not ftp:"],
    ["javascript:1", "invalid URL: only http and https, not javascript:"],
    ["http://", "invalid URL: no host"],
    ["http:///", "invalid URL: no host"],
    ["trusted.org", "invalid URL"],
    ["", "invalid URL"],
    [
      `http://${"a".repeat(70_000)}/`,
      expect.stringMatching(/^(invalid URL|sandbox violation: network access denied)/),
    ],
  ])("%s is refused", async (url, message) => {
    expect(await failure(made({ allow: ["trusted.org"] }).callAsync("get", [url]))).toMatchObject({
      message,
    });
  });

  test.each([
    ["http://TRUSTED.org.evil.com/", "trusted.org.evil.com"],
    ["http://trusted.org\u3002evil.com/", "trusted.org.evil.com"],
    ["http://trusted.org%2eevil.com/", "trusted.org.evil.com"],
    ["http://tru\u0455ted.org/", "xn--truted-kvf.org"],
    ["http://evil.com\\@trusted.org/", "evil.com"],
    ["http://evil.com#@trusted.org/", "evil.com"],
    ["http://eviltrusted.org/", "eviltrusted.org"],
  ])("%s is the host %s", async (url, host) => {
    expect(await failure(made({ allow: ["trusted.org"] }).callAsync("get", [url]))).toMatchObject(
      violation(host),
    );
  });

  test.each([
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "localhost",
    "0.0.0.0",
    "169.254.169.254",
  ])("the own network is not reached by %s, though every public host is", async (host) => {
    const instance = made({ deny: ["example.com"] });
    expect(
      await failure(instance.callAsync("get", [`http://${host}:${portOf(servers.plain)}/text`])),
    ).toMatchObject({
      code: "FUS0521",
    });
    expect(seen).toEqual([]);
  });

  test("a name that leads into the own network is refused where only the name is allowed, and goes to the address that was checked", async () => {
    // `localhost` is such a name; it has to be named itself, which a pattern of its domain does not do.
    const url = `http://localhost:${portOf(servers.plain)}/text`;
    expect(await failure(made({ deny: [] }).callAsync("get", [url]))).toMatchObject(violation("localhost"));
    expect(await made({ allow: ["localhost"] }).callAsync("get", [url])).toBe("hällo");
  });
});

describe("redirects", () => {
  test("are followed, each as an operation that the policy decides over", async () => {
    const instance = made();
    expect(await instance.callAsync("get", [`${plain}/302?to=/301%3Fto%3D/text`])).toBe("hällo");
    expect(instance.lastUsage.netOps).toBe(3);
    expect(audit).toHaveLength(3);
    const error = await failure(instance.callAsync("get", [`${plain}/302?to=http://example.com/`]));
    expect(error).toMatchObject(violation("example.com"));
    expect(audit.at(-1)).toMatchObject({ decision: "denied", target: "http://example.com" });
  });

  test("to another port are decided over by that port", async () => {
    const other = createServer(answers);
    await new Promise<void>((resolve) => void other.listen(0, "127.0.0.1", resolve));
    const net = { allow: [`127.0.0.1:${portOf(servers.plain)}`] };
    const to = `http://127.0.0.1:${portOf(other)}/text`;
    expect(await failure(made(net).callAsync("get", [`${plain}/307?to=${to}`]))).toMatchObject(
      violation("127.0.0.1"),
    );
    await new Promise((resolve) => void other.close(resolve));
    expect(seen.map(({ url }) => url)).toEqual([`/307?to=${to}`]);
  });

  test("from https to http are denied; https itself works", async () => {
    expect(await call("get", `${secure}/text`)).toBe("hällo");
    expect(await failure(call("get", `${secure}/302?to=${plain}/text`))).toMatchObject(
      violation("127.0.0.1"),
    );
    expect(audit.at(-1)).toMatchObject({ reason: "a redirect from https to http" });
  });

  test("to what is no web address are refused", async () => {
    for (const to of ["file:///etc/passwd", "http://user:pw@127.0.0.1/", "http://"])
      expect(await failure(call("get", `${plain}/302?to=${encodeURIComponent(to)}`)), to).toBeInstanceOf(
        Error,
      );
    expect(seen).toHaveLength(3);
  });

  test("end somewhere", async () => {
    const instance = made(undefined, { limits: { maxNetOps: 100 } });
    const error = await failure(
      instance.callAsync("get", [`${plain}/302?to=${encodeURIComponent(`/302?to=`)}`]),
    );
    expect(error).toMatchObject({ message: "HTTP GET error: more than 10 redirects" });
    expect(await failure(call("get", `${plain}/302?to=`))).toMatchObject({ limit: "maxNetOps" });
  });

  test("keep the method and the body where they have to", async () => {
    for (const status of [301, 302, 303, 307, 308]) {
      seen = [];
      await call("request", "POST", `${plain}/${status}?to=/echo`, new Map([["content-type", "a/b"]]), {
        body: "kept",
      });
      const [method, body] = status >= 307 ? ["POST", "kept"] : ["GET", ""];
      expect(seen[1], String(status)).toMatchObject({ method, body });
      expect("content-type" in (seen[1]?.headers ?? {})).toBe(status >= 307);
    }
  });

  test("take no credentials to another origin", async () => {
    const headers = new Map([
      ["Authorization", "secret"],
      ["Cookie", "a=1"],
      ["X-Other", "kept"],
    ]);
    const host = `http://localhost:${portOf(servers.plain)}`;
    await call("request", "GET", `${plain}/302?to=${host}/text`, headers, {});
    expect(seen[1]?.headers).toMatchObject({ "x-other": "kept" });
    expect(seen[1]?.headers).not.toHaveProperty("authorization");
    expect(seen[1]?.headers).not.toHaveProperty("cookie");
    await call("request", "GET", `${plain}/302?to=/text`, headers, {});
    expect(seen[3]?.headers).toMatchObject({ authorization: "secret" });
  });

  test("are not followed if the program does not want that", async () => {
    const answer = await call("request", "GET", `${plain}/302?to=/text`, new Map(), {
      followRedirects: false,
    });
    expect(answer).toMatchObject({ status: 302, body: "redirected" });
    expect(seen).toHaveLength(1);
  });
});

describe("TLS", () => {
  test("takes no certificate that nobody vouches for", async () => {
    const strict = nodeLibrary({});
    const instance = instantiate(decodeModule(bytecodeOf("let get (url: string) = Http.get url", strict)), {
      imports: strict,
      sandbox: defineSandbox({ net: "allow" }),
    });
    instances.push(instance);
    expect(await failure(instance.callAsync("get", [`${secure}/text`]))).toMatchObject({
      code: "FUS0517",
      message: expect.stringMatching(/^HTTP GET error: .*(certificate|self)/) as unknown,
    });
    expect(
      await failure(call("get", `${secure.replace("localhost", "127.0.0.1").replace("https", "http")}/text`)),
    ).toMatchObject({
      code: "FUS0517",
    });
  });
});

describe("limits", () => {
  test("of size end an answer while it comes, packed or not", async () => {
    for (const path of ["/endless", "/bomb"]) {
      const instance = made(undefined, { limits: { memoryBytes: 2_000_000, timeoutMs: 10_000 } });
      const started = performance.now();
      expect(await failure(instance.callAsync("get", [plain + path])), path).toMatchObject({
        limit: "memoryBytes",
      });
      expect(performance.now() - started).toBeLessThan(5_000);
      expect(await instance.callAsync("get", [`${plain}/text`])).toBe("hällo");
    }
  });

  test("of time end a request that nobody answers", async () => {
    const started = performance.now();
    expect(
      await failure(call("request", "GET", `${plain}/silent`, new Map(), { timeout: 50 })),
    ).toMatchObject({
      code: "FUS0517",
      message: "operation timed out after 50ms",
    });
    const instance = made(undefined, { limits: { timeoutMs: 60 } });
    expect(await failure(instance.callAsync("get", [`${plain}/silent`]))).toMatchObject({ code: "FUS0604" });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    expect(
      await failure(made().callAsync("get", [`${plain}/silent`], { signal: controller.signal })),
    ).toMatchObject({ code: "FUS0600" });
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test("the connection ends with the request, and with the instance", async () => {
    const connections = (): Promise<number> =>
      new Promise((resolve, reject) => {
        servers.plain.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
      });
    const settled = async (): Promise<void> => {
      for (let tries = 0; (await connections()) > 0; tries++) {
        if (tries > 500) throw new Error("a connection is left");
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    };
    await settled();
    const instance = made();
    const waiting = failure(instance.callAsync("get", [`${plain}/silent`]));
    while (seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await connections()).toBe(1);
    instance.dispose();
    expect(await waiting).toBeInstanceOf(Error);
    await settled();
  });

  test("of operations and connections are counted", async () => {
    const urls = [`${plain}/text`, `${plain}/text`, `${plain}/text`];
    const few = made(undefined, { limits: { maxNetOps: 2 } });
    expect(await failure(few.callAsync("many", [urls]))).toMatchObject({ limit: "maxNetOps" });
    expect(seen).toHaveLength(2);
    const none = made(undefined, { limits: { maxConnections: 0 } });
    expect(await failure(none.callAsync("get", [`${plain}/text`]))).toMatchObject({
      message: "connection limit exceeded: 0",
    });
    expect(await made(undefined, { limits: { maxConnections: 1 } }).callAsync("many", [urls])).toHaveLength(
      3,
    );
  });
});

describe("a rehearsal", () => {
  function rehearsing(library: NodeLibraryOptions = {}) {
    const effects: RehearsedEffect[] = [];
    const instance = made(undefined, {
      imports: nodeLibrary({ trustedCertificates: cert, ...library }),
      rehearsal: rehearsal({
        changes: (name) => describeCapability(name as CapabilityName).changesOutside,
        record: (effect) => void effects.push(effect),
      }),
    });
    return { instance, effects };
  }

  test("checks and notes every request and sends none", async () => {
    const { instance, effects } = rehearsing();
    expect(await instance.callAsync("get", [`${plain}/text`])).toBe("");
    expect(await instance.callAsync("getLater", [`${plain}/text`])).toBe("");
    expect(await instance.callAsync("json", [`${plain}/json`])).toBeUndefined();
    expect(await instance.callAsync("post", [`${plain}/echo`, "x"])).toBe("");
    expect(await instance.callAsync("netGet", [`${plain}/text`])).toEqual({
      status: 200,
      headers: new Map(),
      body: "",
    });
    expect(await instance.callAsync("netPost", [`${plain}/echo`, "x"])).toMatchObject({
      status: 200,
      body: "",
    });
    expect(await instance.callAsync("resolve", ["localhost"])).toEqual(["192.0.2.1"]);
    for (const name of ["get", "netGet"])
      expect(await failure(instance.callAsync(name, ["http://example.com/"]))).toMatchObject(
        violation("example.com"),
      );
    expect(await failure(instance.callAsync("resolve", ["example.com"]))).toMatchObject(
      violation("example.com"),
    );
    expect(seen).toEqual([]);
    expect(effects.map(({ operation, target }) => [operation, target])).toEqual([
      ["Http.get", plain],
      ["Http.getAsync", plain],
      ["Http.getJson", plain],
      ["Http.post", plain],
      ["Net.get", plain],
      ["Net.post", plain],
      ["Net.resolve", "localhost"],
    ]);
  });

  test("is answered by the host where it wants to", async () => {
    const asked: RehearsedRequest[] = [];
    const { instance } = rehearsing({
      rehearseRequest: async (request) => {
        asked.push(request);
        const { url } = request;
        if (url.endsWith("/fails")) throw new Error("the server is away");
        if (url.endsWith("/json")) return { body: '{"a": 1}' };
        return url.endsWith("/gone") ? { status: 410, headers: { "X-Why": "moved" } } : undefined;
      },
    });
    expect(await instance.callAsync("json", [`${plain}/json`])).toEqual({ a: 1 });
    const headers = new Map([["Accept", "text/plain"]]);
    expect(await instance.callAsync("request", ["DELETE", `${plain}/gone`, headers, { body: "x" }])).toEqual({
      status: 410,
      headers: new Map([["x-why", "moved"]]),
      body: "",
    });
    expect(await instance.callAsync("get", [`${plain}/other`])).toBe("");
    expect(await failure(instance.callAsync("get", [`${plain}/fails`]))).toMatchObject({
      code: "FUS0517",
      message: "HTTP GET error: the server is away",
    });
    expect(asked[1]).toEqual({
      plugin: "test",
      operation: "Net.request",
      method: "DELETE",
      url: `${plain}/gone`,
      headers: new Map([["accept", "text/plain"]]),
      body: "x",
    });
    expect(seen).toEqual([]);
  });

  test("an answer counts as one that has come in", async () => {
    const { instance } = rehearsing({ rehearseRequest: () => ({ body: "x".repeat(1_000_000) }) });
    const limited = { limits: { memoryBytes: 100_000, maxAllocatedBytes: 1_000_000 } };
    expect(await failure(instance.callAsync("get", [`${plain}/`], limited))).toMatchObject({
      name: "LimitError",
    });
  });
});

describe("names", () => {
  /** Answers each question with the next of the answers. */
  function resolving(...answers: readonly (readonly string[] | Error)[]) {
    const questions: string[] = [];
    const resolveName: ResolveName = (name) => {
      questions.push(name);
      const answer = answers[questions.length - 1] ?? [];
      if (answer instanceof Error) throw answer;
      return answer;
    };
    return { questions, imports: nodeLibrary({ trustedCertificates: cert, resolveName }) };
  }
  const port = (): number => portOf(servers.plain);

  test("are resolved by the host, and the server hears the name", async () => {
    const { questions, imports: own } = resolving(["127.0.0.1"]);
    const instance = made({ allow: ["shop.example", "127.0.0.1"] }, { imports: own });
    expect(await instance.callAsync("get", [`http://shop.example:${port()}/text`])).toBe("hällo");
    expect(questions).toEqual(["shop.example"]);
    expect(seen[0]?.headers.host).toBe(`shop.example:${port()}`);
    expect(await instance.callAsync("get", [`${plain}/text`])).toBe("hällo");
    expect(questions).toHaveLength(1);
  });

  // Only Linux has more than one loopback address without being told.
  test.runIf(process.platform === "linux")(
    "that lead elsewhere when they are asked again: what was checked is what is connected to",
    async () => {
      const { questions, imports: own } = resolving(["127.0.0.2"], ["127.0.0.1"], ["127.0.0.1"]);
      const decoy = createServer((_, response) => response.end("checked"));
      await new Promise<void>((resolve) => void decoy.listen(port(), "127.0.0.2", resolve));
      const ended: [AuditEntry, AuditOutcome][] = [];
      const instance = made(
        { allow: ["rebinding.example", "127.0.0.2"] },
        { imports: own, audited: (...record) => void ended.push(record) },
      );
      const url = `http://rebinding.example:${port()}/text`;
      expect(await instance.callAsync("get", [url])).toBe("checked");
      expect(questions).toHaveLength(1);
      expect(await failure(instance.callAsync("get", [url]))).toMatchObject(violation("rebinding.example"));
      expect(questions).toHaveLength(2);
      expect(seen).toEqual([]);
      expect(ended.map(([entry, { denied }]) => [entry.target, denied])).toEqual([
        [`http://rebinding.example:${port()}`, undefined],
        [`http://rebinding.example:${port()}`, "the address is internal, and the policy does not name it"],
      ]);
      decoy.closeAllConnections();
      await new Promise((resolve) => void decoy.close(resolve));
    },
  );

  test.each([
    ["127.0.0.1"],
    ["10.0.0.1"],
    ["169.254.169.254"],
    ["100.64.0.1"],
    ["0.0.0.0"],
    ["192.0.2.1"],
    ["::1"],
    ["::"],
    ["::ffff:127.0.0.1"],
    ["::ffff:7f00:1"],
    ["::127.0.0.1"],
    ["64:ff9b::7f00:1"],
    ["64:ff9b:1::1"],
    ["2002:7f00:1::"],
    ["2001:0:0:0:0:0:80ff:fffe"],
    ["2001:db8::1"],
    ["fe80::1"],
    ["fe80::1%lo"],
    ["fd00::1"],
  ])("of the public internet that lead into the host's own network: %s", async (address) => {
    const instance = made({ allow: ["public.example"] }, { imports: resolving([address]).imports });
    expect(await failure(instance.callAsync("get", [`http://public.example:${port()}/text`]))).toMatchObject(
      violation("public.example"),
    );
    expect(seen).toEqual([]);
  });

  test("are asked for at every redirect", async () => {
    const { questions, imports: own } = resolving(["127.0.0.1"], ["10.0.0.1"]);
    const instance = made({ allow: ["a.example", "b.example", "127.0.0.1"] }, { imports: own });
    const to = encodeURIComponent("http://b.example/");
    expect(
      await failure(instance.callAsync("get", [`http://a.example:${port()}/302?to=${to}`])),
    ).toMatchObject(violation("b.example"));
    expect(questions).toEqual(["a.example", "b.example"]);
  });

  test("whose resolver fails or lies are an exception of the program", async () => {
    for (const [answer, message] of [
      [new Error("no such zone"), "no such zone"],
      [["localhost"], "the host resolves a.example to what is no address"],
    ] as const) {
      const one = made({ allow: ["a.example"] }, { imports: resolving(answer, answer).imports });
      expect(await failure(one.callAsync("get", ["http://a.example/"]))).toMatchObject({
        code: "FUS0517",
        message: `HTTP GET error: ${message}`,
      });
      expect(await failure(one.callAsync("resolve", ["a.example"]))).toMatchObject({
        code: "FUS0517",
        message: `Net.resolve: ${message}`,
      });
    }
    const none = made({ allow: ["a.example"] }, { imports: resolving([]).imports });
    expect(await failure(none.callAsync("get", ["http://a.example/"]))).toMatchObject(violation("a.example"));
  });
});
