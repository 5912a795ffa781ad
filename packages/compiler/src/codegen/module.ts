import {
  capabilitiesOfNodes,
  type ExportData,
  type FunctionData,
  type ModuleData,
  type SourcePosition,
} from "@fusabi/vm";
import { capabilityGraph } from "../capabilities/capability-graph.js";
import { convertClosures } from "../closure/conversion.js";
import type { CoreFunction } from "../core/function.js";
import type { CoreProgram } from "../lower/program.js";
import { PositionFinder } from "../source/position-finder.js";
import type { Source, Span } from "../source/source.js";
import { emitCore } from "./emit.js";
import { Emitter, TAIL } from "./emitter.js";

/** Register code of a program: of its functions those that the top level can reach. */
export function generateModule(program: CoreProgram): ModuleData {
  convertClosures(program.functions);
  const { tables } = program;
  const reached: CoreFunction[] = [];
  const indexOf = (fn: CoreFunction): number => {
    if (fn.index < 0) fn.index = reached.push(fn) - 1;
    return fn.index;
  };
  const positions = new Map<Source, PositionFinder>();
  const positionOf = (span: Span): SourcePosition => {
    let finder = positions.get(span.source);
    if (finder === undefined) {
      finder = new PositionFinder(span.source);
      positions.set(span.source, finder);
    }
    return finder.at(span.start);
  };
  const functions: FunctionData[] = [];
  indexOf(program.entry);
  // The list grows while functions are emitted that mention others.
  for (let fn = reached[0]; fn !== undefined; fn = reached[functions.length]) {
    const emitter = new Emitter(fn, { tables, indexOf }, emitCore);
    emitter.enter();
    emitter.emit(fn.body, TAIL);
    emitter.leave();
    functions.push({
      name: fn.name,
      arity: fn.params.length + (fn.lifted ? fn.captures.length : 0),
      registers: emitter.registers.count,
      floatRegisters: emitter.registers.floatCount,
      captures: fn.lifted ? 0 : fn.captures.length,
      ...emitter.code.finish(positionOf),
      file: tables.file(fn.span.source.name),
    });
  }
  const graph = capabilityGraph(program, positionOf);
  const capabilities = graph === undefined ? [] : capabilitiesOfNodes(tables, graph);
  return {
    name: program.name,
    imports: tables.imports,
    constants: tables.constants,
    definitions: tables.definitions,
    types: tables.types,
    functions,
    entry: program.entry.index,
    globals: tables.globals.length,
    exports: program.exports.map(
      (item, index): ExportData => ({
        name: item.name,
        global: item.global.index,
        arity: item.arity,
        parameterNames: item.parameterNames,
        type: item.type,
        doc: item.doc,
        capabilities: [...(capabilities[graph?.exports[index] ?? -1] ?? [])].sort(),
      }),
    ),
    files: tables.files,
    ...(graph === undefined ? {} : { reach: graph }),
  };
}
