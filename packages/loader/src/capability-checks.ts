import type { Capabilities, CapabilityName } from "@fusabi/capabilities";
import { parseCapability } from "@fusabi/capabilities";
import type { Manifest, ManifestDocument, ManifestPosition } from "@fusabi/manifest";
import type { UndeclaredUse } from "@fusabi/plugin";
import { MissingCapabilityError, UndeclaredCapabilityError } from "@fusabi/plugin";
import type { ResolvedImport } from "@fusabi/vm";

/** What the manifest lists must be granted. Throws `MissingCapabilityError` with everything that is not. */
export function checkGranted(
  manifest: Manifest,
  granted: Capabilities,
  document: ManifestDocument | undefined,
): void {
  const missing = manifest.capabilities.filter((capability) => !granted.has(capability));
  if (missing.length === 0) return;
  throw new MissingCapabilityError(
    manifest.name,
    missing.map((capability) => ({
      capability,
      place: document && placeIn(document, document.positionOfCapability(capability)),
    })),
  );
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
