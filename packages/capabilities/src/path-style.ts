/** How a family of systems writes paths, and which names mean the same file there. */

/**
 * `posix`: `/a/b`. `macos`: the same, where letter case and composition of letters need not tell files apart. `windows`: `C:\a\b` and `\\server\share\a`, also with
 * `/`, compared without regard to letter case.
 *
 * @example
 * ```ts
 * const style: PathStyle = process.platform === "win32" ? "windows" : process.platform === "darwin" ? "macos" : "posix";
 * ```
 */
export type PathStyle = "posix" | "macos" | "windows";

/** An absolute path in its parts: the volume is `/`, `C:\` or `\\server\share\`. */
export interface PathParts {
  readonly volume: string;
  readonly names: readonly string[];
}

/** Why a path cannot be what a policy decides over. */
export interface RefusedPath {
  readonly refused: string;
}

const refused = (reason: string): RefusedPath => ({ refused: reason });

/** The parts of an absolute path, `.` and `..` among them. */
export function partsOf(path: string, style: PathStyle): PathParts | RefusedPath {
  if (path.includes("\0")) return refused("a path cannot hold a NUL character");
  return style === "windows" ? windowsParts(path) : posixParts(path);
}

/** The path of its parts. */
export function pathOf({ volume, names }: PathParts, style: PathStyle): string {
  return volume + names.join(separatorOf(style));
}

export function separatorOf(style: PathStyle): string {
  return style === "windows" ? "\\" : "/";
}

function posixParts(path: string): PathParts | RefusedPath {
  if (!path.startsWith("/")) return refused("the path is not absolute");
  return { volume: "/", names: path.split("/").filter((name) => name !== "") };
}

function windowsParts(path: string): PathParts | RefusedPath {
  const written = path.replaceAll("/", "\\");
  // `\\?\C:\a`, `\\.\pipe\a`, `\??\a`: past the rules for names, to devices and pipes.
  if (/^\\(?:\\[.?]|\?\?)(?:\\|$)/.test(written)) return refused("the path names a device");
  const volume = /^(?:[a-z]:\\|\\\\[^\\:]+\\[^\\:]+(?:\\|$))/i.exec(written)?.[0];
  if (volume === undefined) return refused("the path is not absolute");
  const names = written
    .slice(volume.length)
    .split("\\")
    .filter((name) => name !== "");
  for (const name of [...volume.split("\\").slice(1), ...names]) {
    const problem = windowsProblem(name);
    if (problem !== undefined) return refused(problem);
  }
  return { volume: volume.endsWith("\\") ? volume : `${volume}\\`, names };
}

function windowsProblem(name: string): string | undefined {
  if (name.includes(":")) return "the path names an alternate stream";
  if (WINDOWS_DEVICE.test(name)) return "the path names a device";
  // The system leaves them out, or not, by the way in which it is asked.
  if (name !== "." && name !== ".." && /[. ]$/.test(name)) return "the path is not resolved";
  return undefined;
}

/** Windows takes these for devices in every folder, with any extension and trailing blanks. */
const WINDOWS_DEVICE =
  /^(?:con|prn|aux|nul|clock\$|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?: *(?:\..*)?)$/i;

/** Whether a name may be the short one that Windows makes for a longer one: `PROGRA~1`. */
export function mayBeShort(name: string, style: PathStyle): boolean {
  return style === "windows" && /~[0-9]/.test(name);
}

/** Whether the volume is a share, under which a folder of the machine itself can have a second name. */
export function isShare({ volume }: PathParts): boolean {
  return volume.startsWith("\\\\");
}

/** Equal for names that surely mean the same file. */
export function sameName(name: string, style: PathStyle): string {
  return style === "windows" ? [...name].map(upper).join("") : name;
}

/** Equal for names that may mean the same file: more than are the same, so that a denial holds for all of them. */
export function alikeName(name: string, style: PathStyle): string {
  if (style === "posix") return name;
  return name.normalize("NFC").replaceAll(IGNORED, "").toUpperCase().toLowerCase().normalize("NFC");
}

/** Letter by letter, and only where the way leads back, as the tables of Windows do: `ſ` is no `S`, and the sign for kelvin no `K`. */
function upper(letter: string): string {
  const up = letter.toUpperCase();
  return up.length === 1 && up.toLowerCase() === letter ? up : letter;
}

/** Characters that some file systems of macOS leave out of names when they compare them. */
const IGNORED = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;
