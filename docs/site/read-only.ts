/** A fetch that sends only what reads. The refusal is a response, so that the client neither repeats nor rewords it. */
export function readOnly(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const method = init?.method ?? (input instanceof Request ? input.method : "GET");
    if (method === "GET" || method === "HEAD") return fetch(input, init);
    const error = `${method} was not sent, as it may change something. Allow such calls above the editor.`;
    return Response.json({ error }, { status: 403 });
  };
}
