import { type AppointmentInput, type Outcome, parseAppointment, type Receipt, type Update } from '@appointed/core';
import { describe, expect, it } from 'vitest';
import { refused, responseOf, soapFault, told } from './canned-answers.js';
import { type Asked, asking, type Reply } from './canned-exchange.js';
import { ALFRED, call } from './placing.js';
import { schemaIsAtHand, validate } from './schema.js';

const DONE = responseOf(
  'UpdateItem',
  told(
    'UpdateItem',
    '<m:Items><t:CalendarItem><t:ItemId Id="A&amp;A=" ChangeKey="new"/></t:CalendarItem></m:Items>' +
      '<m:ConflictResults><t:Count>0</t:Count></m:ConflictResults>',
  ),
);

const EVERYTHING: AppointmentInput = {
  subject: '</t:Subject></t:CalendarItem></t:SetItemField><t:DeleteItemField/> R&D 🎾',
  body: { html: '<p>R&amp;D</p>' },
  start: { dateTime: '2027-07-01T09:00', timeZone: 'Europe/Berlin' },
  end: { dateTime: '2027-07-01T10:30', timeZone: 'America/New_York' },
  location: 'Court "1"',
  requiredAttendees: ['beth@contoso.com', { address: 'carl@contoso.com', name: 'Carl "C" <Carlsen>' }],
  optionalAttendees: ['dora@contoso.com'],
  resources: ['room1@contoso.com'],
  reminder: { minutesBefore: 15 },
  showAs: 'oof',
  sensitivity: 'private',
  importance: 'high',
  categories: ['R&D', 'Sport'],
  responseRequested: false,
  newTimeProposalsAllowed: true,
  recurrence: { pattern: 'daily', endDate: '2027-07-31' },
};
const ALL = parseAppointment(EVERYTHING);

type Updated = Outcome<Receipt | 'gone' | 'conflict'>;

function update(wanted: Partial<Update>, reply: Reply = DONE): Promise<Asked<Updated>> {
  const whole: Update = { itemId: 'A&A=', set: { subject: 'Lesson' }, clear: [], sendMode: 'none', ...wanted };
  return asking({ UpdateItem: reply }, (transport) => transport.update(ALFRED, whole, call()));
}

async function requestFor(wanted: Partial<Update>): Promise<string> {
  const { requests } = await update(wanted);
  const [{ body } = { body: '' }, ...more] = requests;
  expect(more).toEqual([]);
  if (schemaIsAtHand) validate(body);
  return body;
}

/** What is changed, in short: `item:Subject=<t:Subject>…` for what is set, `-item:Body` for what is deleted. */
function changesIn(request: string): readonly string[] {
  const change =
    /<t:(Set|Delete)ItemField><t:FieldURI FieldURI="([^"]*)"\/>(?:<t:CalendarItem>(.*?)<\/t:CalendarItem>)?<\/t:\1ItemField>/g;
  return [...request.matchAll(change)].map(([, verb, uri, value]) => (verb === 'Set' ? `${uri}=${value}` : `-${uri}`));
}

