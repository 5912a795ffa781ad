/** What someone would run plugin code on instead. Every peer is opened with a limit on how long a script may run, as a host of strangers' code needs. */
export interface Peer {
  readonly name: string;
  /** Which of the two twins of a program it runs: `programs/NAME.js` or `programs/NAME.lua`. */
  readonly language: "js" | "lua";
  open(source: string, host?: PeerHost): Promise<PeerScript>;
}

/** Functions of the host that the script finds under their names. */
export type PeerHost = Readonly<Record<string, (n: number) => number>>;

export type PeerValue = number | string;

/** A script whose top level has run. */
export interface PeerScript {
  /** A function of the script by its name. */
  function(name: string): (...args: PeerValue[]) => PeerValue;
  close(): void;
}

/** Nothing measured comes near it. */
export const deadlineMs = 3_600_000;
