import type { AppointmentInput, FactoryContext, IAppointmentFactory } from '@appointed/core';
import { versionOf } from './version/version-of.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What a {@link TennisLessonFactory} can be told. */
export interface TennisLessonOptions {
  /**
   * Tells the moment that is counted from, in place of the run's `startedAt`. It must tell the same during a whole run
   * and when it is resumed, or the mailboxes get lessons at different times.
   */
  readonly clock?: () => Date;
}

/**
 * The tennis lesson of Microsoft's sample for EWS impersonation: at the tennis club, three days after the run was
 * started, for an hour.
 */
export class TennisLessonFactory implements IAppointmentFactory {
  readonly version: string;
  readonly #clock: (() => Date) | undefined;

  constructor(options: TennisLessonOptions = {}) {
    this.#clock = options.clock;
    this.version = versionOf('tennis-lesson/1', options);
  }

  getAppointment({ startedAt }: Pick<FactoryContext, 'startedAt'>): AppointmentInput {
    const from = this.#clock?.() ?? startedAt;
    const start = from.getTime() + 3 * DAY_MS;
    return {
      subject: 'Tennis lesson',
      body: 'Focus on backhand this week.',
      start: new Date(start),
      end: new Date(start + HOUR_MS),
      location: 'Tennis club',
    };
  }
}
