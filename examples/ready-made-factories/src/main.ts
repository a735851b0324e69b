import assert from 'node:assert/strict';
import { createRunner } from '@appointed/core';
import { fakeTransport } from '@appointed/testkit';

const sample = (name: string): URL => new URL(name, import.meta.url);
// #region factories
import { allDay, onlyFor, withReminder } from '@appointed/factories';
import { fromIcs, listIcs, slotsFromIcs } from '@appointed/factories/from-ics';
import { fromTemplate } from '@appointed/factories/from-template';
import { publicHolidays } from '@appointed/factories/public-holidays';

const standUp = { file: sample('stand-up.ics') };
for (const { subject, slots, splitBy } of listIcs(standUp)) console.log(`${subject}: ${slots.length} slots`, splitBy);

const factories = {
  ...publicHolidays({ country: 'DE', year: 2027, showAs: 'oof' }),
  ...slotsFromIcs(standUp),
  training: withReminder(60, fromTemplate({ file: sample('training.yaml') })),
  retreat: onlyFor(({ attributes }) => attributes['team'] === 'sales', fromIcs({ file: sample('retreat.ics') })),
  closed: allDay({ subject: 'Office closed', start: '2027-12-27', end: '2027-12-31' }),
};
// #endregion factories
const transport = fakeTransport();
// #region run
const runner = await createRunner({ transport });
const { counts } = await runner.run({
  mailboxes: [{ smtp: 'beth@contoso.com', attributes: { name: 'Beth', team: 'R&D', room: 'Room 12' } }],
  factories,
  fallbackTimeZone: 'Europe/Berlin',
});
console.log(`${counts.done} placed, ${counts.skipped} passed over`);
// #endregion run
await runner.close();

const subjects = new Set(transport.stored('beth@contoso.com').map(({ subject }) => subject));
assert.ok(subjects.has('First aid training for R&D'));
assert.ok(subjects.has('Karfreitag'));
assert.ok(!subjects.has('Retreat'));
assert.deepEqual(
  transport
    .stored('beth@contoso.com')
    .filter(({ subject }) => subject.startsWith('Stand-up'))
    .map(({ subject, fields }) => `${subject} ${fields.start?.dateTime}`)
    .toSorted(),
  [
    'Stand-up 2027-01-11T09:30:00',
    'Stand-up 2027-01-28T09:30:00',
    'Stand-up 2027-02-15T09:30:00',
    'Stand-up, with guests 2027-02-11T11:00:00',
  ],
);
assert.deepEqual([counts.done, counts.skipped], [15, 1]);
