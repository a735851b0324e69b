import {
  AppointedError,
  type AppointmentTransport,
  type Mailbox,
  parseAppointment,
  parseMailbox,
} from '@appointed/core';
import { fakeTransport } from '@appointed/testkit';
import { hybrid, type HybridOptions, type Side } from '@appointed/transport-hybrid';
import { describe, expect, it } from 'vitest';

const ALFRED = parseMailbox('alfred@contoso.com');
const CALL = { signal: new AbortController().signal, sendBy: Number.POSITIVE_INFINITY, timeoutMs: 10_000 };
const START = new Date('2027-01-15T09:00:00Z');
const LESSON = parseAppointment({ subject: 'Lesson', start: START, end: START });

/** Two sides of a fake organisation; who is not named lives nowhere. */
function sides(
  { online = [], exchange = [] }: Partial<Record<Side, readonly string[]>>,
  where?: HybridOptions['where'],
) {
  const asked: string[] = [];
  const side = (name: string, others: readonly string[], maxItemsPerSave: number) =>
    fakeTransport({
      name,
      unknown: [...others, 'nobody@contoso.com'],
      capabilities: { maxItemsPerSave },
      script: ({ verb }) => {
        asked.push(`${name} ${verb}`);
        return {};
      },
    });
  const [ews, graph] = [side('ews', online, 10), side('graph', exchange, 1)];
  const transport = hybrid({ exchange: ews, online: graph, ...(where === undefined ? {} : { where }) });
  return { transport, ews, graph, asked };
}

const save = (transport: AppointmentTransport, mailbox: Mailbox, keys: readonly string[] = ['k']) =>
  transport.save({ mailbox, sendMode: 'none', items: keys.map((key) => ({ key, content: LESSON })) }, CALL);

describe('where a mailbox lives', () => {
  it.each(['exchange', 'online'] as const)('is asked once where nobody has said it: %s', async (side) => {
    const { transport, asked } = sides({ [side]: [ALFRED.id] });
    const { capabilities } = await transport.route(ALFRED);
    expect(capabilities.maxItemsPerSave).toBe(side === 'exchange' ? 10 : 1);
    await transport.route(ALFRED);
    await save(transport, ALFRED);
    expect(asked).toEqual(side === 'exchange' ? ['ews check', 'ews save'] : ['graph check', 'graph save']);
  });

  it('is what an attribute says, and nobody is asked', async () => {
    const { transport, asked } = sides({ online: [ALFRED.id] }, 'home');
    const mailbox = parseMailbox({ smtp: ALFRED.id, attributes: { home: ' Online ' } });
    expect((await transport.route(mailbox)).capabilities.maxItemsPerSave).toBe(1);
    await save(transport, mailbox);
    expect(asked).toEqual(['graph save']);
  });

  it('is asked where the attribute says something else', async () => {
    const { transport, asked } = sides({ exchange: [ALFRED.id] }, 'home');
    await transport.route(parseMailbox({ smtp: ALFRED.id, attributes: { home: 'Berlin' } }));
    expect(asked).toEqual(['ews check']);
  });

  it.each([
    ['at once', (side: Side) => side],
    ['later', (side: Side) => Promise.resolve(side)],
  ])('is what a function says, which is asked once: %s', async (_, answer) => {
    let calls = 0;
    const { transport, asked } = sides({ online: [ALFRED.id] }, () => {
      calls += 1;
      return answer('online');
    });
    await transport.route(ALFRED);
    await save(transport, ALFRED);
    await transport.find(ALFRED, ['k'], CALL);
    expect(asked).toEqual(['graph save', 'graph find']);
    expect(calls).toBe(1);
  });

  it.each([
    ['a side, in other letters', 'Online ', []],
    ['something else', 'Berlin', ['graph check']],
    ['nothing, in the way of JavaScript', null, ['graph check']],
  ])('is read from what a function says: %s', async (_, word, checks) => {
    const { transport, asked } = sides({ online: [ALFRED.id] }, (() => word) as never);
    expect((await transport.route(ALFRED)).capabilities.maxItemsPerSave).toBe(1);
    await transport.read(ALFRED, ['an item'], CALL);
    expect(asked).toEqual([...checks, 'graph read']);
  });

  it('is remembered otherwise than it was said, when it turns out so', async () => {
    const { transport, asked } = sides({ online: [ALFRED.id] }, () => 'exchange');
    const [outcome] = await save(transport, ALFRED);
    expect(outcome?.kind).toBe('done');
    expect((await transport.route(ALFRED)).capabilities.maxItemsPerSave).toBe(1);
    expect(asked).toEqual(['graph save']);
  });

  it('is asked by the name that a side wants to be asked by', async () => {
    const error = new AppointedError('server_rejected', 'not so');
    const again = { primaryAddress: 'u7@contoso.com' };
    const wanting = fakeTransport({
      capabilities: { maxItemsPerSave: 1 },
      script: ({ mailbox }) =>
        mailbox.id === ALFRED.id ? { outcome: { kind: 'rejected', scope: 'mailbox', error, again } } : {},
    });
    const transport = hybrid({
      exchange: fakeTransport({ unknown: [ALFRED.id, again.primaryAddress] }),
      online: wanting,
    });
    expect((await transport.route(ALFRED)).capabilities.maxItemsPerSave).toBe(1);
  });

  it('is on premises where nobody can tell, and its server says why not', async () => {
    const { transport } = sides({});
    const nobody = parseMailbox('nobody@contoso.com');
    expect((await transport.route(nobody)).capabilities.maxItemsPerSave).toBe(10);
    const [outcome] = await save(transport, nobody);
    expect(outcome).toMatchObject({ kind: 'rejected', scope: 'mailbox', error: { mailbox: nobody.id } });
  });
});

