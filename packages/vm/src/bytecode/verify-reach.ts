/** Holds the capability graph that a module carries against its other tables. */
import { capabilitiesOfNodes } from "./capability-uses.js";
import { MAX_POSITION } from "./format.js";
import type { ModuleData } from "./module.js";
import { type Place, refuse, within } from "./verified-place.js";

const theGraph: Place = () => "The capability graph";

/**
 * The graph is what a compiler says, so nothing is allowed because of it. But it must not contradict the module: every import that needs a capability
 * stands in it, only such imports do, and the capabilities of the exports are those that follow from it.
 */
export function verifyReach(data: ModuleData): void {
  const { reach } = data;
  if (reach === undefined) return;
  const { nodes } = reach;
  const isNode = (place: Place, node: number | undefined): void => {
    if (node !== undefined) within(place, node, nodes.length, "node of the capability graph");
  };
  const needsCapability = (place: Place, index: number): void => {
    if (data.imports[index]?.capability === undefined)
      refuse(place, `import ${index} is none that needs a capability`);
  };
  const used = new Set<number>();
  nodes.forEach(({ sites, mentions }, index) => {
    const place: Place = () => `Node ${index} of the capability graph`;
    for (const mention of mentions) isNode(place, mention);
    for (const site of sites) {
      needsCapability(place, site.import);
      within(place, site.file, Math.max(1, data.files.length), "file of a position");
      within(place, site.line, MAX_POSITION + 1, "line");
      within(place, site.column, MAX_POSITION + 1, "column");
      used.add(site.import);
    }
  });
  for (const item of reach.further) needsCapability(theGraph, item.import);
  isNode(() => "The top level", reach.topLevel);
  if (reach.exports.length !== data.exports.length)
    refuse(theGraph, `it has ${reach.exports.length} exports, the module ${data.exports.length}`);
  data.imports.forEach(({ capability, module, name }, index) => {
    if (capability !== undefined && !used.has(index))
      refuse(theGraph, `it does not mention import ${index}, ${module}.${name}, which needs ${capability}`);
  });
  reach.exports.forEach((node, index) => {
    isNode(() => `Export ${index}`, node);
  });
  const capabilities = capabilitiesOfNodes(data, reach);
  data.exports.forEach((item, index) => {
    const found = [...(capabilities[reach.exports[index] ?? -1] ?? [])].sort();
    if (found.join() !== item.capabilities.join())
      refuse(
        () => `Export ${index}`,
        `states the capabilities [${item.capabilities.join(", ")}], the capability graph [${found.join(", ")}]`,
      );
  });
}
