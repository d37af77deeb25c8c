// A Cloudflare Worker that tells the most downloaded models of an author: GET /?author=google. The token is a secret of
// the Worker (`wrangler secret put HF_TOKEN`), and reaches the Hub alone.
import { createHub, isHubError, Models } from "@hf-api/hub";

interface Env {
  HF_TOKEN?: string;
  HF_ENDPOINT?: string;
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const author = new URL(request.url).searchParams.get("author");
    if (author === null) return Response.json({ error: "name an author: /?author=google" }, { status: 400 });
    // A client for each request: a Worker's environment comes with the request.
    const options = { token: env.HF_TOKEN ?? null, endpoint: env.HF_ENDPOINT };
    // Whoever called waits no longer than this, and no longer than they like.
    const hub = createHub({ models: Models }, { ...options, deadline: 10_000, retries: 1 });
    try {
      const { items, next } = await hub.models
        .list({ author, sort: "downloads", pageSize: 5 }, { signal: request.signal })
        .page();
      const models = items.map(({ id, downloads }) => ({ id, downloads }));
      return Response.json({ models, more: next !== undefined }, { headers: { "cache-control": "max-age=300" } });
    } catch (error) {
      if (!isHubError(error)) throw error;
      return Response.json({ error: "the Hub does not answer" }, { status: 502 });
    }
  },
};
