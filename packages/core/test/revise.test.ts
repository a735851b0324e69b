import {
  type AppointmentInput,
  createRunner,
  type IAppointmentFactory,
  type LifecycleEvents,
  memoryLedger,
} from '@appointed/core';
import { fakeTransport } from '@appointed/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addresses, LESSON, lesson, lessonWith } from './lesson.js';
import { passTime, stopTime } from './passing-time.js';
import { itemOf, ONE, placed, RUN, THREE, TWO } from './placed.js';
import { rowsOf } from './rows-of.js';
import { deferred, lost, unseen } from './scripted-outcomes.js';

beforeEach(stopTime);
afterEach(() => {
  vi.useRealTimers();
});

const LATER: Partial<AppointmentInput> = {
  start: new Date('2027-01-16T09:00:00Z'),
  end: new Date('2027-01-16T10:00:00Z'),
};

function version(name: string): IAppointmentFactory {
  return { ...lessonWith({ subject: name }), version: name };
}

describe('revising a run', () => {
  it('changes what it has placed to what the factory says now', async () => {
    const { transport, runner } = await placed();
    const report = await passTime(runner.revise(RUN, { factory: lessonWith({ subject: 'Match' }) }));
    expect(report).toMatchObject({ verb: 'revise', counts: { done: 3, skipped: 0, rejected: 0 } });
    expect([ONE, TWO, THREE].map((one) => transport.stored(one)[0]?.subject)).toEqual(['Match', 'Match', 'Match']);
  });

  it('writes the fields that differ, and no others', async () => {
    const { transport, runner } = await placed({ location: 'Court 1', showAs: 'busy' });
    const updated: LifecycleEvents['placementUpdated'][] = [];
    runner.on('placementUpdated', (event) => updated.push(event));
    await passTime(runner.revise(RUN, { factory: lessonWith({ location: 'Court 2', showAs: 'busy' }) }));
    expect(transport.updates.map(({ set, clear }) => [set, clear])).toEqual(
      Array.from({ length: 3 }, () => [{ location: 'Court 2' }, []]),
    );
    expect(updated.map(({ mailbox, fields }) => [mailbox.id, fields])).toEqual(
      [ONE, TWO, THREE].map((one) => [one, ['location']]),
    );
  });

  it('asks the server for no change where there is none', async () => {
    const { transport, runner } = await placed();
    const report = await passTime(runner.revise(RUN, { factory: lesson }));
    expect(report.counts.done).toBe(3);
    expect(transport.updates).toEqual([]);
  });

  it('empties fields that are not wanted any more', async () => {
    const { transport, runner } = await placed({ location: 'Court 1', categories: ['Sport'] });
    await passTime(runner.revise(RUN, { factory: lesson }));
    expect(transport.updates[0]).toMatchObject({ set: {}, clear: ['location', 'categories'] });
    expect(transport.stored(ONE)[0]?.fields.location).toBeUndefined();
  });

  it('moves start and end together', async () => {
    const { transport, runner } = await placed();
    const longer = lessonWith({ end: new Date('2027-01-15T11:00:00Z') });
    await passTime(runner.revise(RUN, { factory: longer }));
    expect(Object.keys(transport.updates[0]?.set ?? {}).toSorted()).toEqual(['end', 'start']);
  });

  it('finds an item where its owner has moved it', async () => {
    const { transport, runner } = await placed();
    transport.owner.move(ONE, itemOf(transport, ONE));
    await passTime(runner.revise(RUN, { factory: lessonWith({ subject: 'Match' }) }));
    expect(transport.stored(ONE)[0]).toMatchObject({ subject: 'Match', place: 'elsewhere' });
  });

  it('leaves the run open, with the factory that it has now', async () => {
    const { runner } = await placed();
    const version2 = { version: '2', getAppointment: () => ({ ...LESSON, subject: 'Match' }) };
    await passTime(runner.revise(RUN, { factory: version2 }));
    const before = runner.run({ id: RUN, mailboxes: addresses(4), factory: lesson });
    await expect(before).rejects.toMatchObject({ code: 'factory_changed' });
    const report = await passTime(runner.run({ id: RUN, mailboxes: addresses(4), factory: version2 }));
    expect(report.counts).toMatchObject({ already: 3, done: 1 });
  });

  it.each([
    ['with updates to the attendees of a meeting', ['a@contoso.com'], {}, 'allAndSaveCopy'],
    ['silently where nobody is invited', [], {}, 'none'],
    ['as it is told', ['a@contoso.com'], { sendMode: 'changed' }, 'changed'],
  ] as const)('is done %s', async (_name, requiredAttendees, options, expected) => {
    const { transport, runner } = await placed({ requiredAttendees });
    await passTime(runner.revise(RUN, { factory: lessonWith({ requiredAttendees, ...LATER }), ...options }));
    expect(transport.updates[0]?.sendMode).toBe(expected);
  });

  it('tells those who are invited no more', async () => {
    const { transport, runner } = await placed({ requiredAttendees: ['a@contoso.com'] });
    await passTime(runner.revise(RUN, { factory: lesson }));
    expect(transport.updates[0]).toMatchObject({ clear: ['requiredAttendees'], sendMode: 'allAndSaveCopy' });
  });

  it('mails no more updates than are allowed, and none if there are more', async () => {
    const requiredAttendees = ['a@contoso.com'];
    const { transport, ledger, runner } = await placed({ requiredAttendees });
    const revised = { factory: lessonWith({ requiredAttendees, ...LATER }) };
    const refused = await passTime(runner.revise(RUN, { ...revised, maxInvitations: 2 }));
    expect(refused.stopped).toMatchObject({ code: 'too_many_invitations' });
    expect(transport.updates).toEqual([]);
    expect(
      (await rowsOf(ledger, RUN)).every(({ receipt, written }) => receipt !== undefined && written !== undefined),
    ).toBe(true);
    const allowed = await passTime(runner.revise(RUN, { ...revised, maxInvitations: 3 }));
    expect(allowed.counts).toMatchObject({ done: 3 });
    expect(transport.updates).toHaveLength(3);
  });

  it('is refused for a slot that the run has not, and for a run that nobody knows', async () => {
    const { runner } = await placed();
    await expect(runner.revise(RUN, { factories: { dinner: lesson } })).rejects.toMatchObject({ code: 'run_mismatch' });
    await expect(runner.revise('autumn', { factory: lesson })).rejects.toMatchObject({ code: 'run_unknown' });
  });

  it('needs no ledger for mailboxes that are named, but leave to overwrite', async () => {
    const { transport } = await placed();
    const elsewhere = await createRunner({ transport });
    const revision = { mailboxes: addresses(3), factory: lessonWith({ subject: 'Match' }) };
    await expect(elsewhere.revise(RUN, revision)).rejects.toMatchObject({ code: 'run_unknown', field: 'overwrite' });
    const report = await passTime(elsewhere.revise(RUN, { ...revision, overwrite: true }));
    expect(report.counts).toMatchObject({ rows: 3, done: 3 });
    expect(transport.stored(TWO)[0]?.subject).toBe('Match');
  });

  it('concerns the mailboxes that are named', async () => {
    const { transport, runner } = await placed();
    await passTime(runner.revise(RUN, { mailboxes: [TWO], factory: lessonWith({ subject: 'Match' }) }));
    expect([ONE, TWO, THREE].map((one) => transport.stored(one)[0]?.subject)).toEqual(['Lesson', 'Match', 'Lesson']);
  });
});

