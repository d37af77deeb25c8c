import { json, text, type Answer } from "./answer.js";
import type { HubRequest } from "./call.js";
import { Refusal } from "./refusal.js";
import { Random } from "./random.js";

/** What can go wrong with a request. Rates are probabilities from 0 to 1. */
export interface FaultPlan {
  /** Milliseconds before the answer, or a range of them. */
  latency?: number | readonly [from: number, to: number];
  /** The connection breaks before an answer came. */
  reset?: number;
  /** Answers with a status instead, by status: `{ 429: 0.1, 503: 0.05 }`. */
  status?: Readonly<Record<number, number>>;
  /** The body ends in the middle although the headers promised more. */
  truncate?: number;
  /** The body stops in the middle and the connection stays open. */
  stall?: number;
}

/** What befalls one request. */
interface Fate {
  latency: number;
  status?: number;
  /** How its answer breaks on the wire. */
  breakage?: Breakage;
}

export type Breakage = "reset" | "truncate" | "stall";

/** Chooses the fate of each request; the same seed and order of requests give the same fates. */
export class Faults {
  /** What holds for all requests; may be replaced at any time. */
  plan: FaultPlan;
  readonly #next: FaultPlan[] = [];
  readonly #random: Random;

  constructor(plan: FaultPlan, seed: number) {
    this.plan = plan;
    this.#random = new Random(`${seed}/faults`);
  }

  /** The next `times` requests follow this plan instead, then the usual one holds again. */
  once(plan: FaultPlan, times = 1): void {
    for (let count = 0; count < times; count++) this.#next.push(plan);
  }

  /** Lets the fate of a request happen to its answer, or come in place of it. */
  async around(request: HubRequest, attempt: () => Promise<Answer>): Promise<Answer> {
    const { latency, status, breakage } = this.#draw(request.header("x-mock-fault"));
    if (latency > 0) await new Promise((resolve) => setTimeout(resolve, latency));
    if (status !== undefined) return faultAnswer(status);
    const answer = await attempt();
    return breakage ? { ...answer, breakage } : answer;
  }

  /** A plan in the request's own `X-Mock-Fault` header wins. */
  #draw(header: string | undefined): Fate {
    const plan = header === undefined ? (this.#next.shift() ?? this.plan) : parseFaults(header);
    const latency = this.#latency(plan.latency ?? 0);
    for (const [status, rate] of Object.entries(plan.status ?? {})) {
      if (this.#random.chance(rate)) return { latency, status: Number(status) };
    }
    for (const breakage of ["reset", "truncate", "stall"] as const) {
      if (this.#random.chance(plan[breakage] ?? 0)) return { latency, breakage };
    }
    return { latency };
  }

  #latency(latency: number | readonly [number, number]): number {
    return typeof latency === "number" ? latency : this.#random.integer(...latency);
  }
}

/** Reads `latency=200,reset=0.1,503=1`, the form of the header and of the command line. A bare name means always. */
export function parseFaults(text: string): FaultPlan {
  const plan: FaultPlan = {};
  for (const part of text.split(",")) {
    const [name = "", value = "1"] = part.trim().split("=");
    const number = Number(value);
    if (Number.isNaN(number)) throw new Refusal(400, `The fault "${name}" needs a number, not "${value}".`);
    if (/^[45]\d\d$/.test(name)) plan.status = { ...plan.status, [name]: number };
    else if (name === "latency" || name === "reset" || name === "truncate" || name === "stall") plan[name] = number;
    else throw new Refusal(400, `Unknown fault "${name}": expected latency, reset, truncate, stall or a status.`);
  }
  return plan;
}

/** Gateways answer HTML, the Hub itself JSON. */
function faultAnswer(status: number): Answer {
  if (status < 502) return json({ error: `This ${status} was asked for.` }, status);
  return text(`<html><body><h1>${status} from a gateway</h1></body></html>`, status, { "content-type": "text/html" });
}
