import type { MockHub } from "@hf-api/mock-hub";
import type { LoginStorage } from "../../src/oauth/index.js";

/** A storage like a page's. */
export function memoryStorage(): LoginStorage & { readonly items: Map<string, string> } {
  const items = new Map<string, string>();
  return {
    items,
    get length() {
      return items.size;
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, value) => void items.set(name, value),
    removeItem: (name) => void items.delete(name),
  };
}

/** Presses a button of the consent page that a login leads to; returns the URL that the user comes back by. */
export async function responseConsent(
  fetch: MockHub["fetch"],
  loginUrl: string,
  decision: "allow" | "deny" = "allow",
  user: string = "grace",
): Promise<string> {
  const url = new URL(loginUrl);
  const body = new URLSearchParams({ ...Object.fromEntries(url.searchParams), user, decision });
  const response = await fetch(`${url.origin}${url.pathname}`, { method: "POST", body, redirect: "manual" });
  const location = response.headers.get("location");
  if (location === null) throw new Error(`${response.status}: ${await response.text()}`);
  return location;
}