describe('what people have changed', () => {
  it('is left alone and reported, and the rest is revised', async () => {
    const { transport, ledger, runner } = await placed({ location: 'Court 1' });
    transport.owner.edit(ONE, itemOf(transport, ONE), { location: 'My garden' });
    const revised = lessonWith({ location: 'Court 2', subject: 'Match' });
    const report = await passTime(runner.revise(RUN, { factory: revised }));
    expect(report.counts).toMatchObject({ done: 2, skipped: 1 });
    expect(report.failures).toMatchObject([
      { mailbox: ONE, kind: 'skipped', error: { code: 'changed_by_owner', field: 'location' } },
    ]);
    expect(transport.stored(ONE)[0]?.fields).toMatchObject({ subject: 'Match', location: 'My garden' });
    expect((await rowsOf(ledger, RUN))[0]).toMatchObject({ state: 'done', error: { code: 'changed_by_owner' } });
  });

  it('is left alone by the next revision, too', async () => {
    const { transport, runner } = await placed({ location: 'Court 1' });
    transport.owner.edit(ONE, itemOf(transport, ONE), { location: 'My garden' });
    await passTime(runner.revise(RUN, { factory: lessonWith({ location: 'Court 2' }) }));
    const report = await passTime(runner.revise(RUN, { factory: lessonWith({ location: 'Court 3' }) }));
    expect(report.failures).toMatchObject([{ mailbox: ONE, error: { code: 'changed_by_owner' } }]);
    expect(transport.stored(ONE)[0]?.fields.location).toBe('My garden');
    expect(transport.stored(TWO)[0]?.fields.location).toBe('Court 3');
  });

  it('is no matter where the revision does not concern it', async () => {
    const { transport, runner } = await placed({ location: 'Court 1' });
    transport.owner.edit(ONE, itemOf(transport, ONE), { location: 'My garden' });
    const report = await passTime(
      runner.revise(RUN, { factory: lessonWith({ location: 'Court 1', subject: 'Match' }) }),
    );
    expect(report.counts).toMatchObject({ done: 3, skipped: 0 });
    expect(transport.stored(ONE)[0]?.fields).toMatchObject({ subject: 'Match', location: 'My garden' });
  });

  it('is no matter where it is a reminder that was dismissed', async () => {
    const { transport, runner } = await placed({ reminder: { minutesBefore: 10 } });
    transport.owner.edit(ONE, itemOf(transport, ONE), { reminder: false });
    const moved = lessonWith({ ...LATER, reminder: { minutesBefore: 10 } });
    expect((await passTime(runner.revise(RUN, { factory: moved }))).counts).toMatchObject({ done: 3, skipped: 0 });
    expect(transport.stored(ONE)[0]?.fields.reminder).toBe(false);
    const earlier = lessonWith({ ...LATER, reminder: { minutesBefore: 30 } });
    expect((await passTime(runner.revise(RUN, { factory: earlier }))).counts).toMatchObject({ done: 3, skipped: 0 });
    expect(transport.stored(ONE)[0]?.fields.reminder).toEqual({ minutesBefore: 30 });
  });

  it('is no conflict when it is what is wanted now', async () => {
    const { transport, runner } = await placed({ location: 'Court 1' });
    transport.owner.edit(ONE, itemOf(transport, ONE), { location: ' court  2' });
    transport.owner.edit(TWO, itemOf(transport, TWO), { location: 'Court 2 ' });
    const report = await passTime(runner.revise(RUN, { factory: lessonWith({ location: 'Court 2' }) }));
    expect(report.failures.map(({ mailbox }) => mailbox)).toEqual([ONE]);
    expect(transport.updates.map(({ mailbox }) => mailbox.id)).toEqual([THREE]);
  });

  it('is kept whole: who has moved the end keeps the start', async () => {
    const { transport, runner } = await placed();
    transport.owner.edit(ONE, itemOf(transport, ONE), { start: LESSON.start, end: new Date('2027-01-15T12:00:00Z') });
    await passTime(runner.revise(RUN, { factory: lessonWith({ ...LATER, subject: 'Match' }) }));
    expect(transport.stored(ONE)[0]?.fields).toMatchObject({
      subject: 'Match',
      start: { epochMs: Date.parse('2027-01-15T09:00:00Z') },
      end: { epochMs: Date.parse('2027-01-15T12:00:00Z') },
    });
  });

  it('is written over if that is asked', async () => {
    const { transport, runner } = await placed({ location: 'Court 1' });
    transport.owner.edit(ONE, itemOf(transport, ONE), { location: 'My garden' });
    const report = await passTime(
      runner.revise(RUN, { factory: lessonWith({ location: 'Court 2' }), overwrite: true }),
    );
    expect(report.counts).toMatchObject({ done: 3, skipped: 0 });
    expect(transport.stored(ONE)[0]?.fields.location).toBe('Court 2');
  });

  it('is safe in a field that was empty: an attendee whom the owner has added stays', async () => {
    const { transport, runner } = await placed();
    transport.owner.edit(ONE, itemOf(transport, ONE), { requiredAttendees: ['friend@contoso.com'] });
    await passTime(runner.revise(RUN, { factory: lessonWith({ requiredAttendees: ['trainer@contoso.com'] }) }));
    expect(transport.stored(ONE)[0]?.fields.requiredAttendees).toMatchObject([{ address: 'friend@contoso.com' }]);
    expect(transport.stored(TWO)[0]?.fields.requiredAttendees).toMatchObject([{ address: 'trainer@contoso.com' }]);
  });

  it.each(['delete', 'purge'] as const)('is not placed again: %s', async (deletes) => {
    const { transport, ledger, runner } = await placed();
    transport.owner[deletes](ONE, itemOf(transport, ONE));
    const factory = lessonWith({ subject: 'Match' });
    const report = await passTime(runner.revise(RUN, { factory }));
    expect(report.counts).toMatchObject({ done: 2, skipped: 1 });
    expect(report.failures).toMatchObject([{ mailbox: ONE, error: { code: 'removed_by_owner' } }]);
    await passTime(runner.run({ id: RUN, mailboxes: addresses(3), factory }));
    expect(transport.stored(ONE)).toEqual([]);
    expect((await rowsOf(ledger, RUN))[0]).toMatchObject({ state: 'done', error: { code: 'removed_by_owner' } });
  });

  it('is looked at again when it changes in that very moment', async () => {
    const { transport, runner } = await placed();
    const update = transport.update.bind(transport);
    vi.spyOn(transport, 'update').mockImplementationOnce(async (mailbox, ...rest) => {
      transport.owner.edit(mailbox.id, itemOf(transport, mailbox.id), { location: 'My garden' });
      return update(mailbox, ...rest);
    });
    const report = await passTime(runner.revise(RUN, { factory: lessonWith({ subject: 'Match' }) }));
    expect(report.counts.done).toBe(3);
    expect(transport.stored(ONE)[0]?.fields).toMatchObject({ subject: 'Match', location: 'My garden' });
  });
});

