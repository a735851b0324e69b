import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from '../src/index.js';
import { EwsClient } from './ews-client.js';
import { violationsOn } from './page-axe.js';
import { launchBrowser } from './page-browser.js';
import { fill } from './page-fill.js';
import { buildPage } from './page-setup.js';
import { create, createRequest, send } from './raw-client.js';

const ALFRED = 'alfred@contoso.com';
const BERTA = 'berta@contoso.com';
const WIDE = { width: 1280, height: 800 };
/** A browser on a machine that is busy takes its time. */
const SLOW = { timeout: 60_000 };
const NARROW = { width: 360, height: 740 };

const organisation: SandboxOptions = {
  mailboxes: [
    { address: ALFRED, name: 'Alfred', timeZone: 'Europe/Berlin' },
    { address: BERTA, name: 'Berta', timeZone: 'America/New_York' },
    { address: 'room1@contoso.com', name: 'Room 1', room: true },
  ],
  serviceAccounts: [{ user: 'svc', password: 'secret', impersonates: ['*@contoso.com'] }],
  // A Monday; what `create` makes is on the day after it.
  clock: () => new Date('2026-11-23T10:00:00Z'),
};

let browser: Browser;
let sandbox: Sandbox;
/** What went wrong in pages: scripts that failed, what the policy forbade, dialogs that opened. */
let complaints: string[] = [];

beforeAll(async () => {
  await buildPage();
  browser = await launchBrowser();
}, 120_000);

afterAll(() => browser?.close());

beforeEach(async () => {
  complaints = [];
  sandbox = await startSandbox(organisation);
});

afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  await sandbox.close();
  if (complaints.length > 0) throw new Error(complaints.join('\n'));
});

