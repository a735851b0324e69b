import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AppointmentInput, createRunner, type IAppointmentFactory } from '@appointed/core';
import { sqliteLedger } from '@appointed/ledger-sqlite';
import { startSandbox } from '@appointed/sandbox';
import { basic, ews } from '@appointed/transport-ews';

const [alfred, beth, carl, dora] = ['alfred', 'beth', 'carl', 'dora'].map((name) => `${name}@contoso.com`) as [
  string,
  string,
  string,
  string,
];
await using exchange = await startSandbox({
  mailboxes: [alfred, beth, carl, dora].map((address) => ({ address, name: address })),
  serviceAccounts: [{ user: 'svc', password: 'secret', impersonates: ['*@contoso.com'] }],
});
const transport = ews({ url: exchange.ewsUrl, credentials: basic({ user: 'svc', password: 'secret' }) });
const folder = await mkdtemp(join(tmpdir(), 'appointed-'));
const ledger = sqliteLedger({ path: join(folder, 'ledger.sqlite') });
const subjectsOf = (mailbox: string): readonly (string | undefined)[] =>
  exchange.items(mailbox).flatMap(({ folder, subject }) => (folder === 'deleteditems' ? [] : [subject]));

// #region place
/** What everybody gets: from the first version of it to the one that is right. */
function training(version: string, fields: Partial<AppointmentInput>): IAppointmentFactory {
  const start = { dateTime: '2027-03-01T09:00', timeZone: 'Europe/Berlin' };
  const end = { dateTime: '2027-03-01T12:00', timeZone: 'Europe/Berlin' };
  return { version, getAppointment: () => ({ subject: 'First aid', location: 'Room 1', start, end, ...fields }) };
}

const runner = await createRunner({ transport, ledger });
await runner.run({ id: 'first-aid-2027', mailboxes: [alfred, beth, carl], factory: training('1', {}) });
// #endregion place

const [ofAlfred] = exchange.items(alfred);
const [ofBeth] = exchange.items(beth);
assert.ok(ofAlfred !== undefined && ofBeth !== undefined);
exchange.control.edit(ofAlfred, { location: 'By video' });
exchange.control.createFolder(beth, 'Private');
exchange.control.move(ofBeth, 'Private');

// #region revise
// The room was wrong. Alfred has written another place into his calendar meanwhile: that stays.
const roomed = training('2', { subject: 'First aid training', location: 'Room 12' });
const revised = await runner.revise('first-aid-2027', { factory: roomed });
console.log(`${revised.counts.done} revised`);
for (const { error } of revised.failures) console.log(error.message);
// #endregion revise

assert.deepEqual([revised.counts.done, revised.counts.skipped], [2, 1]);
assert.deepEqual([subjectsOf(alfred), subjectsOf(carl)], [['First aid training'], ['First aid training']]);
assert.equal(exchange.items(alfred)[0]?.location, 'By video');

// #region reconcile
// Carl has left, Dora is new.
const mailboxes = [alfred, beth, dora];
const reconciled = await runner.reconcile('first-aid-2027', { mailboxes, factory: roomed, leavers: 'remove' });
console.log(`${reconciled.counts.already} had it`);

// Does everybody have it, once?
const { counts, findings } = await runner.verify('first-aid-2027');
console.log(`${counts.right} of ${counts.placements} as the ledger says`, findings);
// #endregion reconcile

assert.deepEqual([subjectsOf(carl), subjectsOf(dora)], [[], ['First aid training']]);
assert.deepEqual([counts.placements, counts.right], [4, 4]);

// #region retract
// It does not take place. Beth has moved hers to another calendar: it is found there.
const retracted = await runner.retract('first-aid-2027');
console.log(`${retracted.counts.done} taken back`);
// #endregion retract

assert.equal(retracted.counts.done, 3);
for (const mailbox of [alfred, beth, carl, dora]) assert.deepEqual(subjectsOf(mailbox), []);

await runner.close();
await ledger.close();
await rm(folder, { recursive: true });
