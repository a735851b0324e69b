import {
  AppointedError,
  type Call,
  createRunner,
  type Failure,
  type IAppointmentFactory,
  parseMailbox,
  type RunReport,
  type Update,
} from '@appointed/core';
import { describe, expect, it } from 'vitest';
import { fakeTransport } from '@appointed/testkit';

const factory: IAppointmentFactory = {
  getAppointment: ({ startedAt }) => ({ subject: 'Lesson', start: startedAt, end: startedAt }),
};
const busy: Failure = { kind: 'deferred', error: new AppointedError('server_busy', 'later') };
const lost: Failure = { kind: 'unknown', error: new AppointedError('connection_lost', 'cut') };
const mailboxes = ['one@contoso.com', 'two@contoso.com', 'three@contoso.com'];

describe('fakeTransport', () => {
  it('stores what it is asked to save, by mailbox, and keeps the requests', async () => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport });
    await runner.run({ mailboxes, factory });
    expect(transport.stored('ONE@contoso.com')).toMatchObject([{ subject: 'Lesson', sendMode: 'none' }]);
    expect(transport.stored('nobody@contoso.com')).toEqual([]);
    expect(transport.saves.map(({ mailbox }) => mailbox.id)).toEqual(mailboxes);
  });

  it('takes the outcomes of a list in the order of the calls, and saves when the list has ended', async () => {
    const transport = fakeTransport({ script: [{ outcome: busy }, { outcome: lost, stored: true }] });
    const runner = await createRunner({ transport, maxInFlight: 1 });
    const { counts } = await runner.run({ mailboxes, factory, settleMs: 0, maxAttempts: 1 });
    // The one whose answer was lost is looked up, and found.
    expect(counts).toMatchObject({ deferred: 1, unknown: 0, done: 2 });
    expect(transport.saves).toHaveLength(3);
    expect(mailboxes.map((mailbox) => transport.stored(mailbox).length)).toEqual([0, 1, 1]);
  });

  it('asks a function for each call, telling the mailbox and how often it was called for it', async () => {
    const transport = fakeTransport({
      script: ({ mailbox, nth }) => (mailbox.id.startsWith('two') && nth === 1 ? { outcome: busy } : undefined),
    });
    const runner = await createRunner({ transport });
    const run = (): Promise<RunReport> => runner.run({ mailboxes, factory, maxAttempts: 1 });
    expect((await run()).counts).toMatchObject({ deferred: 1, done: 2 });
    expect((await run()).counts).toMatchObject({ deferred: 0, done: 3 });
  });

  it('gives each item of a save an outcome of its own', async () => {
    const script = [{ outcome: (_item: unknown, index: number) => (index === 1 ? busy : undefined) }];
    const transport = fakeTransport({ script });
    const runner = await createRunner({ transport });
    const factories = { first: factory, second: factory, third: factory };
    const { counts } = await runner.run({ mailboxes: ['one@contoso.com'], factories, maxAttempts: 1 });
    expect(counts).toMatchObject({ done: 2, deferred: 1 });
    expect(transport.stored('one@contoso.com')).toHaveLength(2);
  });

  it('counts the most calls under way at once', async () => {
    const transport = fakeTransport();
    const runner = await createRunner({ transport, maxInFlight: 2 });
    await runner.run({ mailboxes, factory });
    expect(transport.mostInFlight).toBe(2);
  });

  it('answers when a promise of the script is settled', async () => {
    let answer: (() => void) | undefined;
    const after = new Promise<void>((resolve) => (answer = resolve));
    const transport = fakeTransport({ script: [{ after }] });
    const runner = await createRunner({ transport, maxInFlight: 1 });
    const run = runner.run({ mailboxes: ['one@contoso.com'], factory });
    await expect.poll(() => transport.saves.length).toBe(1);
    expect(transport.stored('one@contoso.com')).toEqual([]);
    answer?.();
    expect((await run).counts.done).toBe(1);
  });

  it('keeps what it was asked to change and to remove, and says what became of it', async () => {
    const transport = fakeTransport();
    await (await createRunner({ transport })).run({ mailboxes: ['one@contoso.com'], factory });
    const mailbox = parseMailbox('one@contoso.com');
    const [item] = transport.stored('one@contoso.com');
    const update: Update = { itemId: item?.itemId ?? '', set: { location: 'Court 2' }, clear: [], sendMode: 'changed' };
    const receipt = await transport.update(mailbox, update, call());
    expect(receipt).toMatchObject({ kind: 'done', value: { itemId: item?.itemId } });
    const again = { ...update, changeKey: item?.changeKey ?? '' };
    expect(await transport.update(mailbox, again, call())).toEqual({ kind: 'done', value: 'conflict' });
    const removal = { itemId: update.itemId, sendMode: 'all' } as const;
    expect(await transport.remove(mailbox, removal, call())).toEqual({ kind: 'done', value: 'removed' });
    expect(await transport.remove(mailbox, removal, call())).toEqual({ kind: 'done', value: 'gone' });
    expect(await transport.update(mailbox, update, call())).toEqual({ kind: 'done', value: 'gone' });
    expect(transport.updates).toEqual([update, again, update].map((asked) => ({ ...asked, mailbox })));
    expect(transport.removals).toEqual([removal, removal].map((asked) => ({ ...asked, mailbox })));
  });

  it('scripts every verb', async () => {
    const transport = fakeTransport({ script: () => ({ outcome: busy }) });
    const mailbox = parseMailbox('one@contoso.com');
    const start = {
      epochMs: 0,
      dateTime: '1970-01-01T00:00:00',
      offset: 'Z',
      zone: { iana: 'Etc/UTC', windows: 'UTC' },
    };
    const outcomes = await Promise.all([
      transport.find(mailbox, [], call()),
      transport.read(mailbox, [], call()),
      transport.update(mailbox, { itemId: 'any', set: {}, clear: [], sendMode: 'none' }, call()),
      transport.remove(mailbox, { itemId: 'any', sendMode: 'none' }, call()),
      transport.hasSimilar(mailbox, { subject: 'any', start }, call()),
      transport.check(mailbox, call()),
    ]);
    for (const outcome of outcomes) expect(outcome).toBe(busy);
  });

  it('knows the primary addresses and kinds that it is told, and takes others for mailboxes', async () => {
    const directory = {
      'al@contoso.com': { primaryAddress: 'alfred@contoso.com', kind: 'mailbox' },
      'staff@contoso.com': { kind: 'group' },
    } as const;
    const transport = fakeTransport({ directory });
    const checked = ['AL@contoso.com', 'staff@contoso.com', 'beth@contoso.com'].map((address) =>
      transport.check(parseMailbox(address), call()),
    );
    expect((await Promise.all(checked)).map((outcome) => outcome.kind === 'done' && outcome.value)).toEqual([
      ...Object.values(directory),
      { primaryAddress: 'beth@contoso.com', kind: 'mailbox' },
    ]);
  });
});

function call(): Call {
  return { signal: new AbortController().signal, sendBy: Number.POSITIVE_INFINITY, timeoutMs: 1000 };
}
