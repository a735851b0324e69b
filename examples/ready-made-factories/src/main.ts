import assert from 'node:assert/strict';
import { createRunner } from '@appointed/core';
import { fakeTransport } from '@appointed/testkit';

const sample = (name: string): URL => new URL(name, import.meta.url);
// #region factories
import { allDay, onlyFor, withReminder } from '@appointed/factories';
import { fromIcs, listIcs } from '@appointed/factories/from-ics';
import { fromTemplate } from '@appointed/factories/from-template';
import { publicHolidays } from '@appointed/factories/public-holidays';

const standUp = { file: sample('stand-up.ics') };
for (const { subject, leftOut } of listIcs(standUp)) console.log(`${subject} without`, leftOut);

const factories = {
  ...publicHolidays({ country: 'DE', year: 2027, showAs: 'oof' }),
  training: withReminder(60, fromTemplate({ file: sample('training.yaml') })),
  standUp: onlyFor(({ attributes }) => attributes['team'] === 'sales', fromIcs({ ...standUp, leaveOut: 'accept' })),
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
assert.ok(!subjects.has('Stand-up'));
assert.deepEqual([counts.done, counts.skipped], [11, 1]);
