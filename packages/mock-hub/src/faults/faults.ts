import { json, text, type Answer, type Breakage } from "../http/answer.js";
import type { HubRequest } from "../http/request.js";
import { corrupted } from "./corrupted.js";
import { Refusal } from "../http/refusal.js";
import { Random } from "../random.js";

/** What can go wrong with a request. Rates are probabilities from 0 to 1. */
export interface FaultPlan {
  /** Milliseconds before the response, or a range of them. */
  latency?: number | readonly [from: number, to: number];
  /** The connection breaks before a response came. */
  reset?: number;
  /** Answers with a status instead, by status: `{ 429: 0.1, 503: 0.05 }`. */
  status?: Readonly<Record<number, number>>;
  /** The body ends in the middle although the headers promised more. */
  truncate?: number;
  /** The body stops in the middle and the connection stays open. */
  stall?: number;
  /** Where a body is truncated or stalls, in bytes of it. Default its middle. */
  after?: number;
  /** The body has one wrong byte, its length and headers are right. */
  corrupt?: number;
  /** The file that a download asks for is another one from here on, of the same length. */
  change?: number;
}

/** Which requests a plan is for: those that all given members fit. */
export interface RequestMatch {
  origin?: "hub" | "cdn";
  method?: string;
  /** A part of the path with its query, or an expression for it. */
  path?: string | RegExp;
}

/** What befalls one request. */
interface Fate {
  latency: number;
  status?: number;
  breakage?: Breakage;
  isCorrupt?: boolean;
  isChanged?: boolean;
}

interface Appointment {
  match: RequestMatch;
  plan: FaultPlan;
  /** How many matching requests still pass unharmed. */
  spared: number;
  times: number;
}

/** Chooses the fate of each request; the same seed and order of requests give the same fates. */
export class Faults {
  /** What holds for all requests; may be replaced at any time. */
  plan: FaultPlan;
  readonly #next: FaultPlan[] = [];
  readonly #appointments: Appointment[] = [];
  readonly #random: Random;

  constructor(plan: FaultPlan, seed: number) {
    this.plan = plan;
    this.#random = new Random(`${seed}/faults`);
  }

  /** The next `times` requests follow this plan instead, then the usual one holds again. */
  once(plan: FaultPlan, times = 1): void {
    for (let count = 0; count < times; count++) this.#next.push(plan);
  }

  /**
   * Requests that match follow this plan instead: from the `nth` one on, counted from now and from 1, and `times` of
   * them. Others are not touched.
   */
  when({ nth = 1, times = 1, ...match }: RequestMatch & { nth?: number; times?: number }, plan: FaultPlan): void {
    this.#appointments.push({ match, plan, spared: nth - 1, times });
  }

  /** Forgets what `once` and `when` planned and has not happened yet. */
  clear(): void {
    this.#next.length = 0;
    this.#appointments.length = 0;
  }

  /** Lets the fate of a request happen to its response, or come in place of it. `change` alters the file asked for. */
  async around(
    request: HubRequest,
    attempt: () => Promise<Answer>,
    change: () => void | Promise<void>,
  ): Promise<Answer> {
    const { latency, status, breakage, isCorrupt, isChanged } = this.#draw(request);
    if (latency > 0) await new Promise((resolve) => setTimeout(resolve, latency));
    if (status !== undefined) return faultAnswer(status);
    if (isChanged) await change();
    const answer = await attempt();
    const sent = isCorrupt ? corrupted(answer) : answer;
    return breakage ? { ...sent, breakage } : sent;
  }

  #draw(request: HubRequest): Fate {
    const plan = this.#planFor(request);
    const latency = this.#latency(plan.latency ?? 0);
    for (const [status, rate] of Object.entries(plan.status ?? {})) {
      if (this.#random.chance(rate)) return { latency, status: Number(status) };
    }
    for (const kind of ["reset", "truncate", "stall"] as const) {
      if (!this.#random.chance(plan[kind] ?? 0)) continue;
      return { latency, breakage: { kind, ...(plan.after !== undefined && { after: plan.after }) } };
    }
    // Drawn only where they are requested, so that other plans meet the same fates as ever.
    if (plan.corrupt && this.#random.chance(plan.corrupt)) return { latency, isCorrupt: true };
    if (plan.change && this.#random.chance(plan.change)) return { latency, isChanged: true };
    return { latency };
  }

  /** A plan in the request's own `X-Mock-Fault` header wins, then one that was made for requests like it. */
  #planFor(request: HubRequest): FaultPlan {
    const header = request.header("x-mock-fault");
    if (header !== undefined) return parseFaults(header);
    return this.#appointed(request) ?? this.#next.shift() ?? this.plan;
  }

  #appointed(request: HubRequest): FaultPlan | undefined {
    let found: Appointment | undefined;
    // Each counts every request that matches it, whether or not another one got hold of it.
    for (const appointment of this.#appointments.filter(({ match }) => isMatch(request, match))) {
      if (appointment.spared > 0) appointment.spared--;
      else found ??= appointment;
    }
    if (!found) return undefined;
    found.times--;
    if (found.times <= 0) this.#appointments.splice(this.#appointments.indexOf(found), 1);
    return found.plan;
  }

  #latency(latency: number | readonly [number, number]): number {
    return typeof latency === "number" ? latency : this.#random.integer(...latency);
  }
}

function isMatch({ method, url, cdnOrigin }: HubRequest, match: RequestMatch): boolean {
  const path = url.pathname + url.search;
  if (match.origin !== undefined && match.origin !== (url.origin === cdnOrigin ? "cdn" : "hub")) return false;
  if (match.method !== undefined && match.method !== method) return false;
  if (match.path === undefined) return true;
  return typeof match.path === "string" ? path.includes(match.path) : path.search(match.path) >= 0;
}

const numbers = ["latency", "reset", "truncate", "stall", "after", "corrupt", "change"] as const;

/** Reads `latency=200,reset=0.1,503=1`, the form of the header and of the command line. A bare name means always. */
export function parseFaults(text: string): FaultPlan {
  const plan: FaultPlan = {};
  for (const part of text.split(",")) {
    const [name = "", value = "1"] = part.trim().split("=");
    const number = Number(value);
    if (Number.isNaN(number)) throw new Refusal(400, `The fault "${name}" needs a number, not "${value}".`);
    const known = numbers.find((candidate) => candidate === name);
    if (known) plan[known] = number;
    else if (/^[45]\d\d$/.test(name)) plan.status = { ...plan.status, [name]: number };
    else throw new Refusal(400, `Unknown fault "${name}": expected ${numbers.join(", ")} or a status.`);
  }
  return plan;
}

/** Gateways answer HTML, the Hub itself JSON. */
function faultAnswer(status: number): Answer {
  if (status < 502) return json({ error: `This ${status} was asked for.` }, status);
  return text(`<html><body><h1>${status} from a gateway</h1></body></html>`, status, { "content-type": "text/html" });
}
