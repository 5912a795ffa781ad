import type { HostModule } from "@fusabi/vm";
import { type StandardLibraryOptions, standardLibrary } from "../standard-library.js";
import { environmentModule } from "./environment.js";
import { fileModule, fsModule } from "./file.js";
import type { NetworkSettings } from "./http-client.js";
import { type InputSource, processInput } from "./input-source.js";
import type { ResolveName } from "./name-resolution.js";
import { httpModule, netModule } from "./network.js";
import { nodeCrypto } from "./node-crypto.js";
import { type OperationTimes, USUAL_TIMES } from "./operation-time.js";
import { processModule } from "./process.js";
import type { RehearseRequest } from "./rehearsed-request.js";
import { StandardInput, standardInputModule } from "./standard-input.js";

/**
 * What a host may put in place of the usual.
 *
 * @example
 * ```ts
 * nodeLibrary({ log: ({ level, text }) => logger[level](text), operationTimes: { usualMs: 5_000, mostMs: 10_000 } });
 * ```
 */
export interface NodeLibraryOptions extends StandardLibraryOptions {
  /** In place of the standard input of the process. */
  readonly input?: InputSource;
  /** How long one request or one program may take. Default: 30 seconds, at most 300. */
  readonly operationTimes?: OperationTimes;
  /** Certificates of authorities, in PEM, that requests trust beside the usual ones. */
  readonly trustedCertificates?: string;
  /** In place of the system's resolver, for requests and for `Net.resolve`. The policy decides over what it gives. */
  readonly resolveName?: ResolveName;
  /** Answers the requests of a dry run, none of which is sent. Default: status 200 and an empty body. */
  readonly rehearseRequest?: RehearseRequest;
}

const fileModules: readonly HostModule[] = [fileModule, fsModule, environmentModule];
const usualModules: readonly HostModule[] = nodeModules({});

function nodeModules(options: NodeLibraryOptions): readonly HostModule[] {
  const { input = processInput, operationTimes: times = USUAL_TIMES, trustedCertificates: ca } = options;
  const { resolveName, rehearseRequest } = options;
  const network: NetworkSettings = { times, ca, resolveName, rehearseRequest };
  return [
    ...standardLibrary({ crypto: nodeCrypto, ...options }),
    ...fileModules,
    processModule(times),
    httpModule(network),
    netModule(network),
    standardInputModule(new StandardInput(input)),
  ];
}

/**
 * The standard library with what only Node can provide: files, environment variables, programs, the network, the console's input. Without options, always
 * the same modules.
 *
 * Nothing of it is open by itself: the capabilities have to be granted and the sandbox policy has to cover the paths, hosts, names and commands.
 *
 * @example
 * ```ts
 * instantiate(module, {
 *   imports: nodeLibrary(),
 *   capabilities: Capabilities.of("fs:read"),
 *   sandbox: defineSandbox({ read: { allow: ["/var/log"] } }),
 * });
 * ```
 */
export function nodeLibrary(options?: NodeLibraryOptions): readonly HostModule[] {
  return options === undefined ? usualModules : nodeModules(options);
}
