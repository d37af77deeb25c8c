/** Asks for many things a slice at a time, and joins the answers. Nothing is asked for when there is nothing. */
export async function inSlices<T, R>(
  all: readonly T[],
  size: number,
  ask: (slice: T[]) => Promise<readonly R[]>,
): Promise<R[]> {
  const answers: R[] = [];
  for (let start = 0; start < all.length; start += size) {
    for (const answer of await ask(all.slice(start, start + size))) answers.push(answer);
  }
  return answers;
}
