import { AppointedError } from '@appointed/core';
import type { IcsSplit } from './ics-split.js';

const MOST_NAMED = 10;

type Carried = Pick<IcsSplit, 'leftOut' | 'whole'> & Partial<Pick<IcsSplit, 'splitBy'>>;

/** What is lost of which events, and what to do. @returns AppointedError `unsupported` */
export function cannotCarry(events: readonly Carried[]): AppointedError {
  const named = events.slice(0, MOST_NAMED).map(({ leftOut, splitBy = [], whole }) => {
    const all = [...leftOut, ...splitBy].map(({ property, why }) => `${property} (${why})`).join(', ');
    const who = splitBy.length > 0 ? 'one appointment cannot carry' : 'no appointment can carry';
    return `${String(whole.subject)}: ${who} ${all}`;
  });
  const isSplit = events.some(({ splitBy = [] }) => splitBy.length > 0);
  const others = isSplit ? 'Take slotsFromIcs, which makes several appointments of it; or place' : 'Place';
  return new AppointedError('unsupported', named.join('; '), {
    field: 'leaveOut',
    hint: `${others} it without that by leaveOut: 'accept', or take it out of the file.`,
  });
}
