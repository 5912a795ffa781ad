import { jit } from "@fusabi/jit";
import type { Engine } from "@fusabi/vm";
import { bytecodeOf, instanceOf, pathOf, readText } from "./fusabi-program.js";
import type { Case, Comparison } from "./measure.js";
import type { Peer } from "./peers/peer.js";
import { peers } from "./peers.js";

let started = 0;

/** The plugin as a source that no engine has seen: its cache of compiled code cannot help. */
function freshSource(language: Peer["language"]): string {
  const comment = language === "lua" ? "--" : "//";
  return `${readText(`plugin/plugin.${language}`)}\n${comment} ${started++}`;
}

/**
 * What it costs to have a plugin of fifty lines answer its first call, from nothing, and to end it. A host has one engine for all its instances: by default one that interprets what is not hot,
 * which the first call never is, or one that translates each function before its first call.
 */
export function openColdStart({ withPeers }: { readonly withPeers: boolean }): Comparison {
  const bytecode = bytecodeOf(readText("plugin/plugin.fsx"), "plugin.fsx");
  const [byDefault, always] = [jit(), jit({ tier: "always" })];
  const cases: Case[] = [
    { name: "plain JavaScript, from source", run: startPlain },
    { name: "interpreter, precompiled", run: () => startInstance(bytecode) },
    { name: "jit as by default, precompiled", run: () => startInstance(bytecode, byDefault) },
    { name: 'jit({ tier: "always" }), precompiled', run: () => startInstance(bytecode, always) },
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

function startInstance(bytecode: Uint8Array, engine?: Engine): void {
  const instance = instanceOf(bytecode, engine === undefined ? {} : { engine });
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
