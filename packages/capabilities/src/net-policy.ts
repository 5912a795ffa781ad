import type { AccessPolicy } from "./access-policy.js";
import { decide } from "./access-policy.js";
import type { Decision } from "./decision.js";
import { ALLOWED, denied } from "./decision.js";
import { InvalidPolicyError } from "./errors.js";
import type { IpAddress } from "./ip-address.js";
import { isInternal, isLoopback, parseIpAddress, sameAddress } from "./ip-address.js";
import { printable } from "./printable.js";

/**
 * Which hosts. An entry is a host name, `*.` and a domain (the domain itself and subdomains of any depth), `*`, or an
 * address; each may end in `:PORT`, else it covers every port. Letter case does not matter.
 *
 * @example
 * ```ts
 * const policy: NetPolicy = { allow: ["*.trusted.org", "localhost:8080", "[::1]"] };
 * ```
 */
export type NetPolicy = AccessPolicy;

/** A host as the platform's URL parser gives it (`url.hostname`), and the port that will be connected to. */
export interface NetTarget {
  readonly host: string;
  readonly port: number;
}

/**
 * Decides over the host of a URL. Take `host` from the platform's URL parser and from nowhere else; ask again for every
 * redirect, and {@link decideAddress} for what the name resolved to.
 *
 * @example
 * ```ts
 * decideHost({ allow: ["*.trusted.org"] }, { host: "api.trusted.org", port: 443 }).allowed; // true
 * decideHost({ allow: ["*.trusted.org"] }, { host: "trusted.org.evil.com", port: 443 }).allowed; // false
 * ```
 */
export function decideHost(policy: NetPolicy, target: NetTarget): Decision {
  const host = canonicalHost(target.host);
  if (host === undefined) return denied("not a host name");
  return decide(policy, (entry) => covers(parseHostPattern(entry), host, target.port));
}

/**
 * Decides over the address that a host resolved to, before the connection is made to exactly that address. Loopback,
 * link-local, private and reserved addresses are denied unless the policy lists the address, lists `localhost` (for
 * loopback) or allows everything: a public name must not be a door into the host's own network.
 *
 * @example
 * ```ts
 * decideAddress({ allow: ["example.com"] }, { host: "10.0.0.7", port: 443 }).allowed; // false
 * ```
 */
export function decideAddress(policy: NetPolicy, target: NetTarget): Decision {
  const address = parseIpAddress(target.host);
  if (address === undefined) return denied("not an internet address");
  if (policy === "allow") return ALLOWED;
  if (policy === "deny") return denied("the policy allows nothing");
  const patterns = (entries: readonly string[]): HostPattern[] => entries.map(parseHostPattern);
  const names = (pattern: HostPattern): boolean =>
    pattern.kind === "address" && covers(pattern, target.host, target.port);
  if (patterns(policy.deny ?? []).some(names)) return denied("the policy denies the address");
  if (!isInternal(address)) return ALLOWED;
  const opens = (pattern: HostPattern): boolean =>
    names(pattern) ||
    (coversPort(pattern, target.port) &&
      (pattern.kind === "any" ||
        (isLoopback(address) && pattern.kind === "name" && pattern.name === "localhost")));
  if ("allow" in policy && patterns(policy.allow).some(opens)) return ALLOWED;
  return denied("the address is internal, and the policy does not name it");
}

type HostPattern = { readonly port: number | undefined } & (
  | { readonly kind: "any" }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "domain"; readonly name: string }
  | { readonly kind: "address"; readonly address: IpAddress }
);

/** Reads one entry of a policy; throws {@link InvalidPolicyError} for what could never match a host. */
export function parseHostPattern(entry: string): HostPattern {
  const bare = parseIpAddress(entry);
  if (bare !== undefined) return { kind: "address", address: bare, port: undefined };
  const [, written = "", digits] = /^(.*?)(?::([0-9]{1,5}))?$/s.exec(entry) ?? [];
  const port = digits === undefined ? undefined : Number(digits);
  if (port !== undefined && (port < 1 || port > 65_535))
    throw new InvalidPolicyError(printable(entry), "no such port");
  if (written === "*") return { kind: "any", port };
  const address = parseIpAddress(written);
  if (address !== undefined) return { kind: "address", address, port };
  const wildcard = written.startsWith("*.");
  const name = canonicalHost(wildcard ? written.slice(2) : written);
  if (name === undefined || written.startsWith("[")) {
    throw new InvalidPolicyError(
      printable(entry),
      "not a host pattern; write example.com, *.example.com, 127.0.0.1, [::1] or *, each with :PORT if wanted, " +
        "without scheme and path, international names in their xn-- form",
    );
  }
  return { kind: wildcard ? "domain" : "name", name, port };
}

function covers(pattern: HostPattern, host: string, port: number): boolean {
  if (!coversPort(pattern, port)) return false;
  switch (pattern.kind) {
    case "any":
      return true;
    case "name":
      return host === pattern.name;
    case "domain":
      return (
        host === pattern.name || (host.endsWith(`.${pattern.name}`) && parseIpAddress(host) === undefined)
      );
    case "address": {
      const address = parseIpAddress(host);
      return address !== undefined && sameAddress(address, pattern.address);
    }
  }
}

function coversPort(pattern: HostPattern, port: number): boolean {
  return pattern.port === undefined || pattern.port === port;
}

/** Lower case, without the final dot of a full name; `undefined` for what is no host. */
function canonicalHost(host: string): string | undefined {
  const name = host.toLowerCase().replace(/\.$/, "");
  if (parseIpAddress(name) !== undefined) return name;
  const labels = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*$/;
  return name.length <= 253 && labels.test(name) ? name : undefined;
}
