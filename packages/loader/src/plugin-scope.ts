import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AuditLevel, AuditRecord, AuditSink, PlannedEffect, SandboxPolicy } from "@fusabi/capabilities";
import {
  AuditTrail,
  auditTarget,
  type CapabilityName,
  describeCapability,
  EffectTrail,
  parseCapability,
  UnknownCapabilityError,
} from "@fusabi/capabilities";
import { IncompatibleProfileError, MissingCapabilityError, UndeclaredCapabilityError } from "@fusabi/plugin";
import {
  type AuditEntry,
  type AuditOutcome,
  type InstantiateOptions,
  type RehearsedEffect,
  rehearsal,
} from "@fusabi/vm";
import { GrantAnswers } from "./grant-answers.js";
import { inHostCallback } from "./host-callback.js";
import type { HostGrant } from "./host-grant.js";

/** What the host wants to know of a plugin's uses of capabilities. */
export interface Observation {
  readonly auditCapacity: number | undefined;
  readonly auditLevel: AuditLevel;
  readonly audit: AuditSink | undefined;
  readonly dryRun: boolean;
  readonly onEffect: ((effect: PlannedEffect) => void) | undefined;
}

/** What belongs to one loaded plugin over all its reloads: its records, the host's answers, its temporary folder. */
export class PluginScope implements Disposable {
  readonly audit: AuditTrail;
  /** In a dry run only. */
  readonly effects: EffectTrail | undefined;
  readonly #origin: string;
  readonly #grant: HostGrant;
  readonly #observation: Observation;
  #answers: GrantAnswers | undefined;
  #tempDir: string | undefined;

  constructor(origin: string, grant: HostGrant, observation: Observation) {
    this.#origin = origin;
    this.#grant = grant;
    this.#observation = observation;
    const { auditCapacity, dryRun } = observation;
    this.audit = new AuditTrail(auditCapacity === undefined ? {} : { capacity: auditCapacity });
    this.effects = dryRun ? new EffectTrail() : undefined;
  }

  /** The host's answers for the plugin, whose name is known when its manifest has been read. A plugin under another name has answers of its own. */
  answersFor(name: string): GrantAnswers {
    if (this.#answers?.identity.name !== name) {
      this.#answers = new GrantAnswers({ name, origin: this.#origin }, this.#grant);
    }
    return this.#answers;
  }

  get answers(): GrantAnswers | undefined {
    return this.#answers;
  }

  /** The policy for the plugin: relative paths start in its own folder unless the host says where, and it may have a temporary folder. */
  sandbox(policy: SandboxPolicy, ownFolder: string): SandboxPolicy {
    const placed = policy.workingDir === undefined ? { ...policy, workingDir: ownFolder } : policy;
    if (policy.isolateTemp !== true) return placed;
    this.#tempDir ??= realpathSync(mkdtempSync(join(tmpdir(), "fusabi-plugin-")));
    return { ...placed, tempDir: this.#tempDir };
  }

  /** What makes an instance tell this scope what it does. */
  observing(plugin: string): Pick<InstantiateOptions, "audited" | "rehearsal"> {
    const audited = (entry: AuditEntry, outcome: AuditOutcome): void => this.#record(plugin, entry, outcome);
    const { effects } = this;
    if (effects === undefined) return { audited };
    return {
      audited,
      rehearsal: rehearsal({
        changes: (name) => describeCapability(known(name)).changesOutside,
        record: (effect) => this.#plan(plugin, effects, effect),
      }),
    };
  }

  /** Records what kept a plugin from being loaded, as far as that were capabilities. */
  refused(error: unknown): void {
    for (const { plugin, ...entry } of refusals(error))
      this.#record(plugin, { ...entry, decision: "denied" }, { durationMs: 0 });
  }

  /** Removes the temporary folder. */
  [Symbol.dispose](): void {
    if (this.#tempDir !== undefined) rmSync(this.#tempDir, { recursive: true, force: true });
    this.#tempDir = undefined;
  }

  #record(plugin: string, entry: AuditEntry, outcome: AuditOutcome): void {
    const { operation, target, decision, reason = undefined } = entry;
    const { durationMs, denied, failure } = outcome;
    const capability = known(entry.capability);
    const { safeDefault, changesOutside } = describeCapability(capability);
    const decided = denied === undefined ? decision : "denied";
    const why = denied ?? reason;
    // Filled in place: this is what each use of a capability pays.
    const record: { -readonly [K in keyof AuditRecord]: AuditRecord[K] } = {
      at: Date.now(),
      plugin,
      capability,
      operation,
      decision: decided,
      durationMs,
    };
    if (target !== undefined) record.target = auditTarget(target);
    if (why !== undefined) record.reason = auditTarget(why);
    if (failure !== undefined) record.failure = failure;
    if (this.effects !== undefined && changesOutside && decided === "allowed") record.rehearsed = true;
    if (this.#observation.auditLevel === "privileged" && safeDefault && decided === "allowed") {
      this.audit.count(record);
      return;
    }
    this.audit.sink(record);
    inHostCallback("audit", () => this.#observation.audit?.(record));
  }

  #plan(
    plugin: string,
    effects: EffectTrail,
    { capability, operation, target, args }: RehearsedEffect,
  ): void {
    const effect: PlannedEffect = {
      at: Date.now(),
      plugin,
      capability: capability === undefined ? undefined : known(capability),
      operation,
      target,
      args,
    };
    effects.record(effect);
    inHostCallback("onEffect", () => this.#observation.onEffect?.(effect));
  }
}

/** What was refused: of a program, each function that needs what is not declared; of a manifest, each capability that it may not have. */
function refusals(
  error: unknown,
): readonly (Pick<AuditEntry, "capability" | "operation" | "reason"> & { readonly plugin: string })[] {
  if (error instanceof UndeclaredCapabilityError) {
    const { plugin, uses } = error;
    const reason = "not declared in the manifest";
    return uses.map(({ capability, operation }) => ({ plugin, capability, operation, reason }));
  }
  if (error instanceof MissingCapabilityError) {
    const { plugin, missing } = error;
    return missing.map(({ capability }) => ({
      plugin,
      capability,
      operation: LOADING,
      reason: "not granted",
    }));
  }
  if (error instanceof IncompatibleProfileError) {
    const { plugin, profile, capabilities } = error;
    const reason = `not in the profile ${profile}`;
    return capabilities.map((capability) => ({ plugin, capability, operation: LOADING, reason }));
  }
  return [];
}

/** In the place of a function, in records of what a manifest wants. */
const LOADING = "load";

function known(name: string): CapabilityName {
  const capability = parseCapability(name);
  if (capability === undefined) throw new UnknownCapabilityError(name);
  return capability;
}
