import { bytecodeOf, instanceOf, pathOf, readText, type Tier, tiers } from "./fusabi-program.js";
import type { Case, Comparison } from "./measure.js";
import type { Peer } from "./peers/peer.js";
import { peers } from "./peers.js";

let started = 0;

/** The plugin as a source that no engine has seen: its cache of compiled code cannot help. */
function freshSource(language: Peer["language"]): string {
  const comment = language === "lua" ? "--" : "//";
  return `${readText(`plugin/plugin.${language}`)}\n${comment} ${started++}`;
}

/** What it costs to have a plugin of fifty lines answer its first call, from nothing, and to end it. */
export function openColdStart({ withPeers }: { readonly withPeers: boolean }): Comparison {
  const bytecode = bytecodeOf(readText("plugin/plugin.fsx"), "plugin.fsx");
  const cases: Case[] = [
    { name: "plain JavaScript, from source", run: startPlain },
    ...tiers.map((tier) => ({ name: `${tier}, precompiled`, run: () => startInstance(bytecode, tier) })),
    {
      name: "interpreter, from source",
      run: () => startInstance(bytecodeOf(readText("plugin/plugin.fsx"), pathOf("plugin/plugin.fsx"))),
    },
  ];
  if (withPeers) for (const peer of peers) cases.push({ name: peer.name, run: () => startPeer(peer) });
  return {
    title: "coldstart: sandbox, plugin of 50 lines, first call, end",
    unit: "µs",
    warmUpMs: 3_000,
    cases,
  };
}

function startPlain(): void {
  const source = freshSource("js").replaceAll(/^export /gm, "");
  const onEvent = new Function(`"use strict";${source}\nreturn on_event;`)() as (
    id: number,
    key: string,
  ) => string;
  answered("plain JavaScript", onEvent(1, "key"));
}

function startInstance(bytecode: Uint8Array, tier: Tier = "interpreter"): void {
  const instance = instanceOf(bytecode, { tier });
  answered("the instance", instance.call("on_event", [1, "key"]));
  instance.dispose();
}

async function startPeer(peer: Peer): Promise<void> {
  const script = await peer.open(freshSource(peer.language));
  answered(peer.name, script.function("on_event")(1, "key"));
  script.close();
}

function answered(who: string, answer: unknown): void {
  if (answer !== "Hello, Key! #1") throw new Error(`${who} answers ${String(answer)}`);
}
