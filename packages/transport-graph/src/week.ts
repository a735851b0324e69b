import type { Weekday } from '@appointed/core';

/** The days of the week, in Graph's words, which are ours. */
export const WEEK: readonly Weekday[] = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
