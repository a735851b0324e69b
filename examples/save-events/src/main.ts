import assert from 'node:assert/strict';
import { createRunner } from '@appointed/core';
import { TennisLessonFactory } from '@appointed/factories';
import { startSandbox } from '@appointed/sandbox';
import { basic, ews } from '@appointed/transport-ews';

await using exchange = await startSandbox({
  mailboxes: [{ address: 'alfred@contoso.com', name: 'Alfred' }],
  serviceAccounts: [{ user: 'svc', password: 'secret', impersonates: ['*@contoso.com'] }],
});
await using runner = await createRunner({
  transport: ews({ url: exchange.ewsUrl, credentials: basic({ user: 'svc', password: 'secret' }) }),
});

const told: string[] = [];
// #region events
runner
  .on('runStarted', ({ runId }) => told.push(`run ${runId} started`))
  .on('placementSaved', ({ mailbox, subject, receipt }) => {
    assert.ok(receipt.itemId.length > 0);
    told.push(`${mailbox.id}: ${subject} saved`);
  })
  .on('placementRejected', ({ mailbox, error }) => told.push(`${mailbox.id}: ${error.server?.code}`))
  .on('runEnded', ({ counts }) => told.push(`${counts.done} saved, ${counts.rejected} rejected`))
  .on('listenerFailed', ({ event, error }) => told.push(`a listener of ${event} failed: ${String(error)}`));
// #endregion events

// What a listener does wrong disturbs nobody.
runner.once('placementSaved', () => {
  throw new Error('the dashboard is down');
});

await runner.run({
  id: 'lessons',
  mailboxes: ['alfred@contoso.com', 'nobody@contoso.com'],
  factory: TennisLessonFactory,
});

console.log(told.join('\n'));
assert.deepEqual(told.toSorted(), [
  '1 saved, 1 rejected',
  'a listener of placementSaved failed: Error: the dashboard is down',
  'alfred@contoso.com: Tennis lesson saved',
  'nobody@contoso.com: ErrorNonExistentMailbox',
  'run lessons started',
]);
