// #region start
import { startSandbox } from '@appointed/sandbox';
import { saveLesson } from './save-lesson.js';

const sandbox = await startSandbox({
  mailboxes: [{ address: 'alfred@contoso.com', timeZone: 'Europe/Berlin' }],
  serviceAccounts: [{ user: 'svc', password: 'secret', impersonates: ['*@contoso.com'] }],
});

await saveLesson(sandbox.ewsUrl, 'alfred@contoso.com');

for (const item of sandbox.items('alfred@contoso.com')) {
  console.log(item.subject, item.start, item.organizer.address);
}

await sandbox.close();
// #endregion start
