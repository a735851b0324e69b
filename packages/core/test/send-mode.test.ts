import {
  createRunner,
  type NativeAppointment,
  nativeAppointment,
  type RunOptions,
  type SendMode,
} from '@appointed/core';
import { fakeTransport } from '@appointed/testkit';
import { describe, expect, it } from 'vitest';
import { LESSON, lesson, lessonWith } from './lesson.js';

const can: readonly SendMode[] = ['none', 'all', 'allAndSaveCopy'];

async function run(options: Partial<RunOptions>, sendModes = can) {
  const transport = fakeTransport({ capabilities: { sendModes } });
  const runner = await createRunner({ transport });
  const report = await runner.run({ mailboxes: ['one@contoso.com'], ...options });
  return { report, modes: transport.stored('one@contoso.com').map(({ sendMode }) => sendMode) };
}

function native(attendeeCount: number): NativeAppointment {
  return nativeAppointment({ transport: 'fake', subject: 'Native', attendeeCount });
}

describe('the send mode', () => {
  it('is none without attendees', async () => {
    expect((await run({ factory: lesson })).modes).toEqual(['none']);
    expect((await run({ factory: lessonWith({ requiredAttendees: [], resources: [] }) })).modes).toEqual(['none']);
  });

  it.each(['requiredAttendees', 'optionalAttendees', 'resources'])('is allAndSaveCopy with %s', async (field) => {
    expect((await run({ factory: lessonWith({ [field]: ['two@contoso.com'] }) })).modes).toEqual(['allAndSaveCopy']);
  });

  it.each(can)('is %s where the run says so', async (sendMode) => {
    const factory = lessonWith({ requiredAttendees: ['two@contoso.com'] });
    expect((await run({ factory, sendMode })).modes).toEqual([sendMode]);
  });

  it('follows the attendee count of a native appointment', async () => {
    expect((await run({ factory: { getAppointment: () => native(0) } })).modes).toEqual(['none']);
    expect((await run({ factory: { getAppointment: () => native(2) } })).modes).toEqual(['allAndSaveCopy']);
  });

  it('is refused where the transport cannot, and nothing is sent', async () => {
    const factory = lessonWith({ requiredAttendees: ['two@contoso.com'] });
    const { report, modes } = await run({ factory }, ['none', 'all']);
    expect(report.failures).toMatchObject([
      { kind: 'rejected', error: { code: 'unsupported', field: 'sendMode', hint: 'It can: none, all.' } },
    ]);
    expect(modes).toEqual([]);
  });

  it('none is possible for an appointment without attendees on every transport', async () => {
    expect((await run({ factory: lesson }, ['allAndSaveCopy'])).modes).toEqual(['none']);
  });

  it('decides which appointments of one mailbox travel together', async () => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport });
    const meeting = lessonWith({ requiredAttendees: ['two@contoso.com'] });
    const factories = { a: lesson, b: meeting, c: { getAppointment: () => LESSON }, d: meeting };
    const { counts } = await runner.run({ mailboxes: ['one@contoso.com'], factories });
    expect(counts.done).toBe(4);
    expect(transport.saves.map(({ sendMode, items }) => `${items.length} ${sendMode}`)).toEqual([
      '2 none',
      '2 allAndSaveCopy',
    ]);
  });
});

describe('a native appointment', () => {
  it('is refused by another transport than its own', async () => {
    const foreign = nativeAppointment({ transport: 'ews', subject: 'Native', attendeeCount: 0 });
    const { report } = await run({ factory: { getAppointment: () => foreign } });
    expect(report.failures).toMatchObject([
      { kind: 'rejected', error: { code: 'unsupported', mailbox: 'one@contoso.com' } },
    ]);
  });
});
