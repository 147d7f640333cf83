/** One line of the table that `npm run bench` prints. */
export interface Figure {
  what: string;
  /** As measured, with its unit. */
  value: string;
  /** What it is held against, measured in the same run. */
  baseline?: string;
  /** value ÷ baseline, where both are of one kind. */
  ratio?: number;
  goal?: string;
  /** Left out where there is no goal. */
  met?: boolean;
}

/** The default export of every `bench/*.bench.ts`. */
export interface Bench {
  title: string;
  /** Measures in one process and one run; cleans up what it started. */
  run(): Promise<Figure[]>;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value below which the share `q` of the values lies. */
export function quantile(values: readonly number[], q: number): number {
  if (values.length === 0) throw new Error('There is nothing to measure: no values.');
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * q;
  const below = sorted[Math.floor(position)] as number;
  const above = sorted[Math.ceil(position)] as number;
  return below + (above - below) * (position - Math.floor(position));
}
