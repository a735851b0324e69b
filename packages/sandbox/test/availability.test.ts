import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ALFRED, BERTA, CARL, MeetingScene, ROOM } from './meeting-scene.js';

/** Berlin as clients describe it: an hour ahead of UTC, two from the last Sunday of March to that of October. */
const BERLIN =
  '<t:TimeZone><t:Bias>-60</t:Bias><t:StandardTime><t:Bias>0</t:Bias><t:Time>03:00:00</t:Time><t:DayOrder>5</t:DayOrder>' +
  '<t:Month>10</t:Month><t:DayOfWeek>Sunday</t:DayOfWeek></t:StandardTime><t:DaylightTime><t:Bias>-60</t:Bias>' +
  '<t:Time>02:00:00</t:Time><t:DayOrder>5</t:DayOrder><t:Month>3</t:Month><t:DayOfWeek>Sunday</t:DayOfWeek>' +
  '</t:DaylightTime></t:TimeZone>';

let scene: MeetingScene;

beforeEach(async () => {
  scene = await MeetingScene.open();
});

afterEach(() => scene[Symbol.asyncDispose]());

interface Question {
  zone?: string;
  from?: string;
  until?: string;
  interval?: number;
  view?: string;
  as?: string;
  suggestions?: boolean;
}

function ask(addresses: readonly string[], question: Question = {}) {
  const { zone = BERLIN, from = '2026-11-24T08:00:00', until = '2026-11-24T14:00:00', as = ALFRED } = question;
  const data = addresses.map(
    (address) =>
      `<t:MailboxData><t:Email><t:Address>${address}</t:Address></t:Email><t:AttendeeType>Required</t:AttendeeType>` +
      '<t:ExcludeConflicts>false</t:ExcludeConflicts></t:MailboxData>',
  );
  const window = `<t:StartTime>${from}</t:StartTime><t:EndTime>${until}</t:EndTime>`;
  const suggestions =
    question.suggestions === true
      ? `<t:SuggestionsViewOptions><t:DetailedSuggestionsWindow>${window}</t:DetailedSuggestionsWindow></t:SuggestionsViewOptions>`
      : '';
  return scene.client.call(
    `<m:GetUserAvailabilityRequest>${zone}<m:MailboxDataArray>${data.join('')}</m:MailboxDataArray>` +
      `<t:FreeBusyViewOptions><t:TimeWindow>${window}</t:TimeWindow>` +
      `<t:MergedFreeBusyIntervalInMinutes>${question.interval ?? 60}</t:MergedFreeBusyIntervalInMinutes>` +
      `<t:RequestedView>${question.view ?? 'DetailedMerged'}</t:RequestedView></t:FreeBusyViewOptions>${suggestions}` +
      '</m:GetUserAvailabilityRequest>',
    { as },
  );
}

/** Written into a calendar; hours are of 24 November, UTC. */
async function busy(mailbox: string, from: string, until: string, rest = ''): Promise<void> {
  const times = `<t:Start>2026-11-24T${from}:00Z</t:Start><t:End>2026-11-24T${until}:00Z</t:End>`;
  await scene.client.create([`<t:Subject>Taken</t:Subject>${times}${rest}`], { as: mailbox });
}

/** What the organizer's, the attendee's and the room's third hour is. */
async function thirdHour(): Promise<(string | undefined)[]> {
  return (await ask([ALFRED, BERTA, ROOM])).texts('MergedFreeBusy').map((all) => all.at(2));
}

const shown = (as: string) => `<t:LegacyFreeBusyStatus>${as}</t:LegacyFreeBusyStatus>`;

