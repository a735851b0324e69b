import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startSandbox } from '../src/index.js';
import { EwsClient } from './ews-client.js';
import { ALFRED, BERTA, CARL, MeetingScene } from './meeting-scene.js';
import { schemaViolations, schemasSkipped } from './schemas.js';

const INBOX = { folder: '<t:DistinguishedFolderId Id="inbox"/>' };
const ALL_PAGES = '<m:IndexedPageItemView Offset="0" BasePoint="Beginning"/>';

let scene: MeetingScene;
const said: string[] = [];

beforeEach(async () => {
  scene = await MeetingScene.open();
});

afterEach(async () => {
  said.push(...scene.client.envelopes);
  await scene[Symbol.asyncDispose]();
});

describe('an invitation', () => {
  test('puts the meeting into the calendar of who is invited: tentative, not answered, with its organizer', async () => {
    const meeting = await scene.invite({ required: [BERTA], optional: [CARL] });
    for (const mailbox of [BERTA, CARL]) {
      expect(scene.copy(mailbox)).toMatchObject({
        uid: meeting.uid,
        subject: 'Review',
        body: { kind: 'Text', content: 'Bring coffee' },
        location: 'Court 1',
        start: meeting.start,
        end: meeting.end,
        showAs: 'Tentative',
        myResponse: 'NoResponseReceived',
        organizer: { name: 'Alfred', address: ALFRED },
        requiredAttendees: [{ address: BERTA, response: 'Unknown' }],
        optionalAttendees: [{ address: CARL, response: 'Unknown' }],
        isCancelled: false,
      });
    }
    const read = await scene.client.get([scene.copy(BERTA).id], undefined, { as: BERTA });
    expect(read.text('MyResponseType')).toBe('NoResponseReceived');
    expect(read.text('AppointmentState')).toBe('3');
    expect(read.text('IsMeeting')).toBe('true');
    expect(read.text('MeetingRequestWasSent')).toBe('true');
    expect(read.text('LegacyFreeBusyStatus')).toBe('Tentative');
    expect(read.xml).toMatch(/<t:Organizer>.*alfred@contoso.com.*<\/t:Organizer>/);
  });

  test('is a meeting request in the inbox that names the item in the calendar', async () => {
    await scene.invite({ required: [BERTA] });
    const found = await scene.client.find(ALL_PAGES, { ...INBOX, as: BERTA });
    expect(found.xml).toContain('<t:MeetingRequest>');
    const [id = ''] = found.attributes('ItemId', 'Id');
    const request = await scene.client.get([id], undefined, { as: BERTA });
    expect(request.text('ItemClass')).toBe('IPM.Schedule.Meeting.Request');
    expect(request.attributes('AssociatedCalendarItemId', 'Id')).toEqual([scene.copy(BERTA).id]);
    expect(request.text('MeetingRequestType')).toBe('NewMeetingRequest');
    expect(request.text('IntendedFreeBusyStatus')).toBe('Busy');
    expect(request.text('ResponseType')).toBe('NoResponseReceived');
    expect(request.text('IsOutOfDate')).toBe('false');
    expect(request.text('IsRead')).toBe('false');
    expect(request.xml).toMatch(/<t:Sender>.*alfred@contoso.com.*<\/t:Sender><t:ToRecipients>.*berta@contoso.com/);
  });

  test('to what is shown as free is shown as free, before an answer and after it', async () => {
    const status = '<t:LegacyFreeBusyStatus>Free</t:LegacyFreeBusyStatus>';
    await scene.invite({ required: [BERTA], status });
    expect(scene.copy(BERTA)).toMatchObject({ showAs: 'Free', myResponse: 'NoResponseReceived' });
    await scene.act('AcceptItem', BERTA, scene.newest(BERTA));
    expect(scene.copy(BERTA)).toMatchObject({ showAs: 'Free', myResponse: 'Accept' });
  });

  test('with a copy is in Sent Items of its organizer, without one is not', async () => {
    await scene.invite({ required: [BERTA] });
    await scene.invite({ required: [BERTA], sending: 'SendOnlyToAll', subject: 'Quiet' });
    expect(scene.mail(ALFRED, 'sentitems')).toEqual(['Request: Review']);
    expect(scene.mail(BERTA)).toEqual(['Request: Review', 'Request: Quiet']);
  });

  test('that is sent to none reaches nobody', async () => {
    const meeting = await scene.invite({ required: [BERTA], sending: 'SendToNone' });
    expect(meeting.invitationsSent).toBe(false);
    expect(scene.sandbox.items(BERTA)).toEqual([]);
    expect(scene.sandbox.control.meetingMails(BERTA)).toEqual([]);
    expect(scene.sandbox.control.mails()).toEqual([]);
  });

  test('is on its way for a while, and gets lost where the sandbox closes', async () => {
    const mailboxes = [{ address: ALFRED }, { address: BERTA }];
    const serviceAccounts = [{ user: 'svc', password: 'secret', impersonates: ['*'] }];
    const slow = await startSandbox({ mailboxes, serviceAccounts, deliveryDelayMs: 3_600_000 });
    const soon = `<t:Subject>Soon</t:Subject>${required(BERTA)}`;
    await new EwsClient(slow.ewsUrl).create([soon], { sending: 'SendOnlyToAll' });
    expect(slow.control.report()).toMatchObject({ deliveries: 1, mails: { total: 1 }, items: 1 });
    const quiet = slow.control.quiet();
    await slow.close();
    await quiet;
    expect(slow.control.report()).toMatchObject({ deliveries: 0, items: 1 });
  });

  test('has arrived when the control API says that all is quiet', async () => {
    await scene.client.create([`<t:Subject>Soon</t:Subject>${required(BERTA)}`], { sending: 'SendOnlyToAll' });
    const headers = { 'content-type': 'application/json' };
    const quiet = await fetch(`${scene.sandbox.url}/control/quiet`, { method: 'POST', headers });
    expect(await quiet.json()).toEqual({ ok: true });
    const mails = await fetch(`${scene.sandbox.url}/control/meeting-mails?mailbox=${BERTA}`);
    expect(await mails.json()).toMatchObject([{ kind: 'request', folder: 'inbox', subject: 'Soon', from: ALFRED }]);
    expect(scene.copy(BERTA).subject).toBe('Soon');
  });

  test('reaches each mailbox once, under whatever addresses, and its organizer not at all', async () => {
    const meeting = await scene.invite({
      required: [BERTA, 'BERTHA@contoso.com', 'al@contoso.com', ALFRED],
      optional: [BERTA, 'zoe@elsewhere.com'],
    });
    expect(meeting.invitationsSent).toBe(true);
    expect(scene.mail(BERTA)).toEqual(['Request: Review']);
    expect(scene.sandbox.items(BERTA)).toHaveLength(1);
    expect(scene.mail(ALFRED)).toEqual([]);
    expect(scene.sandbox.items(ALFRED)).toHaveLength(1);
    // Who has no mailbox here is in the outbox alone.
    expect(scene.sandbox.control.mails()).toMatchObject([{ to: [BERTA, 'BERTHA@contoso.com', 'zoe@elsewhere.com'] }]);
  });

  test('carries no custom property and no category, so that no copy looks like a duplicate', async () => {
    const key =
      '<t:ExtendedProperty><t:ExtendedFieldURI PropertyName="AppointedKey" ' +
      'PropertySetId="5f9c1a52-8d4e-4f0b-9a3e-6c7d21b0e8f4" PropertyType="String"/><t:Value>k</t:Value></t:ExtendedProperty>';
    const before = `<t:Categories><t:String>Mine</t:String></t:Categories>${key}`;
    await scene.invite({ required: [BERTA], before });
    await scene.invite({ required: [BERTA], before, as: CARL });
    for (const item of scene.sandbox.items(BERTA))
      expect(item).toMatchObject({ extendedProperties: {}, categories: [] });
    expect(scene.sandbox.control.report().duplicates).toEqual([]);
  });

  test('that fails to go out leaves the item, and nobody hears of it', async () => {
    scene.sandbox.control.setFaults([{ fault: 'invitationsFailed' }]);
    const meeting = await scene.invite({ required: [BERTA] });
    expect(meeting.invitationsSent).toBe(false);
    expect(scene.sandbox.items(BERTA)).toEqual([]);
    expect(scene.mail(ALFRED, 'sentitems')).toEqual([]);
  });

  test('to a series puts the series, with all of its occurrences, into the other calendar', async () => {
    const after =
      '<t:Recurrence><t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence><t:NumberedRecurrence>' +
      '<t:StartDate>2026-11-24</t:StartDate><t:NumberOfOccurrences>3</t:NumberOfOccurrences></t:NumberedRecurrence></t:Recurrence>';
    await scene.invite({ required: [BERTA], after });
    const view = await scene.client.view('2026-11-23T00:00:00Z', '2026-12-01T00:00:00Z', { as: BERTA });
    expect(view.texts('CalendarItemType')).toEqual(['Occurrence', 'Occurrence', 'Occurrence']);
    const request = await scene.client.get([scene.newest(BERTA)], undefined, { as: BERTA });
    expect(request.text('NumberOfOccurrences')).toBe('3');
  });
});

