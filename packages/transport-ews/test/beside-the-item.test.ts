import { parseAppointment, type Update } from '@appointed/core';
import { describe, expect, it } from 'vitest';
import { refused, responseOf, told } from './canned-answers.js';
import { asking, type Replies } from './canned-exchange.js';
import { ALFRED, call } from './placing.js';
import { schemaIsAtHand, validate } from './schema.js';

const SET = '0f8fad5b-d9cb-469f-a165-70867728950e';
const LIST =
  '<t:ExtendedFieldURI PropertySetId="5f9c1a52-8d4e-4f0b-9a3e-6c7d21b0e8f4" PropertyName="AppointedProperties" PropertyType="StringArray"/>';
const START = new Date('2027-01-15T09:00:00Z');

function property(name: string, type: string, value: string): string {
  return `<t:ExtendedProperty>${uri(name, type)}<t:Value>${value}</t:Value></t:ExtendedProperty>`;
}

function uri(name: string, type: string): string {
  return `<t:ExtendedFieldURI PropertySetId="${SET.toUpperCase()}" PropertyName="${name}" PropertyType="${type}"/>`;
}

function listing(...ids: readonly string[]): string {
  const values = ids.map((id) => `<t:Value>${id}</t:Value>`).join('');
  return `<t:ExtendedProperty>${LIST}<t:Values>${values}</t:Values></t:ExtendedProperty>`;
}

function item(content: string): string {
  const xml = `<m:Items><t:CalendarItem><t:ItemId Id="a" ChangeKey="ck"/>${content}</t:CalendarItem></m:Items>`;
  return responseOf('GetItem', told('GetItem', xml));
}

function read(replies: Replies) {
  return asking(replies, (transport) => transport.read(ALFRED, ['a'], call()));
}

