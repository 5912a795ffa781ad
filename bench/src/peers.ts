import { fengariPeer } from "./peers/fengari.js";
import type { Peer } from "./peers/peer.js";
import { quickjs } from "./peers/quickjs.js";
import { wasmoon } from "./peers/wasmoon.js";

/** What people would pick otherwise. */
export const peers: readonly Peer[] = [quickjs, wasmoon, fengariPeer];
