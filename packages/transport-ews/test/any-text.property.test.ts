import { type AppointmentInput, parseAppointment, type Similar, type Update } from '@appointed/core';
import type { EwsTransport } from '@appointed/transport-ews';
import { array, assert, asyncProperty, constantFrom, integer, oneof } from 'fast-check';
import { SaxesParser } from 'saxes';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { answer, createItemResponse, saved } from './canned-answers.js';
import { type CannedServer, cannedServer } from './canned-server.js';
import { ALFRED, call, KEY, transportTo } from './placing.js';

const START = new Date('2027-01-15T09:00:00Z');

// Markup, what XML forbids, and anything else that UTF-16 can hold, lone surrogates included.
const text = array(
  oneof(
    constantFrom('&', '<', '>', '"', "'", ']]>', '<![CDATA[', '&amp;', '\r\n', '\t', '\u2028', '\uFFFE', '🎾'),
    integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
  ),
  { maxLength: 60 },
).map((parts) => parts.join(''));

let server: CannedServer;
beforeAll(async () => {
  server = await cannedServer(answer(200, createItemResponse(saved('item'))));
});
afterAll(() => server[Symbol.asyncDispose]());

async function requestFor(fields: Partial<AppointmentInput>): Promise<string> {
  const content = parseAppointment({ subject: 'Lesson', start: START, end: START, ...fields });
  const transport = transportTo(server.url);
  await transport.save({ mailbox: ALFRED, sendMode: 'none', items: [{ key: KEY, content }] }, call());
  await transport.close();
  return server.requests.at(-1)?.body ?? '';
}

/** The texts of some elements, or their attributes of a name, read by a strict XML parser. */
function textsOf(xml: string, names: readonly string[], attribute?: string): readonly string[] {
  const texts: string[] = [];
  const open: string[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    open.push(name);
    if (names.includes(name)) texts.push(attribute === undefined ? '' : String(attributes[attribute]));
  });
  parser.on('text', (part) => {
    const isWanted = attribute === undefined && names.includes(open.at(-1) ?? '');
    if (isWanted) texts.push(`${texts.pop() ?? ''}${part}`);
  });
  parser.on('closetag', () => open.pop());
  parser.write(xml).close();
  return texts;
}

/** What XML 1.0 can carry of a string. */
function carried(given: string): string {
  return [...given]
    .filter((character) => {
      const code = character.codePointAt(0) ?? 0;
      const isControl = code < 0x20 && !'\t\n\r'.includes(character);
      return !isControl && !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff;
    })
    .join('');
}

it('any text arrives as it was given, less what XML cannot carry, and nothing else changes', async () => {
  await assert(
    asyncProperty(text, text, text, text, async (subject, location, body, category) => {
      const xml = await requestFor({ subject: `s${subject}`, location, body, categories: [`c${category}`] });
      expect(textsOf(xml, ['t:Subject', 't:Body', 't:String', 't:Location'])).toEqual(
        [`s${subject}`, body, `c${category}`, location].map(carried),
      );
      expect(xml.match(/<t:CalendarItem>/g)).toHaveLength(1);
    }),
    { numRuns: 300 },
  );
});

async function sentBy(ask: (transport: EwsTransport) => Promise<unknown>): Promise<string> {
  const transport = transportTo(server.url);
  await ask(transport);
  await transport.close();
  return server.requests.at(-1)?.body ?? '';
}

it('any text arrives as it was given in an update, and changes nothing else', async () => {
  await assert(
    asyncProperty(text, text, text, text, async (subject, location, content, id) => {
      const set = { subject: `s${subject}`, location: `l${location}`, body: { format: 'text', content } } as const;
      const update: Update = { itemId: id, changeKey: id, set, clear: [], sendMode: 'none' };
      const xml = await sentBy((transport) => transport.update(ALFRED, update, call()));
      const texts = [set.subject, content, set.location].map(carried);
      expect(textsOf(xml, ['t:Subject', 't:Body', 't:Location'])).toEqual(texts);
      expect(textsOf(xml, ['t:ItemId'], 'Id')).toEqual([carried(id)]);
      expect(textsOf(xml, ['t:ItemId'], 'ChangeKey')).toEqual([carried(id)]);
      expect(xml.match(/<t:SetItemField>/g)).toHaveLength(3);
    }),
    { numRuns: 100 },
  );
});

it('any text is looked for as it was given', async () => {
  const start: Similar['start'] = parseAppointment({ subject: 'Lesson', start: START, end: START }).start;
  await assert(
    asyncProperty(text, text, async (subject, id) => {
      const similar = await sentBy((transport) => transport.hasSimilar(ALFRED, { subject, start }, call()));
      expect(textsOf(similar, ['t:Constant'], 'Value')).toEqual([carried(subject), '2027-01-15T09:00:00Z']);
      const read = await sentBy((transport) => transport.read(ALFRED, [id, 'another'], call()));
      expect(textsOf(read, ['t:ItemId'], 'Id')).toEqual([carried(id), 'another']);
    }),
    { numRuns: 100 },
  );
});
