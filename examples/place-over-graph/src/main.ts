import assert from 'node:assert/strict';
import { startSandbox } from '@appointed/sandbox';

const players = ['alfred@contoso.com', 'beth@contoso.com', 'carl@contoso.com'];

// A local Exchange Online, instead of yours.
await using exchange = await startSandbox({
  mailboxes: players.map((address) => ({ address, name: address })),
  applications: [{ clientId: 'app', clientSecret: 'secret', mailboxes: ['*@contoso.com'] }],
});
Object.assign(process.env, {
  TENANT: 'sandbox',
  CLIENT_ID: 'app',
  CLIENT_SECRET: 'secret',
  AUTHORITY: new URL(exchange.tokenUrl).origin,
  GRAPH_URL: exchange.graphUrl,
});

await import('./lessons.js');

for (const player of players) {
  const subjects = exchange.items(player).map(({ subject }) => subject);
  assert.deepEqual(subjects, ['Tennis lesson']);
}
