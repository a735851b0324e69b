import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRunner } from '@appointed/core';
import { TennisLessonFactory } from '@appointed/factories';
import { sqliteLedger } from '@appointed/ledger-sqlite';
import { startSandbox } from '@appointed/sandbox';
import { basic, ews } from '@appointed/transport-ews';

const mailboxes = Array.from({ length: 40 }, (_, n) => `player-${n + 1}@contoso.com`);
await using exchange = await startSandbox({
  mailboxes: mailboxes.map((address) => ({ address, name: address })),
  serviceAccounts: [{ user: 'svc', password: 'secret', impersonates: ['*@contoso.com'] }],
});
const transport = ews({ url: exchange.ewsUrl, credentials: basic({ user: 'svc', password: 'secret' }) });
const stop = new AbortController();
const folder = await mkdtemp(join(tmpdir(), 'appointed-'));
const path = join(folder, 'ledger.sqlite');

// #region continue
const ledger = sqliteLedger({ path });
const runner = await createRunner({ transport, ledger });
const lessons = { id: 'lessons-2027', factory: TennisLessonFactory, settleMs: 2000 };

const interrupted = await runner
  .once('placementSaved', () => stop.abort())
  .run({ ...lessons, mailboxes, signal: stop.signal });
console.log(`${interrupted.stopped?.code}: ${interrupted.counts.done} have the lesson`);

const continued = await runner
  .on('placementFound', ({ mailbox }) => console.log(`${mailbox.id}: saved before its answer was lost`))
  .run({ ...lessons, mailboxes });
console.log(`${continued.counts.already} had it, ${continued.counts.done} more have it now`);
// #endregion continue

assert.equal(interrupted.stopped?.code, 'aborted');
assert.deepEqual(continued.startedAt, interrupted.startedAt);
assert.equal(continued.counts.already, interrupted.counts.done);
assert.equal(continued.counts.already + continued.counts.done, mailboxes.length);

for (const mailbox of mailboxes) assert.equal(exchange.items(mailbox).length, 1);

// The list was read to its end: what remains could be placed without it.
const { counts } = await runner.run(lessons);
assert.deepEqual([counts.already, counts.done], [mailboxes.length, 0]);

await runner.close();
await ledger.close();
await rm(folder, { recursive: true });
