/** The module `Crypto`: digests, keyed digests and random identifiers. Texts are taken as UTF-8. */
import { type HostModule, hostModule, type NativeContext } from "@fusabi/vm";
import { allocateString, chargeText } from "./allocation.js";
import { native } from "./declaration.js";
import { hexOf, utf8Of } from "./encoding.js";
import { hmacSha256, sha256 } from "./sha256.js";

/**
 * Where digests and identifiers come from. A platform's own are faster; fixed identifiers make runs repeatable.
 *
 * @example
 * ```ts
 * let next = 0;
 * const crypto: CryptoSource = { ...webCrypto, uuid: () => `00000000-0000-4000-8000-${String(next++).padStart(12, "0")}` };
 * standardLibrary({ crypto });
 * ```
 */
export interface CryptoSource {
  /** The SHA-256 of bytes: 32 of them. */
  sha256(bytes: Uint8Array): Uint8Array;
  /** The HMAC of bytes over SHA-256: 32 of them. */
  hmacSha256(key: Uint8Array, bytes: Uint8Array): Uint8Array;
  /** A random UUID, version 4. */
  uuid(): string;
}

/**
 * What runs everywhere: digests in JavaScript, identifiers of the platform's generator.
 *
 * @example
 * ```ts
 * webCrypto.uuid(); // "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed"
 * ```
 */
export const webCrypto: CryptoSource = { sha256, hmacSha256, uuid: () => crypto.randomUUID() };

const CAPABILITY = { capability: "crypto" } as const;
const HEX_DIGITS = 64;

function equal(context: NativeContext, a: string, b: string): boolean {
  chargeText(context, a.length + b.length);
  let difference = a.length ^ b.length;
  for (let index = 0; index < a.length; index++)
    difference |= a.charCodeAt(index) ^ b.charCodeAt(index % Math.max(1, b.length));
  return difference === 0;
}

export function cryptoModule(source: CryptoSource): HostModule {
  return hostModule("Crypto", {
    sha256: native(
      "string -> string",
      "The SHA-256 of a text in hexadecimal digits.",
      (context: NativeContext, text: string) => {
        // A digest looks at a byte about as long as an instruction takes.
        context.charge(text.length);
        allocateString(context, HEX_DIGITS);
        return hexOf(source.sha256(utf8Of(context, text)));
      },
      CAPABILITY,
    ),
    hmacSha256: native(
      "string -> string -> string",
      "The HMAC of a text over SHA-256 in hexadecimal digits: key, text.",
      (context: NativeContext, key: string, text: string) => {
        context.charge(key.length + text.length);
        allocateString(context, HEX_DIGITS);
        return hexOf(source.hmacSha256(utf8Of(context, key), utf8Of(context, text)));
      },
      CAPABILITY,
    ),
    equals: native(
      "string -> string -> bool",
      "Whether two texts are the same, in a time that does not tell where they differ.",
      equal,
      CAPABILITY,
    ),
    uuid: native(
      "unit -> string",
      "A random UUID, version 4.",
      (context: NativeContext) => {
        const uuid = source.uuid();
        allocateString(context, uuid.length);
        return uuid;
      },
      CAPABILITY,
    ),
  });
}
