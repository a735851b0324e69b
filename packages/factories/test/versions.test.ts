import { createRunner, memoryLedger } from '@appointed/core';
import { allDay, meeting, MeetingFactory, series, tennisLesson, versionOf } from '@appointed/factories';
import { fakeTransport } from '@appointed/testkit';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';

const review = {
  subject: 'Review',
  start: new Date('2027-01-15T09:00:00Z'),
  end: new Date('2027-01-15T10:00:00Z'),
  requiredAttendees: ['alisa@contoso.com'],
};

function attached(byte: number) {
  return [{ name: 'a.bin', content: new Uint8Array([byte]) }];
}

function at(hour: number) {
  return Temporal.ZonedDateTime.from(`2027-01-15T0${hour}:00[Europe/Berlin]`);
}

describe('the version of a factory', () => {
  it('is the same for the same options, in whatever order they stand', () => {
    const { subject, ...others } = review;
    const { version } = meeting(review);
    expect(version).toMatch(/^meeting\/1-[0-9a-f]{12}$/);
    expect(meeting({ ...others, subject }).version).toBe(version);
    expect(new MeetingFactory({ ...review }).version).toBe(version);
  });

  it('is another for every option that differs', () => {
    const meetings = [
      review,
      { ...review, subject: 'Preview' },
      { ...review, end: new Date('2027-01-15T11:00:00Z') },
      { ...review, requiredAttendees: ['ben@contoso.com'] },
      { ...review, requiredAttendees: ['alisa@contoso.com', 'ben@contoso.com'] },
      { ...review, requiredAttendees: [], optionalAttendees: ['alisa@contoso.com'] },
      { ...review, attachments: attached(1) },
      { ...review, attachments: attached(2) },
      { ...review, reminder: false as const },
    ];
    expect(new Set(meetings.map((options) => meeting(options).version)).size).toBe(meetings.length);
  });

  it('sees the moments of Temporal, and keeps them', () => {
    const of = (hour: number) => meeting({ ...review, start: at(hour), end: at(9) });
    expect(of(8).version).toBe(of(8).version);
    expect(of(7).version).not.toBe(of(8).version);
    expect(of(8).getAppointment({} as never)).toMatchObject({ start: at(8), end: at(9) });
  });

  it('tells factories apart', () => {
    const recurrence = { pattern: 'daily' } as const;
    const versions = [
      tennisLesson().version,
      tennisLesson({ clock: () => new Date(0) }).version,
      meeting({ ...review, recurrence }).version,
      series({ ...review, recurrence }).version,
      allDay({ subject: 'Review', start: '2027-01-15' }).version,
    ];
    expect(new Set(versions).size).toBe(versions.length);
  });

  it('does not change from one release to the next', () => {
    expect(versionOf('lesson/1', { b: [1, 'a', null], a: new Date(0), c: undefined })).toBe('lesson/1-04b754d24b4a');
  });

  it('keeps a run from being continued with other options', async () => {
    const runner = await createRunner({ transport: fakeTransport(), ledger: memoryLedger() });
    const run = { id: 'review', mailboxes: ['anna@contoso.com'] };
    await runner.run({ ...run, factory: meeting(review) });
    await expect(runner.run({ ...run, factory: meeting({ ...review, subject: 'Preview' }) })).rejects.toMatchObject({
      code: 'factory_changed',
    });
    const { counts } = await runner.run({ ...run, factory: meeting({ ...review }) });
    expect(counts).toMatchObject({ already: 1 });
  });
});
