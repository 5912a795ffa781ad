/** The rules for paths of every system, on any: a file system is a value here, with names as that system compares them. */
import { posix, win32 } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  absolutePath,
  decideLooking,
  decidePath,
  type PathPolicy,
  type PathStyle,
  type PathSystem,
  resolveParent,
  resolvePath,
} from "../src/index.js";

/** Files by path; a text that begins with `->` is a link. `same` says which spellings the system takes for one. */
function systemWith(
  style: PathStyle,
  files: readonly string[],
  {
    links = {},
    same = (path: string) => path,
    shorts = {},
  }: {
    readonly links?: Readonly<Record<string, string>>;
    readonly same?: (path: string) => string;
    /** Other names of what is there. */
    readonly shorts?: Readonly<Record<string, string>>;
  } = {},
): PathSystem & { readonly asked: string[] } {
  const separator = style === "windows" ? "\\" : "/";
  const root = style === "windows" ? /^(?:[A-Za-z]:\\|\\\\[^\\]+\\[^\\]+\\?)$/ : /^\/$/;
  const known = new Map(files.map((path) => [same(path), path]));
  for (const path of files) {
    for (let at = path.lastIndexOf(separator); at > 2; at = path.lastIndexOf(separator, at - 1))
      known.set(same(path.slice(0, at)), path.slice(0, at));
  }
  for (const [short, path] of Object.entries(shorts)) known.set(same(short), path);
  const targets = new Map(Object.entries(links).map(([path, target]) => [same(path), target]));
  const asked: string[] = [];
  const find = (path: string): string | undefined => {
    asked.push(path);
    const through = [...targets.keys()].some(
      (link) => same(path) === link || same(path).startsWith(link + separator),
    );
    if (through) return undefined;
    return root.test(path) ? path : known.get(same(path));
  };
  return {
    style,
    asked,
    realPath: find,
    linkTarget: (path) => {
      asked.push(path);
      return targets.get(same(path));
    },
  };
}

const lower = (path: string): string => path.toLowerCase();

/** What a program gets that writes a path from a folder: where it leads if that is allowed, else why it is not. */
function outcome(
  system: PathSystem,
  policy: PathPolicy,
  workingDir: string,
  written: string,
  resolve = resolvePath,
): string {
  const absolute = absolutePath(workingDir, written, system.style);
  if ("refused" in absolute) return `refused: ${absolute.refused}`;
  const looking = decideLooking(policy, absolute.path, system.style);
  if (!looking.allowed) return `refused: ${looking.reason}`;
  const found = resolve(system, workingDir, written);
  if ("refused" in found) return `refused: ${found.refused}`;
  const decision = decidePath(policy, found.path, system.style);
  return decision.allowed ? found.path : `refused: ${decision.reason}`;
}

