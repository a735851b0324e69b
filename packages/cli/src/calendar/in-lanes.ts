/** Something that takes from one place up to another, which is not counted. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
}

/** A stretch beside those that it overlaps. */
export interface InLane<T extends Stretch> {
  readonly stretch: T;
  /** Counted from 0. */
  readonly lane: number;
  /** How many lanes there are where it is. */
  readonly lanes: number;
}

/** Puts stretches that overlap into lanes beside each other, as few as will do. */
export function inLanes<T extends Stretch>(stretches: readonly T[]): readonly InLane<T>[] {
  const sorted = stretches.toSorted((a, b) => a.from - b.from || b.until - a.until);
  const clusters: { stretch: T; lane: number }[][] = [];
  let ends: number[] = [];
  for (const stretch of sorted) {
    if (ends.every((end) => end <= stretch.from)) {
      clusters.push([]);
      ends = [];
    }
    const free = ends.findIndex((end) => end <= stretch.from);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = stretch.until;
    clusters.at(-1)?.push({ stretch, lane });
  }
  return clusters.flatMap((cluster) => {
    const lanes = Math.max(...cluster.map(({ lane }) => lane)) + 1;
    return cluster.map((one) => ({ ...one, lanes }));
  });
}
