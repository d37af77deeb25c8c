import type { Body, Query, Result, Schema } from "@hf-api/raw";
import { eventStream, type EventStream, type StreamOptions } from "../events/event-stream.js";
import type { RequestOptions } from "../options.js";
import { splitRepoId, type RepoInput } from "../inputs/repo-id.js";
import type { JobMetrics, LogLine } from "./jobs.js";
import type { WaitOptions } from "../waits/waits.js";
import { waits } from "../waits/on-demand.js";
import { RepoNamespace } from "../repos/repo-namespace.js";

/** What a Space runs on, and how it is: `stage` says whether it runs, builds, sleeps or failed. */
export interface SpaceRuntime extends Schema<"SpaceRuntime"> {}
/** What is known of a Space's secrets, by their keys; the values stay with the Hub. */
export interface SpaceSecrets extends Result<"get", "/api/spaces/{namespace}/{repo}/secrets"> {}
/** A Space's variables by their keys. */
export interface SpaceVariables extends Result<"get", "/api/spaces/{namespace}/{repo}/variables"> {}

/** How thoroughly to start again. */
export interface RestartSpaceInput extends RepoInput, Query<"post", "/api/spaces/{namespace}/{repo}/restart"> {
  /** Whether to build the Space anew, without what was cached. */
  factory?: boolean | undefined;
}

/** `flavor` is a `name` of `listHardware`; `sleepTimeSeconds` is -1 for a Space that never sleeps. */
export interface SetHardwareInput extends RepoInput, Body<"post", "/api/spaces/{namespace}/{repo}/hardware"> {}

export interface SetSleepTimeInput extends RepoInput, Body<"post", "/api/spaces/{namespace}/{repo}/sleeptime"> {
  /** After how much time without visitors the Space sleeps; -1 for never. */
  seconds: number;
}

/** How large the disk is; it can grow only. */
export interface SetStorageInput extends RepoInput, Body<"post", "/api/spaces/{namespace}/{repo}/storage"> {}
export interface SetDevModeInput extends RepoInput, Body<"post", "/api/spaces/{namespace}/{repo}/dev-mode"> {}
/** `key` begins with a letter; letters, digits and `_` follow. */
export interface SetSecretInput extends RepoInput, Body<"post", "/api/spaces/{namespace}/{repo}/secrets"> {}
/** `key` begins with a letter; letters, digits and `_` follow. */
export interface SetVariableInput extends RepoInput, Body<"post", "/api/spaces/{namespace}/{repo}/variables"> {}

export interface DeleteSecretInput extends RepoInput, Body<"delete", "/api/spaces/{namespace}/{repo}/secrets"> {}
export interface DeleteVariableInput extends RepoInput, Body<"delete", "/api/spaces/{namespace}/{repo}/variables"> {}

/**
 * The buckets and repositories to mount: `source` is `owner/name`, `mountPath` absolute, `path` a folder of the source,
 * `revision` one of a repository. Repositories are always `readOnly`, buckets on demand.
 */
export interface SetVolumesInput extends RepoInput, Body<"put", "/api/spaces/{namespace}/{repo}/volumes"> {}

/** How a Space is. */
export type SpaceStage = SpaceRuntime["stage"];

/** Which Space, and what to wait for. */
export interface WaitForSpaceInput extends RepoInput {
  /** Where the wait ends, one stage or several. Default `RUNNING`. */
  stage?: SpaceStage | readonly SpaceStage[] | undefined;
}

/** Which output, and how much of what is there already. */
export interface StreamSpaceLogsInput extends RepoInput, Query<"get", "/api/spaces/{namespace}/{repo}/logs/{logType}"> {
  /** The output of the app, or of the build before it. Default `run`. */
  logType?: "run" | "build" | undefined;
  /**
   * Whether to wait for lines that are written from now on. Without it, the stream ends with the lines that are there,
   * after 5 seconds of silence (`idleTimeout`) at the latest. Default true.
   */
  follow?: boolean | undefined;
}

