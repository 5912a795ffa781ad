import type { Capabilities, CapabilityName, HostProfile } from "@fusabi/capabilities";
import { describeCapability, findProfile, parseCapability } from "@fusabi/capabilities";
import type { Manifest, ManifestDocument, ManifestPosition } from "@fusabi/manifest";
import type { UndeclaredUse } from "@fusabi/plugin";
import { IncompatibleProfileError, MissingCapabilityError, UndeclaredCapabilityError } from "@fusabi/plugin";
import type { ResolvedImport } from "@fusabi/vm";
import type { GrantAnswers } from "./grant-answers.js";

/**
 * What the manifest lists must be granted, or be left to a question before a call. Throws `MissingCapabilityError` with
 * everything that is not; `IncompatibleProfileError` if the plugin was made for another profile than the host's.
 */
export function checkGranted(
  manifest: Manifest,
  answers: GrantAnswers,
  profile: HostProfile | undefined,
  document: ManifestDocument | undefined,
): void {
  const missing = manifest.capabilities.filter(
    (capability) => !answers.allows(capability) && !answers.wasRevoked(capability),
  );
  if (missing.length === 0) return;
  const madeFor = manifest.metadata["profile"];
  if (profile !== undefined && madeFor !== undefined && madeFor !== profile.name) {
    throw new IncompatibleProfileError(manifest.name, profile.name, missing);
  }
  throw new MissingCapabilityError(
    manifest.name,
    missing.map((capability) => ({
      capability,
      place: document && placeIn(document, document.positionOfCapability(capability)),
    })),
  );
}

/**
 * A manifest that names a profile must get by with it. Throws `UnknownProfileError` for a name that no profile has, and
 * `IncompatibleProfileError` if it lists capabilities beyond that profile.
 */
export function checkProfile(manifest: Manifest, own: HostProfile | undefined): void {
  const named = manifest.metadata["profile"];
  if (named === undefined) return;
  const profile = findProfile(named, own === undefined ? [] : [own]);
  const beyond = profile.capabilities.missing(manifest.capabilities);
  const unlisted = beyond.filter((capability) => !describeCapability(capability).safeDefault);
  if (unlisted.length > 0) throw new IncompatibleProfileError(manifest.name, profile.name, unlisted);
}

/** Where a program uses a capability, for a question: `File.read at main.fsx:3:5`. */
export function usesIn(imports: readonly ResolvedImport[], capability: CapabilityName): readonly string[] {
  return imports.flatMap(({ name, capability: needed, position }) => {
    if (needed !== capability) return [];
    return [position === undefined ? name : `${name} at ${sourcePlace(position)}`];
  });
}

/** What the program can reach must be declared. Throws `UndeclaredCapabilityError` with every use that is not. */
export function checkDeclared(
  plugin: string,
  declared: Capabilities,
  imports: readonly ResolvedImport[],
): void {
  const uses = imports.flatMap(({ name, capability, position }): UndeclaredUse[] => {
    const needed = capability === undefined ? undefined : capabilityName(capability);
    if (needed === undefined || declared.has(needed)) return [];
    return [{ capability: needed, operation: name, place: position && sourcePlace(position) }];
  });
  if (uses.length > 0) throw new UndeclaredCapabilityError(plugin, uses);
}

/** The capabilities that a program can reach, sorted. */
export function neededCapabilities(imports: readonly ResolvedImport[]): readonly CapabilityName[] {
  const needed = imports.flatMap(({ capability }) =>
    capability === undefined ? [] : [capabilityName(capability)],
  );
  return [...new Set(needed)].sort();
}

/** `FILE:LINE:COLUMN` of something in a manifest. */
export function placeIn({ fileName }: ManifestDocument, { line, column }: ManifestPosition): string {
  return sourcePlace({ file: fileName ?? "manifest", line, column });
}

export function sourcePlace({
  file,
  line,
  column,
}: {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}): string {
  return `${file}:${line}:${column}`;
}

/** Host modules were checked to name capabilities that exist. */
function capabilityName(text: string): CapabilityName {
  const name = parseCapability(text);
  if (name === undefined) throw new TypeError(`a host function needs an unknown capability: ${text}`);
  return name;
}