describe('a revision that does not succeed at once', () => {
  it.each([
    ['deferred', deferred],
    ['of which nobody knows', unseen],
    ['that was made, although its answer was lost', { ...unseen, stored: true }],
  ])('%s is tried again', async (_name, answer) => {
    const { transport, runner } = await placed({}, ({ verb, nth }) =>
      verb === 'update' && nth === 1 ? answer : undefined,
    );
    const report = await passTime(runner.revise(RUN, { factory: lessonWith({ subject: 'Match' }) }));
    expect(report.counts).toMatchObject({ done: 3, skipped: 0 });
    expect([ONE, TWO, THREE].map((one) => transport.stored(one)[0]?.subject)).toEqual(['Match', 'Match', 'Match']);
  });

  it('is finished before it is revised to something else', async () => {
    const { runner } = await placed();
    const abort = AbortSignal.abort();
    await passTime(runner.revise(RUN, { factory: version('Match'), signal: abort }));
    await expect(runner.revise(RUN, { factory: version('Final') })).rejects.toMatchObject({ code: 'run_unfinished' });
    await passTime(runner.revise(RUN, { factory: version('Match') }));
    expect((await passTime(runner.revise(RUN, { factory: version('Final') }))).counts.done).toBe(3);
  });

  it('is finished before the run is continued', async () => {
    const { transport, ledger, runner } = await placed();
    const abort = new AbortController();
    const factory = lessonWith({ subject: 'Match' });
    const onPlacement = (): void => abort.abort();
    await passTime(runner.revise(RUN, { factory, signal: abort.signal, onPlacement }));
    await expect(runner.run({ id: RUN, mailboxes: addresses(3), factory })).rejects.toMatchObject({
      code: 'run_unfinished',
    });
    await passTime(runner.revise(RUN, { factory }));
    expect([ONE, TWO, THREE].map((one) => transport.stored(one)[0]?.subject)).toEqual(['Match', 'Match', 'Match']);
    const report = await passTime(runner.run({ id: RUN, mailboxes: addresses(3), factory }));
    expect(report.counts.already).toBe(3);
    expect((await rowsOf(ledger, RUN)).map(({ state }) => state)).toEqual(['done', 'done', 'done']);
  });

  it('knows what was written although the answer of the save was lost', async () => {
    const transport = fakeTransport({ script: [lost] });
    const runner = await createRunner({ transport, ledger: memoryLedger() });
    await passTime(
      runner.run({ id: RUN, lookup: 'never', mailboxes: [ONE], factory: lessonWith({ location: 'Court 1' }) }),
    );
    transport.owner.edit(ONE, itemOf(transport, ONE), { location: 'My garden' });
    const report = await passTime(runner.revise(RUN, { factory: lessonWith({ location: 'Court 2' }) }));
    expect(report.failures).toMatchObject([{ error: { code: 'changed_by_owner', field: 'location' } }]);
  });

  it('leaves what was never placed to the run', async () => {
    const transport = fakeTransport({ script: Array.from({ length: 9 }, () => unseen) });
    const runner = await createRunner({ transport, ledger: memoryLedger() });
    await passTime(runner.run({ id: RUN, lookup: 'never', mailboxes: [ONE], factory: lesson, maxAttempts: 1 }));
    const factory = lessonWith({ subject: 'Match' });
    const revised = await passTime(runner.revise(RUN, { factory }));
    expect(transport.stored(ONE)).toEqual([]);
    expect(revised.counts.done).toBe(0);
    await passTime(runner.run({ id: RUN, mailboxes: [ONE], factory, maxAttempts: 9 }));
    expect(transport.stored(ONE).map(({ subject }) => subject)).toEqual(['Match']);
  });
});
