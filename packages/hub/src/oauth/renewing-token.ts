/** A token and when it ends, in milliseconds since 1970. */
export interface DatedToken {
  token: string;
  expiresAt: number;
}

/** How long before its end a token is renewed, in milliseconds, but never in the first half of its life. */
const margin = 5 * 60 * 1000;

/**
 * The current token, renewed shortly before it ends. Calls at the same time share one renewal. One that fails is no
 * failure as long as the old token is good.
 */
export function renewingToken(first: DatedToken | undefined, renew: () => Promise<DatedToken>): () => Promise<string> {
  let current = first;
  let renewal: Promise<DatedToken> | undefined;
  let renewAt = first === undefined ? -Infinity : first.expiresAt - margin;
  const begin = (): Promise<DatedToken> =>
    (renewal ??= renew()
      .then((renewed) => {
        current = renewed;
        renewAt = Math.max(renewed.expiresAt - margin, (Date.now() + renewed.expiresAt) / 2);
        return renewed;
      })
      .finally(() => (renewal = undefined)));
  return async () => {
    const now = Date.now();
    if (current !== undefined && now < renewAt) return current.token;
    try {
      return (await begin()).token;
    } catch (error) {
      if (current === undefined || Date.now() >= current.expiresAt) throw error;
      // The next request tries again, but not each of many.
      renewAt = Math.min(Date.now() + 10_000, current.expiresAt);
      return current.token;
    }
  };
}
