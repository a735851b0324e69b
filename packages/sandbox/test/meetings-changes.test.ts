import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ALFRED, BERTA, CARL, MeetingScene, attendee } from './meeting-scene.js';
import { schemaViolations, schemasSkipped } from './schemas.js';

const DAILY =
  '<t:Recurrence><t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence><t:NumberedRecurrence>' +
  '<t:StartDate>2026-11-24</t:StartDate><t:NumberOfOccurrences>3</t:NumberOfOccurrences></t:NumberedRecurrence></t:Recurrence>';

let scene: MeetingScene;
const said: string[] = [];

beforeEach(async () => {
  scene = await MeetingScene.open();
});

afterEach(async () => {
  said.push(...scene.client.envelopes);
  await scene[Symbol.asyncDispose]();
});

const invited = (...addresses: string[]) =>
  `<t:RequiredAttendees>${addresses.map(attendee).join('')}</t:RequiredAttendees>`;
const week = (as: string) => scene.client.view('2026-11-23T00:00:00Z', '2026-12-01T00:00:00Z', { as });

describe('an update', () => {
  test.each(['SendToAllAndSaveCopy', 'SendToChangedAndSaveCopy'])(
    'of the time with %s asks everybody again, and earlier requests are out of date',
    async (sending) => {
      const meeting = await scene.invite({ required: [BERTA] });
      await scene.act('AcceptItem', BERTA, scene.copy(BERTA).id);
      await scene.move(meeting, '2026-11-24T15:00:00Z', sending);
      expect(scene.copy(BERTA)).toMatchObject({
        uid: meeting.uid,
        start: '2026-11-24T15:00:00.000Z',
        showAs: 'Tentative',
        myResponse: 'NoResponseReceived',
      });
      expect(scene.answers(meeting)).toEqual({ [BERTA]: 'Unknown' });
      const mail = await scene.client.get(
        scene.inFolder(BERTA).map(({ id }) => id),
        undefined,
        { as: BERTA },
      );
      expect(mail.texts('MeetingRequestType')).toEqual(['Outdated', 'FullUpdate']);
      expect(mail.texts('IsOutOfDate')).toEqual(['true', 'false']);
      const late = await scene.act('AcceptItem', BERTA, scene.inFolder(BERTA)[0]?.id ?? '');
      expect(late.codes).toEqual(['ErrorCalendarMeetingRequestIsOutOfDate']);
    },
  );

  test.each(['SendToAllAndSaveCopy', 'SendToChangedAndSaveCopy'])(
    'of the place with %s reaches everybody, and answers stand',
    async (sending) => {
      const meeting = await scene.invite({ required: [BERTA] });
      await scene.act('AcceptItem', BERTA, scene.copy(BERTA).id);
      await scene.update(meeting, 'calendar:Location', '<t:Location>Court 2</t:Location>', sending);
      expect(scene.copy(BERTA)).toMatchObject({ location: 'Court 2', showAs: 'Busy', myResponse: 'Accept' });
      expect(scene.answers(meeting)).toEqual({ [BERTA]: 'Accept' });
      const request = await scene.client.get([scene.newest(BERTA)], undefined, { as: BERTA });
      expect(request.text('MeetingRequestType')).toBe('InformationalUpdate');
      expect(scene.mail(ALFRED, 'sentitems')).toHaveLength(2);
    },
  );

  test('that somebody has not heard of makes an answer to the old time void', async () => {
    const meeting = await scene.invite({ required: [BERTA] });
    scene.sandbox.control.setFaults([{ fault: 'invitationsFailed', operation: 'UpdateItem' }]);
    await scene.move(meeting, '2026-11-24T15:00:00Z');
    await scene.act('AcceptItem', BERTA, scene.newest(BERTA));
    expect(scene.mail(ALFRED)).toEqual(['Resp.Pos: Accepted: Review']);
    expect(scene.answers(meeting)).toEqual({ [BERTA]: 'Unknown' });
  });

  test('sent to none reaches nobody', async () => {
    const meeting = await scene.invite({ required: [BERTA] });
    await scene.update(meeting, 'calendar:Location', '<t:Location>Court 2</t:Location>', 'SendToNone');
    expect(scene.copy(BERTA).location).toBe('Court 1');
    expect(scene.mail(BERTA)).toHaveLength(1);
  });

  test('of what concerns its organizer alone is told to all, and not to whom it concerns', async () => {
    const meeting = await scene.invite({ required: [BERTA] });
    const categories = '<t:Categories><t:String>Mine</t:String></t:Categories>';
    await scene.update(meeting, 'item:Categories', categories, 'SendToChangedAndSaveCopy');
    expect(scene.mail(BERTA)).toHaveLength(1);
    await scene.update(meeting, 'item:Categories', categories, 'SendToAllAndSaveCopy');
    expect(scene.mail(BERTA)).toHaveLength(2);
  });

  test('of who is invited invites the new, cancels for who is out, and leaves the others alone', async () => {
    const meeting = await scene.invite({ required: [BERTA, 'zoe@elsewhere.com'] });
    const people = invited(CARL, 'zoe@elsewhere.com');
    await scene.update(meeting, 'calendar:RequiredAttendees', people, 'SendToChangedAndSaveCopy');
    expect(scene.copy(CARL)).toMatchObject({ subject: 'Review', myResponse: 'NoResponseReceived' });
    expect(scene.copy(BERTA)).toMatchObject({ subject: 'Canceled: Review', isCancelled: true, showAs: 'Free' });
    expect(scene.sandbox.control.mails().map(({ kind, to }) => [kind, to])).toEqual([
      ['request', [BERTA, 'zoe@elsewhere.com']],
      ['cancellation', [BERTA]],
      ['request', [CARL]],
    ]);
  });

  test('that leaves nobody invited cancels for the last of them', async () => {
    const meeting = await scene.invite({ required: [BERTA] });
    await scene.client.call(
      '<m:UpdateItem ConflictResolution="AlwaysOverwrite" SendMeetingInvitationsOrCancellations="SendToAllAndSaveCopy">' +
        `<m:ItemChanges><t:ItemChange><t:ItemId Id="${meeting.id}"/><t:Updates><t:DeleteItemField>` +
        '<t:FieldURI FieldURI="calendar:RequiredAttendees"/></t:DeleteItemField></t:Updates></t:ItemChange>' +
        '</m:ItemChanges></m:UpdateItem>',
      { as: ALFRED },
    );
    await scene.sandbox.control.quiet();
    expect(scene.copy(BERTA)).toMatchObject({ isCancelled: true, showAs: 'Free' });
  });

  test('finds a copy that its owner has deleted no more, and makes another', async () => {
    const meeting = await scene.invite({ required: [BERTA] });
    scene.sandbox.control.delete(scene.copy(BERTA), 'purge');
    await scene.update(meeting, 'item:Subject', '<t:Subject>Review, again</t:Subject>');
    expect(scene.copy(BERTA)).toMatchObject({ subject: 'Review, again', uid: meeting.uid });
  });

  test('of one occurrence changes that one, and its neighbours keep their answers', async () => {
    const meeting = await scene.invite({ required: [BERTA], after: DAILY });
    await scene.act('AcceptItem', BERTA, scene.copy(BERTA).id);
    const [, second = ''] = (await week(ALFRED)).attributes('ItemId', 'Id');
    await scene.move({ ...meeting, id: second }, '2026-11-25T15:00:00Z');
    const seen = await week(BERTA);
    expect(seen.texts('Start')).toEqual(['2026-11-24T09:00:00Z', '2026-11-25T15:00:00Z', '2026-11-26T09:00:00Z']);
    expect(seen.texts('LegacyFreeBusyStatus')).toEqual(['Busy', 'Tentative', 'Busy']);
    expect(scene.mail(BERTA)).toHaveLength(2);
  });
});

