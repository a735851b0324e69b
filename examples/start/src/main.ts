import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import Table from 'cli-table3';
import { parse } from 'csv-parse/sync';
import { startCommand } from './command.js';
import { startLocalExchange } from './local-exchange.js';
import { readCalendar } from './read-calendar.js';

/** What this example's seed file makes of its CSV file. */
const REFUSED: Readonly<Record<string, string>> = {
  'gone@contoso.com': 'ErrorNonExistentMailbox',
  'president@contoso.com': 'ErrorImpersonateUserDenied',
};
/** What the command ends with where some were refused. */
const SOME_FAILED = 1;

const { serviceAccounts } = JSON.parse(await readFile(new URL('../exchange.seed.json', import.meta.url), 'utf8'));
const [{ user, password }] = serviceAccounts;

await using exchange = await startLocalExchange('exchange.seed.json');
const { ewsUrl } = exchange;
const args = ['place', '--mailboxes', 'mailboxes.csv', '--factory', 'lesson'];
console.log(`\n$ appointed ${args.join(' ')}`);
const env = { EWS_URL: ewsUrl, EWS_USER: user, EWS_PASSWORD: password };
const [exitCode] = await once(startCommand(args, { env }), 'exit');
console.log(`It ended with ${exitCode}.`);
let agrees = exitCode === SOME_FAILED;

console.log('\nThe calendars, read back by another EWS client, ews-javascript-api:');
const table = new Table({
  head: ['Mailbox', 'Start (UTC)', 'Subject', 'Location'],
  style: { head: [], border: [], compact: true },
});
const mailboxes = parse(await readFile(new URL('../mailboxes.csv', import.meta.url)), { columns: true, bom: true });
for (const { address } of mailboxes as readonly { readonly address: string }[]) {
  const { appointments, refusal } = await readCalendar({ ewsUrl, user, password }, address);
  const expected = REFUSED[address];
  agrees &&= refusal === expected && appointments.length === (expected === undefined ? 1 : 0);
  if (refusal !== undefined) table.push([address, '', `(${refusal})`, '']);
  for (const { Start, Subject, Location } of appointments) {
    agrees &&= Subject === 'Tennis lesson' && Location === 'Tennis club';
    table.push([address, Start.ToISOString().slice(0, 16).replace('T', ' '), Subject, Location]);
  }
}
console.log(table.toString());
console.log(agrees ? 'Everybody who can be served has the lesson, once.' : 'The calendars are not as they should be.');
process.exitCode = agrees ? 0 : 1;
