// #region factory
import { type FactoryContext, type IAppointmentFactory, NOTHING } from '@appointed/core';
import { versionOf } from '@appointed/factories';

export interface FirstAidOptions {
  /** The first day of the week of training: `2027-03-01`. */
  readonly monday: string;
}

const DAY_OF_TEAM: Readonly<Record<string, number>> = { sales: 0, service: 1 };
const DAY_MS = 86_400_000;

/** First aid training: each team on its own day; who is in no team gets nothing. */
export function firstAid(options: FirstAidOptions): IAppointmentFactory {
  return {
    version: versionOf('first-aid/1', options),
    getAppointment({ mailbox }: FactoryContext) {
      const { name = 'colleague', team = '' } = mailbox.attributes;
      const day = DAY_OF_TEAM[team];
      if (day === undefined) return NOTHING;
      const date = new Date(Date.parse(options.monday) + day * DAY_MS).toISOString().slice(0, 10);
      return {
        subject: 'First aid training',
        body: `Hello ${name}, bring comfortable clothes.`,
        start: { dateTime: `${date}T09:00`, timeZone: 'Europe/Berlin' },
        end: { dateTime: `${date}T12:00`, timeZone: 'Europe/Berlin' },
        location: 'Room 12',
        reminder: { minutesBefore: 60 },
      };
    },
  };
}
// #endregion factory
