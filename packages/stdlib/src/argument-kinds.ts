/**
 * Arguments of functions that guard something, held against the declared types. The compiler does that for programs; but bytecode need not come from it, and a
 * policy that is asked about an array in the place of a text decides about something else than what is used afterwards.
 */
import {
  kindOf,
  List,
  type NativeContext,
  type NativeMember,
  OrderedMap,
  signatureOf,
  type TypeDescriptor,
  type Value,
} from "@fusabi/vm";

type Native = (context: NativeContext, ...args: Value[]) => Value | Promise<Value>;

/** The member, its functions behind a check of what they are given. */
export function holdingArguments(member: NativeMember): NativeMember {
  const { native, rehearse } = member;
  let parameters: readonly TypeDescriptor[] | undefined;
  const held =
    (run: Native): Native =>
    (context, ...args) => {
      // Read when it is called first: reading a signature takes time that most programs need not spend.
      parameters ??= parametersOf(signatureOf(member).type);
      for (let index = 0; index < args.length; index++) {
        const parameter = parameters[index];
        if (parameter !== undefined && !isOf(args[index], parameter))
          throw mismatch(context, parameter, args[index]);
      }
      return run(context, ...args);
    };
  return {
    ...member,
    native: held(native as Native),
    ...(rehearse === undefined ? {} : { rehearse: held(rehearse as Native) }),
  };
}

function parametersOf(type: TypeDescriptor): readonly TypeDescriptor[] {
  const parameters: TypeDescriptor[] = [];
  for (let rest = type; rest.kind === "function"; rest = rest.result) parameters.push(rest.parameter);
  return parameters;
}

/** The outermost part only: what is in lists and maps is for the function to look at. */
function isOf(value: Value, type: TypeDescriptor): boolean {
  switch (type.kind) {
    case "string":
      return typeof value === "string";
    case "int":
      return typeof value === "number" || typeof value === "bigint";
    case "float":
      return typeof value === "number";
    case "bool":
      return typeof value === "boolean";
    case "list":
      return value instanceof List;
    case "array":
      return Array.isArray(value);
    case "map":
      return value instanceof OrderedMap;
    default:
      return true;
  }
}

function mismatch(context: NativeContext, { kind }: TypeDescriptor, value: Value): Error {
  return context.fail("FUS0502", `Type mismatch: expected ${kind}, got ${kindOf(value)}`);
}
