import { AppointedError, createRunner, type SendMode } from '@appointed/core';
import { MeetingFactory, type MeetingOptions } from '@appointed/factories';
import { fakeTransport } from '@appointed/testkit';
import { describe, expect, it } from 'vitest';

const review: MeetingOptions = {
  subject: 'Review',
  start: { dateTime: '2027-01-15T09:00', timeZone: 'Europe/Berlin' },
  end: { dateTime: '2027-01-15T10:00', timeZone: 'Europe/Berlin' },
};

async function saved(options: MeetingOptions, sendMode?: SendMode) {
  const transport = fakeTransport();
  const runner = await createRunner({ transport });
  const factory = new MeetingFactory(options);
  await runner.run({ mailboxes: ['alfred@contoso.com'], factory, ...(sendMode === undefined ? {} : { sendMode }) });
  return transport.stored('alfred@contoso.com');
}

function codeOf(make: () => unknown): string | undefined {
  try {
    make();
  } catch (error) {
    return AppointedError.is(error) ? `${error.code} ${error.field}` : String(error);
  }
  return undefined;
}

describe('MeetingFactory', () => {
  it('makes a meeting with required and optional attendees and resources, and lets them be invited', async () => {
    const invited = {
      requiredAttendees: ['alisa@contoso.com', { address: 'ben@contoso.com', name: 'Ben' }],
      optionalAttendees: ['chris@contoso.com'],
      resources: ['room-1@contoso.com'],
    };
    expect(await saved({ ...review, ...invited, location: 'Room 1', reminder: { minutesBefore: 15 } })).toMatchObject([
      {
        sendMode: 'allAndSaveCopy',
        content: {
          subject: 'Review',
          location: 'Room 1',
          reminder: { minutesBefore: 15 },
          requiredAttendees: [{ address: 'alisa@contoso.com' }, { address: 'ben@contoso.com', name: 'Ben' }],
          optionalAttendees: [{ address: 'chris@contoso.com' }],
          resources: [{ address: 'room-1@contoso.com' }],
        },
      },
    ]);
  });

  it.each(['requiredAttendees', 'optionalAttendees', 'resources'])('is content with %s alone', async (field) => {
    expect(await saved({ ...review, [field]: ['one@contoso.com'] })).toMatchObject([{ sendMode: 'allAndSaveCopy' }]);
  });

  it('invites nobody where the run says so', async () => {
    expect(await saved({ ...review, resources: ['room-1@contoso.com'] }, 'none')).toMatchObject([{ sendMode: 'none' }]);
  });

  it('refuses a meeting to which nobody is invited', () => {
    expect(codeOf(() => new MeetingFactory(review))).toBe('invalid_options requiredAttendees');
    expect(codeOf(() => new MeetingFactory({ ...review, requiredAttendees: [] }))).toBe(
      'invalid_options requiredAttendees',
    );
  });

  it('refuses a wrong field when it is made, and not once for each mailbox', () => {
    const wrong = { ...review, requiredAttendees: ['nobody'] };
    expect(codeOf(() => new MeetingFactory(wrong))).toBe('invalid_appointment requiredAttendees[0]');
  });

  it('is not changed by what the caller does to the options later', async () => {
    const requiredAttendees = ['alisa@contoso.com'];
    const factory = new MeetingFactory({ ...review, requiredAttendees });
    requiredAttendees.push('everybody@contoso.com');
    expect(factory.getAppointment().requiredAttendees).toEqual(['alisa@contoso.com']);
  });
});
