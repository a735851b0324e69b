import { NOTHING } from '@appointed/core';
import { allDay, meeting, onlyFor, perMailbox, series, tennisLesson, withReminder } from '@appointed/factories';
import { factorySuite } from '@appointed/testkit';
import { describe, it } from 'vitest';

const review = {
  subject: { byLanguage: { de: 'Besprechung' }, fallback: 'Review' },
  start: { dateTime: '2027-01-15T09:00', timeZone: 'mailbox' },
  end: { dateTime: '2027-01-15T10:00', timeZone: 'mailbox' },
};

const mailboxes = [
  { smtp: 'alfred@contoso.com', attributes: { language: 'de', team: 'sales' } },
  { smtp: 'beth@contoso.com', attributes: { team: 'it' } },
  'carl@contoso.com',
];

const factories = {
  tennisLesson: () => tennisLesson(),
  meeting: () =>
    meeting({
      ...review,
      requiredAttendees: [{ address: 'alisa@contoso.com', name: 'Alisa' }],
      attachments: [{ name: 'agenda.txt', content: new Uint8Array([1, 2, 3]) }],
    }),
  series: () => series({ ...review, recurrence: { pattern: 'weekly', daysOfWeek: ['friday'] } }),
  allDay: () => allDay({ subject: 'Away', start: '2027-12-24', end: '2027-12-26' }),
  withReminder: () => withReminder(5, tennisLesson()),
  onlyFor: () => onlyFor(({ attributes }) => attributes['team'] === 'sales', tennisLesson()),
  perMailbox: () => {
    const [lesson, away] = [tennisLesson(), allDay({ subject: 'Away', start: '2027-12-24' })];
    return perMailbox(({ attributes: { team } }) => (team === undefined ? NOTHING : team === 'it' ? lesson : away));
  },
};

for (const [name, make] of Object.entries(factories)) factorySuite({ describe, it }, { name, make, mailboxes });