async function open(path = '/', options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: WIDE,
    timezoneId: 'Asia/Tokyo',
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(8000);
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // What the sandbox refuses is shown on the page, and a test may want it.
    const isRefusal = message.text().includes('status of 400');
    if (message.type() === 'error' && !isRefusal) complaints.push(message.text());
  });
  page.on('dialog', (dialog) => {
    complaints.push(`a dialog says ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(sandbox.url + path);
  return page;
}

const item = (page: Page, text: string) => page.locator('.fc-event', { hasText: text });
const focused = (page: Page) => page.evaluate('document.activeElement.textContent') as Promise<string>;

describe('the page', () => {
  test('shows the first mailbox with something in it; the address says where one is, and Back goes back', async () => {
    await create(sandbox, BERTA);
    const page = await open();
    await page.getByRole('heading', { name: 'Berta' }).waitFor();
    // 9:00 UTC is four in the morning in New York.
    expect(await item(page, 'Tennis lesson').textContent()).toContain('04:00');
    expect(page.url()).toContain('mailbox=berta%40contoso.com');
    await page.getByRole('link', { name: ALFRED }).click();
    await page.getByRole('heading', { name: 'Alfred' }).waitFor();
    await page.goBack();
    await item(page, 'Tennis lesson').waitFor();
    await page.getByLabel('Times in the zone of').selectOption('here: Asia/Tokyo');
    await item(page, '18:00').waitFor();
    await item(page, 'Tennis lesson').click();
    await page.getByRole('dialog', { name: 'Tennis lesson' }).waitFor();
    const copy = await page.context().newPage();
    await copy.goto(page.url());
    const dialog = copy.getByRole('dialog', { name: 'Tennis lesson' });
    expect(await dialog.getByText('Asia/Tokyo').textContent()).toContain('Tue, 24 Nov 2026, 18:00 to 19:00');
    expect(await dialog.getByRole('region', { name: 'As received' }).textContent()).toContain(
      '<t:Subject>Tennis lesson</t:Subject>',
    );
  });

  test('can be used by the keyboard alone', async () => {
    await create(sandbox, BERTA);
    sandbox.control.setFaults([{ fault: 'busy', operation: 'GetItem' }]);
    const page = await open(`/?mailbox=${ALFRED}`);
    const { keyboard } = page;
    await page.getByRole('heading', { name: 'Alfred' }).waitFor();
    // The mailboxes are one stop, in which arrows move.
    await page.getByRole('link', { name: ALFRED }).focus();
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Berta' }).waitFor();
    await keyboard.press('m');
    await page.getByRole('heading', { name: 'November 2026' }).waitFor();
    await keyboard.press('ArrowRight');
    await page.getByRole('heading', { name: 'December 2026' }).waitFor();
    await keyboard.press('t');
    await page.getByRole('heading', { name: 'November 2026' }).waitFor();
    await keyboard.press('/');
    await keyboard.type('tennis');
    await page.getByRole('option', { name: 'Tennis lesson' }).waitFor();
    await keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Tennis lesson' }).waitFor();
    await keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await keyboard.press('d');
    await page.getByRole('heading', { name: '24 November 2026' }).waitFor();
    await item(page, 'Tennis lesson').focus();
    await keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Tennis lesson' }).waitFor();
    await keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await focused(page)).toContain('Tennis lesson');
    await keyboard.press('2');
    await page.getByRole('heading', { name: 'Requests' }).waitFor();
    await page.getByLabel('failed or struck only').focus();
    // Past "Hold still", to the list.
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    expect(await focused(page)).toBe('CreateItem');
    await keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Request 1' }).getByText('<m:CreateItem').waitFor();
    await keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await keyboard.press('3');
    await page.getByRole('switch', { name: 'busy' }).focus();
    await keyboard.press('Space');
    await page.getByRole('switch', { name: 'busy', checked: false }).waitFor();
    expect(sandbox.control.faults).toEqual([{ fault: 'busy', operation: 'GetItem', off: true }]);
    await keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  test('shows at once what is made, changed and struck elsewhere, and leaves the focus where it is', async () => {
    await create(sandbox);
    const page = await open(`/?mailbox=${ALFRED}&view=week&date=2026-11-24`);
    await item(page, 'Tennis lesson').focus();
    await send(sandbox, createRequest(ALFRED, ['Yoga']));
    await item(page, 'Yoga').waitFor();
    expect(await focused(page)).toContain('Tennis lesson');
    const yoga = sandbox.items(ALFRED)[1];
    if (yoga === undefined) throw new Error('Yoga was stored');
    sandbox.control.edit(yoga, { subject: 'Pilates' });
    await item(page, 'Pilates').waitFor();
    sandbox.control.delete(yoga, 'purge');
    await item(page, 'Pilates').waitFor({ state: 'detached' });
    expect(await focused(page)).toContain('Tennis lesson');
    expect(await page.getByRole('link', { name: ALFRED }).textContent()).toContain('1 items');
    await page.getByRole('link', { name: 'Requests' }).click();
    sandbox.control.setFaults([{ fault: 'reset', name: 'peak hours' }]);
    await create(sandbox);
    await page.getByRole('row', { name: /CreateItem alfred@contoso.com svc reset peak hours/ }).waitFor();
  });

  test('adds a fault by its kind and fields, and says what is wrong with one', async () => {
    const page = await open('/?show=faults');
    await page.getByRole('combobox', { name: 'Fault', exact: true }).selectOption('error');
    await page.getByRole('textbox', { name: 'Response code' }).fill('Oops');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByText('fault.code: must be a response code').waitFor();
    await page.getByRole('textbox', { name: 'Response code' }).fill('ErrorItemSave');
    await page.getByText('Which requests, and how often').click();
    await page.getByLabel('Operation').fill('CreateItem, UpdateItem');
    await page.getByLabel('Probability').fill('0.5');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByText('operation CreateItem UpdateItem').waitFor();
    expect(sandbox.control.faults).toEqual([
      { fault: 'error', code: 'ErrorItemSave', operation: ['CreateItem', 'UpdateItem'], probability: 0.5 },
    ]);
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByText('Nothing goes wrong').waitFor();
    await create(sandbox);
    await page.getByRole('button', { name: 'Reset…' }).click();
    await page.getByRole('button', { name: 'Empty it' }).click();
    await page.getByText('The sandbox is empty.').waitFor();
    expect(sandbox.items(ALFRED)).toEqual([]);
  });

  test('shows whatever is in it as text', async () => {
    const hostile = '<img src=x onerror=alert(1)><script>alert(2)</script>';
    const escaped = hostile.replaceAll('<', '&lt;');
    sandbox.control.createMailbox({ address: 'eve@contoso.com', name: hostile });
    sandbox.control.setFaults([{ fault: 'latency', ms: 0, name: hostile }]);
    await new EwsClient(sandbox.ewsUrl).create(
      [
        `<t:Subject>${escaped}</t:Subject><t:Body BodyType="HTML">${escaped}</t:Body>` +
          `<t:Start>2026-11-24T09:00:00Z</t:Start><t:End>2026-11-24T10:00:00Z</t:End><t:Location>${escaped}</t:Location>`,
      ],
      { as: 'eve@contoso.com' },
    );
    const page = await open('/?mailbox=eve@contoso.com&view=week&date=2026-11-24');
    expect(await page.getByRole('heading', { name: hostile }).textContent()).toContain(hostile);
    await item(page, hostile).click();
    await page.getByRole('dialog').getByText('eve@contoso.com').first().waitFor();
    expect(await page.getByRole('dialog').textContent()).toContain(`Body, HTML${hostile}`);
    for (const section of ['requests', 'faults']) {
      await page.goto(`${sandbox.url}/?show=${section}`);
      await page.getByText(hostile).first().waitFor();
    }
    expect(await page.locator('img:not([src="/page/icon.svg"]), main script').count()).toBe(0);
  });

  test('shows whole days on their dates, whatever the zone', async () => {
    await new EwsClient(sandbox.ewsUrl).create([
      '<t:Subject>Holiday</t:Subject><t:Start>2026-11-25T00:00:00+01:00</t:Start><t:End>2026-11-26T00:00:00+01:00</t:End>' +
        '<t:IsAllDayEvent>true</t:IsAllDayEvent><t:StartTimeZone Id="W. Europe Standard Time"/>' +
        '<t:EndTimeZone Id="W. Europe Standard Time"/>',
    ]);
    const page = await open(`/?mailbox=${ALFRED}&view=month&date=2026-11-24&zone=viewer`);
    await page.locator('[data-date="2026-11-25"]', { hasText: 'Holiday' }).waitFor();
    await item(page, 'Holiday').click();
    const day = page.getByText('Wed, 25 Nov 2026');
    expect(await day.textContent()).toBe('Wed, 25 Nov 2026, all day (kept in W. Europe Standard Time)');
  });
});

test('a thousand mailboxes and ten thousand items are shown and searched, on a desk and on a phone', SLOW, async () => {
  await sandbox.close();
  const addresses = Array.from({ length: 1000 }, (_, index) => `user${index}@contoso.com`);
  sandbox = await startSandbox({ ...organisation, mailboxes: addresses.map((address) => ({ address })) });
  await fill(sandbox, addresses.slice(0, 200), 50);
  for (const viewport of [WIDE, NARROW]) {
    const page = await open('/', { viewport });
    const fits = async () => expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width);
    await item(page, 'Lesson').first().waitFor();
    await page.getByLabel('Search mailboxes and items').fill('user197');
    await page.getByRole('option', { name: 'user197@contoso.com' }).click();
    await page.getByRole('heading', { name: 'user197' }).waitFor();
    for (const view of ['Day', 'Week', 'Month', 'List']) {
      await page.getByRole('button', { name: view, exact: true }).click();
      await page.getByRole('button', { name: view, exact: true, pressed: true }).waitFor();
      await fits();
    }
    await item(page, 'Lesson').first().waitFor();
    expect(await item(page, 'Lesson').count()).toBe(50);
    for (const section of ['Requests', 'Faults', 'Mails']) {
      await page.locator('.sections a', { hasText: section }).click();
      await page.locator('h1', { hasText: section }).waitFor();
      await fits();
    }
    await page.context().close();
  }
});

test.for<[name: string, keys: string, options: BrowserContextOptions]>([
  ['light, on a desk', 'wml234', { viewport: WIDE, colorScheme: 'light' }],
  ['dark, on a phone', 'm23', { viewport: NARROW, colorScheme: 'dark' }],
])('axe finds nothing: %s', SLOW, async ([, keys, options]) => {
  sandbox.control.setFaults([
    { fault: 'latency', ms: 0, name: 'peak hours' },
    { fault: 'busy', off: true },
  ]);
  await send(sandbox, createRequest(ALFRED, ['Review'], 'SendToAllAndSaveCopy'));
  const [stored] = sandbox.items(ALFRED);
  const id = encodeURIComponent(stored?.id ?? '');
  const page = await open(`/?mailbox=${ALFRED}&date=2026-11-24&view=day&item=${id}`, options);
  await page.getByRole('region', { name: 'As received' }).waitFor();
  expect(await violationsOn(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const signs: Record<string, string> = {
    w: '.fc-timeGridWeek-view .fc-event',
    m: '.fc-dayGridMonth-view .fc-daygrid-day',
    l: '.fc-listMonth-view .fc-event',
    2: '.row:nth-child(2)',
    3: '.fault',
    4: '.mail',
  };
  for (const key of keys) {
    await page.keyboard.press(key);
    await page
      .locator(signs[key] ?? '')
      .first()
      .waitFor();
    expect([key, ...(await violationsOn(page))]).toEqual([key]);
  }
  await page.keyboard.press('?');
  expect(await violationsOn(page)).toEqual([]);
});