describe('an answer', () => {
  test.each([
    ['AcceptItem', 'Accept', 'Busy', 'Resp.Pos: Accepted: Review'],
    ['TentativelyAcceptItem', 'Tentative', 'Tentative', 'Resp.Tent: Tentative: Review'],
  ] as const)('%s is seen in both calendars, and is mail to the organizer', async (element, answer, showAs, mail) => {
    const meeting = await scene.invite({ required: [BERTA, CARL] });
    const body = '<t:Body BodyType="Text">With pleasure</t:Body>';
    const reply = await scene.act(element, BERTA, scene.newest(BERTA), 'SendAndSaveCopy', body);
    expect(reply.codes).toEqual(['NoError']);
    expect(scene.copy(BERTA)).toMatchObject({ myResponse: answer, showAs });
    expect(scene.answers(meeting)).toEqual({ [BERTA]: answer, [CARL]: 'Unknown' });
    expect(scene.mail(ALFRED)).toEqual([mail]);
    expect(scene.mail(BERTA, 'sentitems')).toEqual([mail]);
    // What has been answered leaves the inbox.
    expect(scene.mail(BERTA)).toEqual([]);
    expect(scene.mail(BERTA, 'deleteditems')).toEqual(['Request: Review']);
    const response = await scene.client.get([scene.newest(ALFRED)], undefined, { as: ALFRED });
    expect(response.xml).toContain('<t:MeetingResponse>');
    expect(response.text('ResponseType')).toBe(answer);
    expect(response.text('Body')).toBe('With pleasure');
    expect(response.attributes('AssociatedCalendarItemId', 'Id')).toEqual([meeting.id]);
    const copy = await scene.client.get([scene.copy(BERTA).id], undefined, { as: BERTA });
    expect(copy.text('AppointmentReplyTime')).toBe('2026-11-22T10:00:00Z');
  });

  test('no moves the meeting to Deleted Items, and a later yes to the request brings it back', async () => {
    const meeting = await scene.invite({ required: [BERTA] });
    await scene.act('DeclineItem', BERTA, scene.copy(BERTA).id, 'SendOnly');
    expect(scene.answers(meeting)).toEqual({ [BERTA]: 'Decline' });
    expect(scene.mail(ALFRED)).toEqual(['Resp.Neg: Declined: Review']);
    expect(scene.mail(BERTA, 'sentitems')).toEqual([]);
    expect(scene.sandbox.items(BERTA).map(({ folder }) => folder)).toEqual(['deleteditems']);
    await scene.act('AcceptItem', BERTA, scene.newest(BERTA));
    expect(scene.copy(BERTA)).toMatchObject({ myResponse: 'Accept', showAs: 'Busy' });
    expect(scene.answers(meeting)).toEqual({ [BERTA]: 'Accept' });
  });

  test('under an alias counts as the answer of who was invited', async () => {
    const meeting = await scene.invite({ required: ['bertha@contoso.com'] });
    await scene.act('AcceptItem', BERTA, scene.newest(BERTA));
    expect(scene.answers(meeting)).toEqual({ 'bertha@contoso.com': 'Accept' });
  });

  test('that is not sent is known to who gave it alone', async () => {
    const meeting = await scene.invite({ required: [BERTA] });
    await scene.act('AcceptItem', BERTA, scene.newest(BERTA), 'SaveOnly');
    expect(scene.copy(BERTA).myResponse).toBe('Accept');
    expect(scene.answers(meeting)).toEqual({ [BERTA]: 'Unknown' });
  });

  test('for one occurrence leaves the others unanswered', async () => {
    const after =
      '<t:Recurrence><t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence><t:NumberedRecurrence>' +
      '<t:StartDate>2026-11-24</t:StartDate><t:NumberOfOccurrences>2</t:NumberOfOccurrences></t:NumberedRecurrence></t:Recurrence>';
    const meeting = await scene.invite({ required: [BERTA], after });
    const view = (as: string) => scene.client.view('2026-11-23T00:00:00Z', '2026-12-01T00:00:00Z', { as });
    const [first = ''] = (await view(BERTA)).attributes('ItemId', 'Id');
    await scene.act('AcceptItem', BERTA, first);
    expect((await view(BERTA)).texts('LegacyFreeBusyStatus')).toEqual(['Busy', 'Tentative']);
    const mine = await scene.client.get((await view(ALFRED)).attributes('ItemId', 'Id'), undefined, { as: ALFRED });
    expect(mine.texts('ResponseType')).toEqual(['Accept', 'Unknown']);
    expect(scene.answers(meeting)).toEqual({ [BERTA]: 'Unknown' });
  });

  test.each([
    ['AcceptItem', 'SendOnly', 'organizer', 'ErrorCalendarIsOrganizerForAccept'],
    ['TentativelyAcceptItem', 'SendOnly', 'organizer', 'ErrorCalendarIsOrganizerForTentative'],
    ['DeclineItem', 'SendOnly', 'organizer', 'ErrorCalendarIsOrganizerForDecline'],
    ['CancelCalendarItem', 'SendOnly', 'attendee', 'ErrorCalendarIsNotOrganizer'],
    ['RemoveItem', 'SendOnly', 'attendee', 'ErrorInvalidItemForOperationRemoveItem'],
    ['AcceptItem', 'Nothing', 'attendee', 'ErrorSchemaValidation'],
  ] as const)('%s by %s of the %s is refused: %s', async (element, disposition, who, code) => {
    const meeting = await scene.invite({ required: [BERTA] });
    const id = who === 'organizer' ? meeting.id : scene.copy(BERTA).id;
    const reply = await scene.act(element, who === 'organizer' ? ALFRED : BERTA, id, disposition);
    expect(reply.codes).toEqual([code]);
    expect(scene.answers(meeting)).toEqual({ [BERTA]: 'Unknown' });
  });

  test('without MessageDisposition is refused', async () => {
    await scene.invite({ required: [BERTA] });
    const accept = `<t:AcceptItem><t:ReferenceItemId Id="${scene.copy(BERTA).id}"/></t:AcceptItem>`;
    const reply = await scene.client.call(`<m:CreateItem><m:Items>${accept}</m:Items></m:CreateItem>`, { as: BERTA });
    expect(reply.codes).toEqual(['ErrorMessageDispositionRequired']);
  });
});

