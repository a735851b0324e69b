import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onTerminal } from './on-terminal.js';
import { openWorkplace, type Workplace } from './workplace.js';

const CONFIG = `import { defineConfig } from '@appointed/cli';
const at = (dateTime) => ({ dateTime, timeZone: 'Europe/Berlin' });
const on = (date) => ({ date, timeZone: 'Europe/Berlin' });
const make = (fields) => ({ version: '1', getAppointment: ({ mailbox }) => typeof fields === 'function' ? fields(mailbox) : fields });
const lesson = make({ subject: 'Tennis lesson', location: 'Tennis club', start: at('2027-03-01T09:00'), end: at('2027-03-01T10:30') });
const overlap = make({ subject: 'Kick-off', start: at('2027-03-01T09:00'), end: at('2027-03-01T10:00'), requiredAttendees: ['trainer@contoso.com'] });
const closed = make({ subject: 'Office closed 事務所', start: on('2027-03-04'), end: on('2027-03-09') });
const weekly = make({ subject: 'Stand-up', start: at('2027-03-01T11:15'), end: at('2027-03-01T11:45'),
  recurrence: { pattern: 'weekly', daysOfWeek: ['monday', 'wednesday'], numberOfOccurrences: 10 } });
const night = make({ subject: 'Night shift', start: at('2027-03-05T22:00'), end: at('2027-03-06T02:00') });
const abroad = make({ subject: 'Call', start: { dateTime: '2027-03-02T20:00', timeZone: 'America/New_York' }, end: { dateTime: '2027-03-02T21:00', timeZone: 'America/New_York' } });
const named = make(({ attributes }) => ({ subject: 'Lesson for ' + attributes.Name, start: at('2027-03-01T09:00'), end: at('2027-03-01T10:00') }));
const evil = make(({ attributes }) => ({ subject: attributes.Name, start: at('2027-03-01T09:00'), end: at('2027-03-01T10:00') }));
const day = (date) => make({ subject: 'Day ' + date, start: on(date), end: on(date) });
const holidays = { 'new-year': day('2027-01-01'), 'may-day': day('2027-05-01') };
const months = Object.fromEntries([1, 2, 3, 4, 5, 6].map((month) => ['m' + month, day('2027-0' + month + '-10')]));
export default defineConfig({ factories: { lesson, overlap, closed, weekly, night, abroad, named, evil, holidays, months } });
`;

/** Without what follows, in which run ids are. */
function pictureOf(text: string): string {
  return text.slice(0, text.search(/^\d+ appointments for/m));
}