describe('an update', () => {
  it('sets each property by itself, escaped, times with their zones', async () => {
    expect(changesIn(await requestFor({ set: ALL }))).toMatchInlineSnapshot(`
      [
        "item:Subject=<t:Subject>&lt;/t:Subject&gt;&lt;/t:CalendarItem&gt;&lt;/t:SetItemField&gt;&lt;t:DeleteItemField/&gt; R&amp;D 🎾</t:Subject>",
        "item:Sensitivity=<t:Sensitivity>Private</t:Sensitivity>",
        "item:Body=<t:Body BodyType="HTML">&lt;p&gt;R&amp;amp;D&lt;/p&gt;</t:Body>",
        "item:Categories=<t:Categories><t:String>R&amp;D</t:String><t:String>Sport</t:String></t:Categories>",
        "item:Importance=<t:Importance>High</t:Importance>",
        "item:ReminderIsSet=<t:ReminderIsSet>true</t:ReminderIsSet>",
        "item:ReminderMinutesBeforeStart=<t:ReminderMinutesBeforeStart>15</t:ReminderMinutesBeforeStart>",
        "calendar:Start=<t:Start>2027-07-01T09:00:00+02:00</t:Start>",
        "calendar:End=<t:End>2027-07-01T10:30:00-04:00</t:End>",
        "calendar:LegacyFreeBusyStatus=<t:LegacyFreeBusyStatus>OOF</t:LegacyFreeBusyStatus>",
        "calendar:Location=<t:Location>Court &quot;1&quot;</t:Location>",
        "calendar:IsResponseRequested=<t:IsResponseRequested>false</t:IsResponseRequested>",
        "calendar:RequiredAttendees=<t:RequiredAttendees><t:Attendee><t:Mailbox><t:EmailAddress>beth@contoso.com</t:EmailAddress></t:Mailbox></t:Attendee><t:Attendee><t:Mailbox><t:Name>Carl &quot;C&quot; &lt;Carlsen&gt;</t:Name><t:EmailAddress>carl@contoso.com</t:EmailAddress></t:Mailbox></t:Attendee></t:RequiredAttendees>",
        "calendar:OptionalAttendees=<t:OptionalAttendees><t:Attendee><t:Mailbox><t:EmailAddress>dora@contoso.com</t:EmailAddress></t:Mailbox></t:Attendee></t:OptionalAttendees>",
        "calendar:Resources=<t:Resources><t:Attendee><t:Mailbox><t:EmailAddress>room1@contoso.com</t:EmailAddress></t:Mailbox></t:Attendee></t:Resources>",
        "calendar:Recurrence=<t:Recurrence><t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence><t:EndDateRecurrence><t:StartDate>2027-07-01</t:StartDate><t:EndDate>2027-07-31</t:EndDate></t:EndDateRecurrence></t:Recurrence>",
        "calendar:StartTimeZone=<t:StartTimeZone Id="W. Europe Standard Time"/>",
        "calendar:EndTimeZone=<t:EndTimeZone Id="Eastern Standard Time"/>",
        "calendar:AllowNewTimeProposal=<t:AllowNewTimeProposal>true</t:AllowNewTimeProposal>",
      ]
    `);
  });

  it('deletes what can be deleted, and gives the rest what a new item has', async () => {
    const clear = ['body', 'location', 'requiredAttendees', 'optionalAttendees', 'resources', 'categories'] as const;
    const reset = ['reminder', 'showAs', 'sensitivity', 'importance'] as const;
    expect(changesIn(await requestFor({ set: {}, clear: [...clear, ...reset] }))).toMatchInlineSnapshot(`
      [
        "item:Sensitivity=<t:Sensitivity>Normal</t:Sensitivity>",
        "-item:Body",
        "-item:Categories",
        "item:Importance=<t:Importance>Normal</t:Importance>",
        "item:ReminderIsSet=<t:ReminderIsSet>true</t:ReminderIsSet>",
        "item:ReminderMinutesBeforeStart=<t:ReminderMinutesBeforeStart>15</t:ReminderMinutesBeforeStart>",
        "calendar:LegacyFreeBusyStatus=<t:LegacyFreeBusyStatus>Busy</t:LegacyFreeBusyStatus>",
        "-calendar:Location",
        "-calendar:RequiredAttendees",
        "-calendar:OptionalAttendees",
        "-calendar:Resources",
      ]
    `);
  });

  it('deletes what is set to an empty list or text', async () => {
    const set = { location: '', categories: [], requiredAttendees: [] };
    const deleted = ['-item:Categories', '-calendar:Location', '-calendar:RequiredAttendees'];
    expect(changesIn(await requestFor({ set }))).toEqual(deleted);
  });

  it('switches a reminder off, and leaves its minutes', async () => {
    expect(changesIn(await requestFor({ set: { reminder: false } }))).toEqual([
      'item:ReminderIsSet=<t:ReminderIsSet>false</t:ReminderIsSet>',
    ]);
  });

  it('overwrites nothing that has changed, where it knows the change key', async () => {
    const request = await requestFor({ changeKey: 'c&k' });
    expect(request).toContain('ConflictResolution="NeverOverwrite"');
    expect(request).toContain('<t:ItemId Id="A&amp;A=" ChangeKey="c&amp;k"/>');
  });

  it('overwrites always, where it knows none', async () => {
    const request = await requestFor({});
    expect(request).toContain('ConflictResolution="AlwaysOverwrite"');
    expect(request).toContain('<t:ItemId Id="A&amp;A="/>');
  });

  it.each([
    ['none', 'SendToNone'],
    ['all', 'SendOnlyToAll'],
    ['allAndSaveCopy', 'SendToAllAndSaveCopy'],
    ['changed', 'SendOnlyToChanged'],
  ] as const)('with the send mode %s is %s', async (sendMode, name) => {
    expect(await requestFor({ sendMode })).toContain(`SendMeetingInvitationsOrCancellations="${name}"`);
  });

  it('without changes is not sent', async () => {
    const asked = await update({ set: {}, changeKey: 'old' });
    expect(asked).toMatchObject({
      outcome: { kind: 'done', value: { itemId: 'A&A=', changeKey: 'old' } },
      operations: [],
    });
  });
});

