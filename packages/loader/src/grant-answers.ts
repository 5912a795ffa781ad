import type { CapabilityName, GrantAnswer, GrantRequest, PluginIdentity } from "@fusabi/capabilities";
import { describeCapability, printable } from "@fusabi/capabilities";
import type { HostGrant } from "./host-grant.js";

/** What a question is about, beside the capability. */
export type Question = Pick<GrantRequest, "version" | "occasion" | "fn"> & {
  readonly usesOf: (capability: CapabilityName) => readonly string[];
};

/** `revoked`: taken from this plugin, whatever the host grants to all. */
type LiveAnswer = GrantAnswer | "revoked";

/** The host's answers for one loaded plugin, over all its reloads. */
export class GrantAnswers {
  readonly identity: PluginIdentity;
  readonly #host: HostGrant;
  readonly #answers = new Map<CapabilityName, LiveAnswer>();
  /** Questions that wait for their answer. */
  readonly #asked = new Map<CapabilityName, Promise<GrantAnswer>>();
  #version = 0;

  constructor(identity: PluginIdentity, host: HostGrant) {
    this.identity = identity;
    this.#host = host;
  }

  /** Changes whenever an answer, or what the host grants to all, does. */
  get version(): number {
    return this.#version + this.#host.version;
  }

  allows(capability: CapabilityName): boolean {
    const answer = this.#answers.get(capability);
    if (answer === "revoked") return false;
    if (this.#host.granted.has(capability)) return true;
    return (answer === "grant" || answer === "once") && this.#host.admits(capability);
  }

  /** Whether it is not granted and may still be asked for. */
  isOpen(capability: CapabilityName): boolean {
    return (
      this.#host.asking.onRequest !== undefined &&
      !this.#answers.has(capability) &&
      !this.#host.granted.has(capability) &&
      this.#host.admits(capability)
    );
  }

  /** Whether it was taken from the plugin while it was loaded: a reload does not fail for it. */
  wasRevoked(capability: CapabilityName): boolean {
    return this.#answers.get(capability) === "revoked";
  }

  /** Takes over what the store remembers, as far as nothing else has been answered since. */
  async recall(): Promise<void> {
    const { identity } = this;
    for (const [capability, answer] of await this.#host.asking.store.answers(identity)) {
      if (!this.#answers.has(capability)) this.#take(capability, answer);
    }
  }

  /** Asks for what is open, one after the other. An answer of `once` is given to `once`, where that is a set of its own. */
  async ask(
    capabilities: Iterable<CapabilityName>,
    question: Question,
    once?: Set<CapabilityName>,
  ): Promise<void> {
    for (const capability of capabilities) {
      if (!this.isOpen(capability) || once?.has(capability) === true) continue;
      const answer = await this.#answerTo(capability, question);
      if (answer === "once" && once !== undefined) once.add(capability);
      else await this.#settle(capability, answer);
    }
  }

  /**
   * Asks in the middle of a program, which cannot wait: an answer that comes as a promise is a no for now, and counts from
   * the next call on.
   */
  askNow(capability: CapabilityName, question: Question): GrantAnswer {
    if (this.#asked.has(capability)) return "deny";
    const answer = this.#request(capability, question);
    if (answer instanceof Promise) {
      this.#waitFor(capability, answer).then(
        (settled) => this.#settle(capability, settled),
        // Whoever asks next hears of it; nobody waits for this one.
        () => undefined,
      );
      return "deny";
    }
    if (answer !== "once") {
      this.#take(capability, answer);
      void this.#remember(capability, answer);
    }
    return answer;
  }

  /** Takes a capability from the plugin, from its next use on, and forgets the answer that gave it. */
  async revoke(capability: CapabilityName): Promise<void> {
    this.#take(capability, "revoked");
    await this.#host.asking.store.forget(this.identity, capability);
  }

  async grant(capability: CapabilityName): Promise<void> {
    this.#take(capability, "grant");
    await this.#host.asking.store.remember(this.identity, capability, "grant");
  }

  #take(capability: CapabilityName, answer: LiveAnswer): void {
    this.#answers.set(capability, answer);
    this.#version++;
  }

  async #settle(capability: CapabilityName, answer: GrantAnswer): Promise<void> {
    this.#take(capability, answer);
    await this.#remember(capability, answer);
  }

  async #remember(capability: CapabilityName, answer: GrantAnswer): Promise<void> {
    if (answer !== "once") await this.#host.asking.store.remember(this.identity, capability, answer);
  }

  /** Calls that need the same capability at the same time share one question. */
  #answerTo(capability: CapabilityName, question: Question): Promise<GrantAnswer> {
    return (
      this.#asked.get(capability) ??
      this.#waitFor(capability, Promise.resolve(this.#request(capability, question)))
    );
  }

  async #waitFor(capability: CapabilityName, answer: Promise<GrantAnswer>): Promise<GrantAnswer> {
    const checked = answer.then((given) => checkedAnswer(capability, given));
    this.#asked.set(capability, checked);
    try {
      return await checked;
    } finally {
      this.#asked.delete(capability);
    }
  }

  #request(
    capability: CapabilityName,
    { version, occasion, fn, usesOf }: Question,
  ): GrantAnswer | Promise<GrantAnswer> {
    const { onRequest } = this.#host.asking;
    if (onRequest === undefined) return "deny";
    const info = describeCapability(capability);
    const answer = onRequest({
      plugin: this.identity,
      version,
      capability,
      info,
      occasion,
      uses: usesOf(capability),
      ...(fn === undefined ? {} : { fn }),
    });
    return answer instanceof Promise ? answer : checkedAnswer(capability, answer);
  }
}

function checkedAnswer(capability: CapabilityName, answer: unknown): GrantAnswer {
  if (answer === "grant" || answer === "deny" || answer === "once") return answer;
  throw new TypeError(
    `onRequest must answer grant, deny or once for ${capability}, not ${printable(String(answer))}`,
  );
}
