/** A function of the library that is itself written in Fusabi asks for its capability however it is reached, in both tiers. */
import { jit } from "@fusabi/jit";
import { standardLibrary } from "@fusabi/stdlib";
import { instantiate } from "@fusabi/vm";
import { describe, expect, test } from "vitest";
import { moduleOfFile } from "./compiled.js";

const imports = standardLibrary();
const module = moduleOfFile("described-work", imports);

const ways = ["called", "calledInTail", "asValue", "handedOn"];

describe.each([
  ["interpreted", undefined],
  ["compiled", jit({ tier: "always" })],
])("%s", (_, engine) => {
  test.each(ways)("%s", (name) => {
    const granted = new Set(["async:spawn"]);
    const instance = instantiate(module, {
      imports,
      capabilities: granted,
      ...(engine === undefined ? {} : { engine }),
    });
    for (let again = 0; again < 3; again++) expect(instance.call(name)).toBeUndefined();
    granted.clear();
    expect(() => instance.call(name)).toThrow("capability denied: async:spawn");
  });
});
