/** Why the operating system refused, in words. */
export function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return (code === undefined ? undefined : REASONS.get(code)) ?? message;
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "no such file or directory"],
  ["EACCES", "permission denied"],
  ["EISDIR", "it is a directory"],
  ["ENOTDIR", "a part of the path is not a directory"],
  ["ELOOP", "too many symbolic links"],
  ["ENAMETOOLONG", "the name is too long"],
  ["EROFS", "the file system is read-only"],
  ["ENOSPC", "no space is left"],
  ["ERR_FS_FILE_TOO_LARGE", "the file is too large"],
  ["ERR_INVALID_ARG_VALUE", "a path cannot hold a NUL character"],
]);