describe("Windows", () => {
  const files = [
    "C:\\srv\\data\\a.txt",
    "C:\\srv\\data\\Private\\key.txt",
    "C:\\srv\\data\\long folder name\\a.txt",
    "C:\\srv\\secret.txt",
    "C:\\Windows\\system.ini",
    "D:\\other.txt",
    "\\\\server\\share\\a.txt",
    "\\\\localhost\\C$\\srv\\data\\Private\\key.txt",
  ];
  const system = (links: Readonly<Record<string, string>> = {}) =>
    systemWith("windows", files, {
      links,
      same: lower,
      shorts: {
        "C:\\srv\\data\\PRIVAT~1": "C:\\srv\\data\\Private",
        "C:\\srv\\data\\PRIVAT~1\\key.txt": "C:\\srv\\data\\Private\\key.txt",
        "C:\\srv\\data\\LONGFO~1\\a.txt": "C:\\srv\\data\\long folder name\\a.txt",
      },
    });
  const policy: PathPolicy = { allow: ["C:\\srv\\data"], deny: ["C:\\srv\\data\\private"] };

  test.each<[string, string]>([
    ["data\\a.txt", "C:\\srv\\data\\a.txt"],
    ["data/a.txt", "C:\\srv\\data\\a.txt"],
    ["DATA\\A.TXT", "C:\\srv\\data\\a.txt"],
    ["C:/srv/data/a.txt", "C:\\srv\\data\\a.txt"],
    ["c:\\SRV\\.\\x\\..\\data\\\\a.txt", "C:\\srv\\data\\a.txt"],
    ["\\srv\\data\\new.txt", "C:\\srv\\data\\new.txt"],
    ["data\\LONGFO~1\\a.txt", "C:\\srv\\data\\long folder name\\a.txt"],
    ["data\\console", "C:\\srv\\data\\console"],
    ["data\\nullable.txt", "C:\\srv\\data\\nullable.txt"],
    ["data\\com10", "C:\\srv\\data\\com10"],
    ["data\\...x", "C:\\srv\\data\\...x"],
  ])("%s is %s", (written, path) => {
    expect(outcome(system(), policy, "C:\\srv", written)).toBe(path);
  });

  test.each([
    // Elsewhere.
    "secret.txt",
    "data\\..\\secret.txt",
    "data/../secret.txt",
    "data\\../secret.txt",
    "data/..\\..\\Windows/system.ini",
    "..\\..\\..\\..\\Windows\\system.ini",
    "\\Windows\\system.ini",
    "database\\a.txt",
    // Below what is denied, in every spelling.
    "data\\private\\key.txt",
    "data\\PRIVATE\\new.txt",
    "data\\PrIvAtE",
    "data\\PRIVAT~1\\key.txt",
    "data\\PRIVAT~1\\new.txt",
    "data\\PRIVATE~1\\new.txt",
    "data\\GIT~1",
    "data\\private.\\key.txt",
    "data\\private \\key.txt",
    "data\\private. .\\key.txt",
    "data\\pr\u0131vate\\key.txt",
    // Drives, and folders of drives.
    "D:\\other.txt",
    "D:other.txt",
    "C:secret.txt",
    "c:",
    "data:a.txt",
    "1:\\a.txt",
    // Shares, devices, pipes, past the rules for names.
    "\\\\server\\share\\a.txt",
    "//server/share/a.txt",
    "\\\\localhost\\C$\\srv\\data\\a.txt",
    "\\\\127.0.0.1\\C$\\srv\\data\\a.txt",
    "\\\\?\\C:\\srv\\data\\a.txt",
    "//?/C:/srv/data/a.txt",
    "\\\\?\\UNC\\server\\share\\a.txt",
    "\\\\.\\C:\\srv\\data\\a.txt",
    "\\\\.\\PhysicalDrive0",
    "\\\\.\\pipe\\docker_engine",
    "\\??\\C:\\srv\\data\\a.txt",
    "\\\\?\\GLOBALROOT\\Device\\HarddiskVolume1\\srv\\data\\a.txt",
    "\\\\server",
    "\\\\",
    ...[
      "CON",
      "con",
      "PRN",
      "aux",
      "NUL",
      "nul.txt",
      "Nul .txt",
      "COM1",
      "com¹",
      "LPT9.log",
      "CONIN$",
      "conout$",
    ].map((name) => `data\\${name}`),
    "data\\nul\\a.txt",
    // Streams.
    "data\\a.txt:hidden",
    "data\\a.txt::$DATA",
    "data:$I30:$INDEX_ALLOCATION\\private",
    "data\\private::$INDEX_ALLOCATION\\key.txt",
    "data\\a.txt\0",
    "data\0\\..\\secret.txt",
  ])("%j is refused", (written) => {
    expect(outcome(system(), policy, "C:\\srv", written)).toMatch(/^refused: /);
  });

  test("a server is not asked before the policy lists its share", () => {
    const asked = system();
    for (const share of ["\\\\server\\share\\a.txt", "//evil.example/x/y"])
      for (const closed of ["deny", policy, { deny: ["C:\\srv"] }] satisfies PathPolicy[])
        expect(outcome(asked, closed, "C:\\srv", share)).toMatch(/^refused: /);
    expect(asked.asked).toEqual([]);
    expect(outcome(asked, { allow: ["\\\\server\\share"] }, "C:\\srv", "//SERVER/share/a.txt")).toBe(
      "\\\\server\\share\\a.txt",
    );
  });

  test("what is denied on a drive is not open on the share that the machine makes of the drive", () => {
    expect(
      outcome(system(), { deny: ["C:\\srv"] }, "C:\\", "\\\\localhost\\C$\\srv\\data\\Private\\key.txt"),
    ).toMatch(/^refused: a share/);
    expect(outcome(system(), "allow", "C:\\", "\\\\server\\share\\a.txt")).toBe("\\\\server\\share\\a.txt");
  });

  test.each(["C:\\srv", "..", "..\\secret.txt", "D:\\", "\\\\.\\pipe\\x", "C:x", "\\\\server\\share"])(
    "a junction to %s leads out, whatever stands behind it",
    (target) => {
      const linked = system({ "C:\\srv\\data\\link": target });
      expect(outcome(linked, policy, "C:\\srv", "data\\link\\secret.txt")).toMatch(/^refused: /);
      expect(outcome(linked, policy, "C:\\srv", "data\\LINK\\new.txt")).toMatch(/^refused: /);
      // The link itself may be removed.
      expect(outcome(linked, policy, "C:\\srv", "data\\link", resolveParent)).toBe("C:\\srv\\data\\link");
    },
  );

  test("letters that only JavaScript takes for others do not open a neighbour", () => {
    const open: PathPolicy = { allow: ["C:\\kiss"] };
    expect(decidePath(open, "C:\\KISS\\a", "windows").allowed).toBe(true);
    for (const name of ["\u212aISS", "ki\u017fs", "k\u0131ss", "ki\u00df"])
      expect(decidePath(open, `C:\\${name}\\a`, "windows").allowed, name).toBe(false);
    for (const name of ["\u212aISS", "ki\u017fs"])
      expect(decidePath({ deny: ["C:\\kiss"] }, `C:\\${name}\\a`, "windows").allowed, name).toBe(false);
  });
});

