import { type AppointmentInput, parseAppointment } from '@appointed/core';
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

/** The texts of some elements, read by a strict XML parser. */
function textsOf(xml: string, names: readonly string[]): readonly string[] {
  const texts: string[] = [];
  const open: string[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name }) => {
    open.push(name);
    if (names.includes(name)) texts.push('');
  });
  parser.on('text', (part) => {
    if (names.includes(open.at(-1) ?? '')) texts.push(`${texts.pop() ?? ''}${part}`);
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
