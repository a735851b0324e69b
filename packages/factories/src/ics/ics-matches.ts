import type { IcsExceptions } from './ics-exceptions.js';
import type { IcsSpan } from './ics-span.js';
import { shownAt } from './ics-wall-time.js';

/** Which occurrences of a rule its exceptions mean. */
export interface IcsMatches {
  /** After that day no exception means any. */
  readonly lastDay: string;
  /** The occurrences that were found, by the wall times of the exceptions. */
  readonly found: ReadonlyMap<string, string>;
  /** The wall time of the exception that means this occurrence. */
  find(occurrence: string): string | undefined;
}

/** Compares occurrences with exceptions. */
export function matchesOf({ added, excluded, replaced }: IcsExceptions, span: IcsSpan): IcsMatches {
  const meant = new Set([...excluded, ...added.keys(), ...replaced.keys()]);
  const days = new Set([...meant].map((wallTime) => wallTime.slice(0, 10)));
  const found = new Map<string, string>();
  return {
    lastDay: [...days].toSorted().at(-1) ?? '',
    found,
    find(occurrence) {
      if (!days.has(occurrence.slice(0, 10))) return undefined;
      // Where clocks pass over the hour, an exception in another zone means the hour after it.
      const match = [occurrence, shownAt(span, occurrence)].find((wallTime) => meant.has(wallTime));
      if (match !== undefined) found.set(match, occurrence);
      return match;
    },
  };
}
