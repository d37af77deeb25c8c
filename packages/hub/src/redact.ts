const secretParameters =
  /^(x-amz-(signature|credential|security-token)|signature|policy|key-pair-id|token|access_token)$/i;

/** The address without signatures and tokens, fit for an error or a log. */
export function redactUrl(url: string): string {
  if (!url.includes("?") && !url.includes("@")) return url;
  try {
    const parsed = new URL(url);
    parsed.username = "";
    parsed.password = "";
    for (const name of [...parsed.searchParams.keys()]) {
      if (secretParameters.test(name)) parsed.searchParams.set(name, "***");
    }
    return parsed.href;
  } catch {
    return url.split("?")[0] ?? url;
  }
}
