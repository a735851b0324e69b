import { parseAppointment } from '@appointed/core';
import { describe, expect, it } from 'vitest';
import { answer, createItemResponse, refused } from './canned-answers.js';
import { cannedServer } from './canned-server.js';
import { ALFRED, call, KEY, LESSON, transportTo } from './placing.js';

function saved(id: string, changeKey: string): string {
  return createItemResponse(
    '<m:CreateItemResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>' +
      `<m:Items><t:CalendarItem><t:ItemId Id="${id}" ChangeKey="${changeKey}"/></t:CalendarItem></m:Items>` +
      '</m:CreateItemResponseMessage>',
  );
}

const USUAL = saved('AAMk+first/item=', 'DwAAABYA+one');

/** As a server might answer after the usual one, or before it. */
const ANSWERS = [
  ['the usual one', USUAL],
  ['another item', saved('AAMk+second/item==', 'DwAAABYA+two')],
  ['a longer id', saved('A'.repeat(300), 'DwAAABYA+three')],
  ['no id', saved('', 'DwAAABYA+four')],
  ['a reference in an id', saved('AAMk&amp;item', 'DwAAABYA+five')],
  ['a reference that means a quote', saved('AAMk&quot; ChangeKey=&quot;item', 'DwAAABYA+six')],
  ['letters of another script in an id', saved('AAMkäöü🎾', 'DwAAABYA+seven')],
  ['one attribute more', saved('AAMk" Note="a', 'DwAAABYA+eight')],
  ['a change key twice', saved('AAMk" ChangeKey="a', 'DwAAABYA+nine')],
  ['the same for both', saved('AAMkboth', 'AAMkboth')],
  ['the one within the other', saved('AAMk', 'ck-AAMk')],
  ['an element in an id', saved('AAMk"/><t:ItemId Id="b', 'DwAAABYA+ten')],
  ['less than that is well-formed', saved('AAMk<b', 'DwAAABYA+eleven')],
  ['both the other way round', USUAL.replace(/(Id="[^"]*") (ChangeKey="[^"]*")/, '$2 $1')],
  ['single quotes', USUAL.replaceAll('"', "'")],
  ['a part of it', USUAL.slice(0, -1)],
  ['more than it', `${USUAL} and more`],
  ['another element at its end', USUAL.replace('</s:Envelope>', '</s:Envelopes>')],
  ['an error', createItemResponse(refused('ErrorItemNotFound'))],
  ['an error about what it saved', USUAL.replace('"Success"', '"Error"').replace('NoError', 'ErrorItemSave')],
  [
    'two items',
    USUAL.replace('</m:Items>', '<t:CalendarItem><t:ItemId Id="b" ChangeKey="c"/></t:CalendarItem></m:Items>'),
  ],
  [
    'an error about another item',
    saved('AAMk+third', 'DwAAABYA+12').replace('"Success"', '"Error"').replace('NoError', 'ErrorItemSave'),
  ],
  ['a warning', USUAL.replace('"Success"', '"Warning"')],
  ['an id that is a word of the answer', saved('Success', 'DwAAABYA+13')],
  ['a warning about that', saved('Success', 'DwAAABYA+13').replace('"Success"', '"Warning"')],
  [
    'an id in a comment and with a reference',
    `<!--AAA1-->${saved('&#65;AA1', 'DwAAABYA+14')}`.replace(/^(<!--.*?-->)(<\?xml.*?\?>)/, '$2$1'),
  ],
  ['another comment', `<!--XXX9-->${saved('&#65;AA1', 'DwAAABYA+14')}`.replace(/^(<!--.*?-->)(<\?xml.*?\?>)/, '$2$1')],
  ['nothing', ''],
] as const;

/** What a transport makes of answers that come one after another. Without the ids of requests, which differ. */
async function outcomesOf(bodies: readonly string[]): Promise<readonly unknown[]> {
  let asked = 0;
  await using server = await cannedServer((...exchange) => {
    answer(200, bodies[asked] ?? '')(...exchange);
    asked += 1;
  });
  const transport = transportTo(server.url);
  const outcomes: unknown[] = [];
  for (const _body of bodies) {
    const request = { mailbox: ALFRED, sendMode: 'none' as const, items: [{ key: KEY, content: LESSON }] };
    outcomes.push(...(await transport.save(request, call())));
  }
  await transport.close();
  return JSON.parse(
    JSON.stringify(outcomes).replaceAll(/"clientRequestId":"[^"]*"/g, '"clientRequestId":""'),
  ) as unknown[];
}

