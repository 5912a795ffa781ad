export type { AccessPolicy } from "./access-policy.js";
export type { AuditLevel, AuditRecord, AuditSink } from "./audit.js";
export { auditLine, auditTarget } from "./audit.js";
export type { AuditTotals } from "./audit-trail.js";
export { AuditTrail } from "./audit-trail.js";
export { Capabilities } from "./capability-set.js";
export type { Decision } from "./decision.js";
export type { PlannedEffect } from "./effects.js";
export { EffectTrail } from "./effects.js";
export type { GuardedAccess } from "./errors.js";
export {
  CapabilityDeniedError,
  InvalidLimitError,
  InvalidPolicyError,
  SandboxViolationError,
  UnknownCapabilityError,
  UnknownProfileError,
} from "./errors.js";
export type {
  GrantAnswer,
  GrantRequest,
  GrantStore,
  PluginIdentity,
  RememberedAnswer,
  StoredGrant,
} from "./grants.js";
export { MemoryGrantStore } from "./grants.js";
export type { Limits } from "./limits.js";
export { defineLimits, limits, tighterLimits } from "./limits.js";
export type { NamePolicy } from "./name-policy.js";
export { decideName } from "./name-policy.js";
export type { CapabilityInfo, CapabilityName, GuardingPolicy, Risk } from "./names.js";
export {
  capabilityAliases,
  capabilityNames,
  describeCapability,
  expandCapability,
  parseCapability,
} from "./names.js";
export type { NetPolicy, NetTarget } from "./net-policy.js";
export { decideAddress, decideHost } from "./net-policy.js";
export type { PathPolicy } from "./path-policy.js";
export { decideLooking, decidePath, resolveRoots } from "./path-policy.js";
export type { PathSystem, ResolvedPath } from "./path-resolution.js";
export { absolutePath, resolveParent, resolvePath } from "./path-resolution.js";
export type { PathStyle } from "./path-style.js";
export { printable } from "./printable.js";
export type { EnginePreset, HostProfile, HostProfileDefinition } from "./profiles.js";
export { defineProfile, enginePresets, findProfile, profiles } from "./profiles.js";
export type { SandboxPolicy } from "./sandbox-policy.js";
export { defineSandbox, sandboxPolicies } from "./sandbox-policy.js";
export { nearestWord } from "./suggestion.js";
