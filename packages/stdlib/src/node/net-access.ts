/** Which hosts and which addresses the policy lets a program reach. */
import type { LookupAddress } from "node:dns";
import { decideAddress, decideHost, type NetPolicy, SandboxViolationError } from "@fusabi/capabilities";
import type { NativeContext } from "@fusabi/vm";
import { addressesOf, type ResolveName } from "./name-resolution.js";
import { policyOf } from "./sandbox.js";

/** What a program is about to reach. */
export interface NetOperation {
  /** Qualified name of the function, for the audit record. */
  readonly name: string;
  readonly capability: "net:request" | "net:dns";
}

export function netViolation(
  context: NativeContext,
  { name, capability }: NetOperation,
  host: string,
  target: string,
  reason: string,
): Error {
  context.audit({ capability, operation: name, target, decision: "denied", reason });
  const error = new SandboxViolationError("network", host, reason);
  return context.fail(error.code, error.message, error);
}

/** Checks a host by its name, records that, and counts the operation. */
export function authoriseHost(
  context: NativeContext,
  operation: NetOperation,
  host: string,
  port: number,
  target: string,
): void {
  const decision = decideHost(policyOf(context).net, { host, port });
  if (!decision.allowed) throw netViolation(context, operation, host, target, decision.reason);
  context.count("netOps");
  context.audit({ capability: operation.capability, operation: operation.name, target, decision: "allowed" });
}

/** As `authoriseHost`, for a name that is only resolved: an entry for any port covers it. */
export function authoriseName(context: NativeContext, operation: NetOperation, host: string): void {
  const policy = policyOf(context).net;
  const allowed = portsIn(policy).find((port) => decideHost(policy, { host, port }).allowed);
  authoriseHost(context, operation, host, allowed ?? HTTPS, host);
}

const HTTPS = 443;

function portsIn(policy: NetPolicy): readonly number[] {
  const entries = typeof policy === "object" && "allow" in policy ? policy.allow : [];
  const named = entries.flatMap((entry) => {
    const port = /:(\d{1,5})$/.exec(entry)?.[1];
    return port === undefined ? [] : [Number(port)];
  });
  return [HTTPS, 80, ...named];
}

/**
 * The addresses of a host that may be connected to. A name of the public internet must not lead into the host's own network, whatever its owner says in the moment in which it is asked:
 * so the connection is made to one of these very addresses, and the name is not asked again.
 */
export async function allowedAddresses(
  context: NativeContext,
  operation: NetOperation,
  host: string,
  port: number,
  target: string,
  resolveName: ResolveName | undefined,
): Promise<readonly LookupAddress[]> {
  const addresses = await addressesOf(host, resolveName);
  const { net } = policyOf(context);
  let reason = "the name has no address";
  const allowed = addresses.filter(({ address }) => {
    const decision = decideAddress(net, { host: address, port });
    if (!decision.allowed) reason = decision.reason;
    return decision.allowed;
  });
  if (allowed.length === 0) throw netViolation(context, operation, host, target, reason);
  return allowed;
}
