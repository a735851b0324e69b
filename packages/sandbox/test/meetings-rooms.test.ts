import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ALFRED, BERTA, MeetingScene, ROOM } from './meeting-scene.js';

const series = (pattern: string, range: string) => `<t:Recurrence>${pattern}${range}</t:Recurrence>`;
const DAILY = '<t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence>';
const THRICE =
  '<t:NumberedRecurrence><t:StartDate>2026-11-24</t:StartDate><t:NumberOfOccurrences>3</t:NumberOfOccurrences></t:NumberedRecurrence>';
const FOR_EVER = '<t:NoEndRecurrence><t:StartDate>2026-11-24</t:StartDate></t:NoEndRecurrence>';

let scene: MeetingScene;

beforeEach(async () => {
  scene = await MeetingScene.open();
});

afterEach(() => scene[Symbol.asyncDispose]());

const roomOnly = (subject: string) =>
  `<t:Subject>${subject}</t:Subject><t:Start>2026-11-24T09:00:00Z</t:Start><t:End>2026-11-24T10:00:00Z</t:End>` +
  `<t:Resources><t:Attendee><t:Mailbox><t:EmailAddress>${ROOM}</t:EmailAddress></t:Mailbox></t:Attendee></t:Resources>`;
const roomsOf = () => scene.calendar(ROOM).map(({ subject, myResponse, showAs }) => [subject, myResponse, showAs]);

