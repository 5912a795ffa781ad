import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decidePath, InvalidPolicyError, type PathPolicy, resolveRoots } from "../src/index.js";

const allowed = (policy: PathPolicy, path: string, style?: "posix" | "windows"): boolean =>
  decidePath(policy, path, style).allowed;

describe("posix", () => {
  test.each<[PathPolicy, string, boolean]>([
    ["deny", "/data", false],
    ["allow", "/etc/passwd", true],
    [{ allow: ["/data"] }, "/data", true],
    [{ allow: ["/data"] }, "/data/a/b.txt", true],
    [{ allow: ["/data/"] }, "/data/a", true],
    [{ allow: ["/data"] }, "/database", false],
    [{ allow: ["/data"] }, "/", false],
    [{ allow: ["/"] }, "/anything", true],
    [{ allow: [] }, "/data", false],
    [{ deny: ["/etc"] }, "/etc/passwd", false],
    [{ deny: ["/etc"] }, "/home/me", true],
    [{ allow: ["/data"], deny: ["/data/keys"] }, "/data/keys/a", false],
    [{ allow: ["/data/keys"], deny: ["/data"] }, "/data/keys/a", false],
    [{ allow: ["/data"], deny: ["/data/keys"] }, "/data/keyring", true],
  ])("%j over %s: %s", (policy, path, expected) => {
    expect(allowed(policy, path)).toBe(expected);
  });

  test("a path that is not resolved, not absolute or holds NUL is denied even by allow-all", () => {
    for (const path of ["/data/../etc", "/data/./a", "data/a", "", "..", "/data/a\0.txt"]) {
      expect(allowed("allow", path), path).toBe(false);
    }
  });

  test("a root that is not resolved is an error, not a hole", () => {
    expect(() => decidePath({ allow: ["data"] }, "/data/a")).toThrow(InvalidPolicyError);
    expect(() => decidePath({ deny: ["/a/../b"] }, "/b/a")).toThrow(InvalidPolicyError);
  });

  test("what an allow list covers is below one of its roots, component by component", () => {
    const component = fc.constantFrom("a", "aa", "b", "A", "a b");
    const path = fc.array(component, { maxLength: 4 }).map((parts) => `/${parts.join("/")}`);
    fc.assert(
      fc.property(path, path, (root, target) => {
        const below = root === "/" || target === root || target.startsWith(`${root}/`);
        expect(allowed({ allow: [root] }, target)).toBe(below);
        expect(allowed({ deny: [root] }, target)).toBe(!below);
        expect(allowed({ allow: [root], deny: [root] }, target)).toBe(false);
      }),
    );
  });
});

describe("windows", () => {
  test.each<[string, boolean]>([
    ["C:\\Data\\a.txt", true],
    ["c:/data/A.TXT", true],
    ["C:\\database", false],
    ["D:\\data\\a", false],
    ["C:\\data\\a.txt:stream", false],
    ["C:\\data\\NUL", false],
    ["C:\\data\\com1.txt", false],
    ["C:\\data\\console", true],
    ["C:\\data\\a.", false],
    ["\\\\?\\C:\\data\\a", false],
    ["\\\\.\\C:\\data", false],
    ["C:data", false],
    ["\\data", false],
  ])("%s: %s", (path, expected) => {
    expect(allowed({ allow: ["C:\\data"] }, path, "windows")).toBe(expected);
  });

  test("a share is a root of its own", () => {
    expect(allowed({ allow: ["\\\\server\\share"] }, "\\\\SERVER\\share\\a", "windows")).toBe(true);
    expect(allowed({ allow: ["\\\\server\\share"] }, "\\\\server\\shared\\a", "windows")).toBe(false);
  });
});

test("resolveRoots rewrites every root and keeps the shape", () => {
  const resolve = (root: string): string => `/real${root}`;
  expect(resolveRoots("allow", resolve)).toBe("allow");
  expect(resolveRoots({ allow: ["/a"], deny: ["/a/b"] }, resolve)).toEqual({
    allow: ["/real/a"],
    deny: ["/real/a/b"],
  });
  expect(resolveRoots({ deny: ["/a"] }, resolve)).toEqual({ deny: ["/real/a"] });
});
