import { type AppointmentInput, type IAppointmentFactory, nativeAppointment, NOTHING } from '@appointed/core';
import { previewAppointment } from '@appointed/testkit';
import { describe, expect, it } from 'vitest';

function makes(content: ReturnType<IAppointmentFactory['getAppointment']>): IAppointmentFactory {
  return { getAppointment: () => content };
}

function startIn(text: string): string | undefined {
  return /start: (\S+)/.exec(text)?.[1];
}

const everything: AppointmentInput = {
  subject: { byLanguage: { de: 'Besprechung' }, fallback: 'Review' },
  body: { html: '<p>Bring your\n<b>notes</b></p>' },
  start: { dateTime: '2027-01-15T09:00', timeZone: 'W. Europe Standard Time' },
  end: { dateTime: '2027-01-15T10:00', timeZone: 'W. Europe Standard Time' },
  location: ['Room 1', 'Room 2'],
  requiredAttendees: ['alisa@contoso.com', { address: 'ben@contoso.com', name: 'Ben' }],
  optionalAttendees: ['chris@contoso.com'],
  resources: ['room-1@contoso.com'],
  responseRequested: true,
  newTimeProposalsAllowed: false,
  onlineMeeting: true,
  reminder: { minutesBefore: 15 },
  showAs: 'busy',
  sensitivity: 'private',
  importance: 'high',
  categories: ['Sales', 'Quarter'],
  attachments: [
    { name: 'agenda.pdf', mediaType: 'application/pdf', content: new Uint8Array(3) },
    { name: 'logo.png', mediaType: 'image/png', content: new Uint8Array(2), contentId: 'logo' },
  ],
  customProperties: [{ propertySetId: 'c11ff724-aa03-4555-9952-8fa248a11c3e', name: 'Cost', value: 12 }],
  recurrence: { pattern: 'weekly', daysOfWeek: ['friday'], numberOfOccurrences: 4 },
};

describe('previewAppointment', () => {
  it('shows every field that would be saved', async () => {
    const german = { smtp: 'anna@contoso.com', attributes: { language: 'de-AT' } };
    expect(await previewAppointment(makes(everything), german)).toBe(
      [
        'anna@contoso.com:',
        '  subject: Besprechung',
        '  start: 2027-01-15T09:00:00+01:00 (Europe/Berlin)',
        '  end: 2027-01-15T10:00:00+01:00 (Europe/Berlin)',
        '  recurrence: weekly, interval 1, daysOfWeek friday, firstDayOfWeek monday, numberOfOccurrences 4',
        '  location: Room 1; Room 2',
        '  requiredAttendees: alisa@contoso.com, Ben <ben@contoso.com>',
        '  optionalAttendees: chris@contoso.com',
        '  resources: room-1@contoso.com',
        '  responseRequested: yes',
        '  newTimeProposalsAllowed: no',
        '  onlineMeeting: yes',
        '  reminder: 15 minutes before',
        '  showAs: busy',
        '  sensitivity: private',
        '  importance: high',
        '  categories: Sales, Quarter',
        '  attachments: agenda.pdf (application/pdf, 3 bytes), logo.png (image/png, 2 bytes, inline as logo)',
        '  customProperties: Cost of c11ff724-aa03-4555-9952-8fa248a11c3e = 12',
        '  body: (html) <p>Bring your',
        '    <b>notes</b></p>',
      ].join('\n'),
    );
  });

  it('shows days as they were given, and whose zone is meant', async () => {
    const days = makes({ subject: 'Away', start: { date: '2027-12-24' }, end: { date: '2027-12-26' } });
    expect(await previewAppointment(days, 'anna@contoso.com', { fallbackTimeZone: 'Asia/Tokyo' })).toBe(
      [
        'anna@contoso.com:',
        '  subject: Away',
        "  start: 2027-12-24 (the mailbox's own zone; Asia/Tokyo where it has none)",
        "  end: 2027-12-26 (the mailbox's own zone; Asia/Tokyo where it has none), that day included",
        '  isAllDay: yes',
        '  reminder: none',
      ].join('\n'),
    );
  });

  it('is the same every day, and counts from where it is told to', async () => {
    const fromStart: IAppointmentFactory = {
      getAppointment: ({ startedAt, runId, slot }) => ({
        subject: `${runId} ${slot}`,
        start: startedAt,
        end: startedAt,
      }),
    };
    expect(startIn(await previewAppointment(fromStart, 'anna@contoso.com'))).toBe('2027-01-01T00:00:00Z');
    const options = { startedAt: new Date('2027-05-01T08:00:00Z'), runId: 'spring', slot: 'lesson' };
    const text = await previewAppointment(fromStart, 'anna@contoso.com', options);
    expect(startIn(text)).toBe('2027-05-01T08:00:00Z');
    expect(text).toContain('subject: spring lesson');
  });

  it('says where there is nothing, and what it can of a native appointment', async () => {
    expect(await previewAppointment(makes(NOTHING), 'anna@contoso.com')).toBe('anna@contoso.com: nothing');
    const native = nativeAppointment({ transport: 'ews', subject: 'Lesson', attendeeCount: 2 });
    expect(await previewAppointment(makes(native), 'anna@contoso.com')).toBe(
      'anna@contoso.com: a native appointment of ews, 2 invited\n  subject: Lesson',
    );
  });

  it('throws what a run would reject', async () => {
    const wrong = makes({ ...everything, requiredAttendees: ['nobody'] });
    await expect(previewAppointment(wrong, 'anna@contoso.com')).rejects.toMatchObject({
      code: 'invalid_appointment',
      field: 'requiredAttendees[0]',
    });
  });
});
