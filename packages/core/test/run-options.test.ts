import { createRunner, type RunnerOptions, type RunOptions } from '@appointed/core';
import { fakeTransport } from '@appointed/testkit';
import { describe, expect, it } from 'vitest';
import { lesson } from './lesson.js';

describe('a run refuses options that make no sense, before it reads or sends anything', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['no list', { mailboxes: undefined }, 'mailboxes'],
    ['one address for a list', { mailboxes: 'alfred@contoso.com' }, 'mailboxes'],
    ['no factory', { factory: undefined }, 'factory'],
    ['a factory and factories', { factories: { a: lesson } }, 'factory'],
    ['no factories', { factory: undefined, factories: {} }, 'factories'],
    ['a slot without name', { factory: undefined, factories: { '': lesson } }, 'factories'],
    ['an empty id', { id: '' }, 'id'],
    ['an id that is too long', { id: 'x'.repeat(201) }, 'id'],
    ['an id with a NUL', { id: 'a\0b' }, 'id'],
    ['an id that is no string', { id: 7 }, 'id'],
    ['an unknown send mode', { sendMode: 'everybody' }, 'sendMode'],
    ['no time for a request', { requestTimeoutMs: 0 }, 'requestTimeoutMs'],
    ['a time that is no number', { requestTimeoutMs: Number.NaN }, 'requestTimeoutMs'],
    ['a day for a request', { requestTimeoutMs: 86_400_000 }, 'requestTimeoutMs'],
    ['no rejections', { stopAfterRejections: 0 }, 'stopAfterRejections'],
    ['a settle time below zero', { settleMs: -1 }, 'settleMs'],
    ['a settle time of weeks', { settleMs: 1_000_000_000 }, 'settleMs'],
    ['a settle time that is no number', { settleMs: Number.NaN }, 'settleMs'],
    ['no attempts', { maxAttempts: 0 }, 'maxAttempts'],
    ['half an attempt', { maxAttempts: 1.5 }, 'maxAttempts'],
    ['attempts without end', { maxAttempts: Number.POSITIVE_INFINITY }, 'maxAttempts'],
    ['another kind of look-up', { lookup: 'sometimes' }, 'lookup'],
    ['no mailboxes', { maxMailboxes: 0 }, 'maxMailboxes'],
    ['mailboxes that are no number', { maxMailboxes: Number.NaN }, 'maxMailboxes'],
    ['a text for a number of mailboxes', { maxMailboxes: '5' }, 'maxMailboxes'],
    ['invitations below zero', { maxInvitations: -1 }, 'maxInvitations'],
    ['invitations that are no number', { maxInvitations: Number.NaN }, 'maxInvitations'],
    ['a text for a number of invitations', { maxInvitations: '500' }, 'maxInvitations'],
    ['null for a number of invitations', { maxInvitations: null }, 'maxInvitations'],
    ['a canary of nobody', { canary: { mailboxes: 0 } }, 'canary.mailboxes'],
    ['half a canary', { canary: { mailboxes: 1.5 } }, 'canary.mailboxes'],
    ['a canary without a number', { canary: {} }, 'canary.mailboxes'],
    ['a canary of everybody', { canary: { mailboxes: Number.POSITIVE_INFINITY } }, 'canary.mailboxes'],
    ['a number for a canary', { canary: 5 }, 'canary'],
    ['null for a canary', { canary: null }, 'canary'],
    ['an approval that cannot be asked', { canary: { mailboxes: 1, approve: true } }, 'canary.approve'],
    ['a canary without a list', { id: 'spring', mailboxes: undefined, canary: { mailboxes: 1 } }, 'mailboxes'],
  ])('%s', async (_what, options, field) => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport });
    const run = runner.run({ mailboxes: ['one@contoso.com'], factory: lesson, ...options } as RunOptions);
    await expect(run).rejects.toMatchObject({ code: 'invalid_options', field });
    expect(transport.saves).toEqual([]);
  });

  it('and has an id of its own where none is given', async () => {
    const runner = await createRunner({ transport: fakeTransport() });
    const [one, other] = [
      await runner.run({ mailboxes: [], factory: lesson }),
      await runner.run({ mailboxes: [], factory: lesson }),
    ];
    expect(one?.runId).toMatch(/^[0-9a-f-]{36}$/);
    expect(other?.runId).not.toBe(one?.runId);
  });
});

describe('createRunner refuses', () => {
  it.each<[string, RunnerOptions, string]>([
    ['to work on nothing at once', { transport: fakeTransport(), maxInFlight: 0 }, 'maxInFlight'],
    ['half a mailbox', { transport: fakeTransport(), maxInFlight: 1.5 }, 'maxInFlight'],
    [
      'to work on everything at once',
      { transport: fakeTransport(), maxInFlight: Number.POSITIVE_INFINITY },
      'maxInFlight',
    ],
    ['to do without a transport', {}, 'transport'],
  ])('%s', async (_what, options, field) => {
    await expect(createRunner(options)).rejects.toMatchObject({ code: 'invalid_options', field });
  });
});

describe('a runner', () => {
  it('closes its transport', async () => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport });
    await runner.close();
    expect(transport.closed).toBe(true);
  });

  it('closes its transport at the end of its scope', async () => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport });
    await runner[Symbol.asyncDispose]();
    expect(transport.closed).toBe(true);
  });
});

describe('what is no option', () => {
  it('is refused: a misspelt send mode must not send mail', async () => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport });
    const options = { mailboxes: ['one@contoso.com'], factory: lesson, sendmode: 'none' };
    await expect(runner.run(options)).rejects.toMatchObject({ code: 'invalid_options', field: 'sendmode' });
    expect(transport.saves).toEqual([]);
  });

  it('is refused by createRunner, too', async () => {
    const transport = fakeTransport();
    await expect(createRunner({ transport, typo: 1 } as never)).rejects.toMatchObject({ field: 'typo' });
    await expect(createRunner(undefined as never)).rejects.toMatchObject({ code: 'invalid_options' });
    await expect(createRunner({ transport: {} as never })).rejects.toMatchObject({ field: 'transport' });
  });
});
