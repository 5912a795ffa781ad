/** From the name of a host to its addresses. */
import type { LookupAddress } from "node:dns";
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";

/**
 * Finds the addresses of a name, in the place of the system's resolver. A request asks once for each host that it goes to; the policy decides over the addresses
 * that come back, and the connection is made to one of those that it allows.
 *
 * @example
 * ```ts
 * nodeLibrary({ resolveName: async (name) => (await resolver.resolve4(name)).filter(isOurs) });
 * ```
 */
export type ResolveName = (name: string) => readonly string[] | Promise<readonly string[]>;

/** The addresses of a host as a URL has it: a name, or an address itself. Rejects with the system's error, or with a TypeError that says what is wrong. */
export async function addressesOf(
  host: string,
  resolveName: ResolveName | undefined,
): Promise<readonly LookupAddress[]> {
  const bare = host.startsWith("[") ? host.slice(1, -1) : host;
  if (resolveName === undefined || isIP(bare) !== 0) return await lookup(bare, { all: true });
  const given = await answerOf(resolveName, bare);
  return given.map((address) => {
    const family = isIP(address);
    if (family === 0) throw new TypeError(`the host resolves ${bare} to what is no address`);
    return { address, family };
  });
}

async function answerOf(resolveName: ResolveName, name: string): Promise<readonly string[]> {
  try {
    return await resolveName(name);
  } catch (error) {
    throw new TypeError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
