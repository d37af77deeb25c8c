const secretParameters =
  /^(x-amz-(signature|credential|security-token)|signature|policy|key-pair-id|token|access_token)$/i;

/** The address without signatures and tokens, fit for an error or a log. */
export function redactUrl(url: string): string {
  if (!url.includes("?") && !url.includes("@")) return url;
  try {
    const parsed = new URL(url);
    parsed.username = "";
    parsed.password = "";
    for (const name of new Set(parsed.searchParams.keys())) {
      if (secretParameters.test(name)) parsed.searchParams.set(name, "***");
    }
    return parsed.href;
  } catch {
    return url.split("?")[0] ?? url;
  }
}

/** The text without the token, which servers sometimes repeat. */
export function hide(token: string | undefined, text: string): string {
  return token === undefined ? text : text.replaceAll(token, "***");
}

/** The error and its causes without the token: runtimes quote what a server sent. */
export function hideInError(token: string | undefined, error: unknown): unknown {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 8; cause = cause.cause, depth += 1) {
    const facts = cause as unknown as Record<string, unknown>;
    for (const name of Object.getOwnPropertyNames(cause)) {
      const value = facts[name];
      if (token !== undefined && typeof value === "string" && value.includes(token)) facts[name] = hide(token, value);
    }
  }
  return error;
}
