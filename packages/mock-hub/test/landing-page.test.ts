import { expect, it } from "vitest";
import { createMockHub } from "../src/index.js";
import { listen } from "../src/node.js";
import { present } from "./api.js";

const accept = "text/html,application/xhtml+xml,*/*;q=0.8";

it("a browser at the root reads what this is, where it answers and which tokens there are", async () => {
  const hub = createMockHub();
  const { accounts } = hub.state;
  accounts.issueToken("hf_mock_<odd>", { user: present(accounts.user("mei")), role: "read" });
  accounts.issueToken("hf_oauth_secret", { user: present(accounts.user("mei")), role: "read", expiresAt: Infinity });
  const server = await listen(hub);
  try {
    const response = await fetch(server.url, { headers: { accept } });
    const page = await response.text();
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    for (const text of [server.url, server.cdnUrl, ...Object.values(hub.tokens), "ada", "grace", "300\u00a0models"])
      expect(page).toContain(text);
    expect(page).toContain("hf_mock_&lt;odd&gt;");
    expect(page).not.toContain("hf_oauth_secret");
    expect(page).toContain('href="https://huggingface.co/spaces/huggingface/openapi"');
  } finally {
    await server.close();
  }
});

it("the page loads nothing", async () => {
  const hub = createMockHub();
  const response = await hub.fetch(`${hub.url}/`, { headers: { accept } });
  expect(response.headers.get("content-security-policy")).toMatch(/^default-src 'none';/);
  const page = await response.text();
  expect(page).not.toMatch(/<script|<img|<iframe|@import|url\(|src=/);
  expect([...page.matchAll(/<link [^>]*>/g)].map(([link]) => link)).toEqual(['<link rel="icon" href="data:,">']);
});

it("the links on the page lead somewhere", async () => {
  const hub = createMockHub();
  const page = await (await hub.fetch(`${hub.url}/`, { headers: { accept } })).text();
  const paths = [...page.matchAll(/href="(\/[^"]*)"/g)].map(([, path = ""]) => path);
  expect(paths.length).toBeGreaterThan(2);
  for (const path of paths) expect((await hub.fetch(hub.url + path)).status).toBe(200);
});

it("others find nothing at the root, as before", async () => {
  const hub = createMockHub();
  for (const headers of [{}, { accept: "application/json" }, { accept: "*/*" }])
    expect((await hub.fetch(`${hub.url}/`, { headers })).status).toBe(404);
});
