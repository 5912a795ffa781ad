import { basename, extname, relative, sep } from "node:path";
import picomatch from "picomatch";

/** Says which files matter. */
export class PathFilter {
  readonly #extensions: ReadonlySet<string>;
  readonly #excludes: (path: string) => boolean;

  constructor(extensions: readonly string[], exclude: readonly string[]) {
    this.#extensions = new Set(extensions.map((extension) => `.${extension}`));
    // A pattern holds at any depth; one without a slash is about names.
    const patterns = exclude.flatMap((pattern) =>
      pattern.startsWith("**/") ? [pattern] : [pattern, `**/${pattern}`],
    );
    this.#excludes = patterns.length === 0 ? () => false : picomatch(patterns, { dot: true });
  }

  /** Whether the ending of a file's name is one that matters. */
  hasExtension(path: string): boolean {
    return this.#extensions.has(extname(path));
  }

  /** Whether a path, or a folder that it is in, is excluded; `root` is the watched folder, or file, that it was reached from. */
  isExcluded(path: string, root: string): boolean {
    const inside = relative(root, path);
    const steps = inside === "" ? [basename(path)] : inside.split(sep);
    for (let count = 1; count <= steps.length; count++) {
      const part = steps.slice(0, count).join("/");
      if (this.#excludes(part) || (count < steps.length && this.#excludes(`${part}/x`))) return true;
    }
    return false;
  }
}
