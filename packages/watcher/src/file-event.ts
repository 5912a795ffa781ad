interface FileEventBase {
  /** Absolute path of the file as it is now; of a removed file, as it was. */
  readonly path: string;
  /** When it was first noticed: milliseconds since 1970-01-01 UTC. */
  readonly at: number;
}

/**
 * What became of a file once it came to rest. A file that is written anew under its name, by whatever way an editor does that, is `modified`; one that
 * comes and goes meanwhile is no event.
 *
 * @example
 * ```ts
 * function shown(event: FileEvent): string {
 *   return event.type === "renamed" ? `${event.from} is now ${event.path}` : `${event.path} was ${event.type}`;
 * }
 * ```
 */
export type FileEvent =
  | (FileEventBase & { readonly type: "created" | "modified" | "removed" })
  | (FileEventBase & {
      readonly type: "renamed";
      /** Absolute path before. */
      readonly from: string;
    });

/** The sorts of {@link FileEvent}. */
export type FileEventType = FileEvent["type"];
