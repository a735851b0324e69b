// #region lessons
import { createRunner } from '@appointed/core';
import { TennisLessonFactory } from '@appointed/factories';
import { basic, ews } from '@appointed/transport-ews';

const { EWS_URL = '', EWS_USER = '', EWS_PASSWORD = '' } = process.env;

const runner = await createRunner({
  transport: ews({ url: EWS_URL, credentials: basic({ user: EWS_USER, password: EWS_PASSWORD }) }),
});
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
// #endregion lessons