/** An answer about two items, of which one was saved. */
function two(id: string): string {
  const second = `${refused('ErrorItemSave')}</m:ResponseMessages>`;
  return saved(id, `ck+${id.toLowerCase()}`).replace('</m:ResponseMessages>', second);
}

describe('an answer means the same whatever came before it', () => {
  it.each(ANSWERS)('%s', async (_what, body) => {
    const others = ANSWERS.map(([, other]) => other);
    const alone = await Promise.all([body, ...others].map(async (one) => (await outcomesOf([one]))[0]));
    const [expected, ...expectedOfOthers] = alone;
    const outcomes = await outcomesOf(others.flatMap((other) => [body, other]));
    expect(outcomes).toEqual(expectedOfOthers.flatMap((ofOther) => [expected, ofOther]));
  });

  it('of each of several items', async () => {
    await using server = await cannedServer((response, request, count) =>
      answer(200, two(count === 1 ? 'ONE' : 'OTHER'))(response, request, count),
    );
    const transport = transportTo(server.url);
    const items = [KEY, KEY.replaceAll('0', 'f')].map((key) => ({ key, content: LESSON }));
    for (const itemId of ['ONE', 'OTHER']) {
      expect(await transport.save({ mailbox: ALFRED, sendMode: 'none', items }, call())).toMatchObject([
        { kind: 'done', value: { itemId } },
        { error: { server: { code: 'ErrorItemSave' } } },
      ]);
    }
    await transport.close();
  });

  it('the ids that it brings are its own', async () => {
    const outcomes = await outcomesOf([USUAL, saved('B1+/=_-', 'C1'), saved('B2', 'C2+/=')]);
    expect(outcomes).toMatchObject([
      { kind: 'done', value: { itemId: 'AAMk+first/item=', changeKey: 'DwAAABYA+one' } },
      { kind: 'done', value: { itemId: 'B1+/=_-', changeKey: 'C1' } },
      { kind: 'done', value: { itemId: 'B2', changeKey: 'C2+/=' } },
    ]);
  });
});

describe('requests in a row', () => {
  it('have an id of their own each, which is a UUID', async () => {
    await using server = await cannedServer(answer(200, USUAL));
    const transports = [transportTo(server.url), transportTo(server.url)];
    for (const transport of transports) {
      const request = { mailbox: ALFRED, sendMode: 'none' as const, items: [{ key: KEY, content: LESSON }] };
      for (let nth = 0; nth < 20; nth += 1) await transport.save(request, call());
      await transport.close();
    }
    const ids = server.requests.map(({ headers }) => headers['client-request-id']);
    expect(new Set(ids).size).toBe(40);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('say what each of them was given, also where the one before said the same', async () => {
    await using server = await cannedServer(answer(200, USUAL));
    const transport = transportTo(server.url);
    const given = [
      { location: 'Court 1', reminder: { minutesBefore: 15 }, timeZone: 'Europe/Berlin' },
      { location: 'Court 1', reminder: { minutesBefore: 15 }, timeZone: 'Europe/Berlin' },
      { location: 'Court <2>', reminder: { minutesBefore: 0 }, timeZone: 'America/New_York' },
      { location: 'Court 1', reminder: { minutesBefore: 15 }, timeZone: 'Europe/Berlin' },
    ];
    for (const { timeZone, ...rest } of given) {
      const [start, end] = ['2027-01-15T09:00:00', '2027-01-15T10:00:00'].map((dateTime) => ({ dateTime, timeZone }));
      const content = parseAppointment({ subject: 'Tennis lesson', start, end, ...rest });
      await transport.save({ mailbox: ALFRED, sendMode: 'none', items: [{ key: KEY, content }] }, call());
    }
    await transport.close();
    const said = server.requests.map(({ body }) =>
      ['Location', 'ReminderMinutesBeforeStart'].map((name) => new RegExp(`<t:${name}>([^<]*)<`).exec(body)?.[1]),
    );
    expect(said).toEqual([
      ['Court 1', '15'],
      ['Court 1', '15'],
      ['Court &lt;2&gt;', '0'],
      ['Court 1', '15'],
    ]);
    const zones = server.requests.map(({ body }) => /<t:EndTimeZone Id="([^"]*)"/.exec(body)?.[1]);
    expect(zones).toEqual([
      'W. Europe Standard Time',
      'W. Europe Standard Time',
      'Eastern Standard Time',
      'W. Europe Standard Time',
    ]);
  });
});
