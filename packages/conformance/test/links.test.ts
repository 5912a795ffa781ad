import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Every page that is part of the repository. */
function pages(): readonly string[] {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"], {
    cwd: root,
    encoding: "utf8",
  });
  return listed.split("\n").filter((path) => path !== "" && existsSync(join(root, path)));
}

/** Without what only shows how something is written. */
function prose(markdown: string): string {
  return markdown.replace(/^(`{3,}|~{3,}).*?^\1\s*?$/gms, "").replace(/(`+)(?!`).*?[^`]\1(?!`)/g, "");
}

/** The addresses of links in a page, those of `[name]: address` included. */
function links(markdown: string): readonly string[] {
  const text = prose(markdown);
  const inline = [...text.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)];
  const listed = [...text.matchAll(/^\[[^\]]+\]:\s*(\S+)/gm)];
  return [...inline, ...listed].map(([, address = ""]) => address);
}

/** The anchors that the headings of a page have. */
function anchors(markdown: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [, heading = ""] of prose(markdown.replace(/`([^`\n]*)`/g, "$1")).matchAll(
    /^#{1,6}\s+(.*?)\s*$/gm,
  )) {
    const words = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
    found.add(words.replace(/[^\p{L}\p{N}\s_-]/gu, "").replace(/\s/g, "-"));
  }
  return found;
}

/** What is wrong with a link of a page, if anything. Addresses elsewhere are not looked at. */
function problemOf(page: string, address: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:/i.test(address)) return undefined;
  const [path = "", anchor] = address.split("#");
  const target = path === "" ? join(root, page) : join(root, dirname(page), decodeURIComponent(path));
  if (!target.startsWith(root)) return `${page}: ${address} leaves the repository`;
  if (!existsSync(target)) return `${page}: ${address} leads nowhere`;
  if (anchor === undefined || !target.endsWith(".md") || !statSync(target).isFile()) return undefined;
  return anchors(readFileSync(target, "utf8")).has(anchor)
    ? undefined
    : `${page}: ${address} has no such heading`;
}

test("every link between pages leads to a file, and to a heading that it has", () => {
  const found = pages().flatMap((page) =>
    links(readFileSync(join(root, page), "utf8")).map((address) => ({ page, address })),
  );
  expect(found.length).toBeGreaterThan(10);
  expect(found.flatMap(({ page, address }) => problemOf(page, address) ?? [])).toEqual([]);
});

test("links, headings and mistakes are seen", () => {
  expect(links('[a](b.md) and `[c](d.md)`\n```\n[e](f.md)\n```\n[g](h.md "H")\n[i]: j.md')).toEqual([
    "b.md",
    "h.md",
    "j.md",
  ]);
  expect([...anchors("# What it `does`\n\n## A, B & C\n")]).toEqual(["what-it-does", "a-b--c"]);
  expect(problemOf("README.md", "nowhere.md")).toBe("README.md: nowhere.md leads nowhere");
  expect(problemOf("README.md", "CONTRIBUTING.md#no-such-heading")).toMatch(/no such heading/);
  expect(problemOf("README.md", "../elsewhere.md")).toMatch(/leaves the repository/);
  expect(problemOf("README.md", "https://example.com/nowhere.md")).toBeUndefined();
});
