import { createHash, createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { standardLibrary, webCrypto } from "../src/index.js";
import { nodeLibrary } from "../src/node/index.js";
import { run } from "./program.js";

const PROGRAM = `
let sha256 (text: string) = Crypto.sha256 text
let hmac (key: string) (text: string) = Crypto.hmacSha256 key text
let equal (a: string) (b: string) = Crypto.equals a b
let uuid () = Crypto.uuid ()
let there (text: string) = text |> Encoding.toBase64 |> Encoding.ofBase64
let hex (text: string) = text |> Encoding.toHex |> Encoding.ofHex
`;

test("digests are those of the platform, for any bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 150 }), (bytes, key) => {
      expect(Buffer.from(webCrypto.sha256(bytes)).toString("hex")).toBe(
        createHash("sha256").update(bytes).digest("hex"),
      );
      expect(Buffer.from(webCrypto.hmacSha256(key, bytes)).toString("hex")).toBe(
        createHmac("sha256", key).update(bytes).digest("hex"),
      );
    }),
  );
});

test("both libraries give the same, and texts come back from their encodings", () => {
  const [web, node] = [run(PROGRAM, standardLibrary()), run(PROGRAM, nodeLibrary())];
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (a, b) => {
      expect(web.call("sha256", [a])).toBe(node.call("sha256", [a]));
      expect(web.call("hmac", [a, b])).toBe(node.call("hmac", [a, b]));
      expect(web.call("equal", [a, b])).toBe(a === b);
      expect(web.call("there", [a])).toBe(a);
      expect(web.call("hex", [a])).toBe(a);
    }),
    { numRuns: 100 },
  );
});

test("identifiers can be the host's", () => {
  const imports = standardLibrary({ crypto: { ...webCrypto, uuid: () => "fixed" } });
  expect(run(PROGRAM, imports).call("uuid")).toBe("fixed");
});