export interface SpaceStatusEvent extends Schema<"SpaceStatusEvent"> {}
/** What an event of a Space holds: a word, a number, or all that is known of the Space. */
export type SpaceEventData = SpaceStatusEvent | string | number;
export interface StreamSpaceEventsInput extends RepoInput, Query<"get", "/api/spaces/{namespace}/{repo}/events"> {}

/** What Spaces have and other repositories have not: they run. */
export abstract class RunningSpaces extends RepoNamespace {
  /**
   * Returns what a Space runs on and how it is.
   *
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * const { stage, hardware } = await hub.spaces.getRuntime({ repo: "me/my-space" });
   */
  async getRuntime({ repo }: RepoInput, options?: RequestOptions): Promise<SpaceRuntime> {
    return this.transport.json.get("/api/spaces/{namespace}/{repo}/runtime", { path: splitRepoId(repo), ...options });
  }

  /**
   * Waits until a Space has a stage, such as after `restart` or a commit, and returns what it runs on. The Hub is asked
   * after 1 second, then less and less often, and failures that may pass are waited out.
   *
   * @throws {HubError} when the Space stays in another stage, such as `BUILD_ERROR`.
   * @throws {HubTimeoutError} after `deadline` milliseconds.
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * const { stage } = await hub.spaces.waitFor({ repo: "me/my-space" }, { deadline: 600_000 });
   */
  async waitFor(
    { repo, stage = "RUNNING" }: WaitForSpaceInput,
    options?: WaitOptions<SpaceRuntime>,
  ): Promise<SpaceRuntime> {
    const stages = typeof stage === "string" ? [stage] : stage;
    const read = (all: RequestOptions): Promise<SpaceRuntime> => this.getRuntime({ repo }, all);
    return (await waits(this.transport)).space(`the Space ${repo}`, read, stages, options);
  }

  /**
   * Stops a Space, and its billing, until `restart`.
   *
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * const { stage } = await hub.spaces.pause({ repo: "me/my-space" });
   */
  async pause({ repo }: RepoInput, options?: RequestOptions): Promise<SpaceRuntime> {
    return this.transport.json.post("/api/spaces/{namespace}/{repo}/pause", { path: splitRepoId(repo), ...options });
  }

  /**
   * Starts a Space again, also one that was paused.
   *
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * await hub.spaces.restart({ repo: "me/my-space", factory: true });
   */
  async restart({ repo, ...query }: RestartSpaceInput, options?: RequestOptions): Promise<SpaceRuntime> {
    return this.transport.json.post("/api/spaces/{namespace}/{repo}/restart", {
      path: splitRepoId(repo),
      query,
      ...options,
    });
  }

  /**
   * Moves a Space to another machine. All but the free one are billed while the Space runs, whether or not it is used.
   *
   * @throws {HubResponseError} with code `PaymentRequired` when there is no credit.
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * await hub.spaces.setHardware({ repo: "me/my-space", flavor: "t4-small", sleepTimeSeconds: 3600 });
   */
  async setHardware({ repo, ...body }: SetHardwareInput, options?: RequestOptions): Promise<SpaceRuntime> {
    return this.transport.json.post("/api/spaces/{namespace}/{repo}/hardware", {
      path: splitRepoId(repo),
      body,
      ...options,
    });
  }

  /**
   * Sets after how much time without visitors a Space sleeps. On free hardware the Hub decides that itself.
   *
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * await hub.spaces.setSleepTime({ repo: "me/my-space", seconds: 3600 });
   */
  async setSleepTime({ repo, ...body }: SetSleepTimeInput, options?: RequestOptions): Promise<SpaceRuntime> {
    return this.transport.json.post("/api/spaces/{namespace}/{repo}/sleeptime", {
      path: splitRepoId(repo),
      body,
      ...options,
    });
  }

  /**
   * Gives a Space a disk that outlives its restarts, billed by the month. It can grow, but not shrink.
   *
   * @deprecated The Hub gave such disks up in April 2026; use `setVolumes`.
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * await hub.spaces.setStorage({ repo: "me/my-space", tier: "small" });
   */
  async setStorage({ repo, ...body }: SetStorageInput, options?: RequestOptions): Promise<SpaceRuntime> {
    return this.transport.json.post("/api/spaces/{namespace}/{repo}/storage", {
      path: splitRepoId(repo),
      body,
      ...options,
    });
  }

