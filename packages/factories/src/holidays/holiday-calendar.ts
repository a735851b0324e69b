import { AppointedError, type Localized } from '@appointed/core';
import Holidays, { type HolidaysTypes } from 'date-holidays';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Where and when the holidays are. */
export interface HolidayPlace {
  /** ISO 3166-1: `DE`. In any case. */
  readonly country: string;
  /** The part of the country, as ISO 3166-2 calls it after the country: `BY` for Bavaria. */
  readonly state?: string;
  /** The part of the state: `A` for the city of Augsburg. */
  readonly region?: string;
  readonly year: number;
}

/** One holiday. */
export interface Holiday {
  readonly name: Localized<string>;
  /** `YYYY-MM-DD`, where it is. */
  readonly firstDay: string;
  readonly lastDay: string;
  /** `public`, `bank`, `optional`, `school` or `observance`. */
  readonly type: string;
}

/** The holidays of a year, by date, and the zone of the place. @throws AppointedError `invalid_options` */
export function holidaysOf(place: HolidayPlace): { readonly holidays: readonly Holiday[]; readonly timeZone: string } {
  const calendar = calendarOf(place);
  // Asked for one language, a calendar has it first from then on.
  const languages = [...calendar.getLanguages()];
  const holidays = calendar.getHolidays(place.year);
  const names = new Map(languages.map((language) => [language, calendar.getHolidays(place.year, language)]));
  const all = holidays.map((holiday) => ({
    name: nameOf(holiday, names),
    firstDay: holiday.date.slice(0, 10),
    lastDay: new Date(Date.parse(`${holiday.date.slice(0, 10)}T00:00:00Z`) + (daysOf(holiday) - 1) * DAY_MS)
      .toISOString()
      .slice(0, 10),
    type: holiday.type,
  }));
  return { holidays: all, timeZone: calendar.getTimezones()[0] ?? 'UTC' };
}

function calendarOf({ country, region, state, year }: HolidayPlace): Holidays {
  const all = new Holidays();
  const code = codeIn(all.getCountries(), country, 'country');
  const part = state === undefined ? undefined : codeIn(all.getStates(code) ?? {}, state, 'state');
  const smaller = region === undefined ? undefined : codeIn(all.getRegions(code, part ?? '') ?? {}, region, 'region');
  if (!Number.isInteger(year) || year < 1970 || year > 2100) throw refuse('year', 'is not a year from 1970 to 2100');
  return new Holidays({
    country: code,
    ...(part !== undefined && { state: part }),
    ...(smaller !== undefined && { region: smaller }),
  });
}

/** The library takes the whole for a part that it does not know. */
function codeIn(known: Readonly<Record<string, string>>, wanted: string, field: string): string {
  const code = Object.keys(known).find((one) => one.toLowerCase() === String(wanted).toLowerCase());
  if (code === undefined) throw refuse(field, `is not known: ${wanted}. There are ${Object.keys(known).join(', ')}`);
  return code;
}

/** Some begin at sunset, and end at another hour: what counts is how many days it takes, less what a change of clocks does. */
function daysOf({ end, start }: HolidaysTypes.Holiday): number {
  return Math.max(1, Math.floor((end.getTime() - start.getTime() + HOUR_MS) / DAY_MS));
}

function nameOf(
  holiday: HolidaysTypes.Holiday,
  names: ReadonlyMap<string, readonly HolidaysTypes.Holiday[]>,
): Localized<string> {
  const byLanguage = [...names].flatMap(([language, holidays]) => {
    const same = holidays.find(
      ({ date, rule, type }) => date === holiday.date && rule === holiday.rule && type === holiday.type,
    );
    return same === undefined ? [] : [[language, same.name] as const];
  });
  return { byLanguage: Object.fromEntries(byLanguage), fallback: holiday.name };
}

function refuse(field: string, complaint: string): AppointedError {
  return new AppointedError('invalid_options', `${field} ${complaint}`, { field });
}
