// #region lessons
import { createRunner } from '@appointed/core';
import { TennisLessonFactory } from '@appointed/factories';
import { basic, ews } from '@appointed/transport-ews';

const { EWS_URL = '', EWS_USER = '', EWS_PASSWORD = '' } = process.env;

const runner = await createRunner({
  transport: ews({ url: EWS_URL, credentials: basic({ user: EWS_USER, password: EWS_PASSWORD }) }),
});
runner.on('placementSaved', ({ mailbox, subject }) => console.log(`${mailbox.id}: ${subject} saved`));
runner.on('placementRejected', ({ mailbox, error }) => console.error(`${mailbox.id}: ${error.message}`));

const report = await runner.run({
  mailboxes: ['alfred@contoso.com', 'beth@contoso.com', 'carl@contoso.com'],
  factory: TennisLessonFactory,
});
console.log(report.counts);

await runner.close();
// #endregion lessons
