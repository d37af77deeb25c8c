/** Text that nobody guesses: 32 random bytes, safe in a URL. */
export const randomText = (): string => base64Url(crypto.getRandomValues(new Uint8Array(32)));

/** The challenge that a verifier meets, by the method S256 (RFC 7636). */
export async function challengeOf(verifier: string): Promise<string> {
  return base64Url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))));
}

const base64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
