/** Calls a function that the caller gave. Nobody waits for an asynchronous one, and its rejection bothers nobody. */
export function runCallback<A extends unknown[]>(callback: ((...input: A) => unknown) | undefined, ...input: A): void {
  const result = callback?.(...input) as PromiseLike<unknown> | undefined;
  if (typeof result?.then === "function") result.then(undefined, () => undefined);
}
