/** Holds the capability graph that a module carries against its other tables. */
import { BytecodeError } from "../errors.js";
import { capabilitiesOfNodes } from "./capability-uses.js";
import { MAX_POSITION } from "./format.js";
import type { CapabilityReach, ModuleData } from "./module.js";

/**
 * The graph is what a compiler says, so nothing is allowed because of it. But it must not contradict the module: every import that needs a capability
 * stands in it, only such imports do, and the capabilities of the exports are those that follow from it.
 */
export function verifyReach(data: ModuleData): void {
  const { reach } = data;
  if (reach === undefined) return;
  verifyNodes(data, reach);
  const used = new Set(reach.nodes.flatMap(({ sites }) => sites.map((site) => site.import)));
  data.imports.forEach(({ capability, module, name }, index) => {
    if (capability !== undefined && !used.has(index))
      throw new BytecodeError(
        `The capability graph does not mention import ${index}, ${module}.${name}, which needs ${capability}`,
      );
  });
  const capabilities = capabilitiesOfNodes(data, reach);
  data.exports.forEach((item, index) => {
    const node = reach.exports[index];
    const found = node === undefined ? [] : [...(capabilities[node] ?? [])].sort();
    if (found.join() !== item.capabilities.join())
      throw new BytecodeError(
        `Export ${index}: states the capabilities [${item.capabilities.join(", ")}], the capability graph [${found.join(", ")}]`,
      );
  });
}

function verifyNodes(data: ModuleData, reach: CapabilityReach): void {
  const node = (value: number | undefined, place: string): void => {
    if (value !== undefined && value >= reach.nodes.length)
      throw new BytecodeError(
        `${place}: there is no node ${value} in the capability graph of ${reach.nodes.length}`,
      );
  };
  reach.nodes.forEach(({ sites, mentions }, index) => {
    const place = `Node ${index} of the capability graph`;
    for (const mention of mentions) node(mention, place);
    for (const site of sites) {
      if (data.imports[site.import]?.capability === undefined)
        throw new BytecodeError(`${place}: import ${site.import} is none that needs a capability`);
      if (
        site.file >= Math.max(1, data.files.length) ||
        site.line > MAX_POSITION ||
        site.column > MAX_POSITION
      )
        throw new BytecodeError(`${place}: there is no place ${site.file}:${site.line}:${site.column}`);
    }
  });
  for (const item of reach.further) {
    if (data.imports[item.import]?.capability === undefined)
      throw new BytecodeError(
        `The capability graph: import ${item.import} is none that needs a capability, so it needs no further ones`,
      );
  }
  node(reach.topLevel, "The top level");
  if (reach.exports.length !== data.exports.length)
    throw new BytecodeError(
      `The capability graph has ${reach.exports.length} exports, the module ${data.exports.length}`,
    );
  reach.exports.forEach((value, index) => {
    node(value, `Export ${index}`);
  });
}
