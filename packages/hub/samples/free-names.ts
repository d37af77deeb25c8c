import type { Login } from "../src/oauth/index.js";
import { sampleToken } from "./world.js";

/**
 * The names that samples take from the program around them, beside `hub` and what the package exports. Those of the
 * webhook samples are what a server of the reader's has at hand.
 */
export interface FreeNames {
  process: { env: Record<string, string | undefined> };
  request: Request;
  headers: Record<string, string | undefined>;
  response: { writeHead(status: number): { end(): void } };
  secret: string;
  /** Of a user who came back; whoever runs a sample has one of its own. */
  login: Login;
}

export function valuesOfFreeNames(): FreeNames {
  const secret = "of-the-webhook";
  const event = { action: "create", scope: "discussion.comment" };
  const payload = {
    event,
    repo: { type: "model", name: "me/my-model", id: "65a1b2c3d4e5f60718293a4b", private: false, url: {}, owner: {} },
    discussion: {
      id: "65a1b2c3d4e5f60718293a4c",
      num: 3,
      title: "Typo",
      url: {},
      status: "open",
      author: {},
      isPullRequest: false,
    },
    comment: { id: "65a1b2c3d4e5f60718293a4b", content: "Thanks!", hidden: false },
    webhook: { id: "654bbbc16f2ec14d77f109cc", version: 3 },
  };
  return {
    login: { accessToken: sampleToken, scopes: [], clientId: "90e1", endpoint: "https://hub.local" },
    secret,
    process: { env: { HF_TOKEN: sampleToken } },
    request: new Request("https://example.com/hook", {
      method: "POST",
      headers: { "x-webhook-secret": secret, "content-type": "application/json" },
      body: JSON.stringify(payload),
    }),
    headers: { "x-webhook-secret": secret },
    response: { writeHead: () => ({ end: () => {} }) },
  };
}