  /**
   * Deletes a Space's disk with all that is on it, for good.
   *
   * @deprecated The Hub gave such disks up in April 2026; use `setVolumes`, and `deleteVolumes` to end it.
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * await hub.spaces.deleteStorage({ repo: "me/my-space" });
   */
  async deleteStorage({ repo }: RepoInput, options?: RequestOptions): Promise<SpaceRuntime> {
    return this.transport.json.delete("/api/spaces/{namespace}/{repo}/storage", {
      path: splitRepoId(repo),
      ...options,
    });
  }

  /**
   * Switches dev mode, in which one works inside the running Space, on or off.
   *
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * await hub.spaces.setDevMode({ repo: "me/my-space", enabled: true });
   */
  async setDevMode({ repo, ...body }: SetDevModeInput, options?: RequestOptions): Promise<SpaceRuntime> {
    return this.transport.json.post("/api/spaces/{namespace}/{repo}/dev-mode", {
      path: splitRepoId(repo),
      body,
      ...options,
    });
  }

  /**
   * Mounts buckets and repositories in a Space, in place of what was mounted before.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/spaces/PUT/api/spaces/%7Bnamespace%7D/%7Brepo%7D/volumes
   * @example
   * await hub.spaces.setVolumes({
   *   repo: "me/my-space",
   *   volumes: [{ type: "bucket", source: "me/my-bucket", mountPath: "/data" }],
   * });
   */
  async setVolumes({ repo, ...body }: SetVolumesInput, options?: RequestOptions): Promise<void> {
    return this.transport.empty.put("/api/spaces/{namespace}/{repo}/volumes", {
      path: splitRepoId(repo),
      body,
      ...options,
    });
  }

  /**
   * Mounts nothing in a Space any more. What was mounted keeps its files.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/spaces/DELETE/api/spaces/%7Bnamespace%7D/%7Brepo%7D/volumes
   * @example
   * await hub.spaces.deleteVolumes({ repo: "me/my-space" });
   */
  async deleteVolumes({ repo }: RepoInput, options?: RequestOptions): Promise<void> {
    return this.transport.empty.delete("/api/spaces/{namespace}/{repo}/volumes", {
      path: splitRepoId(repo),
      ...options,
    });
  }

  /**
   * Returns which secrets a Space has.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/spaces/GET/api/spaces/%7Bnamespace%7D/%7Brepo%7D/secrets
   * @example
   * const keys = Object.keys(await hub.spaces.getSecrets({ repo: "me/my-space" }));
   */
  async getSecrets({ repo }: RepoInput, options?: RequestOptions): Promise<SpaceSecrets> {
    return this.transport.json.get("/api/spaces/{namespace}/{repo}/secrets", { path: splitRepoId(repo), ...options });
  }

  /**
   * Adds or replaces a secret, which the app reads as an environment variable; the Space restarts.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/spaces/POST/api/spaces/%7Bnamespace%7D/%7Brepo%7D/secrets
   * @example
   * await hub.spaces.setSecret({ repo: "me/my-space", key: "API_KEY", value: "of-a-service" });
   */
  async setSecret({ repo, ...body }: SetSecretInput, options?: RequestOptions): Promise<void> {
    return this.transport.empty.post("/api/spaces/{namespace}/{repo}/secrets", {
      path: splitRepoId(repo),
      body,
      ...options,
    });
  }

  /**
   * Deletes a secret; the Space restarts.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/spaces/DELETE/api/spaces/%7Bnamespace%7D/%7Brepo%7D/secrets
   * @example
   * await hub.spaces.deleteSecret({ repo: "me/my-space", key: "API_KEY" });
   */
  async deleteSecret({ repo, ...body }: DeleteSecretInput, options?: RequestOptions): Promise<void> {
    return this.transport.empty.delete("/api/spaces/{namespace}/{repo}/secrets", {
      path: splitRepoId(repo),
      body,
      ...options,
    });
  }

