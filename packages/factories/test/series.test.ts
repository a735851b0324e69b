import { series, type SeriesOptions } from '@appointed/factories';
import { describe, expect, it } from 'vitest';
import { codeOf } from './code-of.js';
import { madeBy } from './made-by.js';

const standup: SeriesOptions = {
  subject: 'Stand-up',
  start: { dateTime: '2027-01-15T09:00', timeZone: 'Europe/Berlin' },
  end: { dateTime: '2027-01-15T09:15', timeZone: 'Europe/Berlin' },
  recurrence: { pattern: 'weekly', daysOfWeek: ['friday', 'monday'] },
};

describe('series', () => {
  it('makes a recurring appointment', async () => {
    expect(await madeBy(series(standup))).toMatchObject({
      subject: 'Stand-up',
      recurrence: { pattern: 'weekly', interval: 1, daysOfWeek: ['monday', 'friday'], firstDayOfWeek: 'monday' },
    });
  });

  it('refuses one without a recurrence, or whose start is none of its days, when it is made', async () => {
    const { recurrence: _, ...single } = standup;
    expect(await codeOf(() => series(single as SeriesOptions))).toBe('invalid_options recurrence');
    const tuesdays = { pattern: 'weekly', daysOfWeek: ['tuesday'] } as const;
    expect(await codeOf(() => series({ ...standup, recurrence: tuesdays }))).toBe('invalid_appointment recurrence');
  });

  it('is made in the zone of each mailbox where it says so, with the fallback of the run', async () => {
    const start = { dateTime: '2027-01-15T09:00', timeZone: 'mailbox' };
    const end = { dateTime: '2027-01-15T09:15', timeZone: 'mailbox' };
    expect(await madeBy(series({ ...standup, start, end }), undefined, 'Asia/Tokyo')).toMatchObject({
      start: { floating: '2027-01-15T09:00', zone: { iana: 'Asia/Tokyo' } },
    });
  });
});
