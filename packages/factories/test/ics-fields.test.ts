import { fromIcs } from '@appointed/factories/from-ics';
import { describe, expect, it } from 'vitest';
import { codeOf } from './code-of.js';
import { icsText, lost, made } from './ics-text.js';

function alarm(trigger: string, lines = 'ACTION:DISPLAY'): string {
  return `BEGIN:VALARM\n${lines}\nTRIGGER${trigger}\nEND:VALARM`;
}

describe('the fields of an .ics file', () => {
  it('are texts without what escapes them', async () => {
    const DESCRIPTION = 'One\\, two\\; three\\nC:\\\\temp\\Nend <b>no markup</b>';
    expect(await made({ SUMMARY: 'A\\, B\\; C \\\\ D', DESCRIPTION })).toMatchObject({
      subject: 'A, B; C \\ D',
      body: { text: 'One, two; three\nC:\\temp\nend <b>no markup</b>' },
    });
  });

  it.each([
    [{ TRANSP: 'TRANSPARENT' }, 'free'],
    [{ TRANSP: 'OPAQUE' }, 'busy'],
    [{}, 'busy'],
    [{ STATUS: 'TENTATIVE' }, 'tentative'],
    [{ TRANSP: 'OPAQUE', 'X-MICROSOFT-CDO-BUSYSTATUS': 'WORKINGELSEWHERE' }, 'workingElsewhere'],
    [{ TRANSP: 'OPAQUE', 'X-MICROSOFT-CDO-BUSYSTATUS': 'FREE' }, 'free'],
  ])('show the time of %j as %s', async (lines, showAs) => {
    expect(await made(lines as Record<string, string>)).toMatchObject({ showAs });
  });

  it.each([
    [{ CLASS: 'CONFIDENTIAL' }, { sensitivity: 'confidential' }],
    [{ PRIORITY: '1' }, { importance: 'high' }],
    [{ PRIORITY: '5' }, { importance: 'normal' }],
    [{ PRIORITY: '9' }, { importance: 'low' }],
    [{ PRIORITY: '9', 'X-MICROSOFT-CDO-IMPORTANCE': '2' }, { importance: 'high' }],
    [{ CATEGORIES: 'A\\, B,C', 'CATEGORIES#2': 'C,D' }, { categories: ['A, B', 'C', 'D'] }],
    [{ 'X-MICROSOFT-DISALLOW-COUNTER': 'TRUE' }, { newTimeProposalsAllowed: false }],
  ])('are read from %j', async (lines, fields) => {
    expect(await made(lines as unknown as Record<string, string>)).toMatchObject(fields);
  });

  it('leave to the server what they do not say', async () => {
    const fields = Object.keys(await made({ PRIORITY: '0' }));
    for (const field of ['importance', 'sensitivity', 'body', 'location', 'categories', 'newTimeProposalsAllowed']) {
      expect(fields).not.toContain(field);
    }
  });

  it.each([
    [alarm(':-PT15M'), 15],
    [alarm(';RELATED=START:-P1DT2H'), 26 * 60],
    [alarm(':PT0S'), 0],
    [alarm(':-PT90S'), 2],
    [alarm(';RELATED=END:-PT1H15M'), 15],
    [alarm(';VALUE=DATE-TIME:20270115T083000Z'), 30],
    [`${alarm(':-PT5M')}\n${alarm(':-PT5M', 'ACTION:AUDIO')}`, 5],
  ])('have a reminder of %j', async (valarm, minutesBefore) => {
    expect(await made({ BEGIN: valarm })).toMatchObject({ reminder: { minutesBefore } });
    expect(lost({ BEGIN: valarm })).toEqual([]);
  });

  it.each([
    [alarm(';VALUE=DATE-TIME:19760401T005545Z'), []],
    [alarm(':-PT5M', 'ACTION:NONE'), []],
    [alarm(':PT9H'), ['VALARM']],
    [alarm(':-PT5M', 'ACTION:EMAIL'), ['VALARM']],
    [alarm(':-PT5M', 'ACTION:DISPLAY\nX-APPLE-PROXIMITY:DEPART'), ['VALARM']],
  ])('have none of %j', async (valarm, properties) => {
    expect(await made({ BEGIN: valarm })).toMatchObject({ reminder: false });
    expect(lost({ BEGIN: valarm })).toEqual(properties);
  });

  it('have one reminder: other alarms are lost', async () => {
    const BEGIN = [alarm(':-PT10M'), alarm(':-PT1H')].join('\n');
    expect(await made({ BEGIN })).toMatchObject({ reminder: { minutesBefore: 10 } });
    expect(lost({ BEGIN })).toEqual(['VALARM']);
  });

  it('have files that are in them, and no links to others', async () => {
    const lines = {
      'ATTACH;FMTTYPE=text/plain;ENCODING=BASE64;VALUE=BINARY;X-FILENAME="a b.txt"': 'aGk=',
      'ATTACH;ENCODING=BASE64': 'aG8=',
      'ATTACH;FILENAME=c.html': 'data:text/html,%3Cb%3E',
      'ATTACH;VALUE=URI': 'https://contoso.com/a.pdf',
    };
    expect(await made(lines)).toMatchObject({
      attachments: [
        { name: 'a b.txt', mediaType: 'text/plain', content: Uint8Array.from(Buffer.from('hi')) },
        { name: 'attachment-2', content: Uint8Array.from(Buffer.from('ho')) },
        { name: 'c.html', mediaType: 'text/html', content: Uint8Array.from(Buffer.from('<b>')) },
      ],
    });
    expect(lost(lines)).toEqual(['ATTACH']);
  });

  it('have people who can be written to', async () => {
    const lines = {
      'ATTENDEE;CN=Ann;RSVP=FALSE': 'mailto:ann@contoso.com',
      'ATTENDEE;CUTYPE=ROOM': 'MAILTO:room@contoso.com',
      'ATTENDEE;ROLE=NON-PARTICIPANT': 'mailto:cc@contoso.com',
      'ATTENDEE;CN=Nobody': 'invalid:nomail',
    };
    expect(await made(lines)).toMatchObject({
      requiredAttendees: [{ address: 'ann@contoso.com', name: 'Ann' }],
      optionalAttendees: ['cc@contoso.com'],
      resources: ['room@contoso.com'],
      responseRequested: false,
    });
    expect(lost(lines)).toEqual(['ATTENDEE']);
  });
});