describe('free/busy times', () => {
  test('are told in the zone that was asked in, an hour a digit', async () => {
    await busy(BERTA, '08:00', '09:30');
    await busy(BERTA, '11:00', '12:00', shown('OOF'));
    await busy(BERTA, '12:00', '13:00', shown('Free'));
    const reply = await ask([BERTA]);
    expect(reply.codes).toEqual(['NoError']);
    // Eight to two in Berlin is seven to one in UTC.
    expect(reply.text('MergedFreeBusy')).toBe('022030');
    const events = (name: string) => reply.xml.match(new RegExp(`<t:CalendarEvent><t:${name}>`, 'g'));
    expect(events('StartTime')).toHaveLength(3);
    expect(reply.texts('BusyType')).toEqual(['Busy', 'OOF', 'Free']);
    expect(reply.xml).toContain(
      '<t:StartTime>2026-11-24T09:00:00</t:StartTime><t:EndTime>2026-11-24T10:30:00</t:EndTime>',
    );
  });

  test('follow the clocks: in July the same hours are others in UTC', async () => {
    const start = '<t:Start>2026-07-01T07:00:00Z</t:Start><t:End>2026-07-01T08:00:00Z</t:End>';
    await scene.client.create([`<t:Subject>Summer</t:Subject>${start}`], { as: BERTA });
    const reply = await ask([BERTA], { from: '2026-07-01T08:00:00', until: '2026-07-01T11:00:00' });
    expect(reply.text('MergedFreeBusy')).toBe('020');
    expect(reply.xml).toContain('<t:StartTime>2026-07-01T09:00:00</t:StartTime>');
  });

  test('take the most that any of several things takes, and the smallest piece of an interval', async () => {
    await busy(BERTA, '08:00', '10:00', shown('Tentative'));
    await busy(BERTA, '08:59', '09:01');
    await busy(BERTA, '09:00', '09:30', shown('WorkingElsewhere'));
    expect((await ask([BERTA])).text('MergedFreeBusy')).toBe('022000');
    expect((await ask([BERTA], { interval: 30, until: '2026-11-24T11:00:00' })).text('MergedFreeBusy')).toBe('001221');
  });

  test('know what is tentative, accepted and canceled of a meeting', async () => {
    const meeting = await scene.invite({ required: [BERTA], resources: [ROOM] });
    expect(await thirdHour()).toEqual(['2', '1', '2']);
    await scene.act('AcceptItem', BERTA, scene.newest(BERTA));
    expect(await thirdHour()).toEqual(['2', '2', '2']);
    await scene.act('CancelCalendarItem', ALFRED, meeting.id);
    expect(await thirdHour()).toEqual(['0', '0', '0']);
  });

  test('hold each occurrence of a series', async () => {
    const weekly =
      '<t:Recurrence><t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence><t:NumberedRecurrence>' +
      '<t:StartDate>2026-11-24</t:StartDate><t:NumberOfOccurrences>3</t:NumberOfOccurrences></t:NumberedRecurrence></t:Recurrence>';
    await busy(BERTA, '09:00', '10:00', weekly);
    const reply = await ask([BERTA], { from: '2026-11-24T00:00:00', until: '2026-11-28T00:00:00', interval: 1440 });
    expect(reply.text('MergedFreeBusy')).toBe('2220');
    expect(reply.texts('BusyType')).toHaveLength(3);
  });

  test('come without details of what others do, and with them of what oneself does', async () => {
    await busy(BERTA, '08:00', '09:00', '<t:Location>Court 1</t:Location>');
    const others = await ask([BERTA]);
    expect([others.text('FreeBusyViewType'), others.texts('Subject')]).toEqual(['FreeBusyMerged', []]);
    const own = await ask([BERTA], { as: BERTA });
    expect([own.text('FreeBusyViewType'), own.text('Subject')]).toEqual(['DetailedMerged', 'Taken']);
    expect([own.text('Location'), own.text('IsMeeting'), own.text('IsRecurring')]).toEqual([
      'Court 1',
      'false',
      'false',
    ]);
    const merged = await ask([BERTA], { as: BERTA, view: 'MergedOnly' });
    expect([merged.text('MergedFreeBusy'), merged.texts('BusyType')]).toEqual(['020000', []]);
    expect((await ask([BERTA], { view: 'FreeBusy' })).texts('MergedFreeBusy')).toEqual([]);
  });

  test('name the working hours and the zone of their owner', async () => {
    const reply = await ask([ALFRED]);
    expect([reply.text('StartTimeInMinutes'), reply.text('EndTimeInMinutes')]).toEqual(['480', '1020']);
    expect(reply.xml).toContain(BERLIN);
  });

  test('take the zone of the header where the request has none', async () => {
    await busy(BERTA, '08:00', '09:00');
    expect((await ask([BERTA], { zone: '' })).text('MergedFreeBusy')).toBe('200000');
  });

  test('of an address that nobody has are an error of that one alone', async () => {
    const reply = await ask(['gone@contoso.com', CARL]);
    expect(reply.codes).toEqual(['ErrorMailRecipientNotFound', 'NoError']);
    expect(reply.text('MessageText')).toContain('gone@contoso.com');
    expect(reply.texts('MergedFreeBusy')).toEqual(['000000']);
  });

  test.each([
    ['ErrorInvalidTimeInterval', { until: '2026-11-24T08:00:00' }],
    ['ErrorTimeIntervalTooBig', { until: '2027-02-24T08:00:00' }],
    ['ErrorInvalidMergedFreeBusyInterval', { interval: 4 }],
    ['ErrorInvalidMergedFreeBusyInterval', { interval: 1441 }],
    ['ErrorInvalidFreeBusyViewType', { view: 'None' }],
    ['ErrorSchemaValidation', { view: 'Everything' }],
    ['ErrorInvalidRequest', { suggestions: true }],
    ['ErrorTimeZone', { zone: BERLIN.replace('<t:Month>10<', '<t:Month>13<') }],
    ['ErrorTimeZone', { zone: BERLIN.replace('<t:DayOrder>5<', '<t:DayOrder>6<') }],
  ] satisfies [string, Question][])('%s: %o', async (code, question) => {
    const reply = await ask([BERTA], question);
    expect([reply.status, reply.codes]).toEqual([500, [code]]);
  });

  test('are in the log and in fault rules as GetUserAvailability', async () => {
    scene.sandbox.control.setFaults([{ fault: 'busy', operation: 'GetUserAvailability' }]);
    expect((await ask([BERTA])).codes).toEqual(['ErrorServerBusy']);
    expect(scene.sandbox.control.requests()).toMatchObject([{ operation: 'GetUserAvailability' }]);
    scene.sandbox.control.setFaults([{ fault: 'error', code: 'ErrorFreeBusyGenerationFailed' }]);
    const failed = await ask([BERTA]);
    expect([failed.status, failed.codes]).toEqual([500, ['ErrorFreeBusyGenerationFailed']]);
  });
});
