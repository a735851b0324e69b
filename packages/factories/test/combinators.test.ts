import { createRunner, type IAppointmentFactory, nativeAppointment, NOTHING, parseMailbox } from '@appointed/core';
import { allDay, onlyFor, perMailbox, tennisLesson, withReminder } from '@appointed/factories';
import { fakeTransport } from '@appointed/testkit';
import { describe, expect, it } from 'vitest';
import { codeOf } from './code-of.js';
import { madeBy } from './made-by.js';

const ALFRED = { smtp: 'alfred@contoso.com', attributes: { team: 'sales' } };
const BETH = { smtp: 'beth@contoso.com', attributes: { team: 'it' } };
const sales = ({ attributes }: { readonly attributes: Readonly<Record<string, string>> }): boolean =>
  attributes['team'] === 'sales';
const away = allDay({ subject: 'Away', start: '2027-12-24' });
const native: IAppointmentFactory = {
  getAppointment: () => nativeAppointment({ transport: 'fake', subject: 'Lesson', attendeeCount: 0 }),
};

async function placed(factory: IAppointmentFactory) {
  const transport = fakeTransport();
  const runner = await createRunner({ transport });
  const { counts } = await runner.run({ mailboxes: [ALFRED, BETH], factory, fallbackTimeZone: 'UTC' });
  return { counts, of: (mailbox: string) => transport.stored(mailbox).map(({ subject }) => subject) };
}

describe('withReminder', () => {
  it('puts a reminder in place of the factory’s own, or takes it away', async () => {
    expect(await madeBy(withReminder(5, tennisLesson()))).toMatchObject({ reminder: { minutesBefore: 5 } });
    expect(await madeBy(withReminder(false, withReminder(5, away)))).toMatchObject({ reminder: false });
  });

  it('leaves nothing as it is, and refuses a native appointment', async () => {
    const nobody = withReminder(
      5,
      onlyFor(() => false, tennisLesson()),
    );
    expect((await placed(nobody)).counts).toMatchObject({ skipped: 2 });
    expect(await codeOf(() => madeBy(withReminder(5, native)))).toBe('unsupported reminder');
  });

  it('has a version of the reminder and the factory', () => {
    const { version } = withReminder(5, away);
    expect(withReminder(5, allDay({ subject: 'Away', start: '2027-12-24' })).version).toBe(version);
    const others = [withReminder(6, away), withReminder(false, away), withReminder(5, tennisLesson())];
    for (const other of others) expect(other.version).not.toBe(version);
  });
});

describe('onlyFor', () => {
  it('has it made for those that are wanted, and passes over the others', async () => {
    const { counts, of } = await placed(onlyFor(sales, tennisLesson()));
    expect(counts).toMatchObject({ done: 1, skipped: 1, rejected: 0 });
    expect([of(ALFRED.smtp), of(BETH.smtp)]).toEqual([['Tennis lesson'], []]);
  });

  it('waits for a predicate that has to look it up', async () => {
    expect((await placed(onlyFor((mailbox) => Promise.resolve(sales(mailbox)), away))).counts).toMatchObject({
      done: 1,
    });
  });

  it('takes no forgotten return for a no', async () => {
    const forgetful = (() => undefined) as unknown as () => boolean;
    expect((await placed(onlyFor(forgetful, away))).counts).toMatchObject({ rejected: 2 });
  });

  it('has a version of the factory and of what the caller says of the predicate', () => {
    const { version } = onlyFor(sales, away, { version: '1' });
    expect(onlyFor(sales, away, { version: '1' }).version).toBe(version);
    expect(onlyFor(sales, away, { version: '2' }).version).not.toBe(version);
    expect(onlyFor(sales, tennisLesson(), { version: '1' }).version).not.toBe(version);
  });
});

describe('perMailbox', () => {
  it('has it made by the factory that is picked, or by none', async () => {
    const lesson = tennisLesson();
    const { counts, of } = await placed(perMailbox((mailbox) => (sales(mailbox) ? lesson : away)));
    expect(counts).toMatchObject({ done: 2 });
    expect([of(ALFRED.smtp), of(BETH.smtp)]).toEqual([['Tennis lesson'], ['Away']]);
    expect((await placed(perMailbox((mailbox) => (sales(mailbox) ? lesson : NOTHING)))).counts).toMatchObject({
      done: 1,
      skipped: 1,
    });
  });

  it('takes no forgotten return for nothing', async () => {
    const forgetful = (() => undefined) as unknown as () => IAppointmentFactory;
    expect((await placed(perMailbox(forgetful))).counts).toMatchObject({ rejected: 2 });
  });

  it('has the version that the caller gives', () => {
    const { version } = perMailbox(() => away, { version: '1' });
    expect(perMailbox(() => tennisLesson(), { version: '1' }).version).toBe(version);
    expect(perMailbox(() => away, { version: '2' }).version).not.toBe(version);
  });

  it('passes on what the run says', async () => {
    const asked = perMailbox(() => ({
      getAppointment: ({ mailbox, startedAt }) => ({ subject: mailbox.id, start: startedAt, end: startedAt }),
    }));
    expect(await madeBy(asked, BETH)).toMatchObject({ subject: parseMailbox(BETH).id, start: { offset: 'Z' } });
  });
});
