/** What the operating system says went wrong, in its own words, from the code that Node gives. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ["E2BIG", "Argument list too long"],
  ["EACCES", "Permission denied"],
  ["EADDRNOTAVAIL", "Cannot assign requested address"],
  ["EAI_AGAIN", "Temporary failure in name resolution"],
  ["EBADF", "Bad file descriptor"],
  ["EBUSY", "Device or resource busy"],
  ["EDQUOT", "Disk quota exceeded"],
  ["ECONNREFUSED", "Connection refused"],
  ["ECONNRESET", "Connection reset by peer"],
  ["EEXIST", "File exists"],
  ["EFBIG", "File too large"],
  ["EHOSTUNREACH", "No route to host"],
  ["EINVAL", "Invalid argument"],
  ["EIO", "Input/output error"],
  ["EISDIR", "Is a directory"],
  ["ELOOP", "Too many levels of symbolic links"],
  ["EMFILE", "Too many open files"],
  ["ENAMETOOLONG", "File name too long"],
  ["ENETUNREACH", "Network is unreachable"],
  ["ENFILE", "Too many open files in system"],
  ["ENODEV", "No such device"],
  ["ENOENT", "No such file or directory"],
  ["ENOMEM", "Cannot allocate memory"],
  ["ENOEXEC", "Exec format error"],
  ["ENOSPC", "No space left on device"],
  ["ENOTDIR", "Not a directory"],
  ["ENOTEMPTY", "Directory not empty"],
  ["ENOTFOUND", "Name or service not known"],
  ["ENXIO", "No such device or address"],
  ["EPERM", "Operation not permitted"],
  ["EPIPE", "Broken pipe"],
  ["EROFS", "Read-only file system"],
  ["ETIMEDOUT", "Connection timed out"],
  ["ETXTBSY", "Text file busy"],
  ["EXDEV", "Invalid cross-device link"],
]);

/** An error of the file system: its code is one of the system's, such as `ENOENT`. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return (
    error instanceof Error &&
    typeof (error as NodeJS.ErrnoException).code === "string" &&
    typeof (error as NodeJS.ErrnoException).syscall === "string"
  );
}

/** The words for an error, without the path, which the script knows and which may be more than it should know. */
export function systemWords(error: NodeJS.ErrnoException): string {
  const code = error.code ?? "";
  return WORDS.get(code) ?? `system error ${code}`;
}

export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return isSystemError(error) && codes.includes(error.code ?? "");
}