describe('mail in the inbox', () => {
  test('is counted, marked as read, moved and deleted as mail is', async () => {
    await scene.invite({ required: [BERTA] });
    const id = scene.newest(BERTA);
    const inbox = () =>
      scene.client.call(
        '<m:GetFolder><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape><m:FolderIds>' +
          '<t:DistinguishedFolderId Id="inbox"/></m:FolderIds></m:GetFolder>',
        { as: BERTA },
      );
    expect([(await inbox()).text('TotalCount'), (await inbox()).text('UnreadCount')]).toEqual(['1', '1']);
    await scene.client.call(
      '<m:UpdateItem ConflictResolution="AlwaysOverwrite" MessageDisposition="SaveOnly"><m:ItemChanges><t:ItemChange>' +
        `<t:ItemId Id="${id}"/><t:Updates><t:SetItemField><t:FieldURI FieldURI="message:IsRead"/><t:MeetingRequest>` +
        '<t:IsRead>true</t:IsRead></t:MeetingRequest></t:SetItemField></t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>',
      { as: BERTA },
    );
    expect([(await inbox()).text('TotalCount'), (await inbox()).text('UnreadCount')]).toEqual(['1', '0']);
    const moved = await scene.client.call(
      '<m:MoveItem><m:ToFolderId><t:DistinguishedFolderId Id="drafts"/></m:ToFolderId>' +
        `<m:ItemIds><t:ItemId Id="${id}"/></m:ItemIds></m:MoveItem>`,
      { as: BERTA },
    );
    expect(moved.xml).toContain('<t:MeetingRequest>');
    const [newId = ''] = moved.attributes('ItemId', 'Id');
    // Mail has no SendMeetingCancellations: it cancels nothing.
    const deleted = await scene.client.call(
      `<m:DeleteItem DeleteType="HardDelete"><m:ItemIds><t:ItemId Id="${newId}"/></m:ItemIds></m:DeleteItem>`,
      { as: BERTA },
    );
    expect(deleted.codes).toEqual(['NoError']);
    expect(scene.sandbox.control.meetingMails(BERTA)).toEqual([]);
    expect(scene.copy(BERTA).subject).toBe('Review');
    // Mail is no item of the report, neither here nor gone.
    expect(scene.sandbox.control.report().itemsByMailbox).toEqual({ [ALFRED]: 1, [BERTA]: 1 });
  });

  test('is found by what mail has: its class, its sender, whether it was read', async () => {
    await scene.invite({ required: [BERTA] });
    const find = async (field: string, value: string) => {
      const restriction =
        `<m:Restriction><t:IsEqualTo><t:FieldURI FieldURI="${field}"/><t:FieldURIOrConstant>` +
        `<t:Constant Value="${value}"/></t:FieldURIOrConstant></t:IsEqualTo></m:Restriction>`;
      const found = await scene.client.find(`${ALL_PAGES}${restriction}`, { ...INBOX, as: BERTA });
      return found.attributes('ItemId', 'Id').length;
    };
    expect(await find('item:ItemClass', 'IPM.Schedule.Meeting.Request')).toBe(1);
    expect(await find('item:ItemClass', 'IPM.Schedule.Meeting.Canceled')).toBe(0);
    expect(await find('message:IsRead', 'false')).toBe(1);
    expect(await find('message:IsRead', 'true')).toBe(0);
  });
});

test(`all that was said keeps Microsoft's schemas${schemasSkipped}`, () => {
  expect(said.length).toBeGreaterThan(50);
  expect(schemaViolations(said)).toBe('');
});

function required(address: string): string {
  const mailbox = `<t:Mailbox><t:EmailAddress>${address}</t:EmailAddress></t:Mailbox>`;
  return `<t:RequiredAttendees><t:Attendee>${mailbox}</t:Attendee></t:RequiredAttendees>`;
}
