import type { IAppointmentFactory } from '@appointed/core';
import { type AllDayOptions, wholeDays } from '../all-day.js';
import { FixedAppointment } from '../content/fixed-appointment.js';
import { freeName } from '../content/free-name.js';
import { type HolidayPlace, holidaysOf } from './holiday-calendar.js';

/** How official a holiday is: for everybody, for banks, by choice, for schools, or only observed. */
export type HolidayType = 'public' | 'bank' | 'optional' | 'school' | 'observance';

/** Which holidays, and what their appointments have besides: any field of a whole day, such as `showAs: 'oof'`. */
export interface PublicHolidaysOptions extends HolidayPlace, Omit<AllDayOptions, 'subject' | 'start' | 'end'> {
  /** By default `public` alone. */
  readonly types?: readonly HolidayType[];
  /** The zone of the days. By default the mailbox's own, with the place's for mailboxes that have none yet. */
  readonly timeZone?: string;
}

/**
 * The public holidays of a year, each a factory in a slot of its own, for `run({ factories })`. A slot is named after place
 * and day (`de-by-2027-01-06`), so that the holidays of several places go into one run. Subjects are in the mailbox's
 * language (attribute `language`) where the country's calendar has names in it.
 * @throws AppointedError `invalid_options`, `invalid_appointment`, `unknown_time_zone`
 */
export function publicHolidays(options: PublicHolidaysOptions): Readonly<Record<string, IAppointmentFactory>> {
  const { country, region, state, timeZone, types = ['public'], year: _, ...fields } = options;
  const { holidays, timeZone: fallback } = holidaysOf(options);
  const place = [country, state, region].flatMap((part) => part?.toLowerCase() ?? []).join('-');
  const factories = new Map<string, IAppointmentFactory>();
  for (const { firstDay, lastDay, name, type } of holidays) {
    if (!types.some((wanted) => wanted === type)) continue;
    const zone = timeZone === undefined ? { fallback } : { timeZone };
    const day = { ...fields, subject: name, start: { date: firstDay, ...zone }, end: { date: lastDay, ...zone } };
    // Two holidays may fall on one day.
    factories.set(
      freeName(`${place}-${firstDay}`, factories),
      new FixedAppointment('public-holiday/1', wholeDays(day)),
    );
  }
  return Object.fromEntries(factories);
}
