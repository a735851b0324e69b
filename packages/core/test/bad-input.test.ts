import {
  AppointedError,
  createRunner,
  type Content,
  type IAppointmentFactory,
  type MailboxInput,
  type RunFailure,
  type RunOptions,
} from '@appointed/core';
import { fakeTransport } from '@appointed/testkit';
import { describe, expect, it } from 'vitest';
import { LESSON } from './lesson.js';

const berlin = (dateTime: string): unknown => ({ dateTime, timeZone: 'Europe/Berlin' });

/** Runs over three mailboxes, of which the second gets what `make` returns. */
async function failureOf(make: () => unknown, options: Partial<RunOptions> = {}): Promise<RunFailure | undefined> {
  const transport = fakeTransport();
  const runner = await createRunner({ transport, maxInFlight: 1 });
  const { counts, failures } = await runner.run({
    mailboxes: ['good@contoso.com', 'bad@contoso.com', 'better@contoso.com'],
    factory: { getAppointment: ({ mailbox }) => (mailbox.id.startsWith('bad') ? (make() as Content) : LESSON) },
    ...options,
  });
  expect(counts).toMatchObject({ rows: 3, skipped: 0, done: 2, rejected: 1, deferred: 0, unknown: 0 });
  expect(transport.saves.map(({ mailbox }) => mailbox.id)).toEqual(['good@contoso.com', 'better@contoso.com']);
  return failures[0];
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

describe('a bad appointment is rejected for its mailbox alone', () => {
  it.each<[string, Record<string, unknown>, string, string]>([
    ['without subject', { subject: undefined }, 'invalid_appointment', 'subject'],
    ['with an empty subject', { subject: '  ' }, 'invalid_appointment', 'subject'],
    ['with a subject that is no string', { subject: 7 }, 'invalid_appointment', 'subject'],
    ['with a subject that is too long', { subject: 'x'.repeat(256) }, 'invalid_appointment', 'subject'],
    ['with a subject of nothing that can be stored', { subject: '\0\uFFFE' }, 'invalid_appointment', 'subject'],
    ['with a category of nothing', { categories: ['\u0001'] }, 'invalid_appointment', 'categories[0]'],
    [
      'with an attendee whose address hides a noncharacter',
      { requiredAttendees: ['boss\uFFFF@contoso.com'] },
      'invalid_appointment',
      'requiredAttendees[0]',
    ],
    [
      'with a list of holes',
      { requiredAttendees: Object.assign([], { length: 3 }) },
      'invalid_appointment',
      'requiredAttendees[0]',
    ],
    ['before Exchange’s calendar', { start: new Date('0000-01-01T00:00Z') }, 'invalid_appointment', 'start'],
    ['after Exchange’s calendar', { end: berlin('9999-01-01T00:00') }, 'invalid_appointment', 'end.dateTime'],
    ['without start', { start: undefined }, 'invalid_appointment', 'start'],
    ['with an invalid Date', { end: new Date('whenever') }, 'invalid_appointment', 'end'],
    ['with a time as a string', { start: '2027-01-15T09:00:00Z' }, 'invalid_appointment', 'start'],
    [
      'with an offset in the wall time',
      { start: berlin('2027-01-15T09:00+01:00') },
      'invalid_appointment',
      'start.dateTime',
    ],
    [
      'with a day that is not in the calendar',
      { start: berlin('2027-02-30T09:00') },
      'invalid_appointment',
      'start.dateTime',
    ],
    ['without zone', { start: { dateTime: '2027-01-15T09:00' } }, 'invalid_appointment', 'start.timeZone'],
    [
      'with an unknown zone',
      { start: { dateTime: '2027-01-15T09:00', timeZone: 'Mars/Base' } },
      'unknown_time_zone',
      'start.timeZone',
    ],
    [
      'with an offset for a zone',
      { end: { dateTime: '2027-01-15T10:00', timeZone: '+01:00' } },
      'unknown_time_zone',
      'end.timeZone',
    ],
    ['with the end before the start', { end: new Date('2027-01-15T08:59:59Z') }, 'end_before_start', 'end'],
    ['with the end before the start in another zone', { end: berlin('2027-01-15T09:30') }, 'end_before_start', 'end'],
    ['with a misspelt field', { requiredAttendee: ['one@contoso.com'] }, 'invalid_appointment', 'requiredAttendee'],
    [
      'with a malformed attendee',
      { requiredAttendees: ['one@contoso.com', 'two'] },
      'invalid_appointment',
      'requiredAttendees[1]',
    ],
    [
      'with an attendee without address',
      { resources: [{ name: 'Room' }] },
      'invalid_appointment',
      'resources[0].address',
    ],
    [
      'with attendees that are no list',
      { optionalAttendees: 'one@contoso.com' },
      'invalid_appointment',
      'optionalAttendees',
    ],
    ['with text and html', { body: { text: 'a', html: 'b' } }, 'invalid_appointment', 'body'],
    ['with an unknown importance', { importance: 'urgent' }, 'invalid_appointment', 'importance'],
    [
      'with a reminder in the past',
      { reminder: { minutesBefore: -1 } },
      'invalid_appointment',
      'reminder.minutesBefore',
    ],
    ['with a category that is no string', { categories: ['a', null] }, 'invalid_appointment', 'categories[1]'],
  ])('%s', async (_what, fields, code, field) => {
    const failure = await failureOf(() => ({ ...LESSON, ...fields }));
    expect(failure).toMatchObject({ row: 2, mailbox: 'bad@contoso.com', kind: 'rejected' });
    expect(failure?.error).toMatchObject({ code, field, mailbox: 'bad@contoso.com' });
    expect(failure?.error.message).toContain('bad@contoso.com');
  });
});

describe('a bad factory is rejected for its mailbox alone', () => {
  it.each<[string, () => unknown, string]>([
    ['throws', () => raise(new Error('no court')), 'factory_failed'],
    ['throws what is no Error', () => raise('no court'), 'factory_failed'],
    ['throws what has no words', () => raise(Object.create(null)), 'factory_failed'],
    ['throws a revoked proxy', () => raise(revoked()), 'factory_failed'],
    ['returns a revoked proxy', () => revoked(), 'factory_failed'],
    ['throws an error of ours', () => raise(new AppointedError('unsupported', 'no court')), 'unsupported'],
    ['rejects', () => Promise.reject(new Error('no court')), 'factory_failed'],
    ['returns nothing', () => undefined, 'factory_returned_nothing'],
    ['promises nothing', () => Promise.resolve(null), 'factory_returned_nothing'],
    ['returns a string', () => 'Lesson', 'invalid_appointment'],
    ['returns a list', () => [LESSON], 'invalid_appointment'],
    [
      'returns an appointment that throws when it is read',
      () => ({
        ...LESSON,
        get body() {
          return raise(new Error('no court'));
        },
      }),
      'factory_failed',
    ],
  ])('that %s', async (_what, make, code) => {
    const failure = await failureOf(make);
    expect(failure).toMatchObject({ mailbox: 'bad@contoso.com', kind: 'rejected', error: { code } });
    expect(failure?.error.mailbox).toBe('bad@contoso.com');
  });

  it('never answers', async () => {
    const failure = await failureOf(() => new Promise(() => undefined), { requestTimeoutMs: 50 });
    expect(failure).toMatchObject({
      kind: 'rejected',
      error: { code: 'factory_failed', message: expect.stringContaining('nothing within 50 ms') },
    });
  });

  it('and says why', async () => {
    const failure = await failureOf(() => raise(new Error('no court')));
    const message = '[factory_failed] the factory of slot default failed for bad@contoso.com: no court';
    expect(failure?.error.message).toBe(message);
    expect(failure?.error.cause).toEqual(new Error('no court'));
  });
});

describe('a factory may return any thenable', () => {
  it('that resolves', async () => {
    const runner = await createRunner({ transport: fakeTransport() });
    const { counts } = await runner.run({ mailboxes: ['one@contoso.com'], factory: thenable(Promise.resolve(LESSON)) });
    expect(counts.done).toBe(1);
  });

  it('that rejects, and is rejected for its mailbox alone', async () => {
    const runner = await createRunner({ transport: fakeTransport() });
    const factory = thenable(Promise.reject(new Error('no court')));
    const { failures } = await runner.run({ mailboxes: ['one@contoso.com'], factory });
    expect(failures).toMatchObject([{ kind: 'rejected', error: { code: 'factory_failed' } }]);
  });
});

describe('a bad row is skipped', () => {
  it.each<[string, unknown]>([
    ['an empty string', ''],
    ['no address', 'alfred'],
    ['an address with a display name', 'Alfred <alfred@contoso.com>'],
    ['two addresses', 'alfred@contoso.com,alisa@contoso.com'],
    ['an address with a line break', 'alfred@contoso.com\r\nX-AnchorMailbox: x'],
    ['an address with a dot at the end', 'alfred.@contoso.com'],
    ['an address without domain', 'alfred@'],
    ['an address that is too long', `${'a'.repeat(250)}@contoso.com`],
    ['an address with a lone surrogate', '\uD800@contoso.com'],
    ['nothing', undefined],
    ['null', null],
    ['a number', 7],
    ['an object without identity', { name: 'Alfred' }],
    ['two identities', { smtp: 'alfred@contoso.com', upn: 'alfred@contoso.com' }],
    ['a SID that is none', { sid: 'S-1-banana' }],
    ['a principal name that is none', { upn: 'CONTOSO\\alfred' }],
    ['attributes that are no strings', { smtp: 'alfred@contoso.com', attributes: { age: 7 } }],
    [
      'a row that throws when it is read',
      {
        get smtp(): string {
          throw new Error('row');
        },
      },
    ],
  ])('that is %s, and the others have their turn', async (_what, row) => {
    const runner = await createRunner({ transport: fakeTransport(), maxInFlight: 1 });
    const mailboxes = ['good@contoso.com', row as MailboxInput, 'better@contoso.com'];
    const { counts, failures } = await runner.run({ mailboxes, factory: { getAppointment: () => LESSON } });
    expect(counts).toMatchObject({ rows: 3, skipped: 1, done: 2 });
    expect(failures).toMatchObject([{ row: 2, kind: 'skipped', error: { code: 'invalid_mailbox', row: 2 } }]);
    expect(failures[0]?.error.message).toContain('row 2');
  });
});

function raise(error: unknown): never {
  throw error;
}

/** A factory whose promises are of somebody else's class. */
function thenable(content: Promise<Content>): IAppointmentFactory {
  class Thenable {
    // oxlint-disable-next-line unicorn/no-thenable -- what promises of other libraries are
    then = content.then.bind(content);
  }
  return { getAppointment: () => new Thenable() as Promise<Content> };
}