  /**
   * Returns a Space's variables with their values.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/spaces/GET/api/spaces/%7Bnamespace%7D/%7Brepo%7D/variables
   * @example
   * const variables = await hub.spaces.getVariables({ repo: "me/my-space" });
   */
  async getVariables({ repo }: RepoInput, options?: RequestOptions): Promise<SpaceVariables> {
    return this.transport.json.get("/api/spaces/{namespace}/{repo}/variables", {
      path: splitRepoId(repo),
      ...options,
    });
  }

  /**
   * Adds or replaces a variable, which everyone who sees the Space may read; the Space restarts. Returns all of them.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/spaces/POST/api/spaces/%7Bnamespace%7D/%7Brepo%7D/variables
   * @example
   * await hub.spaces.setVariable({ repo: "me/my-space", key: "MODEL_ID", value: "openai-community/gpt2" });
   */
  async setVariable({ repo, ...body }: SetVariableInput, options?: RequestOptions): Promise<SpaceVariables> {
    return this.transport.json.post("/api/spaces/{namespace}/{repo}/variables", {
      path: splitRepoId(repo),
      body,
      ...options,
    });
  }

  /**
   * Deletes a variable; the Space restarts. Returns the others.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/spaces/DELETE/api/spaces/%7Bnamespace%7D/%7Brepo%7D/variables
   * @example
   * await hub.spaces.deleteVariable({ repo: "me/my-space", key: "MODEL_ID" });
   */
  async deleteVariable({ repo, ...body }: DeleteVariableInput, options?: RequestOptions): Promise<SpaceVariables> {
    return this.transport.json.delete("/api/spaces/{namespace}/{repo}/variables", {
      path: splitRepoId(repo),
      body,
      ...options,
    });
  }

  /**
   * Follows the output of a Space's app or of its build, from the first line that the Hub still has; with `tail`, from
   * so many of the latest lines.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/spaces/GET/api/spaces/%7Bnamespace%7D/%7Brepo%7D/logs/%7BlogType%7D
   * @example
   * for await (const line of hub.spaces.streamLogs({ repo: "me/my-space", logType: "build" })) console.log(line.data);
   */
  streamLogs(
    { repo, logType = "run", tail, follow, ...query }: StreamSpaceLogsInput,
    options?: StreamOptions,
  ): EventStream<LogLine> {
    const path = { ...splitRepoId(repo), logType };
    return eventStream(this.transport, "/api/spaces/{namespace}/{repo}/logs/{logType}", {
      find: async (latest) => ({ path, query: { ...query, tail: latest } }),
      log: { tail, follow },
      ...options,
    });
  }

  /**
   * Follows changes of a Space's status: events `stage` have a word, `zero-gpu-count` a number, and `space` all that is
   * known. What the Hub sends is documented nowhere, so any part may be absent.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/spaces/GET/api/spaces/%7Bnamespace%7D/%7Brepo%7D/events
   * @example
   * for await (const { event, data } of hub.spaces.streamEvents({ repo: "me/my-space" }).events()) console.log(event, data);
   */
  streamEvents({ repo, ...query }: StreamSpaceEventsInput, options?: StreamOptions): EventStream<SpaceEventData> {
    const path = splitRepoId(repo);
    return eventStream(this.transport, "/api/spaces/{namespace}/{repo}/events", {
      find: async () => ({ path, query }),
      ...options,
    });
  }

  /**
   * Follows how busy a Space is. What the Hub sends is documented nowhere, so any part may be absent.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/spaces/GET/api/spaces/%7Bnamespace%7D/%7Brepo%7D/metrics
   * @example
   * for await (const metrics of hub.spaces.streamMetrics({ repo: "me/my-space" })) console.log(metrics);
   */
  streamMetrics({ repo }: RepoInput, options?: StreamOptions): EventStream<JobMetrics> {
    const path = splitRepoId(repo);
    return eventStream(this.transport, "/api/spaces/{namespace}/{repo}/metrics", {
      find: async () => ({ path }),
      ...options,
    });
  }
}
