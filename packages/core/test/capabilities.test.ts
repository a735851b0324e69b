import { type AppointmentInput, createRunner, type IAppointmentFactory, memoryLedger } from '@appointed/core';
import { fakeTransport } from '@appointed/testkit';
import { describe, expect, it } from 'vitest';
import { lessonWith } from './lesson.js';

const ALFRED = 'alfred@contoso.com';
const attached = (bytes: number): Partial<AppointmentInput> => ({
  attachments: [{ name: 'plan.pdf', content: new Uint8Array(bytes) }],
});

/** What a run and its preflight say of one appointment. */
async function refusal(capabilities: object, fields: object): Promise<readonly unknown[]> {
  const transport = fakeTransport({ capabilities });
  await using runner = await createRunner({ transport });
  const run = { mailboxes: [ALFRED], factory: lessonWith({ ...fields }) };
  const { failures } = await runner.run(run);
  const { findings } = await runner.preflight(run);
  expect(transport.saves).toEqual([]);
  return [failures[0]?.error, findings.find(({ severity }) => severity === 'error')].map(
    (one) => one && [one.code, one.field, one.hint],
  );
}

describe('what a transport cannot save is refused by name, in preflight too', () => {
  it.each([
    [{ maxAttachmentBytes: 0 }, attached(1), 'attachments', 'It takes none.'],
    [{ maxAttachmentBytes: 0 }, attached(0), 'attachments', 'It takes none.'],
    [{ maxAttachmentBytes: 10 }, attached(11), 'attachments', 'It takes at most 10 bytes of them.'],
    [
      { onlineMeetings: false },
      { onlineMeeting: true },
      'onlineMeeting',
      'Put the link of a meeting that exists into the location or the body.',
    ],
  ])('%j: %#', async (capabilities, fields, field, hint) => {
    const said = ['unsupported', field, hint];
    expect(await refusal(capabilities, fields)).toEqual([said, said]);
  });
});

describe('attachments', () => {
  it('of several appointments are saved together as far as the transport allows', async () => {
    const transport = fakeTransport({ capabilities: { maxAttachmentBytes: 10 } });
    await using runner = await createRunner({ transport });
    const sizes = [4, 6, 1, 10, 0, 0];
    const factories = Object.fromEntries(sizes.map((size, n) => [`n${n}`, lessonWith({ ...attached(size) })]));
    expect((await runner.run({ mailboxes: [ALFRED], factories })).counts.done).toBe(6);
    expect(transport.saves.map(({ items }) => items.length)).toEqual([2, 1, 3]);
  });
});

function versioned(version: string, fields: object): IAppointmentFactory {
  return { ...lessonWith({ ...fields }), version };
}

describe('a field that the transport cannot change', () => {
  it('is refused by name in a revision, and nothing of the item is changed', async () => {
    const transport = fakeTransport({ capabilities: { unchangeableFields: ['attachments'] } });
    await using runner = await createRunner({ transport, ledger: memoryLedger() });
    await runner.run({ id: 'x', mailboxes: [ALFRED], factory: versioned('1', attached(3)) });
    for (const [n, change] of [{ subject: 'New', ...attached(4) }, { subject: 'New' }].entries()) {
      const { failures } = await runner.revise('x', { factory: versioned(`2${n}`, change) });
      expect(failures[0]?.error).toMatchObject({ code: 'unsupported', field: 'attachments', mailbox: ALFRED });
    }
    expect(transport.updates).toEqual([]);
    const others = await runner.revise('x', { factory: versioned('3', { subject: 'New', ...attached(3) }) });
    expect(others.failures).toEqual([]);
    expect(transport.stored(ALFRED)[0]?.subject).toBe('New');
  });
});

describe('online meetings', () => {
  const online = lessonWith({ onlineMeeting: true });

  it('are made for one mailbox without a question', async () => {
    const transport = fakeTransport();
    await using runner = await createRunner({ transport });
    expect((await runner.run({ mailboxes: [ALFRED], factory: online })).counts.done).toBe(1);
  });

  it('for many are refused, and none is made, unless the run says how many', async () => {
    const transport = fakeTransport();
    await using runner = await createRunner({ transport });
    const run = { mailboxes: [ALFRED, 'beth@contoso.com'], factory: online };
    const { stopped, counts } = await runner.run(run);
    expect(stopped).toMatchObject({ code: 'too_many_online_meetings', field: 'maxOnlineMeetings' });
    expect([counts.done, transport.saves]).toEqual([0, []]);
    expect((await runner.preflight(run)).findingCounts).toMatchObject({ too_many_online_meetings: 1 });
    const confirmed = await runner.run({ ...run, maxOnlineMeetings: 2 });
    expect([confirmed.stopped, confirmed.counts.done]).toEqual([undefined, 2]);
  });

  it('count in a revision as well', async () => {
    const transport = fakeTransport();
    await using runner = await createRunner({ transport, ledger: memoryLedger() });
    const mailboxes = [ALFRED, 'beth@contoso.com'];
    await runner.run({ id: 'x', mailboxes, factory: { ...lessonWith({}), version: '1' } });
    const factory = { ...online, version: '2' };
    expect((await runner.revise('x', { factory })).stopped).toMatchObject({ code: 'too_many_online_meetings' });
    expect(transport.updates).toEqual([]);
    const { counts } = await runner.revise('x', { factory, maxOnlineMeetings: Infinity });
    expect(counts.done).toBe(2);
  });

  it.each([-1, '1', Number.NaN])('%j is no number of them', async (maxOnlineMeetings) => {
    await using runner = await createRunner({ transport: fakeTransport() });
    const run = { mailboxes: [ALFRED], factory: online, maxOnlineMeetings: maxOnlineMeetings as number };
    await expect(runner.run(run)).rejects.toMatchObject({ code: 'invalid_options', field: 'maxOnlineMeetings' });
  });
});

it('texts are chosen by the mailbox’s attribute language', async () => {
  const transport = fakeTransport();
  await using runner = await createRunner({ transport });
  const factory = lessonWith({ subject: { byLanguage: { de: 'Tennisstunde' }, fallback: 'Lesson' } });
  const mailboxes = [{ smtp: ALFRED, attributes: { language: 'de-AT' } }, 'beth@contoso.com'];
  await runner.run({ mailboxes, factory });
  expect(mailboxes.map((_, n) => transport.stored(n === 0 ? ALFRED : 'beth@contoso.com')[0]?.subject)).toEqual([
    'Tennisstunde',
    'Lesson',
  ]);
});
