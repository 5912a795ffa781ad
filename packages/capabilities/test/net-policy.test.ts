import { describe, expect, test } from "vitest";
import { decideAddress, decideHost, InvalidPolicyError, type NetPolicy } from "../src/index.js";

/** As the network functions do it: the host and port of a URL, by the platform's parser. */
function ask(policy: NetPolicy, url: string): boolean {
  const { hostname, port, protocol } = new URL(url);
  return decideHost(policy, {
    host: hostname,
    port: port === "" ? (protocol === "https:" ? 443 : 80) : Number(port),
  }).allowed;
}

describe("host patterns", () => {
  test.each<[string, string, boolean]>([
    ["example.com", "http://example.com/", true],
    ["example.com", "https://EXAMPLE.com./x", true],
    ["EXAMPLE.com", "http://example.com/", true],
    ["example.com", "http://api.example.com/", false],
    ["*.trusted.org", "http://trusted.org/", true],
    ["*.trusted.org", "http://a.b.trusted.org/", true],
    ["*.trusted.org", "http://eviltrusted.org/", false],
    ["*.trusted.org", "http://trusted.org.evil.com/", false],
    ["trusted.org", "http://trusted.org:x@evil.com/", false],
    ["trusted.org", "http://trusted.org@evil.com/", false],
    ["trusted.org", "http://evil.com#@trusted.org", false],
    ["*", "http://anything.test/", true],
    ["example.com:8443", "https://example.com:8443/", true],
    ["example.com:8443", "https://example.com/", false],
    ["example.com:443", "https://example.com/", true],
    ["example.com", "http://example.com:9999/", true],
    ["127.0.0.1", "http://127.0.0.1/", true],
    ["127.0.0.1", "http://0x7f.1/", true],
    ["127.0.0.1", "http://2130706433/", true],
    ["127.0.0.1", "http://[::ffff:127.0.0.1]/", true],
    ["127.0.0.1", "http://127.0.0.2/", false],
    ["[::1]", "http://[0:0:0:0:0:0:0:1]/", true],
    ["::1", "http://[::1]:8080/", true],
    ["[::1]:8080", "http://[::1]:8080/", true],
    ["[::1]:8080", "http://[::1]/", false],
    ["*.0.0.1", "http://127.0.0.1/", false],
    ["xn--bcher-kva.example", "http://bücher.example/", true],
  ])("%s over %s: %s", (pattern, url, expected) => {
    expect(ask({ allow: [pattern] }, url)).toBe(expected);
    expect(ask({ deny: [pattern] }, url)).toBe(!expected);
    expect(ask({ allow: ["*"], deny: [pattern] }, url)).toBe(!expected);
  });

  test.each([
    "",
    "http://example.com",
    "example.com/path",
    "a..b",
    "[example.com]",
    "example.com:0",
    "*.",
    "bücher.de",
  ])("%j is no pattern", (pattern) => {
    expect(() => ask({ allow: [pattern] }, "http://example.com/")).toThrow(InvalidPolicyError);
  });

  test("what is no host is denied", () => {
    expect(decideHost("allow", { host: "a b", port: 80 }).allowed).toBe(false);
    expect(decideHost("allow", { host: "", port: 80 }).allowed).toBe(false);
  });
});

describe("addresses after resolution", () => {
  const open: NetPolicy = { allow: ["example.com"] };
  test.each([
    "127.0.0.1",
    "10.1.2.3",
    "172.31.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fd00::1",
    "::ffff:10.0.0.1",
    "64:ff9b::10.0.0.1",
    "2002:7f00:1::",
    "ff02::1",
    "not-an-address",
    "fe80::1%eth0",
  ])("%s is denied to a public name", (host) => {
    expect(decideAddress(open, { host, port: 443 }).allowed).toBe(false);
    expect(decideAddress({ deny: ["other.com"] }, { host, port: 443 }).allowed).toBe(false);
  });

  test.each(["93.184.216.34", "172.32.0.1", "2606:2800:220:1::1", "64:ff9b::8.8.8.8"])(
    "%s is public",
    (host) => {
      expect(decideAddress(open, { host, port: 443 }).allowed).toBe(true);
    },
  );

  test("naming the address, localhost or everything opens it; a denied address stays denied", () => {
    const at = (policy: NetPolicy, host: string): boolean =>
      decideAddress(policy, { host, port: 80 }).allowed;
    expect(at({ allow: ["10.0.0.1"] }, "10.0.0.1")).toBe(true);
    expect(at({ allow: ["10.0.0.1"] }, "10.0.0.2")).toBe(false);
    expect(at({ allow: ["localhost"] }, "127.0.0.1")).toBe(true);
    expect(at({ allow: ["localhost"] }, "::1")).toBe(true);
    expect(at({ allow: ["localhost:81"] }, "::1")).toBe(false);
    expect(at({ allow: ["localhost"] }, "192.168.0.1")).toBe(false);
    expect(at({ allow: ["*"] }, "192.168.0.1")).toBe(true);
    expect(at("allow", "192.168.0.1")).toBe(true);
    expect(at("deny", "93.184.216.34")).toBe(false);
    expect(at({ allow: ["*"], deny: ["169.254.169.254"] }, "169.254.169.254")).toBe(false);
    expect(at({ deny: ["93.184.216.34"] }, "93.184.216.34")).toBe(false);
  });
});
