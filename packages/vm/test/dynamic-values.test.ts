import { expect, test } from "vitest";
import {
  BoxedFloat,
  decodeModule,
  dynamicValues,
  encodeModule,
  hostModule,
  instantiate,
  LinkError,
} from "../src/index.js";
import { assemble } from "./assembler.js";

const plus = decodeModule(
  encodeModule(
    assemble([{ name: "<script>", code: "load.int r0 2\nload.int r1 3\ndynamic r0 r0 r1 0\nreturn r0" }]),
  ),
);
const asInt = decodeModule(
  encodeModule(
    assemble([{ name: "<script>", code: "load.import r0 0\ncast r0 r0 0\nreturn r0" }], {
      imports: [{ module: "", name: "given", arity: 0, capability: undefined, position: undefined }],
      types: [{ kind: "int" }],
    }),
  ),
);

test("work on values of type any needs the host module that brings it", () => {
  for (const module of [plus, asInt]) {
    const linking = (): unknown =>
      instantiate(module, { imports: [hostModule("", { given: { type: "any", value: 1 } })] });
    expect(linking).toThrow(LinkError);
    expect(linking).toThrow(/type any: give it the host module dynamicValues/);
  }
});

test("with it, operators and casts go by what the values are", () => {
  expect(instantiate(plus, { imports: [dynamicValues] }).result).toBe(5);
  const given = (value: number | BoxedFloat): unknown =>
    instantiate(asInt, { imports: [hostModule("", { given: { type: "any", value } }), dynamicValues] })
      .result;
  expect(given(7)).toBe(7);
  expect(() => given(new BoxedFloat(7))).toThrow("Expected int, got float");
});
