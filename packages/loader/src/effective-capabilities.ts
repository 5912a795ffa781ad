import type { CapabilityName } from "@fusabi/capabilities";
import { Capabilities, parseCapability } from "@fusabi/capabilities";
import type { GrantAnswers, Question } from "./grant-answers.js";
import { inHostCallback } from "./host-callback.js";

/** What one plugin may do at the moment: (declared ∪ safe defaults) ∩ granted. */
export class EffectiveCapabilities {
  readonly declared: Capabilities;
  readonly #answers: GrantAnswers;
  #version: number;
  #current: Capabilities;
  #names: ReadonlySet<string>;

  constructor(declared: Iterable<string>, answers: GrantAnswers) {
    this.declared = Capabilities.safeDefaults().with(...declared);
    this.#answers = answers;
    this.#version = answers.version;
    this.#current = this.#allowed();
    this.#names = new Set(this.#current);
  }

  get current(): Capabilities {
    this.#refresh();
    return this.#current;
  }

  has(name: string): boolean {
    this.#refresh();
    // Names are canonical nearly always, and this is asked at each use of a capability.
    return this.#names.has(name) || this.#current.has(name);
  }

  /** Whether there is something that the host would be asked for. */
  get isOpen(): boolean {
    for (const name of this.declared) if (this.#answers.isOpen(name)) return true;
    return false;
  }

  /** Asks, before a program's code runs, for what it can reach. What is allowed `once` counts as long as the plugin is loaded. */
  async ask(reachable: Iterable<string>, question: Question): Promise<void> {
    await this.#answers.ask(this.#declaredOf(reachable), question);
  }

  /** The grant of one call that may wait: what it can reach has been asked for when it begins. */
  async forCall(reachable: Iterable<string>, question: Question): Promise<CallGrant> {
    const grant = new CallGrant(this, this.#answers, question);
    await this.#answers.ask(this.#declaredOf(reachable), question, grant.once);
    return grant;
  }

  /** The grant of one call that cannot wait: what it uses is asked for when it is used. */
  forCallSync(question: Question): CallGrant {
    return new CallGrant(this, this.#answers, question);
  }

  #declaredOf(names: Iterable<string>): readonly CapabilityName[] {
    return [...new Set(names)]
      .map(parseCapability)
      .filter((name): name is CapabilityName => name !== undefined && this.declared.has(name));
  }

  #refresh(): void {
    const { version } = this.#answers;
    if (version === this.#version) return;
    this.#version = version;
    this.#current = this.#allowed();
    this.#names = new Set(this.#current);
  }

  #allowed(): Capabilities {
    const allowed = this.declared.names().filter((name) => this.#answers.allows(name));
    return allowed.length === this.declared.size ? this.declared : Capabilities.of(...allowed);
  }
}

/** What one call may do: what the plugin may, and what the host allows it once. */
export class CallGrant {
  readonly once: Set<CapabilityName> = new Set();
  readonly #effective: EffectiveCapabilities;
  readonly #answers: GrantAnswers;
  readonly #question: Question;

  constructor(effective: EffectiveCapabilities, answers: GrantAnswers, question: Question) {
    this.#effective = effective;
    this.#answers = answers;
    this.#question = question;
  }

  has(name: string): boolean {
    if (this.#effective.has(name)) return true;
    const capability = parseCapability(name);
    if (capability === undefined || !this.#effective.declared.has(capability)) return false;
    // An answer that has come since, such as a revocation, counts more than what was allowed once.
    if (!this.#answers.isOpen(capability)) return false;
    if (this.once.has(capability)) return true;
    let answer: string = "deny";
    inHostCallback("onRequest", () => {
      answer = this.#answers.askNow(capability, this.#question);
    });
    if (answer === "once") this.once.add(capability);
    return answer !== "deny";
  }
}
