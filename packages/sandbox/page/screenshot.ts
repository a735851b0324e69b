// Makes the picture of the README: `npm run screenshot` in packages/sandbox.
import { fileURLToPath } from 'node:url';
import { startSandbox } from '../src/index.js';
import { EwsClient } from '../test/ews-client.js';
import { launchBrowser } from '../test/page-browser.js';
import { buildPage } from '../test/page-setup.js';
import { createRequest, send } from '../test/raw-client.js';

const ALFRED = 'alfred@contoso.com';
const names = ['Alfred', 'Berta', 'Carl', 'Dora', 'Emil', 'Fiona', 'Gustav', 'Hanna', 'Ivan', 'Julia', 'Karim', 'Lena'];

const timed = (subject: string, day: number, from: string, to: string): string =>
  `<t:Subject>${subject}</t:Subject><t:Start>2026-11-${day}T${from}:00Z</t:Start><t:End>2026-11-${day}T${to}:00Z</t:End>`;

const holiday =
  '<t:Subject>Training</t:Subject><t:Start>2026-11-26T00:00:00+01:00</t:Start><t:End>2026-11-28T00:00:00+01:00</t:End>' +
  '<t:IsAllDayEvent>true</t:IsAllDayEvent><t:StartTimeZone Id="W. Europe Standard Time"/>' +
  '<t:EndTimeZone Id="W. Europe Standard Time"/>';

const standup =
  `${timed('Standup', 23, '08:00', '08:30')}<t:Recurrence><t:WeeklyRecurrence><t:Interval>1</t:Interval>` +
  '<t:DaysOfWeek>Monday Tuesday Wednesday Thursday Friday</t:DaysOfWeek></t:WeeklyRecurrence><t:NoEndRecurrence>' +
  '<t:StartDate>2026-11-23</t:StartDate></t:NoEndRecurrence></t:Recurrence>';

await buildPage();
await using sandbox = await startSandbox({
  mailboxes: names.map((name) => ({ address: `${name.toLowerCase()}@contoso.com`, name, timeZone: 'Europe/Berlin' })),
  serviceAccounts: [{ user: 'svc', password: 'secret', impersonates: ['*@contoso.com'] }],
  clock: () => new Date('2026-11-24T11:10:00Z'),
  randomSeed: 7,
});
const client = new EwsClient(sandbox.ewsUrl);
await client.create([
  standup,
  timed('Tennis lesson', 24, '10:00', '11:00'),
  timed('Lunch with Fiona', 25, '11:30', '12:30'),
  timed('Dentist', 27, '13:00', '14:00'),
  holiday,
]);
await send(sandbox, createRequest(ALFRED, ['Project review'], 'SendToAllAndSaveCopy'));
sandbox.control.setFaults([{ fault: 'busy', name: 'peak hours', every: 3 }]);
for (const name of names.slice(1))
  await client.create([timed('Tennis lesson', 24, '10:00', '11:00')], { as: `${name}@contoso.com` });

const browser = await launchBrowser();
const page = await browser.newPage({ viewport: { width: 1180, height: 700 }, colorScheme: 'light' });
await page.goto(`${sandbox.url}/?mailbox=${ALFRED}&view=week`);
await page.locator('.fc-event').first().waitFor();
await page.screenshot({ path: fileURLToPath(new URL('../docs/page.png', import.meta.url)) });
await browser.close();
