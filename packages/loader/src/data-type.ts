import type { DefinitionData, TypeDescriptor } from "@fusabi/vm";
import { formatType } from "@fusabi/vm";

const ANY: TypeDescriptor = { kind: "any" };

/** Records within records are spelt out so deep; one that holds itself would have no end. */
const DEEPEST = 8;

/**
 * The type of a function as a program elsewhere sees it, which does not know the types that this one declares: records are
 * spelt out as anonymous ones, unions and what is generic are `any`, an `Async` result is its value, since a call waits for
 * it. Undefined if something is part of it that is not data: a function would run with the grants of its maker.
 */
export function dataType(type: TypeDescriptor, definitions: readonly DefinitionData[]): string | undefined {
  let rest = type;
  const parameters: TypeDescriptor[] = [];
  while (rest.kind === "function") {
    const parameter = asData(rest.parameter, definitions, 0);
    if (parameter === undefined) return undefined;
    parameters.push(parameter);
    rest = rest.result;
  }
  while (rest.kind === "async") rest = rest.item;
  const result = asData(rest, definitions, 0);
  if (result === undefined) return undefined;
  const whole = parameters.reduceRight<TypeDescriptor>(
    (answer, parameter) => ({ kind: "function", parameter, result: answer }),
    result,
  );
  return formatType(whole);
}

function asData(
  type: TypeDescriptor,
  definitions: readonly DefinitionData[],
  depth: number,
): TypeDescriptor | undefined {
  const part = (inner: TypeDescriptor): TypeDescriptor | undefined => asData(inner, definitions, depth + 1);
  switch (type.kind) {
    case "list":
    case "array":
    case "option":
    case "set": {
      const item = part(type.item);
      return item && { kind: type.kind, item };
    }
    case "seq": {
      const item = part(type.item);
      return item && { kind: "list", item };
    }
    case "map": {
      const [key, value] = [part(type.key), part(type.value)];
      return key && value && { kind: "map", key, value };
    }
    case "result": {
      const [ok, error] = [part(type.ok), part(type.error)];
      return ok && error && { kind: "result", ok, error };
    }
    case "tuple": {
      const items = type.items.map(part);
      return items.every((item) => item !== undefined) ? { kind: "tuple", items } : undefined;
    }
    case "anonymous":
      return asRecord(type.fields, part);
    case "named": {
      const definition = definitions[type.definition];
      if (definition?.kind === "record" && !definition.identity && type.args.length === 0 && depth < DEEPEST)
        return asRecord(definition.fields, part);
      return definition?.kind === "record" && definition.identity ? undefined : ANY;
    }
    case "variable":
      return ANY;
    case "function":
    case "async":
    case "ref":
    case "lazy":
    case "host":
    case "exn":
      return undefined;
    default:
      return type;
  }
}

function asRecord(
  fields: readonly { readonly label: string; readonly type: TypeDescriptor }[],
  part: (type: TypeDescriptor) => TypeDescriptor | undefined,
): TypeDescriptor | undefined {
  const spelt = fields.flatMap(({ label, type }) => {
    const data = part(type);
    return data === undefined ? [] : [{ label, type: data }];
  });
  if (spelt.length < fields.length) return undefined;
  return { kind: "anonymous", fields: spelt.sort((a, b) => (a.label < b.label ? -1 : 1)) };
}
