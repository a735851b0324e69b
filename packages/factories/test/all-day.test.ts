import { allDay } from '@appointed/factories';
import { describe, expect, it } from 'vitest';
import { codeOf } from './code-of.js';
import { madeBy } from './made-by.js';

describe('allDay', () => {
  it('makes one day, shown as free, in the mailbox’s own zone, that reminds nobody', async () => {
    expect(await madeBy(allDay({ subject: 'Reading day', start: '2027-12-24' }))).toMatchObject({
      subject: 'Reading day',
      isAllDay: true,
      start: { floating: '2027-12-24T00:00:00' },
      end: { floating: '2027-12-25T00:00:00' },
      showAs: 'free',
      reminder: false,
    });
  });

  it('makes several days, of which the end is the last', async () => {
    const away = allDay({ subject: 'Away', start: '2027-12-24', end: '2027-12-26', showAs: 'oof' });
    expect(await madeBy(away)).toMatchObject({
      start: { floating: '2027-12-24T00:00:00' },
      end: { floating: '2027-12-27T00:00:00' },
      showAs: 'oof',
    });
  });

  it('takes days in a zone, and a reminder', async () => {
    const start = { date: '2027-12-24', timeZone: 'Europe/Berlin' };
    const made = await madeBy(allDay({ subject: 'Away', start, reminder: { minutesBefore: 60 } }));
    expect(made).toMatchObject({ start: { offset: '+01:00' }, reminder: { minutesBefore: 60 } });
  });

  it('refuses what is no date, and a last day before the first, when it is made', async () => {
    expect(await codeOf(() => allDay({ subject: 'Away', start: '24.12.2027' }))).toBe('invalid_appointment start.date');
    expect(await codeOf(() => allDay({ subject: 'Away', start: '2027-12-24', end: '2027-12-23' }))).toBe(
      'end_before_start end',
    );
  });
});
