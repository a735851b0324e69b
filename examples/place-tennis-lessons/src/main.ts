import assert from 'node:assert/strict';
import { startSandbox } from '@appointed/sandbox';

const players = ['alfred@contoso.com', 'beth@contoso.com', 'carl@contoso.com'];

// A local Exchange, instead of yours.
await using exchange = await startSandbox({
  mailboxes: players.map((address) => ({ address, name: address })),
  serviceAccounts: [{ user: 'svc', password: 'secret', impersonates: ['*@contoso.com'] }],
});
Object.assign(process.env, { EWS_URL: exchange.ewsUrl, EWS_USER: 'svc', EWS_PASSWORD: 'secret' });

await import('./lessons.js');

for (const player of players) {
  const subjects = exchange.items(player).map(({ subject }) => subject);
  assert.deepEqual(subjects, ['Tennis lesson']);
}
