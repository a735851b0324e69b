import assert from 'node:assert/strict';
// #region preview
import { previewAppointment } from '@appointed/testkit';
import { firstAid } from './first-aid.js';

const factory = firstAid({ monday: '2027-03-01' });
const beth = { smtp: 'beth@contoso.com', attributes: { name: 'Beth', team: 'service' } };
console.log(await previewAppointment(factory, beth));
// #endregion preview
// #region run
import { createRunner } from '@appointed/core';
import { fakeTransport } from '@appointed/testkit';

const transport = fakeTransport();
const runner = await createRunner({ transport });
const { counts } = await runner.run({ mailboxes: [beth, 'carl@contoso.com'], factory });
console.log(`${counts.done} placed, ${counts.skipped} passed over`);
// #endregion run
await runner.close();

assert.deepEqual(
  transport.stored(beth.smtp).map(({ subject }) => subject),
  ['First aid training'],
);
assert.deepEqual([counts.done, counts.skipped], [1, 1]);
assert.match(await previewAppointment(factory, beth), /start: 2027-03-02T09:00:00\+01:00 \(Europe\/Berlin\)/);
// The contract: a test that fails makes the process fail.
await import('./contract.test.js');
