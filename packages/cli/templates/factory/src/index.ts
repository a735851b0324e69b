import { type Content, type FactoryContext, type IAppointmentFactory, NOTHING } from '@appointed/core';

/** Which training everybody gets. */
export interface FirstAidFactoryOptions {
  /** The day: `2027-03-01`. */
  readonly date: string;
  /** An IANA or Windows name; by default the zone that each mailbox's owner has chosen. */
  readonly timeZone?: string;
}

const ROOM_OF_TEAM: Readonly<Record<string, string>> = { sales: 'Room 12', service: 'Auditorium' };

/** A training, for each team in a room of its own; who is in none of them gets nothing. */
export function firstAidFactory({ date, timeZone = 'mailbox' }: FirstAidFactoryOptions): IAppointmentFactory {
  return {
    // A run is not continued with another version. Raise the number when the same options make something else.
    version: `first-aid/1 ${date} ${timeZone}`,
    getAppointment({ mailbox }: FactoryContext): Content {
      // The columns of the list of mailboxes.
      const { Name = 'colleague', Team = '' } = mailbox.attributes;
      const location = ROOM_OF_TEAM[Team];
      if (location === undefined) return NOTHING;
      return {
        subject: 'First aid training',
        body: `Hello ${Name}, bring comfortable clothes.`,
        start: { dateTime: `${date}T09:00`, timeZone },
        end: { dateTime: `${date}T12:00`, timeZone },
        location,
        reminder: { minutesBefore: 60 },
      };
    },
  };
}