describe("macOS", () => {
  const composed = "/srv/data/Ge\u0301heim";
  const same = (path: string): string => path.normalize("NFD").toLowerCase();
  const system = systemWith("macos", ["/srv/data/a.txt", `${composed}/key.txt`], { same });
  const policy: PathPolicy = { allow: ["/srv/data"], deny: [composed] };

  test.each(["data/A.TXT", "/SRV/DATA/a.txt"])("%s is what is there", (written) => {
    expect(outcome(system, policy, "/srv", written)).toBe("/srv/data/a.txt");
  });

  test.each([
    "data/Ge\u0301heim/key.txt",
    "data/G\u00e9heim/key.txt",
    "data/g\u00c9HEIM/key.txt",
    "DATA/ge\u0301heim/new.txt",
    "data/Ge\u0301\u200cheim/new.txt",
    "data/\ufeffGe\u0301heim/new.txt",
    "data/GE\u0301HE\u0131M/../ge\u0301heim",
    "data/../secret.txt",
  ])("%j is refused", (written) => {
    expect(outcome(system, policy, "/srv", written)).toMatch(/^refused: /);
  });

  test("what is denied stays so before it is there", () => {
    const empty = systemWith("macos", ["/srv/data/a.txt"], { same });
    for (const name of ["Ge\u0301heim", "G\u00e9heim", "G\u00c9HEIM"])
      expect(decidePath(policy, `/srv/data/${name}`, "macos").allowed, name).toBe(false);
    expect(outcome(empty, policy, "/srv", "data/G\u00c9HEIM/new.txt")).toMatch(/^refused: /);
  });

  test("a folder whose name differs in letter case only is not open on a volume that tells them apart", () => {
    expect(decidePath({ allow: ["/srv/data"] }, "/srv/DATA/a.txt", "macos").allowed).toBe(false);
  });
});

