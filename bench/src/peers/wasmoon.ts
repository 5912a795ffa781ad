/** Lua 5.4 compiled to WebAssembly; its time limit is a hook that it sets up for every call from the host. */
import { LuaFactory } from "wasmoon";
import { deadlineMs, type Peer, type PeerHost, type PeerScript, type PeerValue } from "./peer.js";

let factory: LuaFactory | undefined;

export const wasmoon: Peer = { name: "wasmoon", language: "lua", open };

async function open(source: string, host: PeerHost = {}): Promise<PeerScript> {
  factory ??= new LuaFactory();
  const lua = await factory.createEngine({ functionTimeout: deadlineMs });
  for (const [name, run] of Object.entries(host)) lua.global.set(name, run);
  lua.doStringSync(source);
  return {
    function: (name) => lua.global.get(name) as (...args: PeerValue[]) => PeerValue,
    close: () => lua.global.close(),
  };
}
