import { readFile } from 'node:fs/promises';
import { createRunner } from '@appointed/core';
import { TennisLessonFactory } from '@appointed/factories';
import { basic, ews } from '@appointed/transport-ews';
import Table from 'cli-table3';
import { startLocalExchange } from './local-exchange.js';
import { readCalendar } from './read-calendar.js';
import { readMailboxes } from './read-mailboxes.js';

const mailboxesFile = new URL('../mailboxes.csv', import.meta.url);
const seedFile = new URL('../exchange.seed.json', import.meta.url);
const { serviceAccounts } = JSON.parse(await readFile(seedFile, 'utf8'));
const [{ user, password }] = serviceAccounts;

await using exchange = await startLocalExchange(seedFile);
console.log(`A local Exchange listens at ${exchange.ewsUrl}.\n`);

await using runner = await createRunner({
  transport: ews({ url: exchange.ewsUrl, credentials: basic({ user, password }) }),
});

// What this example's seed file makes of its CSV file.
const EXPECTED = ['ErrorImpersonateUserDenied', 'ErrorNonExistentMailbox'];
const saved = new Set<string>();
const say = (address: string, result: string): void =>
  console.log(`  Placing appointment in calendar for ${address}. ${result}`);
runner.on('placementSaved', ({ mailbox }) => {
  saved.add(mailbox.id);
  say(mailbox.id, 'Saved.');
});
runner.on('placementRejected', ({ mailbox, error }) =>
  say(mailbox.id, `Not saved: ${error.server?.code ?? error.code}.`),
);
runner.on('placementDeferred', ({ mailbox, error }) => say(mailbox.id, `Not saved yet: ${error.message}`));
runner.on('placementUnknown', ({ mailbox, error }) => say(mailbox.id, `Perhaps saved: ${error.message}`));

const report = await runner.run({ mailboxes: readMailboxes(mailboxesFile), factory: TennisLessonFactory });
const { rows, done } = report.counts;
console.log(`\n${done} of ${rows} saved. The others:`);
for (const { error } of report.failures) console.log(`  ${error.message}`);

console.log('\nThe calendars, read back by another EWS client, ews-javascript-api:');
const table = new Table({
  head: ['Mailbox', 'Start (UTC)', 'Subject', 'Location'],
  style: { head: [], border: [], compact: true },
});
const codes = report.failures.map(({ error }) => error.server?.code).toSorted();
let agrees = saved.size === done && done === rows - EXPECTED.length && codes.join() === EXPECTED.join();
for await (const row of readMailboxes(mailboxesFile)) {
  const { smtp: address } = row as { smtp: string };
  const appointments = saved.has(address)
    ? await readCalendar({ ewsUrl: exchange.ewsUrl, user, password }, address)
    : [];
  agrees &&= appointments.length === (saved.has(address) ? 1 : 0);
  for (const { Start, Subject, Location } of appointments) {
    agrees &&= Subject === 'Tennis lesson' && Location === 'Tennis club';
    table.push([address, Start.ToISOString().slice(0, 16).replace('T', ' '), Subject, Location]);
  }
  if (appointments.length === 0) table.push([address, '', '(not read: nothing was saved)', '']);
}
console.log(table.toString());
console.log(agrees ? 'Every saved appointment is there, once.' : 'The calendars do not agree with the report.');
process.exitCode = agrees ? 0 : 1;
