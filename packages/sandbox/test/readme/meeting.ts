// #region meet
import { startSandbox } from '@appointed/sandbox';
import { inviteBerta } from './invite-berta.js';

const sandbox = await startSandbox({
  mailboxes: [
    { address: 'alfred@contoso.com' },
    { address: 'berta@contoso.com' },
    { address: 'room1@contoso.com', room: true },
  ],
  serviceAccounts: [{ user: 'svc', password: 'secret', impersonates: ['*@contoso.com'] }],
});

await inviteBerta(sandbox.ewsUrl, { as: 'alfred@contoso.com', room: 'room1@contoso.com' });
await sandbox.control.quiet();

for (const { subject, showAs, myResponse } of sandbox.items('berta@contoso.com')) {
  console.log(`Berta has ${subject}: ${showAs}, ${myResponse}`);
}
for (const { kind, folder, from } of sandbox.control.meetingMails('berta@contoso.com')) {
  console.log(`and a ${kind} of ${from} in her ${folder}.`);
}
for (const { address, response } of sandbox.items('alfred@contoso.com')[0]?.resources ?? []) {
  console.log(`${address}: ${response}`);
}

await sandbox.close();
// #endregion meet
