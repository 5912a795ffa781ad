/** What log-summary's `summarise` answers. */
export interface Summary {
  readonly lines: number;
  readonly unreadable: number;
  readonly levels: readonly (readonly [level: string, count: number])[];
  readonly slowest: readonly { readonly path: string; readonly ms: number }[];
  readonly errors: readonly {
    readonly message: string;
    readonly count: number;
    readonly codes: readonly string[];
  }[];
}

/** One of the problems that config-check's `check` answers; line 0 stands for what is missing. */
export interface Problem {
  readonly line: number;
  readonly message: string;
}
