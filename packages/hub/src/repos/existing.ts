import type { sleep } from "../async/abortable.js";
import type { HubResponseError } from "../errors.js";
import type { RepoKind } from "../inputs/repo-id.js";
import type { RequestOptions } from "../options.js";
import type { Transport } from "../transport/transport.js";

// Nothing is imported but types: bundlers would put what this part shares with the core into a file of its own, and each
// page would load one more.

/** What the Hub says of something that is not there, or that an anonymous caller may not know of. */
const absent: readonly string[] = ["RepoNotFound", "RevisionNotFound", "NotFound", "NotFoundOrPrivate"];

/** How often to ask again while the Hub works on another request of the same user, and the first pause between. */
const rounds = 6;
const pause = 250;

interface NewRef {
  kind: RepoKind;
  path: { namespace: string; repo: string };
  list: "branches" | "tags";
  name: string;
}

interface NewRepo {
  type?: string | undefined;
  /** Asked for when it is needed: the Hub may have to be asked. */
  namespace: () => Promise<string>;
  repo: string;
}

interface FoundRepo {
  id: string;
  name: string;
  url: string;
}

/** Takes what exists already for created, and what is missing for deleted. */
export class Existing {
  readonly #wait: typeof sleep;

  constructor(wait: typeof sleep) {
    this.#wait = wait;
  }

  /**
   * Creates something, or finds what is there already. The Hub says so with 409. It also refuses whoever may not create
   * anything there with 401, 402 or 403 before it looks; then what `find` finds counts as well.
   *
   * @throws what the Hub responded with first, unless something was found.
   */
  async createOrFind<T>(
    create: () => Promise<T>,
    find: (refusal: HubResponseError) => Promise<T | undefined>,
    options: RequestOptions | undefined,
  ): Promise<T> {
    for (let round = 1; ; round += 1) {
      try {
        return await create();
      } catch (error) {
        if (!isRefusal(error)) throw error;
        // It creates one repository of a user at a time.
        if (isBusy(error) && round < rounds) {
          await this.#wait(pause * 2 ** (round - 1) * (0.5 + Math.random() / 2), options?.signal);
          continue;
        }
        if (isBusy(error) || ![401, 402, 403, 409].includes(error.status)) throw error;
        const found = await find(error).catch((reason: unknown) => {
          if (options?.signal?.aborted) throw reason;
          // The first refusal says more than that there is nothing.
          return undefined;
        });
        if (found === undefined) throw error;
        return found;
      }
    }
  }

  /** Creates a branch or a tag, unless there is one of its name. */
  async createRef(
    transport: Transport,
    create: () => Promise<void>,
    { kind, path, list, name }: NewRef,
    options: RequestOptions | undefined,
  ): Promise<void> {
    const find = async ({ status }: HubResponseError): Promise<unknown> => {
      if (status === 409) return true;
      const refs = await transport.json.get(`/api/${kind}/{namespace}/{repo}/refs`, { path, ...options });
      return refs[list].find((ref) => ref.name === name);
    };
    await this.createOrFind<unknown>(create, find, options);
  }

  /** Creates a repository, or finds it. */
  async createRepo(
    transport: Transport,
    create: () => Promise<FoundRepo>,
    { type = "model", namespace, repo }: NewRepo,
    options: RequestOptions | undefined,
  ): Promise<FoundRepo> {
    const find = async (): Promise<FoundRepo> => {
      const path = { namespace: await namespace(), repo };
      const kind = `${type}s` as RepoKind | "kernels";
      const query = kind === "kernels" ? {} : { query: { expand: ["author"] as const } };
      const found = await transport.json.get(`/api/${kind}/{namespace}/{repo}`, { path, ...query, ...options });
      const [id, name] = "_id" in found ? [found._id, found.id] : [found.id, `${path.namespace}/${repo}`];
      return { id, name, url: `${transport.endpoint}/${kind === "models" ? "" : `${kind}/`}${name}` };
    };
    return await this.createOrFind(create, find, options);
  }

  /** Removes something; that it is not there, or not any more, is as good. */
  async unlessMissing(code: string, remove: () => Promise<void>): Promise<void> {
    try {
      await remove();
    } catch (error) {
      if (!(isRefusal(error) && error.status === 404 && error.code === code)) throw error;
    }
  }

  /** Whether something can be read. What is gated is there. */
  async isThere(read: () => Promise<unknown>): Promise<boolean> {
    try {
      await read();
      return true;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (error.code === "GatedRepo") return true;
      if (absent.includes(error.code)) return false;
      throw error;
    }
  }
}

const isRefusal = (error: unknown): error is HubResponseError =>
  error instanceof Error && error.name === "HubResponseError";

const isBusy = ({ status, serverMessage }: HubResponseError): boolean =>
  status === 409 && serverMessage?.includes("conflicting operation is in progress") === true;
