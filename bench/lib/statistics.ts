/** The value below which the given share of the samples lies, between the two nearest ones. */
function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? NaN;
  const above = sorted[Math.ceil(position)] ?? NaN;
  return below + (above - below) * (position - Math.floor(position));
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5);

/** What disturbs a measurement only ever adds to it, so a low quantile is nearer to the truth than the mean. */
export const quiet = (samples: readonly number[]): number => quantile(samples, 0.2);
