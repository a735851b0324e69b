/** Some occurrences of a rule, one after the other, with none between them that is another's. */
export interface IcsSegment {
  /** The wall times of the first one and the last one that was looked at. */
  readonly first: string;
  readonly last: string;
  /** How many occurrences of the rule were before it. */
  readonly before: number;
  readonly isSingle: boolean;
  /** Nothing comes in between any more: it goes on as long as the rule does. */
  readonly isRest: boolean;
}

/** Where a series ends, and another one begins. */
export interface SegmentRules {
  /** Is the occurrence none of the rule's any more? */
  isGap(wallTime: string): boolean;
  /** Can a series begin with that occurrence? */
  isRegular(wallTime: string): boolean;
  /** After which nothing comes in between. */
  readonly lastDay: string;
}

/**
 * Splits the occurrences of a rule at those that are not its own.
 * @param occurrences wall times, in their order; without an end, maybe
 */
export function segmentsOf(
  occurrences: Iterable<string>,
  { isGap, isRegular, lastDay }: SegmentRules,
): readonly IcsSegment[] {
  const segments: IcsSegment[] = [];
  let open: IcsSegment | undefined;
  let before = 0;
  let irregular = Number.NaN;
  for (const wallTime of occurrences) {
    if (isGap(wallTime)) {
      if (open !== undefined) segments.push(open);
      open = undefined;
    } else if (open === undefined) {
      open = { first: wallTime, last: wallTime, before, isSingle: true, isRest: false };
      // Where the one before was none either, none is: those of a rule that is on the days when clocks change are alike.
      if (before - 1 !== irregular && !isRegular(wallTime)) {
        segments.push(open);
        open = undefined;
        irregular = before;
      }
    } else {
      open = { ...open, last: wallTime, isSingle: false };
      if (wallTime.slice(0, 10) > lastDay) break;
    }
    before += 1;
  }
  return open === undefined ? segments : [...segments, { ...open, isRest: true }];
}