describe('what an .ics file has and no appointment can carry', () => {
  it.each([
    [{ RRULE: 'FREQ=DAILY', EXRULE: 'FREQ=WEEKLY' }, ['EXRULE']],
    [{ URL: 'https://contoso.com' }, ['URL']],
    [{ COMMENT: 'Bring cake', CONTACT: 'Ann', GEO: '37.38;-122.08' }, ['COMMENT', 'CONTACT', 'GEO']],
    [{ STATUS: 'CANCELLED' }, ['STATUS']],
    [{ 'X-GOOGLE-CONFERENCE': 'https://meet.google.com/abc' }, ['X-GOOGLE-CONFERENCE']],
    [{ 'X-APPLE-TRAVEL-DURATION;VALUE=DURATION': 'PT30M' }, ['X-APPLE-TRAVEL-DURATION']],
  ])('is named: %j', async (lines, properties) => {
    expect(lost(lines as unknown as Record<string, string>)).toEqual(properties);
    const text = icsText(lines as unknown as Record<string, string>);
    expect(await codeOf(() => fromIcs({ text }))).toBe('unsupported leaveOut');
    expect(await codeOf(() => fromIcs({ text, leaveOut: 'accept' }))).toBe('no error');
  });

  it('is a calendar that takes events back', () => {
    expect(lost({}, 'METHOD:CANCEL')).toEqual(['METHOD']);
  });

  it('is no link that the text says anyway, and nothing that is empty', () => {
    const link = 'https://meet.google.com/abc';
    expect(lost({ 'X-GOOGLE-CONFERENCE': link, DESCRIPTION: `Join: ${link}`, URL: link })).toEqual([]);
    expect(lost({ DESCRIPTION: ' ', COMMENT: ' ' })).toEqual([]);
  });

  it('is no address at which Teams is told of changes, and which nobody can open', () => {
    const join = 'https://teams.microsoft.com/l/meetup-join/19%3ameeting_abc';
    const lines = {
      DESCRIPTION: `Join: <${join}>`,
      'X-MICROSOFT-SKYPETEAMSMEETINGURL': join,
      'X-MICROSOFT-SCHEDULINGSERVICEUPDATEURL': 'https://api.scheduler.teams.microsoft.com/teams/abc',
    };
    expect(lost(lines)).toEqual([]);
    expect(lost({ ...lines, DESCRIPTION: '' })).toEqual(['X-MICROSOFT-SKYPETEAMSMEETINGURL']);
  });
});
