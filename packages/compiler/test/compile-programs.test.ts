import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { run } from "./running.js";

const folder = new URL("programs/backend/", import.meta.url);
const programs = readdirSync(folder).filter((name) => name.endsWith(".fsx"));

test.each(programs)("%s prints what it should", (name) => {
  const text = readFileSync(new URL(name, folder), "utf8");
  const expected = readFileSync(new URL(name.replace(/fsx$/, "out"), folder), "utf8");
  expect(run(text, { fileName: name }).output()).toBe(expected);
});
