/**
 * A path leads somewhere else than where it led when it was checked: somebody has put a link in between. Inside the library; programs see a sandbox violation.
 */
export class RedirectedPathError extends Error {
  override readonly name = "RedirectedPathError";
  readonly code = "FUS0521";

  constructor(readonly path: string) {
    super("the path was changed while it was used");
  }
}

/** What is at the path is no file that can be read and written as a whole. Inside the library; `message` is worded like the system's own words. */
export class FileKindError extends Error {
  override readonly name = "FileKindError";
  readonly code = "FUS0517";
}
