import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { answering } from "../lib/answering.js";

export interface ServerSettings {
  /** Milliseconds before a response's headers. */
  latency?: number;
  /** Milliseconds between a response's headers and its body. */
  bodyDelay?: number;
  /** How many models the list has. */
  models?: number;
  /** Requests that are allowed in each window of so many milliseconds. */
  quota?: number;
  window?: number;
}

const {
  latency = 0,
  bodyDelay = 0,
  models = 0,
  quota = 1_000_000,
  window = 300_000,
} = JSON.parse(process.argv[2] ?? "{}") as ServerSettings;

const largestPage = 1000;

const whoami = JSON.stringify({
  type: "user",
  id: "5f0c746619cb630495b814fd",
  name: "ada",
  fullname: "Ada Lovelace",
  email: "ada@example.org",
  emailVerified: true,
  canPay: false,
  isPro: false,
  periodEnd: null,
  avatarUrl: "/avatars/f8a1a0b1d1d0a1b6c7e6e2b3c4d5e6f7.svg",
  orgs: ["engines", "numbers", "weavers"].map((name, index) => ({
    type: "org",
    id: `5f0c746619cb630495b8150${index}`,
    name,
    fullname: `The ${name}`,
    email: null,
    canPay: false,
    periodEnd: null,
    avatarUrl: `https://example.org/avatars/${name}.png`,
    roleInOrg: "write",
    isEnterprise: false,
  })),
  auth: {
    type: "access_token",
    accessToken: { displayName: "bench", role: "read", createdAt: "2026-01-01T00:00:00Z" },
  },
});

const model = (number: number): object => ({
  _id: `65f0c746619cb6${String(number).padStart(10, "0")}`,
  id: `engines/model-${number}`,
  modelId: `engines/model-${number}`,
  author: "engines",
  sha: "607a30d783dfa663caf39e06633721c8d4cfcd7e",
  lastModified: "2026-02-19T10:57:45.000Z",
  createdAt: "2025-03-02T23:29:04.000Z",
  private: false,
  gated: false,
  disabled: false,
  downloads: 1_000_000 - number,
  likes: number % 977,
  library_name: "transformers",
  pipeline_tag: "text-generation",
  tags: ["transformers", "safetensors", "gpt2", "text-generation", "en", "license:mit", "endpoints_compatible"],
});

const oneModel = JSON.stringify(model(1));
const list = Array.from({ length: models }, (_, number) => JSON.stringify(model(number)));
// A page is made once: the server must not be what a walk waits for.
const bodies = new Map<string, string>();

let opened = 0;
let used = 0;
let refused = 0;

/** Counts the request against the window's quota, and says what is left in the words of the Hub. */
function count(response: ServerResponse): boolean {
  const now = performance.now();
  if (opened === 0 || now >= opened + window) {
    opened = opened === 0 ? now : opened + Math.floor((now - opened) / window) * window;
    used = 0;
  }
  const allowed = used < quota;
  if (allowed) used += 1;
  const seconds = Math.ceil((opened + window - now) / 1000);
  response.setHeader("ratelimit", `"api";r=${quota - used};t=${seconds}`);
  response.setHeader("ratelimit-policy", `"fixed window";"api";q=${quota};w=${window / 1000}`);
  return allowed;
}

async function send(response: ServerResponse, status: number, body: string): Promise<void> {
  response.setHeader("content-type", "application/json; charset=utf-8");
  response.setHeader("content-length", Buffer.byteLength(body));
  response.setHeader("x-request-id", "Root=1-69245f3b-1f0a7c3d5b7e9a1c3d5f7b9d");
  response.statusCode = status;
  if (latency > 0) await sleep(latency);
  if (bodyDelay > 0) {
    response.flushHeaders();
    await sleep(bodyDelay);
  }
  response.end(body);
}

function page(url: URL, response: ServerResponse): string {
  const size = Math.min(Number(url.searchParams.get("limit") ?? largestPage), largestPage);
  const start = Number(url.searchParams.get("cursor") ?? 0);
  if (start + size < list.length) {
    url.searchParams.set("cursor", String(start + size));
    response.setHeader("link", `<${url.href}>; rel="next"`);
  }
  const key = `${start}+${size}`;
  const body = bodies.get(key) ?? `[${list.slice(start, start + size).join(",")}]`;
  bodies.set(key, body);
  return body;
}

const server = createServer((request, response) => {
  request.resume();
  const path = request.url ?? "/";
  if (!count(response)) {
    refused += 1;
    void send(response, 429, '{"error":"Too many requests"}');
  } else if (path.startsWith("/api/models?") || path === "/api/models") {
    const url = new URL(path, `http://${request.headers.host}`);
    void send(response, 200, page(url, response));
  } else {
    void send(response, 200, path.startsWith("/api/models/") ? oneModel : whoami);
  }
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1");
const listening = new Promise<string>((resolve) => {
  server.once("listening", () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
});
process.once("disconnect", () => process.exit());

answering((question) => (question === "refusals" ? refused : listening));
