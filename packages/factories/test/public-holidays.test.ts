import { publicHolidays } from '@appointed/factories/public-holidays';
import { createRunner } from '@appointed/core';
import { factorySuite, fakeTransport } from '@appointed/testkit';
import { describe, expect, it } from 'vitest';
import { codeOf } from './code-of.js';
import { madeBy } from './made-by.js';

const GERMANY = { country: 'DE', year: 2027 };

async function daysOf(factories: ReturnType<typeof publicHolidays>): Promise<Readonly<Record<string, string>>> {
  const days = Object.entries(factories).map(async ([slot, factory]) => {
    const { end, start, subject } = await madeBy(factory);
    const length = Math.round((end.epochMs - start.epochMs) / 86_400_000);
    return [slot, length === 1 ? subject : `${subject} (${length} days)`] as const;
  });
  return Object.fromEntries(await Promise.all(days));
}

describe('publicHolidays', () => {
  it('has a slot for each holiday of a country', async () => {
    expect(await daysOf(publicHolidays(GERMANY))).toEqual({
      'de-2027-01-01': 'Neujahr',
      'de-2027-03-26': 'Karfreitag',
      'de-2027-03-29': 'Ostermontag',
      'de-2027-05-01': 'Maifeiertag',
      'de-2027-05-06': 'Christi Himmelfahrt',
      'de-2027-05-17': 'Pfingstmontag',
      'de-2027-10-03': 'Tag der Deutschen Einheit',
      'de-2027-12-25': '1. Weihnachtstag',
      'de-2027-12-26': '2. Weihnachtstag',
    });
  });

  it('has those of a part of the country, and the slots of several places side by side', async () => {
    const bavaria = await daysOf(publicHolidays({ ...GERMANY, state: 'by' }));
    expect(bavaria).toMatchObject({ 'de-by-2027-01-06': 'Heilige Drei Könige' });
    expect(Object.keys({ ...bavaria, ...publicHolidays(GERMANY) })).toHaveLength(Object.keys(bavaria).length + 9);
  });

  it('has holidays of several days, and those that begin at sunset, on their days', async () => {
    const turkey = await daysOf(publicHolidays({ country: 'TR', year: 2027 }));
    expect(turkey).toMatchObject({ 'tr-2027-03-09': 'Ramazan Bayramı (3 days)', 'tr-2027-04-23': expect.any(String) });
    const israel = await daysOf(publicHolidays({ country: 'IL', year: 2027 }));
    expect(israel).toHaveProperty('il-2027-04-22');
  });

  it('makes whole days, shown as free, in the mailbox’s zone or else in that of the place, in its language', async () => {
    const newYear = publicHolidays(GERMANY)['de-2027-01-01']!;
    expect(await madeBy(newYear, { smtp: 'ann@contoso.com', attributes: { language: 'en-GB' } })).toMatchObject({
      subject: "New Year's Day",
      isAllDay: true,
      showAs: 'free',
      reminder: false,
      start: { floating: '2027-01-01T00:00:00', zone: { iana: 'Europe/Berlin' } },
    });
  });

  it('takes other fields, other kinds of holiday, and a zone', async () => {
    const options = { ...GERMANY, showAs: 'oof', categories: ['Holiday'], timeZone: 'Asia/Tokyo' } as const;
    expect(await madeBy(publicHolidays(options)['de-2027-01-01']!)).toMatchObject({
      showAs: 'oof',
      categories: ['Holiday'],
      start: { dateTime: '2027-01-01T00:00:00', offset: '+09:00' },
    });
    expect(publicHolidays({ ...GERMANY, types: ['bank'] })).not.toHaveProperty('de-2027-01-01');
  });

  it('is placed as it is, slot by slot', async () => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport });
    const { counts } = await runner.run({ mailboxes: ['anna@contoso.com'], factories: publicHolidays(GERMANY) });
    expect(counts).toMatchObject({ done: 9, rejected: 0 });
  });

  it.each([
    ['country', { country: 'XX', year: 2027 }],
    ['state', { ...GERMANY, state: 'ZZ' }],
    ['region', { ...GERMANY, state: 'BY', region: 'ZZ' }],
    ['year', { ...GERMANY, year: 20_277 }],
  ])('refuses a %s that there is not', async (field, options) => {
    expect(await codeOf(() => publicHolidays(options))).toBe(`invalid_options ${field}`);
  });
});

factorySuite(
  { describe, it },
  { name: 'a public holiday', make: () => publicHolidays({ country: 'TR', year: 2027 })['tr-2027-03-09']! },
);