/** Updates an item that has some properties before. */
async function revise(update: Partial<Update>, before: string) {
  const done =
    '<m:Items><t:CalendarItem><t:ItemId Id="a" ChangeKey="new"/></t:CalendarItem></m:Items><m:ConflictResults><t:Count>0</t:Count></m:ConflictResults>';
  const replies = { GetItem: before, UpdateItem: responseOf('UpdateItem', told('UpdateItem', done)) };
  const whole: Update = { itemId: 'a', set: {}, clear: [], sendMode: 'none', ...update };
  const asked = await asking(replies, (transport) => transport.update(ALFRED, whole, call()));
  if (schemaIsAtHand) asked.requests.forEach(({ body }) => validate(body));
  const change = /<t:(Set|Delete)ItemField><t:ExtendedFieldURI PropertySetId="[^"]*" PropertyName="([^"]*)"/g;
  const changes = [...(asked.requests.at(-1)?.body ?? '').matchAll(change)].map(([, verb, name]) => `${verb} ${name}`);
  return { ...asked, changes };
}

/** Answers the first request for an item with one reply, and the others with another. */
function first(reply: string, then: string): () => string {
  let asked = 0;
  return () => (asked++ === 0 ? reply : then);
}

describe('custom properties', () => {
  const ids = [`String {${SET}} Name R&amp;D`, `Integer {${SET}} Name Seats`, 'nonsense', `Binary {${SET}} Name X`];

  it('are asked for by the names that the item lists, and only then', async () => {
    const values = [
      property('R&amp;D', 'String', ' x '),
      property('Seats', 'Integer', '-7'),
      property('Other', 'String', 'y'),
    ];
    const asked = await read({ GetItem: first(item(listing(...ids)), item(values.join(''))) });
    expect(asked.operations).toEqual(['GetItem', 'GetItem']);
    expect(asked.outcome).toMatchObject({
      value: [
        {
          fields: {
            customProperties: [
              { propertySetId: SET, name: 'R&D', type: 'string', value: ' x ' },
              { propertySetId: SET, name: 'Seats', type: 'integer', value: -7 },
            ],
          },
        },
      ],
    });
    if (schemaIsAtHand) asked.requests.forEach(({ body }) => validate(body));
    expect((await read({ GetItem: item('') })).operations).toEqual(['GetItem']);
  });

  it('that somebody has deleted are absent', async () => {
    const asked = await read({ GetItem: first(item(listing(...ids)), item('')) });
    expect(asked.outcome).toMatchObject({ kind: 'done', value: [{ fields: {} }] });
  });

  it('that are not wanted any more are deleted, and the others set', async () => {
    const customProperties = [
      { propertySetId: SET, name: 'Seats', value: 8 },
      { propertySetId: SET, name: 'New', value: true },
    ];
    const { customProperties: wanted = [] } = parseAppointment({
      subject: 'x',
      start: START,
      end: START,
      customProperties,
    });
    const { changes } = await revise({ set: { customProperties: wanted } }, item(listing(...ids)));
    expect(changes).toEqual(['Delete R&amp;D', 'Set Seats', 'Set New', 'Set AppointedProperties']);
  });

  it('are all deleted when they are cleared; nothing is sent where there are none', async () => {
    const { changes } = await revise({ clear: ['customProperties'] }, item(listing(...ids)));
    expect(changes).toEqual(['Delete R&amp;D', 'Delete Seats', 'Delete AppointedProperties']);
    const none = await revise({ clear: ['customProperties'] }, item(''));
    expect(none.operations).toEqual(['GetItem']);
    expect(none.outcome).toMatchObject({ kind: 'done', value: { itemId: 'a' } });
  });

  it.each([
    ['ErrorItemNotFound', { kind: 'done', value: 'gone' }],
    ['ErrorServerBusy', { kind: 'deferred' }],
    ['ErrorTimeoutExpired', { kind: 'deferred' }],
  ])('are not changed where the item cannot be read: %s', async (code, outcome) => {
    const asked = await revise({ clear: ['customProperties'] }, responseOf('GetItem', refused(code, {}, 'GetItem')));
    expect(asked).toMatchObject({ operations: ['GetItem'], outcome });
  });
});

describe('attachments', () => {
  const file =
    '<t:FileAttachment><t:AttachmentId Id="f&amp;1"/><t:Name>a.txt</t:Name><t:IsInline>false</t:IsInline></t:FileAttachment>';
  const other = '<t:ItemAttachment><t:AttachmentId Id="i1"/><t:Name>mail</t:Name></t:ItemAttachment>';
  const attached = item(`<t:Attachments>${file}${other}</t:Attachments>`);
  const content =
    '<m:Attachments><t:FileAttachment><t:AttachmentId Id="f&amp;1"/><t:Name>a.txt</t:Name>' +
    '<t:ContentType>text/plain</t:ContentType><t:ContentId>x</t:ContentId><t:IsInline>false</t:IsInline>' +
    '<t:Content>UiZE\n</t:Content></t:FileAttachment></m:Attachments>';

  it('are read with what is in the files; of other things the name is known', async () => {
    const replies = { GetItem: attached, GetAttachment: responseOf('GetAttachment', told('GetAttachment', content)) };
    const asked = await read(replies);
    expect(asked.outcome).toMatchObject({
      value: [
        {
          fields: {
            attachments: [
              { name: 'a.txt', mediaType: 'text/plain', content: 'UiZE', size: 3 },
              { name: 'mail', mediaType: '', content: '', size: 0 },
            ],
          },
        },
      ],
    });
    expect(asked.requests[1]?.body).toContain('<m:AttachmentIds><t:AttachmentId Id="f&amp;1"/></m:AttachmentIds>');
    if (schemaIsAtHand) asked.requests.forEach(({ body }) => validate(body));
  });

  it.each([
    ['ErrorServerBusy', 'deferred'],
    ['ErrorItemNotFound', 'unknown'],
  ])('that cannot be read are no reason to say there are none: %s', async (code, kind) => {
    const GetAttachment = responseOf('GetAttachment', refused(code, {}, 'GetAttachment'));
    expect((await read({ GetItem: attached, GetAttachment })).outcome).toMatchObject({ kind });
    const empty = responseOf('GetAttachment', told('GetAttachment', '<m:Attachments/>'));
    expect((await read({ GetItem: attached, GetAttachment: empty })).outcome).toMatchObject({ kind: 'unknown' });
  });
});
