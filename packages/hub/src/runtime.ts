/** What runtimes have and types do not promise. */
interface Runtime {
  process?: {
    env?: Record<string, string | undefined>;
    versions?: { node?: string };
    getBuiltinModule?: (name: string) => unknown;
  };
  navigator?: { userAgent?: string };
}

const runtime = globalThis as Runtime;

/** Where a request with a header of ours has to be permitted first. */
export const inBrowser = (): boolean => "document" in globalThis || "importScripts" in globalThis;

/** Workers have a `process` as well, and some of its habits. */
export const onNode = (): boolean =>
  runtime.process?.versions?.node !== undefined && runtime.navigator?.userAgent !== "Cloudflare-Workers";

/**
 * Headers that ask for a body as it is: runtimes unpack a compressed one as far as it came, and take that for all of it.
 * Browsers choose the encoding themselves.
 */
export const askForPlain = (): Record<string, string> => (inBrowser() ? {} : { "accept-encoding": "identity" });

/** A variable of the environment; undefined where there is none, or where it may not be read. */
export function environmentVariable(name: string): string | undefined {
  try {
    return runtime.process?.env?.[name];
  } catch {
    // Deno throws for each variable that it has no permission to read.
    return undefined;
  }
}

/** The values of `HF_HUB_OFFLINE` that the Hub's other clients take for yes. */
export const yes: RegExp = /^(1|on|yes|true)$/i;

/** A module of Node, where the runtime has it. */
export const builtinModule = (name: string): unknown => runtime.process?.getBuiltinModule?.(name);