describe('a preview as a calendar', () => {
  let place: Workplace;
  beforeAll(async () => {
    place = await openWorkplace([]);
    await place.write('appointed.config.ts', CONFIG);
    await place.write('people.csv', 'Name,Mail\nAlfred,alfred@contoso.com\nBeth,beth@contoso.com\n');
    await place.write('evil.csv', 'Name,Mail\n\u001b[31mred\u202eoof,one@contoso.com\n');
  });
  afterAll(() => place[Symbol.asyncDispose]());

  /** What a terminal of so many columns shows, without what says how many there are. */
  async function shown(
    columns: number | undefined,
    factories: readonly string[],
    list = 'people.csv',
  ): Promise<string> {
    const args = ['preview', '-m', list, '--calendar', ...factories.flatMap((name) => ['-f', name])];
    const { stdout, stderr, code } = await place.appointed(args, '', place.env, columns);
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    return pictureOf(stdout);
  }

  it('shows the week, and names the zone and all who get the same', async () => {
    expect(await shown(80, ['lesson'])).toBe(`alfred@contoso.com, beth@contoso.com: in Europe/Berlin

2027-03-01 to 2027-03-07
      Mon 1          Tue 2          Wed 3          Thu 4          Fri 5
09:00 ▌Tennis lesson│              │              │              │
09:30 ▌Tennis club  │              │              │              │
10:00 ▌             │              │              │              │

`);
  });

  it('shows what overlaps side by side, whole days as bars, series as often as they are in the week', async () => {
    expect(await shown(80, ['lesson', 'overlap', 'closed', 'weekly', 'night']))
      .toBe(`alfred@contoso.com, beth@contoso.com: in Europe/Berlin

2027-03-01 to 2027-03-07
      Mon 1     Tue 2     Wed 3     Thu 4     Fri 5     Sat 6     Sun 7
               │         │         │▌Office closed 事務所─────────────────▸
00:00          │         │         │         │         │▌Night   │
01:00          │         │         │         │         │▌shift   │
⋮              │         │         │         │         │         │
09:00 ▌Ten▌Ki… │         │         │         │         │         │
10:00 ▌ni…     │         │         │         │         │         │
11:00 ▌Stand-up│         │▌Stand-up│         │         │         │
⋮              │         │         │         │         │         │
22:00          │         │         │         │▌Night   │         │
23:00          │         │         │         │▌shift   │         │
  Mon 2027-03-01 09:00 to 10:30  Tennis lesson (Tennis club)
  Mon 2027-03-01 09:00 to 10:00  Kick-off
  Mon 2027-03-01 11:15 to 11:45  Stand-up

2027-03-08 to 2027-03-14
      Mon 8          Tue 9          Wed 10         Thu 11         Fri 12
      ◂Office closed 事務所────────│              │              │
11:00 ▌Stand-up     │              │▌Stand-up     │              │
11:30 ▌             │              │▌             │              │
  Mon 2027-03-08 11:15 to 11:45  Stand-up

  Stand-up recurs 10 times in all.
`);
  });

  it('fits on a terminal of 60 columns, and has lines in its place on a narrower one', async () => {
    const narrow = await shown(60, ['lesson', 'overlap', 'closed', 'weekly', 'night']);
    expect(narrow).toContain('Sun 7');
    for (const line of narrow.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(60);
    expect(await shown(40, ['lesson', 'closed', 'weekly'])).toBe(`alfred@contoso.com, beth@contoso.com: in
Europe/Berlin

  Mon 2027-03-01 09:00 to 10:30  Tennis
  lesson (Tennis club)
  Mon 2027-03-01 11:15 to 11:45
  Stand-up
  Thu 2027-03-04 to Tue 2027-03-09
  Office closed 事務所
  Stand-up recurs 10 times in all.
`);
  });

  it('shows all of somebody in one zone', async () => {
    const picture = await shown(undefined, ['lesson', 'abroad']);
    expect(picture).toContain('02:00               │              │▌Call         │');
  });

  it('puts together who gets something at the same times, and says the other words', async () => {
    const picture = await shown(80, ['named']);
    expect(picture).toContain('09:00 ▌Lesson for   │              │              │              │\n09:30 ▌Alfred');
    expect(picture).toContain('At the same times, in other words:\n  beth@contoso.com  Lesson for Beth\n');
  });

  it('shows each of a record of factories, and lines in place of a fifth week', async () => {
    const holidays = await shown(80, ['holidays', 'lesson']);
    expect(holidays.match(/^\d{4}-\d\d-\d\d to /gm)).toEqual(['2026-12-28 to ', '2027-03-01 to ', '2027-04-26 to ']);
    const months = await shown(80, ['months']);
    expect(months.match(/^\d{4}-\d\d-\d\d to /gm)).toHaveLength(4);
    expect(months).toContain('\n  Mon 2027-05-10  Day 2027-05-10\n  Thu 2027-06-10  Day 2027-06-10\n');
  });

  it('is coloured on a terminal only, and not where NO_COLOR is set', async () => {
    const args = ['preview', '-m', 'people.csv', '--calendar', '-f', 'lesson', '-f', 'overlap'];
    const { shown: coloured, code } = await onTerminal(place, args);
    expect({ code, isColoured: coloured.includes('\u001b[32m▌Ten') }).toEqual({ code: 0, isColoured: true });
    const { shown: plain } = await onTerminal(place, args, { env: { NO_COLOR: '1' } });
    expect(plain).not.toContain('\u001b[3');
    expect(pictureOf(plain)).toBe(pictureOf(stripVTControlCharacters(coloured)));
  });

  it('shows nothing that a terminal would obey', async () => {
    expect(await shown(80, ['evil'], 'evil.csv')).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
  });
});
