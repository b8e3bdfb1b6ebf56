/** One line of the results: what was done, what it should reach, and what was measured. */
export interface Row {
  readonly work: string;
  readonly reach: string;
  readonly measured: string;
  /** Whether it reaches; absent where there is nothing to reach. */
  readonly ok?: boolean;
}

/** A figure against the most it may be. */
export function atMost(work: string, value: number, limit: number, unit: string, detail = ''): Row {
  return {
    work,
    reach: `≤ ${limit}${unit}`,
    measured: `${round(value)}${unit}${detail ? ` (${detail})` : ''}`,
    ok: value <= limit,
  };
}
/** A figure against the least it must be. */
export function atLeast(work: string, value: number, limit: number, unit: string, detail = ''): Row {
  return {
    work,
    reach: `≥ ${limit}${unit}`,
    measured: `${round(value)}${unit}${detail ? ` (${detail})` : ''}`,
    ok: value >= limit,
  };
}
export function told(work: string, measured: string): Row {
  return { work, reach: '', measured };
}

export function round(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value.toPrecision(3).replace(/\.?0+$/, '');
}

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}
/** Nearest rank. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}
