import {
  createRunner,
  type IAppointmentFactory,
  type LifecycleEvents,
  nativeAppointment,
  type Plan,
  type PreflightOptions,
} from '@appointed/core';
import { fakeTransport } from '@appointed/testkit';
import { describe, expect, it } from 'vitest';
import { addresses, LESSON, lesson, lessonWith } from './lesson.js';
import { preflight } from './preflighting.js';

const ANNA = 'anna@contoso.com';
const BERT = 'bert@contoso.com';

describe('a preflight sums up', () => {
  it('how many meetings and invitations there would be, and for whom the most', async () => {
    const trainer = 'trainer@contoso.com';
    const factory: IAppointmentFactory = {
      getAppointment: ({ mailbox }) => ({
        ...LESSON,
        requiredAttendees: [trainer.toUpperCase()],
        optionalAttendees: [`buddy-of-${mailbox.id}`],
      }),
    };
    const { plan } = await preflight({ mailboxes: addresses(200), factory, check: 'content' });
    expect(plan.counts).toMatchObject({ placements: 200, meetings: 200, invitations: 400, recipients: 201 });
    expect(plan.topRecipients).toHaveLength(10);
    expect(plan.topRecipients[0]).toEqual({ address: trainer.toUpperCase(), invitations: 200 });
    expect(plan.topRecipients.slice(1).every(({ invitations }) => invitations === 1)).toBe(true);
  });

  it('the most invited, whenever in the list they come', async () => {
    const factory: IAppointmentFactory = {
      getAppointment: ({ mailbox }) => {
        const n = Number(/\d+/.exec(mailbox.id)?.[0]);
        // Twelve people, of whom the n-th gets n invitations, the most invited last.
        const person = Math.ceil((Math.sqrt(8 * n + 1) - 1) / 2);
        return { ...LESSON, requiredAttendees: [`p${person}@contoso.com`] };
      },
    };
    const { plan } = await preflight({ mailboxes: addresses(78), factory, check: 'content' });
    expect(plan.counts.recipients).toBe(12);
    expect(plan.topRecipients.map(({ invitations }) => invitations)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3]);
    expect(plan.topRecipients[0]?.address).toBe('p12@contoso.com');
  });

  it('the most invited, and not who comes once after them', async () => {
    const factory: IAppointmentFactory = {
      getAppointment: ({ mailbox }) => {
        const n = Number(/\d+/.exec(mailbox.id)?.[0]);
        return { ...LESSON, requiredAttendees: [`p${n <= 20 ? n % 10 : n}@contoso.com`] };
      },
    };
    const { plan } = await preflight({ mailboxes: addresses(25), factory, check: 'content' });
    expect(plan.topRecipients.map(({ invitations }) => invitations)).toEqual([2, 2, 2, 2, 2, 2, 2, 2, 2, 2]);
  });

  it('meetings that are saved without invitations as such', async () => {
    const { plan } = await preflight({ factory: lessonWith({ resources: [BERT] }), sendMode: 'none' });
    expect(plan.counts).toMatchObject({ meetings: 1, invitations: 0, recipients: 0 });
  });

  it('the invitations of native appointments, but not whom they are for', async () => {
    const native = nativeAppointment({ transport: 'fake', subject: 'Native', attendeeCount: 3 });
    const { plan } = await preflight({ factory: { getAppointment: () => native } });
    expect(plan.counts).toMatchObject({ meetings: 1, invitations: 3, recipients: 0 });
  });

  it('more invitations or mailboxes than are allowed', async () => {
    const factory = lessonWith({ resources: [BERT] });
    const { plan } = await preflight({ mailboxes: addresses(4), factory, maxInvitations: 3, maxMailboxes: 2 });
    expect(plan.counts).toMatchObject({ mailboxes: 4, invitations: 4 });
    expect(plan.findings).toMatchObject([
      { severity: 'error', code: 'too_many_mailboxes', field: 'maxMailboxes' },
      { severity: 'error', code: 'too_many_invitations', field: 'maxInvitations' },
      { code: 'resource_conflict' },
    ]);
  });

  it('no more of them than are allowed as what they are', async () => {
    const factory = lessonWith({ requiredAttendees: [BERT] });
    const { plan } = await preflight({ mailboxes: addresses(4), factory, maxInvitations: 4, maxMailboxes: 4 });
    expect(plan.findings).toEqual([]);
  });

  it('more than 500 invitations, unless it is told otherwise', async () => {
    const factory = lessonWith({ requiredAttendees: [BERT] });
    const options: Partial<PreflightOptions> = { factory, check: 'content' };
    expect((await preflight({ ...options, mailboxes: addresses(500) })).plan.findings).toEqual([]);
    const { plan } = await preflight({ ...options, mailboxes: addresses(501) });
    expect(plan.findingCounts).toEqual({ too_many_invitations: 1 });
  });

  it('a room that several ask for at the same time, and how many', async () => {
    const room = 'Room1@contoso.com';
    const later = { start: new Date('2027-01-15T10:00:00Z'), end: new Date('2027-01-15T11:00:00Z') };
    const factories = {
      a: lessonWith({ resources: [room] }),
      b: lessonWith({ resources: [room.toLowerCase()] }),
      c: lessonWith({ resources: [room], ...later }),
    };
    const { plan } = await preflight({ mailboxes: [ANNA], factories });
    expect(plan.findings).toMatchObject([
      {
        severity: 'warning',
        code: 'resource_conflict',
        field: 'resources',
        message: 'Room1@contoso.com is asked for 2 times at 2027-01-15T09:00:00Z',
      },
    ]);
  });

  it('of rooms that several ask for the ten most wanted, and how many more there are', async () => {
    const resources = Array.from({ length: 13 }, (_, n) => `room-${n}@contoso.com`);
    const factory = lessonWith({ resources });
    const { plan } = await preflight({ mailboxes: [ANNA, BERT], factory });
    expect(plan.findingCounts).toEqual({ resource_conflict: 11 });
    expect(plan.findings[10]?.message).toMatch(/^3 more times/);
  });
});

