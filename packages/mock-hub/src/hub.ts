import type { Answer } from "./http/answer.js";
import { serveCdn } from "./storage/cdn.js";
import { Call } from "./http/call.js";
import type { HubRequest } from "./http/request.js";
import { changeFile } from "./faults/changed-file.js";
import { decorate, preflight } from "./http/decorate.js";
import { Faults, type FaultPlan } from "./faults/faults.js";
import { createFetch } from "./http/fetch.js";
import type { OpenApiDocument } from "./openapi/document.js";
import { Random } from "./random.js";
import { bucketOf, RateLimit, type RateLimitOptions } from "./http/rate-limit.js";
import { movedTo, withOwner } from "./http/moved.js";
import { pageNotFound, Refusal, repoNotFound } from "./http/refusal.js";
import { RequestLog } from "./http/request-log.js";
import { segmentsOf } from "./http/router.js";
import { createRoutes } from "./routes/create-routes.js";
import { seedWorld } from "./seed/seed-world.js";
import type { RepoCounts } from "./seed/seed-repos.js";
import type { Token } from "./state/accounts.js";
import type { OAuthOptions } from "./state/oauth.js";
import type { StorageOptions } from "./state/storage.js";
import { World } from "./state/world.js";

export interface MockHubOptions {
  /** Decides everything that is made up. Default 1. */
  seed?: number;
  /** How many repositories there are; what is left out keeps its default of 300, 80 and 40. */
  repos?: Partial<RepoCounts>;
  /** Quotas to enforce: own ones, or `"hub"` for those of the real one. Default: a million requests for each caller. */
  rateLimit?: RateLimitOptions | "hub";
  /** What goes wrong with requests. Default nothing. */
  faults?: FaultPlan;
  /** How large files are kept: when they go up in parts, and what tells them apart. */
  lfs?: StorageOptions;
  /** How logging in by OAuth goes. */
  oauth?: OAuthOptions;
  /** From the creation of a job to its end, in milliseconds; it waits for the first fifth of it. Default 1000. */
  jobDuration?: number;
  /** The Hub's OpenAPI document: with it, every operation it describes answers, from its schema where nothing else does. */
  document?: OpenApiDocument | undefined;
  /** The clock, in milliseconds. Default `Date.now`. */
  now?: () => number;
}

export interface MockHub {
  /** Answers like the global `fetch`, without a network: redirects, abort signals and broken connections included. */
  readonly fetch: typeof fetch;
  /** The address under which `fetch` answers. It takes any other origin for the Hub's too, except that of `cdnUrl`. */
  readonly url: string;
  /** The second origin, which serves large files and takes uploads. */
  readonly cdnUrl: string;
  /** Tokens of `ada`, and one that writes in the name of `grace`. */
  readonly tokens: Readonly<Record<"read" | "write" | "other", string>>;
  /** What there is; may be read and changed by tests. */
  readonly state: World;
  readonly requests: RequestLog;
  readonly faults: Faults;
  /** What `fetch` and servers are built on. */
  handle(request: HubRequest): Promise<Answer>;
}

const url = "https://hub.local";
const cdnUrl = "https://cdn.hub.local";

/** Makes a Hub that lives in memory: two of them share nothing. */
export function createMockHub(options: MockHubOptions = {}): MockHub {
  const { seed = 1, now = Date.now } = options;
  const world = new World(seed, now, options);
  const tokens = seedWorld(world, { models: 300, datasets: 80, spaces: 40, ...options.repos });
  const faults = new Faults(options.faults ?? {}, seed);
  const limits = new RateLimit(options.rateLimit ?? {}, now);
  const router = createRoutes(options.document);
  const requests = new RequestLog();
  const ids = new Random(`${seed}/requests`);

  function handle(request: HubRequest): Promise<Answer> {
    return request.url.origin === request.cdnOrigin ? answerCdn(request) : answerHub(request);
  }

  async function answerCdn(request: HubRequest): Promise<Answer> {
    const answer = await refusing(() =>
      faults.around(
        request,
        () => serveCdn(request, world),
        () => changeFile(request, world),
      ),
    );
    log(request, "cdn", answer);
    return answer;
  }

  async function answerHub(request: HubRequest): Promise<Answer> {
    if (request.method === "OPTIONS") return preflight(request);
    const bearer = /^Bearer (.+)$/i.exec(request.header("authorization") ?? "")?.[1];
    const token = bearer === undefined ? undefined : world.accounts.token(bearer, now());
    const limit = limits.take(bucketOf(request.url.pathname), bearer ?? "anonymous", token);
    const answer = await refusing(() =>
      faults.around(
        request,
        async () => {
          if (limit.refusal) return limit.refusal;
          if (token || isForApp(request)) return route(request, token);
          throw new Refusal(401, "Invalid credentials in Authorization header");
        },
        () => changeFile(request, world),
      ),
    );
    log(request, "hub", answer, token?.user.name);
    return decorate(answer, request, { ids, isSignedIn: token !== undefined, rateLimit: limit.headers });
  }

  function log(request: HubRequest, origin: "hub" | "cdn", { status }: Answer, user?: string): void {
    const { method, url } = request;
    requests.add({ origin, method, path: url.pathname + url.search, range: request.header("range"), status, user });
  }

  async function route(request: HubRequest, token: Token | undefined): Promise<Answer> {
    const segments = segmentsOf(request.url.pathname);
    const moved = movedTo(segments, request.url, world, token);
    if (moved) return moved;
    const method = request.method === "HEAD" ? "GET" : request.method;
    const match = router.match(segments);
    const found = match?.routes.get(method);
    if (found) {
      const params = new Map(found.names.map((name, index) => [name, match?.values[index] ?? ""]));
      return found.handler(new Call(request, world, token, params));
    }
    const completed = withOwner(segments);
    if (completed && router.match(completed)?.routes.has(method)) throw repoNotFound(token !== undefined);
    if (!match) throw pageNotFound();
    const allow = [...match.routes.keys()].join(", ");
    throw new Refusal(405, `${request.method} is not allowed here`, { headers: { allow } });
  }

  return { fetch: createFetch(handle, cdnUrl), url, cdnUrl, tokens, state: world, requests, faults, handle };
}

/** Nobody's token is in it: there is no such header, or an app proves by it who it is. */
function isForApp(request: HubRequest): boolean {
  const header = request.header("authorization");
  return header === undefined || (request.url.pathname === "/oauth/token" && header.startsWith("Basic "));
}

async function refusing(attempt: () => Promise<Answer>): Promise<Answer> {
  try {
    return await attempt();
  } catch (error) {
    // A mistake of this package must not end the process of those who test with it.
    return (
      error instanceof Refusal ? error : new Refusal(500, `Internal error of the mock Hub: ${String(error)}`)
    ).toAnswer();
  }
}
