/** The modules that the host has a part in: it takes what programs log and measure, hears their events, calls their commands. */
import { type HostModule, hostModule } from "@fusabi/vm";
import { CommandRegistry } from "./command-registry.js";
import { commandNatives, commandsModule } from "./commands.js";
import { configModule, configNatives } from "./config.js";
import { ConfigStore } from "./config-store.js";
import { type CryptoSource, cryptoModule, webCrypto } from "./crypto.js";
import { EventHub } from "./event-hub.js";
import { eventNatives, eventsModule } from "./events.js";
import { FormatterRegistry } from "./formatter-registry.js";
import { type LogSink, logModule } from "./log.js";
import { type MetricsSink, metricNatives, metricsModule, noMetrics } from "./metrics.js";
import { navigationModule } from "./navigation.js";
import { NavigationRegistry } from "./navigation-state.js";
import { noPlugins, type PluginNetwork, pluginModule } from "./plugin-calls.js";
import { Prelude } from "./prelude.js";
import { type ScriptEvaluation, scriptModule } from "./script.js";
import { type TerminalProvider, terminalControlModule, terminalInfoModule } from "./terminal.js";
import { uiFormattingModule } from "./ui-formatting.js";

/**
 * The host's part in the library. What is left out exists for programs all the same, and reaches nobody.
 *
 * @example
 * ```ts
 * const commands = new CommandRegistry();
 * standardLibrary({ commands, log: ({ level, text }) => logger[level](text) });
 * ```
 */
export interface HostedParts {
  /** Takes what programs log. Default: lines on their standard error. */
  readonly log?: LogSink;
  /** Takes what programs measure. */
  readonly metrics?: MetricsSink;
  /** In place of digests in JavaScript and the platform's random identifiers. */
  readonly crypto?: CryptoSource;
  /** The settings of programs. */
  readonly config?: ConfigStore;
  /** Events of programs and of the host, and messages between plugins. */
  readonly events?: EventHub;
  /** The commands that programs offer. */
  readonly commands?: CommandRegistry;
  /** The terminal that programs may look into. */
  readonly terminal?: TerminalProvider;
  /** The functions with which programs format tabs and status lines. */
  readonly formatters?: FormatterRegistry;
  /** Navigation by hints and anchors. */
  readonly navigation?: NavigationRegistry;
  /** How plugins reach each other. */
  readonly plugins?: PluginNetwork;
  /** Lets programs run texts. Default: they may not. */
  readonly script?: ScriptEvaluation;
}

interface Hubs {
  readonly metrics: MetricsSink;
  readonly config: ConfigStore;
  readonly events: EventHub;
  readonly commands: CommandRegistry;
}

function hubsOf({
  metrics = noMetrics,
  config = new ConfigStore(),
  events = new EventHub(),
  commands = new CommandRegistry(),
}: HostedParts): Hubs {
  return { metrics, config, events, commands };
}

function nativesOf({ metrics, config, events, commands }: Hubs): HostModule {
  return hostModule("Native", {
    ...metricNatives(metrics),
    ...configNatives(config),
    ...eventNatives(events),
    ...commandNatives(commands),
  });
}

/** What the prelude of these modules calls beside the library's own natives. */
export function hostedNatives(parts: HostedParts): HostModule {
  return nativesOf(hubsOf(parts));
}

/** `preludeImports` are what every part of the prelude may call. */
export function hostedModules(
  parts: HostedParts,
  preludeImports: () => readonly HostModule[],
): readonly HostModule[] {
  const hubs = hubsOf(parts);
  // A prelude of their own: it calls the natives that belong to these very hubs.
  const prelude = new Prelude(() => [...preludeImports(), nativesOf(hubs)]);
  const terminal = parts.terminal ?? {};
  return [
    logModule(parts.log),
    metricsModule(hubs.metrics, prelude),
    cryptoModule(parts.crypto ?? webCrypto),
    configModule(hubs.config, prelude),
    eventsModule(hubs.events, prelude),
    commandsModule(hubs.commands, prelude),
    terminalInfoModule(terminal),
    terminalControlModule(terminal),
    uiFormattingModule(parts.formatters ?? new FormatterRegistry()),
    navigationModule(parts.navigation ?? new NavigationRegistry()),
    pluginModule(parts.plugins ?? noPlugins),
    scriptModule(parts.script),
  ];
}