describe('the answer to an update', () => {
  it('gives the new change key', async () => {
    expect((await update({})).outcome).toEqual({ kind: 'done', value: { itemId: 'A&A=', changeKey: 'new' } });
  });

  it.each([
    ['ErrorItemNotFound', 'gone'],
    ['ErrorIrresolvableConflict', 'conflict'],
    ['ErrorStaleObject', 'conflict'],
  ])('%s is %s: nothing was changed', async (code, value) => {
    const { outcome } = await update({}, responseOf('UpdateItem', refused(code, {}, 'UpdateItem')));
    expect(outcome).toEqual({ kind: 'done', value });
  });

  it.each([
    ['ErrorTimeoutExpired', 'unknown', undefined],
    ['ErrorInternalServerError', 'unknown', undefined],
    ['ErrorServerBusy', 'deferred', undefined],
    ['ErrorQuotaExceeded', 'rejected', 'mailbox'],
    ['ErrorCalendarEndDateIsEarlierThanStartDate', 'rejected', 'placement'],
    ['ErrorInvalidPropertySet', 'rejected', 'placement'],
  ])('%s is %s', async (code, kind, scope) => {
    for (const reply of [responseOf('UpdateItem', refused(code, {}, 'UpdateItem')), soapFault(code)]) {
      const { outcome } = await update({}, reply);
      expect(outcome).toMatchObject({ kind, ...(scope === undefined ? {} : { scope }), error: { server: { code } } });
    }
  });

  it.each([
    ['names no item', DONE.replace(/<t:ItemId[^>]*>/, '')],
    ['has an item without an id', DONE.replace(' Id="A&amp;A="', '')],
    ['holds no result', responseOf('UpdateItem')],
    ['is cut off', DONE.slice(0, -40)],
  ])('is unknown when it %s', async (_what, reply) => {
    expect((await update({}, reply)).outcome).toMatchObject({
      kind: 'unknown',
      error: { code: 'response_unreadable' },
    });
  });

  it('says nothing of what was written, whatever went wrong', async () => {
    const wanted = { set: { subject: 'secret subject', body: { format: 'text', content: 'secret body' } } } as const;
    for (const reply of [soapFault('ErrorInvalidPropertySet'), DONE.slice(0, -40), '<html/>']) {
      expect(JSON.stringify((await update(wanted, reply)).outcome)).not.toContain('secret');
    }
  });
});
