import type { Importance, Sensitivity, ShowAs } from '@appointed/core';

/** Element LegacyFreeBusyStatus. */
export const FREE_BUSY: Readonly<Record<ShowAs, string>> = {
  free: 'Free',
  tentative: 'Tentative',
  busy: 'Busy',
  oof: 'OOF',
  workingElsewhere: 'WorkingElsewhere',
};

/** Element Sensitivity. */
export const SENSITIVITY: Readonly<Record<Sensitivity, string>> = {
  normal: 'Normal',
  personal: 'Personal',
  private: 'Private',
  confidential: 'Confidential',
};

/** Element Importance. */
export const IMPORTANCE: Readonly<Record<Importance, string>> = { low: 'Low', normal: 'Normal', high: 'High' };

/** Our word for a server's; undefined for one that Outlook does not offer, such as `NoData`. */
export function ourWord<T extends string>(words: Readonly<Record<T, string>>, theirs: string): T | undefined {
  return (Object.keys(words) as T[]).find((word) => words[word] === theirs);
}
