import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { compile } from "@fusabi/compiler";
import { build } from "esbuild";
import { pageModule } from "../page/host.js";

/** A file of the site, as a browser gets it. */
export interface SiteFile {
  readonly type: string;
  readonly content: Uint8Array;
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Of the machine, what the page uses, and nothing else. */
async function script(): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [here("../page/page.ts")],
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    tsconfigRaw: {},
    write: false,
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error("esbuild made nothing");
  return file.contents;
}

/** The program, compiled against what the page will offer. Throws what the compiler has to say. */
async function program(): Promise<Uint8Array> {
  const source = await readFile(here("../page/program.fsx"), "utf8");
  const hostModules = [pageModule(() => undefined)];
  const { bytecode, diagnostics } = compile(source, { fileName: "program.fsx", hostModules });
  if (bytecode === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return bytecode;
}

/** The files of the site, by path. */
export async function makeSite(): Promise<ReadonlyMap<string, SiteFile>> {
  const [html, js, fzb] = await Promise.all([readFile(here("../page/index.html")), script(), program()]);
  return new Map([
    ["/", { type: "text/html; charset=utf-8", content: html }],
    ["/page.js", { type: "text/javascript; charset=utf-8", content: js }],
    ["/program.fzb", { type: "application/octet-stream", content: fzb }],
  ]);
}

/** Kilobytes that go over the wire for a file. */
export function wireSize({ content }: SiteFile): string {
  return `${(gzipSync(content, { level: 9 }).length / 1000).toFixed(1)} kB`;
}
