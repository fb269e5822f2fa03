/** One measured thing: milliseconds unless its name says otherwise. */
export interface Figure {
  readonly name: string;
  readonly p50: number;
  readonly p99: number;
  readonly runs: number;
  /** What the table in docs/architecture.md asks of it, in words. */
  readonly target?: string;
}

export function figureOf(name: string, samples: readonly number[], target?: string): Figure {
  const sorted = [...samples].sort((a, b) => a - b);
  return {
    name,
    p50: round(quantile(sorted, 0.5)),
    p99: round(quantile(sorted, 0.99)),
    runs: sorted.length,
    ...(target === undefined ? {} : { target }),
  };
}

/** Nearest rank: a value that was really measured. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Now on the machine's own monotonic clock, milliseconds: the same for every thread and process. */
export function machineMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
