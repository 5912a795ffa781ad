import { printable } from "@fusabi/capabilities";

/**
 * A text that is no API version.
 *
 * @example
 * ```ts
 * ApiVersion.parse("0.21"); // throws
 * ```
 */
export class InvalidApiVersionError extends Error {
  override readonly name = "InvalidApiVersionError";
  readonly code = "INVALID_API_VERSION";
  readonly text: string;

  constructor(text: string) {
    super(`not an API version: ${printable(text)}; write MAJOR.MINOR.PATCH, such as 0.21.0`);
    this.text = text;
  }
}

/**
 * The version of the contract between host and plugin. Immutable.
 *
 * @example
 * ```ts
 * const host = ApiVersion.parse("0.21.0");
 * host.supports(ApiVersion.parse("0.18.0")); // true
 * host.supports(ApiVersion.parse("0.22.0")); // false
 * ```
 */
export class ApiVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;

  /** Throws {@link InvalidApiVersionError} unless all three are whole numbers of at least 0. */
  constructor(major: number, minor: number, patch: number) {
    if (![major, minor, patch].every((part) => Number.isSafeInteger(part) && part >= 0)) {
      throw new InvalidApiVersionError(`${major}.${minor}.${patch}`);
    }
    this.major = major;
    this.minor = minor;
    this.patch = patch;
  }

  /** Reads `MAJOR.MINOR.PATCH`; throws {@link InvalidApiVersionError}. */
  static parse(text: string): ApiVersion {
    const [, major, minor, patch] = /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})$/.exec(text) ?? [];
    if (patch === undefined) throw new InvalidApiVersionError(text);
    return new ApiVersion(Number(major), Number(minor), Number(patch));
  }

  /** Whether a host of this version runs a plugin made for `required`: same major, minor not older; patch is ignored. */
  supports(required: ApiVersion): boolean {
    return this.major === required.major && this.minor >= required.minor;
  }

  equals(other: ApiVersion): boolean {
    return this.major === other.major && this.minor === other.minor && this.patch === other.patch;
  }

  toString(): string {
    return `${this.major}.${this.minor}.${this.patch}`;
  }
}

/**
 * The API version of this runtime.
 *
 * @example
 * ```ts
 * HOST_API_VERSION.toString(); // "0.21.0"
 * ```
 */
export const HOST_API_VERSION: ApiVersion = new ApiVersion(0, 21, 0);