describe("posix", () => {
  test.each<[string, string]>([
    ["a\\b", "/srv/a\\b"],
    ["C:\\a", "/srv/C:\\a"],
    ["NUL", "/srv/NUL"],
    ["a:b", "/srv/a:b"],
    ["a. ", "/srv/a. "],
    ["//a//b/", "/a/b"],
    ["../../..", "/"],
    ["", "/srv"],
  ])("%j is %s", (written, path) => {
    expect(absolutePath("/srv", written, "posix")).toEqual({ path });
  });

  test("links are followed where they lead, also to what is not there", () => {
    const system = systemWith("posix", ["/srv/data/a.txt", "/etc/passwd"], {
      links: {
        "/srv/data/out": "/etc",
        "/srv/data/up": "..",
        "/srv/data/new": "../elsewhere/new",
        "/srv/data/chain": "out/../srv",
        "/srv/data/circle": "circle",
      },
    });
    const found = (path: string) => resolvePath(system, "/srv", path);
    expect(found("data/out/passwd")).toEqual({ path: "/etc/passwd" });
    expect(found("data/up/x")).toEqual({ path: "/srv/x" });
    expect(found("data/new")).toEqual({ path: "/srv/elsewhere/new" });
    // As the system reads it: up from where the first link leads.
    expect(found("data/chain/x")).toEqual({ path: "/srv/x" });
    expect(found("data/circle/x")).toEqual({ path: "/srv/data/circle/x" });
    expect(resolveParent(system, "/srv", "data/out")).toEqual({ path: "/srv/data/out" });
    expect(resolveParent(system, "/srv", "/")).toEqual({ path: "/" });
  });
});

describe("any path", () => {
  const names = fc.constantFrom(
    "a",
    "A",
    "b",
    "data",
    ".",
    "..",
    "...",
    "CON",
    "a:b",
    "a.",
    "é",
    "e\u0301",
    "~1",
    "",
    " ",
  );
  const separators = fc.constantFrom("/", "\\", "//", "\\\\");
  const written = fc
    .tuple(
      fc.constantFrom("", "/", "\\", "C:\\", "c:/", "C:", "\\\\?\\", "\\\\h\\s\\", "//./", "D:\\data\\"),
      fc.array(fc.tuple(names, separators), { maxLength: 6 }),
    )
    .map(([head, steps]) => head + steps.map((step) => step.join("")).join(""));
  const styles: readonly (readonly [PathStyle, string, typeof posix])[] = [
    ["posix", "/srv", posix],
    ["macos", "/srv", posix],
    ["windows", "C:\\srv", win32],
  ];

  test.each(styles)("%s: is refused, or what the platform makes of it", (style, folder, platform) => {
    fc.assert(
      fc.property(written, (path) => {
        const found = absolutePath(folder, path, style);
        if ("refused" in found) return style === "windows";
        const expected = platform.resolve(folder, path);
        expect(found.path.replace(/[\\/]$/, "")).toBe(expected.replace(/[\\/]$/, ""));
        expect(
          absolutePath("/nowhere".replace("/", style === "windows" ? "X:\\" : "/"), found.path, style),
        ).toEqual(found);
        return true;
      }),
      { numRuns: 3_000 },
    );
  });

  test.each(styles)("%s: is open only where it is below an open root", (style, folder, platform) => {
    const root = platform.join(folder, "data");
    fc.assert(
      fc.property(written, (path) => {
        const found = absolutePath(folder, path, style);
        if ("refused" in found || !decidePath({ allow: [root] }, found.path, style).allowed) return;
        const way = platform.relative(root, found.path);
        expect(way.split(platform.sep)[0] === ".." || platform.isAbsolute(way)).toBe(false);
      }),
      { numRuns: 3_000 },
    );
  });

  test.each(styles)("%s: leads to no link, and resolving ends", (style, folder, platform) => {
    const spots = ["a", "b", "data", platform.join("a", "b"), platform.join("data", "a")];
    const link = fc.tuple(fc.constantFrom(...spots), written);
    fc.assert(
      fc.property(fc.array(link, { maxLength: 4 }), written, (links, path) => {
        const table = Object.fromEntries(
          links.map(([spot, target]) => [platform.join(folder, spot), target]),
        );
        const system = systemWith(style, [], {
          links: table,
          same: style === "posix" ? (one) => one : lower,
        });
        const found = resolvePath(system, folder, path);
        if ("refused" in found) return;
        const steps = found.path.slice(platform.parse(found.path).root.length).split(platform.sep);
        const through = steps.some(
          (_, index) =>
            system.linkTarget(
              platform.parse(found.path).root + steps.slice(0, index + 1).join(platform.sep),
            ) !== undefined,
        );
        // Only a circle of links is given up on, as it is written.
        if (through) expect(absolutePath(folder, path, style)).toEqual(found);
        expect(found.path).toMatch(style === "windows" ? /^(?:[A-Za-z]:\\|\\\\)/ : /^\//);
      }),
      { numRuns: 3_000 },
    );
  });
});