describe('a room', () => {
  test('that is free accepts, and its answer reaches the organizer', async () => {
    const meeting = await scene.invite({ required: [BERTA], resources: [ROOM] });
    expect(scene.answers(meeting)).toEqual({ [BERTA]: 'Unknown', [ROOM]: 'Accept' });
    expect(roomsOf()).toEqual([['Review', 'Accept', 'Busy']]);
    expect(scene.mail(ALFRED)).toEqual(['Resp.Pos: Accepted: Review']);
    expect(scene.mail(ROOM)).toEqual([]);
  });

  test('that is taken declines; who comes first is served first', async () => {
    const first = await scene.invite({ resources: [ROOM], subject: 'First' });
    const second = await scene.invite({
      resources: [ROOM],
      subject: 'Second',
      as: BERTA,
      start: '2026-11-24T09:30:00Z',
      end: '2026-11-24T11:00:00Z',
    });
    expect(scene.answers(first)).toEqual({ [ROOM]: 'Accept' });
    expect(scene.answers(second)).toEqual({ [ROOM]: 'Decline' });
    expect(roomsOf()).toEqual([['First', 'Accept', 'Busy']]);
    expect(scene.mail(BERTA)).toEqual(['Resp.Neg: Declined: Second']);
  });

  test('asked twice at once takes one of them', async () => {
    await scene.client.create([roomOnly('One'), roomOnly('Two')], { sending: 'SendOnlyToAll' });
    await scene.sandbox.control.quiet();
    expect(scene.mail(ALFRED)).toEqual(['Resp.Pos: Accepted: One', 'Resp.Neg: Declined: Two']);
    expect(roomsOf()).toEqual([['One', 'Accept', 'Busy']]);
  });

  test('counts what somebody wrote into its calendar, unless that is shown as free', async () => {
    const times = '<t:Start>2026-11-24T09:00:00Z</t:Start><t:End>2026-11-24T10:00:00Z</t:End>';
    const free = '<t:LegacyFreeBusyStatus>Free</t:LegacyFreeBusyStatus>';
    await scene.client.create([`<t:Subject>Open day</t:Subject>${times}${free}`], { as: ROOM });
    expect(scene.answers(await scene.invite({ resources: [ROOM] }))).toEqual({ [ROOM]: 'Accept' });
    const later = times.replaceAll('T09', 'T12').replaceAll('T10', 'T13');
    await scene.client.create([`<t:Subject>Cleaning</t:Subject>${later}`], { as: ROOM });
    const other = { start: '2026-11-24T12:30:00Z', end: '2026-11-24T13:30:00Z', resources: [ROOM] };
    expect(scene.answers(await scene.invite(other))).toEqual({ [ROOM]: 'Decline' });
  });

  test('takes what begins when something else ends', async () => {
    await scene.invite({ resources: [ROOM] });
    const next = { start: '2026-11-24T10:00:00Z', end: '2026-11-24T11:00:00Z', resources: [ROOM] };
    expect(scene.answers(await scene.invite(next))).toEqual({ [ROOM]: 'Accept' });
  });

  test('looks at every occurrence of a series, of the new one and of those that it has', async () => {
    await scene.invite({
      resources: [ROOM],
      start: '2026-11-26T09:30:00Z',
      end: '2026-11-26T10:00:00Z',
      subject: 'Third day',
    });
    const thrice = await scene.invite({ resources: [ROOM], after: series(DAILY, THRICE), subject: 'Thrice' });
    expect(scene.answers(thrice)).toEqual({ [ROOM]: 'Decline' });
    const times = { start: '2026-11-24T14:00:00Z', end: '2026-11-24T15:00:00Z' };
    const always = await scene.invite({
      resources: [ROOM],
      after: series(DAILY, FOR_EVER),
      subject: 'Always',
      ...times,
    });
    expect(scene.answers(always)).toEqual({ [ROOM]: 'Accept' });
    const inAYear = { start: '2027-11-24T14:30:00Z', end: '2027-11-24T16:00:00Z' };
    expect(scene.answers(await scene.invite({ resources: [ROOM], ...inAYear }))).toEqual({ [ROOM]: 'Decline' });
  });

  test('decides anew when the time moves, and not when something else changes', async () => {
    await scene.invite({ resources: [ROOM], subject: 'First' });
    const times = { start: '2026-11-24T12:00:00Z', end: '2026-11-24T13:00:00Z' };
    const meeting = await scene.invite({ resources: [ROOM], subject: 'Second', as: BERTA, ...times });
    await scene.update(meeting, 'item:Subject', '<t:Subject>Second, renamed</t:Subject>');
    expect(scene.mail(BERTA)).toHaveLength(1);
    expect(roomsOf()).toContainEqual(['Second, renamed', 'Accept', 'Busy']);
    await scene.move(meeting, '2026-11-24T12:30:00Z');
    expect(scene.answers(meeting)).toEqual({ [ROOM]: 'Accept' });
    await scene.move(meeting, '2026-11-24T09:00:00Z');
    expect(scene.answers(meeting)).toEqual({ [ROOM]: 'Decline' });
    expect(roomsOf()).toEqual([['First', 'Accept', 'Busy']]);
  });

  test('declines the occurrence that is moved to where it is taken, and keeps the others', async () => {
    const meeting = await scene.invite({ resources: [ROOM], after: series(DAILY, THRICE) });
    const times = { start: '2026-11-25T15:00:00Z', end: '2026-11-25T16:00:00Z' };
    await scene.invite({ resources: [ROOM], subject: 'Other', ...times });
    const view = (as: string) => scene.client.view('2026-11-23T00:00:00Z', '2026-12-01T00:00:00Z', { as });
    const second = (await view(ALFRED)).attributes('ItemId', 'Id')[1] ?? '';
    await scene.move({ ...meeting, id: second }, '2026-11-25T15:30:00Z');
    expect((await view(ROOM)).texts('Start')).toEqual([
      '2026-11-24T09:00:00Z',
      '2026-11-25T15:00:00Z',
      '2026-11-26T09:00:00Z',
    ]);
    expect(scene.answers(meeting)).toEqual({ [ROOM]: 'Accept' });
    const moved = await scene.client.get([second], undefined, { as: ALFRED });
    expect(moved.text('ResponseType')).toBe('Decline');
  });

  test('is free again when the meeting is canceled', async () => {
    const meeting = await scene.invite({ resources: [ROOM] });
    await scene.act('CancelCalendarItem', ALFRED, meeting.id);
    expect(roomsOf()).toEqual([]);
    expect(scene.answers(await scene.invite({ resources: [ROOM], as: BERTA }))).toEqual({ [ROOM]: 'Accept' });
  });

  test('is found by its name as a mailbox', async () => {
    const reply = await scene.client.call(
      '<m:ResolveNames ReturnFullContactData="true" SearchScope="ActiveDirectory" ContactDataShape="AllProperties">' +
        '<m:UnresolvedEntry>Room</m:UnresolvedEntry></m:ResolveNames>',
    );
    expect(reply.codes).toEqual(['NoError']);
    expect([reply.text('EmailAddress'), reply.text('MailboxType')]).toEqual([ROOM, 'Mailbox']);
  });
});
