import { createRunner } from '@appointed/core';
import { TennisLessonFactory } from '@appointed/factories';
import { clientSecret, graph } from '@appointed/transport-graph';

// #region transport
const { TENANT = '', CLIENT_ID = '', CLIENT_SECRET = '' } = process.env;
const { AUTHORITY = 'https://login.microsoftonline.com', GRAPH_URL = 'https://graph.microsoft.com/v1.0' } = process.env;

const credential = clientSecret({ tenant: TENANT, clientId: CLIENT_ID, secret: CLIENT_SECRET, authority: AUTHORITY });
const runner = await createRunner({ transport: graph({ credential, baseUrl: GRAPH_URL }) });
// #endregion transport
runner.on('placementSaved', ({ mailbox, subject }) => console.log(`${mailbox.id}: ${subject} saved`));
runner.on('placementDeferred', ({ error, retryAt }) => console.warn(error.message, retryAt ?? ''));
runner.on('placementUnknown', ({ error, retryAt }) => console.warn(error.message, retryAt ?? ''));

const { counts, failures, stopped } = await runner.run({
  mailboxes: ['alfred@contoso.com', 'beth@contoso.com', 'carl@contoso.com'],
  factory: TennisLessonFactory,
});
await runner.close();

console.log(`${counts.done} of ${counts.rows} have the lesson.`);
for (const { error } of failures) console.error(error.message);
if (stopped !== undefined) console.error(`The run ended early: ${stopped.message}`);
process.exitCode = failures.length === 0 && stopped === undefined ? 0 : 1;