it('a save that goes to the other side has as many items at once as that takes', async () => {
  const { transport, graph } = sides({ online: [ALFRED.id] });
  const outcomes = await save(transport, ALFRED, ['a', 'b', 'c']);
  expect(outcomes.map(({ kind }) => kind)).toEqual(['done', 'done', 'done']);
  expect(graph.saves.map(({ items }) => items.length)).toEqual([1, 1, 1]);
});

it('what one side knows as a contact is the mailbox of the other', async () => {
  const exchange = fakeTransport({ directory: { [ALFRED.id]: { kind: 'contact' } } });
  const online = fakeTransport({ capabilities: { maxItemsPerSave: 1 } });
  const transport = hybrid({ exchange, online });
  expect(await transport.check(ALFRED, CALL)).toMatchObject({ kind: 'done', value: { kind: 'mailbox' } });
  expect((await transport.route(ALFRED)).capabilities.maxItemsPerSave).toBe(1);
});

it('what is a contact on both sides is one', async () => {
  const [exchange, online] = [1, 2].map(() => fakeTransport({ directory: { [ALFRED.id]: { kind: 'contact' } } }));
  const transport = hybrid({ exchange: exchange!, online: online! });
  expect(await transport.check(ALFRED, CALL)).toMatchObject({ kind: 'done', value: { kind: 'contact' } });
});

it('both sides are closed with it', async () => {
  const { transport, ews, graph } = sides({});
  await transport.close();
  expect([ews.closed, graph.closed]).toEqual([true, true]);
});

it.each([
  ['exchange', { exchange: undefined, online: fakeTransport() }],
  ['online', { exchange: fakeTransport(), online: undefined }],
  ['where', { exchange: fakeTransport(), online: fakeTransport(), where: 1 }],
])('options that make no sense are refused, with the name of the field: %s', (field, options) => {
  expect(() => hybrid(options as never)).toThrow(expect.objectContaining({ code: 'invalid_options', field }) as Error);
});
