import { parseAppointment } from '@appointed/core';
import { expect, it } from 'vitest';
import { responseOf, told } from './canned-answers.js';
import { asking } from './canned-exchange.js';
import { ALFRED, call } from './placing.js';
import { schemaIsAtHand, validate } from './schema.js';

const NINE = { dateTime: '2027-07-01T09:00', timeZone: 'Europe/Berlin' };
const LESSON = parseAppointment({ subject: 'R&D "x" <b>', start: NINE, end: NINE });

it('what is similar is looked for by its subject and its start in UTC, one item of the calendar', async () => {
  const FindItem = responseOf('FindItem', told('FindItem', '<m:RootFolder><t:Items/></m:RootFolder>'));
  const asked = await asking({ FindItem }, (transport) => transport.hasSimilar(ALFRED, LESSON, call()));
  expect(asked.outcome).toEqual({ kind: 'done', value: false });
  const [{ body } = { body: '' }, ...more] = asked.requests;
  expect(more).toEqual([]);
  expect(body).toContain(
    '<t:FieldURI FieldURI="item:Subject"/><t:FieldURIOrConstant><t:Constant Value="R&amp;D &quot;x&quot; &lt;b&gt;"/>',
  );
  expect(body).toContain(
    '<t:FieldURI FieldURI="calendar:Start"/><t:FieldURIOrConstant><t:Constant Value="2027-07-01T07:00:00Z"/>',
  );
  expect(body).toContain('MaxEntriesReturned="1"');
  if (schemaIsAtHand) validate(body);
});

it('an answer without a folder does not say that nothing is similar', async () => {
  const FindItem = responseOf('FindItem', told('FindItem', ''));
  const { outcome } = await asking({ FindItem }, (transport) => transport.hasSimilar(ALFRED, LESSON, call()));
  expect(outcome).toMatchObject({ kind: 'unknown', error: { code: 'response_unreadable' } });
});