describe('a cancellation', () => {
  test('by CancelCalendarItem leaves the meeting canceled and free, says so by mail, and removes it for its organizer', async () => {
    const meeting = await scene.invite({ required: [BERTA] });
    const body = '<t:NewBodyContent BodyType="Text">It rains</t:NewBodyContent>';
    const reply = await scene.act('CancelCalendarItem', ALFRED, meeting.id, 'SendAndSaveCopy', body);
    expect(reply.codes).toEqual(['NoError']);
    expect(scene.copy(BERTA)).toMatchObject({ subject: 'Canceled: Review', isCancelled: true, showAs: 'Free' });
    expect(scene.mail(BERTA)).toEqual(['Request: Review', 'Canceled: Canceled: Review']);
    expect(scene.calendar(ALFRED)).toEqual([]);
    expect(scene.sandbox.items(ALFRED)).toMatchObject([{ folder: 'deleteditems', isCancelled: true }]);
    expect(scene.mail(ALFRED, 'sentitems')).toHaveLength(2);
    const read = await scene.client.get([scene.newest(BERTA), scene.copy(BERTA).id], undefined, { as: BERTA });
    expect(read.xml).toContain('<t:MeetingCancellation>');
    expect(read.texts('Body')).toEqual(['It rains', 'Bring coffee']);
    expect(read.text('AppointmentState')).toBe('7');
    expect(read.text('IsCancelled')).toBe('true');
  });

  test.each(['SendOnlyToAll', 'SendToAllAndSaveCopy'])(
    'by DeleteItem with %s does the same to the others',
    async (sending) => {
      const meeting = await scene.invite({ required: [BERTA] });
      await scene.delete(meeting, sending);
      expect(scene.copy(BERTA)).toMatchObject({ isCancelled: true });
      expect(scene.mail(BERTA)).toEqual(['Request: Review', 'Canceled: Canceled: Review']);
      expect(scene.mail(ALFRED, 'sentitems')).toHaveLength(sending === 'SendOnlyToAll' ? 1 : 2);
    },
  );

  test('by DeleteItem with SendToNone tells nobody', async () => {
    const meeting = await scene.invite({ required: [BERTA] });
    await scene.delete(meeting, 'SendToNone');
    expect(scene.copy(BERTA).isCancelled).toBe(false);
    expect(scene.mail(BERTA)).toEqual(['Request: Review']);
  });

  test('an invited person who deletes a copy cancels nothing', async () => {
    const meeting = await scene.invite({ required: [BERTA, CARL] });
    await scene.delete(scene.copy(BERTA));
    expect(scene.copy(CARL).isCancelled).toBe(false);
    expect(scene.copy(ALFRED)).toMatchObject({ id: meeting.id, isCancelled: false });
    expect(scene.sandbox.control.mails()).toHaveLength(1);
  });

  test('can be removed from the calendar, and not be answered', async () => {
    const meeting = await scene.invite({ required: [BERTA] });
    const request = scene.newest(BERTA);
    await scene.act('CancelCalendarItem', ALFRED, meeting.id);
    const codes = async (element: 'AcceptItem' | 'DeclineItem', id: string) =>
      (await scene.act(element, BERTA, id)).codes;
    expect(await codes('AcceptItem', scene.copy(BERTA).id)).toEqual(['ErrorCalendarIsCancelledForAccept']);
    expect(await codes('DeclineItem', scene.newest(BERTA))).toEqual(['ErrorCalendarIsCancelledForDecline']);
    expect(await codes('AcceptItem', request)).toEqual(['ErrorCalendarMeetingRequestIsOutOfDate']);
    await scene.act('RemoveItem', BERTA, scene.newest(BERTA));
    expect(scene.calendar(BERTA)).toEqual([]);
    expect(scene.mail(BERTA)).toEqual(['Request: Review']);
  });

  test('of a series calls off what has been moved in it, too', async () => {
    const meeting = await scene.invite({ required: [BERTA], after: DAILY });
    const [, second = ''] = (await week(ALFRED)).attributes('ItemId', 'Id');
    await scene.move({ ...meeting, id: second }, '2026-11-25T15:00:00Z');
    await scene.delete(meeting);
    const [, moved = ''] = (await week(BERTA)).attributes('ItemId', 'Id');
    const seen = await scene.client.get([moved], undefined, { as: BERTA });
    expect([seen.text('Subject'), seen.text('LegacyFreeBusyStatus')]).toEqual(['Canceled: Review', 'Free']);
  });

  test('of one occurrence leaves the others', async () => {
    const meeting = await scene.invite({ required: [BERTA], after: DAILY });
    const [, second = ''] = (await week(ALFRED)).attributes('ItemId', 'Id');
    await scene.delete({ ...meeting, id: second });
    expect((await week(ALFRED)).texts('Subject')).toEqual(['Review', 'Review']);
    expect((await week(BERTA)).texts('Subject')).toEqual(['Review', 'Canceled: Review', 'Review']);
    const [, called = ''] = (await week(BERTA)).attributes('ItemId', 'Id');
    expect((await scene.client.get([called], undefined, { as: BERTA })).text('IsCancelled')).toBe('true');
    expect(scene.mail(BERTA)).toEqual(['Request: Review', 'Canceled: Canceled: Review']);
  });

  test('a meeting of a UID that was canceled can be invited to anew', async () => {
    const uid = '<t:UID>the-same</t:UID>';
    const meeting = await scene.invite({ required: [BERTA], before: uid });
    await scene.act('CancelCalendarItem', ALFRED, meeting.id);
    await scene.invite({ required: [BERTA], before: uid });
    expect(scene.copy(BERTA)).toMatchObject({ subject: 'Review', isCancelled: false, showAs: 'Tentative' });
  });
});

test(`all that was said keeps Microsoft's schemas${schemasSkipped}`, () => {
  expect(said.length).toBeGreaterThan(50);
  expect(schemaViolations(said)).toBe('');
});
