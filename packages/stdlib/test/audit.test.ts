/** Every function of the library that needs a capability leaves a record of each call: walked from the declarations, so that none is forgotten. */
import { describeCapability } from "@fusabi/capabilities";
import {
  type AuditEntry,
  type AuditOutcome,
  formatSignature,
  type HostFunctionMember,
  type NativeMember,
  parseSignature,
  type TypeDescriptor,
} from "@fusabi/vm";
import { describe, expect, test } from "vitest";
import { nodeLibrary } from "../src/node/index.js";
import { run } from "./program.js";

const library = nodeLibrary({ input: () => 0 });

interface Guarded {
  readonly name: string;
  readonly member: NativeMember | HostFunctionMember;
}

const guarded = library.flatMap((module) =>
  [...module.members].flatMap(([key, member]): Guarded[] => {
    if (
      !("capability" in member) ||
      member.capability === undefined ||
      !("native" in member || "run" in member)
    )
      return [];
    return [{ name: module.name === "" ? key : `${module.name}.${key}`, member }];
  }),
);

/** An argument of the type, as source text: any will do, since the call may fail. */
function sample(type: TypeDescriptor): string {
  switch (type.kind) {
    case "unit":
      return "()";
    case "int":
      return "1";
    case "float":
      return "1.0";
    case "bool":
      return "true";
    case "list":
      return `[ ${sample(type.item)} ]`;
    case "map":
      return "Map.empty";
    case "function":
      return `(fun _ -> ${sample(type.result)})`;
    case "async":
      return `(Async.Return ${sample(type.item)})`;
    case "anonymous":
      return `{| ${type.fields.map(({ label, type: field }) => `${label} = ${sample(field)}`).join("; ")} |}`;
    default:
      return '"x"';
  }
}

function callOf({ name, member }: Guarded): string {
  const parts: string[] = [];
  for (let at = parseSignature(member.type).type; at.kind === "function"; at = at.result)
    parts.push(sample(at.parameter));
  return `${name} ${parts.join(" ")}`;
}

describe("the audit record of", () => {
  // The descriptions of work that is done later do nothing, and `printf` and its like are written by the compiler.
  const direct = guarded.filter(({ member }) => member.mode !== "async" && member.hidden !== true);

  test("the library has as many as it seems", () => {
    expect(direct.length).toBeGreaterThan(70);
    expect(formatSignature(parseSignature("int -> int").type, [])).toBe("int -> int");
  });

  test.each(direct)("$name", async ({ name, member }) => {
    const entries: AuditEntry[] = [];
    const ends: [AuditEntry, AuditOutcome][] = [];
    const instance = run(`let call () = ${callOf({ name, member })} |> ignore`, library, {
      audit: (entry) => void entries.push(entry),
      audited: (entry, outcome) => void ends.push([entry, outcome]),
    });
    await instance.callAsync("call").catch((error: unknown) => {
      expect((error as Error).name).toMatch(/^(?:FusabiError|LimitError)$/);
    });
    // One for the function; a second only where it uses a second capability.
    const own = entries.filter((entry) => entry.capability === member.capability);
    expect(own.length + entries.length).toBeGreaterThan(0);
    expect(entries.length).toBeLessThanOrEqual(1 + (member.alsoNeeds?.length ?? 0));
    expect(ends.map(([entry]) => entry)).toEqual(entries);
    for (const [entry, { durationMs }] of ends) {
      expect(durationMs).toBeGreaterThanOrEqual(0);
      // `printf` is compiled to `print`.
      expect([name, name.replace(/printf$/, "print")]).toContain(entry.operation);
      expect(() => describeCapability(entry.capability as never)).not.toThrow();
    }
  });
});