describe('the findings', () => {
  it('are kept so that what is wrong with many does not hide what is wrong with one', async () => {
    const { plan } = await many();
    expect(plan.findings).toHaveLength(21);
    expect(plan.findings.at(-1)).toMatchObject({ code: 'duplicate_mailbox', row: 152 });
    expect(plan.findingCounts).toEqual({ invalid_mailbox: 150, duplicate_mailbox: 1 });
    expect(plan.counts).toMatchObject({ errors: 150, warnings: 1 });
  });

  it('are kept up to a hundred', async () => {
    const mailboxes = [...addresses(25)];
    const factories = {
      a: lessonWith({ subject: '' }),
      b: lessonWith({ end: new Date('2027-01-14T09:00:00Z') }),
      c: lessonWith({ start: new Date('2020-01-15T09:00:00Z') }),
      d: { getAppointment: () => Promise.reject(new Error('no database')) },
    };
    const { plan } = await preflight({ mailboxes: [...mailboxes, ...mailboxes], factories }, { denied: mailboxes });
    expect(Object.values(plan.findingCounts)).toEqual([25, 25, 25, 25, 25, 25]);
    expect(plan.findings).toHaveLength(100);
  });

  it('are all told', async () => {
    const { plan, told } = await many();
    expect(told).toHaveLength(151);
    expect(told[0]).toEqual({ runId: 'spring', finding: plan.findings[0] });
  });
});

function* manyRows(): Generator<string> {
  for (let n = 1; n <= 150; n += 1) yield `no mailbox ${n}`;
  yield* [ANNA, ANNA];
}

async function many(): Promise<{ readonly plan: Plan; readonly told: LifecycleEvents['findingMade'][] }> {
  const runner = await createRunner({ transport: fakeTransport() });
  const told: LifecycleEvents['findingMade'][] = [];
  runner.on('findingMade', (event) => told.push(event));
  return { plan: await runner.preflight({ id: 'spring', mailboxes: manyRows(), factory: lesson }), told };
}
