import type { LifecycleEvents, VerifyReport } from '@appointed/core';
import type { FakeTransport } from '@appointed/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addresses, lesson } from './lesson.js';
import { passTime, stopTime } from './passing-time.js';
import { itemOf, ONE, placed, RUN, THREE, TWO } from './placed.js';
import { deferred, lost, rejected, unseen } from './scripted-outcomes.js';

beforeEach(stopTime);
afterEach(() => {
  vi.useRealTimers();
});

/** As a request does that the server stores long after it was given up. */
async function storeAgain(transport: FakeTransport, which: number): Promise<void> {
  const { mailbox, items } = transport.saves[which] ?? {};
  if (mailbox === undefined || items === undefined) throw new Error('there was no such save');
  const call = { signal: new AbortController().signal, sendBy: Date.now() + 1000, timeoutMs: 1000 };
  await passTime(transport.save({ mailbox, items, sendMode: 'none' }, call));
}

function kinds({ findings }: VerifyReport): readonly string[] {
  return findings.map(({ mailbox, kind }) => `${mailbox} ${kind}`);
}

describe('comparing a run with the server', () => {
  it('finds nothing where all is as the ledger says', async () => {
    const { transport, runner } = await placed();
    transport.owner.move(ONE, itemOf(transport, ONE));
    transport.owner.copy(TWO, itemOf(transport, TWO));
    const report = await passTime(runner.verify(RUN));
    expect(report.counts).toMatchObject({ placements: 3, right: 3 });
    expect(report.findings).toEqual([]);
  });

  it('finds what is missing, deleted and double', async () => {
    const { transport, runner } = await placed();
    transport.owner.purge(ONE, itemOf(transport, ONE));
    transport.owner.delete(TWO, itemOf(transport, TWO));
    await storeAgain(transport, 2);
    const found: LifecycleEvents['differenceFound'][] = [];
    runner.on('differenceFound', (event) => found.push(event));
    const report = await passTime(runner.verify(RUN));
    expect(kinds(report)).toEqual([`${ONE} missing`, `${TWO} deleted`, `${THREE} double`]);
    expect(report.counts).toMatchObject({ placements: 3, right: 0, missing: 1, deleted: 1, double: 1 });
    expect(found.map(({ finding }) => finding.kind).toSorted()).toEqual(['deleted', 'double', 'missing']);
    expect(transport.stored(THREE)).toHaveLength(2);
  });

  it('removes what is double if that is asked: silently, all but the one that the ledger knows', async () => {
    const { transport, runner } = await placed();
    const known = itemOf(transport, ONE);
    await storeAgain(transport, 0);
    await storeAgain(transport, 0);
    const report = await passTime(runner.verify(RUN, { repair: true }));
    expect(report.findings).toMatchObject([{ mailbox: ONE, kind: 'double', tooMany: 2, removed: 2 }]);
    expect(transport.stored(ONE).map(({ itemId }) => itemId)).toEqual([known]);
    expect(transport.removals.map(({ sendMode }) => sendMode)).toEqual(['none', 'none']);
    expect((await passTime(runner.verify(RUN))).counts).toMatchObject({ right: 3, double: 0 });
  });

  it('finds what arrived although the run had given it up, and continuing the run takes it in', async () => {
    let isLost = true;
    const { transport, runner } = await placed({}, ({ mailbox, verb }) =>
      mailbox.id === TWO && verb === 'save' && isLost ? unseen : undefined,
    );
    isLost = false;
    expect(transport.stored(TWO)).toEqual([]);
    await storeAgain(
      transport,
      transport.saves.findIndex(({ mailbox }) => mailbox.id === TWO),
    );
    expect(kinds(await passTime(runner.verify(RUN)))).toEqual([`${TWO} foreign`]);
    const report = await passTime(runner.run({ id: RUN, mailboxes: addresses(3), factory: lesson }));
    expect(report.counts).toMatchObject({ already: 2, done: 1 });
    expect(transport.stored(TWO)).toHaveLength(1);
    expect((await passTime(runner.verify(RUN))).counts).toMatchObject({ right: 3 });
  });

  it('asks each mailbox for its own, also where a list that has changed gave a row anew', async () => {
    const { transport, runner } = await placed();
    await passTime(runner.reconcile(RUN, { mailboxes: [ONE, 'new@contoso.com'], factory: lesson }));
    expect((await passTime(runner.verify(RUN))).counts).toMatchObject({ placements: 4, right: 4 });
    expect(transport.stored('new@contoso.com')).toHaveLength(1);
  });

  it('says whom it could not ask', async () => {
    const { runner } = await placed({}, ({ mailbox, verb }) => {
      if (verb !== 'find') return undefined;
      return mailbox.id === TWO ? rejected('ErrorAccessDenied') : undefined;
    });
    const report = await passTime(runner.verify(RUN));
    expect(report.findings).toMatchObject([{ mailbox: TWO, kind: 'unread', error: { code: 'server_rejected' } }]);
    expect(report.counts).toMatchObject({ right: 2, unread: 1 });
  });

  it.each([
    ['busy', deferred],
    ['silent', unseen],
  ])('asks again where the server was %s', async (_name, answer) => {
    const { runner } = await placed({}, ({ verb, nth }) => (verb === 'find' && nth < 3 ? answer : undefined));
    expect((await passTime(runner.verify(RUN))).counts).toMatchObject({ right: 3 });
  });

  it('passes over those for whom nothing was ever sent, and those who are excluded', async () => {
    const { transport, runner } = await placed();
    const finds = vi.spyOn(transport, 'find');
    const report = await passTime(runner.verify(RUN, { exclude: [ONE] }));
    expect(report.counts.placements).toBe(2);
    expect(finds.mock.calls.map(([mailbox]) => mailbox.id)).toEqual([TWO, THREE]);
  });

  it('says what is there although it was taken back', async () => {
    const { transport, runner } = await placed();
    await passTime(runner.retract(RUN));
    await storeAgain(transport, 0);
    expect(kinds(await passTime(runner.verify(RUN)))).toEqual([`${ONE} foreign`]);
  });

  it('ends when it is aborted, and says so', async () => {
    const { runner } = await placed();
    const report = await passTime(runner.verify(RUN, { signal: AbortSignal.abort(new Error('enough')) }));
    expect(report.stopped).toMatchObject({ code: 'aborted' });
    expect(report.counts.placements).toBe(0);
  });

  it('is refused for a run that nobody knows, and with a misspelt option', async () => {
    const { runner } = await placed();
    await expect(runner.verify('autumn')).rejects.toMatchObject({ code: 'run_unknown' });
    const misspelt = { repairs: true } as object;
    await expect(runner.verify(RUN, misspelt)).rejects.toMatchObject({ code: 'invalid_options', field: 'repairs' });
  });

  it('changes nothing in the ledger', async () => {
    const { transport, runner } = await placed({}, [lost]);
    transport.owner.purge(ONE, itemOf(transport, ONE));
    await passTime(runner.verify(RUN));
    const report = await passTime(runner.run({ id: RUN, mailboxes: addresses(3), factory: lesson }));
    expect(report.counts).toMatchObject({ already: 3, done: 0 });
  });
});
