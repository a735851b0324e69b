import type { Outcome, StoredItem } from '@appointed/core';
import { describe, expect, it } from 'vitest';
import { refused, responseOf, told } from './canned-answers.js';
import { type Asked, asking, type Reply } from './canned-exchange.js';
import { ALFRED, call } from './placing.js';
import { schemaIsAtHand, validate } from './schema.js';

function item(id: string, content = ''): string {
  return told(
    'GetItem',
    `<m:Items><t:CalendarItem><t:ItemId Id="${id}" ChangeKey="ck"/>${content}</t:CalendarItem></m:Items>`,
  );
}

type Read = Outcome<readonly (StoredItem | 'gone')[]>;

function read(itemIds: readonly string[], reply: Reply): Promise<Asked<Read>> {
  return asking({ GetItem: reply }, (transport) => transport.read(ALFRED, itemIds, call()));
}

async function fieldsOf(content: string): Promise<StoredItem['fields']> {
  const { outcome } = await read(['a'], responseOf('GetItem', item('a', content)));
  const [stored] = outcome.kind === 'done' ? outcome.value : [];
  if (stored === undefined || stored === 'gone') throw new Error('nothing was read');
  return stored.fields;
}

function attendee(content: string): string {
  return `<t:Attendee><t:Mailbox>${content}</t:Mailbox><t:ResponseType>Accept</t:ResponseType></t:Attendee>`;
}

describe('reading', () => {
  it('asks for everything that an appointment says, and for the body as it is stored', async () => {
    const { requests } = await read(['A&A=', 'b'], responseOf('GetItem', item('A&A='), item('b')));
    const [{ body } = { body: '' }] = requests;
    expect(body).toContain('<t:BodyType>Best</t:BodyType>');
    expect(body).toContain('<m:ItemIds><t:ItemId Id="A&amp;A="/><t:ItemId Id="b"/></m:ItemIds>');
    expect([...body.matchAll(/FieldURI="([^"]*)"/g)].map(([, uri]) => uri)).toMatchInlineSnapshot(`
      [
        "item:Subject",
        "item:Sensitivity",
        "item:Body",
        "item:Attachments",
        "item:Categories",
        "item:Importance",
        "item:ReminderIsSet",
        "item:ReminderMinutesBeforeStart",
        "calendar:Start",
        "calendar:End",
        "calendar:IsAllDayEvent",
        "calendar:LegacyFreeBusyStatus",
        "calendar:Location",
        "calendar:IsResponseRequested",
        "calendar:RequiredAttendees",
        "calendar:OptionalAttendees",
        "calendar:Resources",
        "calendar:Recurrence",
        "calendar:AllowNewTimeProposal",
      ]
    `);
    if (schemaIsAtHand) validate(body);
  });

  it('gives every field in our words', async () => {
    const fields = await fieldsOf(
      '<t:Subject>R&amp;D</t:Subject><t:Sensitivity>Private</t:Sensitivity>' +
        '<t:Body BodyType="HTML" IsTruncated="false">&lt;p&gt;x&lt;/p&gt;</t:Body>' +
        '<t:Categories><t:String>Sport</t:String><t:String>R&amp;D</t:String></t:Categories><t:Importance>High</t:Importance>' +
        '<t:ReminderIsSet>true</t:ReminderIsSet><t:ReminderMinutesBeforeStart>30</t:ReminderMinutesBeforeStart>' +
        '<t:Start>2027-07-01T07:00:00Z</t:Start><t:End>2027-07-01T08:30:00.5Z</t:End>' +
        '<t:LegacyFreeBusyStatus>OOF</t:LegacyFreeBusyStatus><t:Location>Court 1</t:Location>' +
        `<t:RequiredAttendees>${attendee('<t:Name>Beth</t:Name><t:EmailAddress>beth@contoso.com</t:EmailAddress>')}</t:RequiredAttendees>` +
        `<t:Resources>${attendee('<t:Name>room@contoso.com</t:Name><t:EmailAddress>room@contoso.com</t:EmailAddress>')}</t:Resources>`,
    );
    const utc = { offset: 'Z', zone: { iana: 'Etc/UTC', windows: 'UTC' } };
    expect(fields).toEqual({
      subject: 'R&D',
      sensitivity: 'private',
      body: { format: 'html', content: '<p>x</p>' },
      categories: ['Sport', 'R&D'],
      importance: 'high',
      reminder: { minutesBefore: 30 },
      start: { epochMs: Date.UTC(2027, 6, 1, 7), dateTime: '2027-07-01T07:00:00', ...utc },
      end: { epochMs: Date.UTC(2027, 6, 1, 8, 30), dateTime: '2027-07-01T08:30:00', ...utc },
      showAs: 'oof',
      location: 'Court 1',
      requiredAttendees: [{ address: 'beth@contoso.com', name: 'Beth' }],
      resources: [{ address: 'room@contoso.com' }],
    });
  });

  it('leaves out what has no value, and what we have no word for', async () => {
    const fields = await fieldsOf(
      '<t:Subject/><t:Body BodyType="Text"/><t:Categories/><t:ReminderIsSet>true</t:ReminderIsSet>' +
        '<t:Start>some day</t:Start><t:LegacyFreeBusyStatus>NoData</t:LegacyFreeBusyStatus><t:Location/>' +
        `<t:OptionalAttendees>${attendee('<t:Name>Nobody</t:Name>')}</t:OptionalAttendees>`,
    );
    expect(fields).toEqual({});
  });

  it.each([
    ['2027-07-01T07:00:00Z', 'in UTC'],
    ['2027-07-01T09:00:00+02:00', 'with an offset'],
    ['2027-07-01T07:00:00', 'without one, which is UTC'],
  ])('takes a time such as %s, %s', async (time) => {
    const { start } = await fieldsOf(`<t:Start>${time}</t:Start>`);
    expect(start?.epochMs).toBe(Date.UTC(2027, 6, 1, 7));
  });

  it('says gone in the place of an item that is not found', async () => {
    const reply = responseOf('GetItem', item('a'), refused('ErrorItemNotFound', {}, 'GetItem'), item('c'));
    expect((await read(['a', 'b', 'c'], reply)).outcome).toMatchObject({
      value: [{ itemId: 'a' }, 'gone', { itemId: 'c' }],
    });
  });

  it.each([
    ['ErrorServerBusy', 'deferred'],
    ['ErrorAccessDenied', 'rejected'],
    ['ErrorTimeoutExpired', 'unknown'],
  ])('fails as a whole when one item cannot be read: %s', async (code, kind) => {
    const reply = responseOf('GetItem', item('a'), refused(code, {}, 'GetItem'));
    expect((await read(['a', 'b'], reply)).outcome).toMatchObject({ kind, error: { server: { code } } });
  });

  it.each([
    ['too few results', responseOf('GetItem', item('a'))],
    ['a result without an item', responseOf('GetItem', item('a'), told('GetItem', '<m:Items/>'))],
  ])('is unknown when the answer holds %s', async (_what, reply) => {
    expect((await read(['a', 'b'], reply)).outcome).toMatchObject({
      kind: 'unknown',
      error: { code: 'response_unreadable' },
    });
  });
});
