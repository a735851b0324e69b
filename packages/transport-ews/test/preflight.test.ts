import { createRunner, type IAppointmentFactory, type ImpersonationRunner } from '@appointed/core';
import { type Sandbox, startSandbox } from '@appointed/sandbox';
import { basic } from '@appointed/transport-ews';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SECRET, transportTo } from './placing.js';

const ALFRED = 'alfred@contoso.com';
const TRAINER = 'trainer@contoso.com';
const PRESIDENT = 'president@contoso.com';

const lesson: IAppointmentFactory = {
  getAppointment: ({ mailbox, startedAt }) => ({
    subject: `Lesson of ${mailbox.id}`,
    start: new Date(startedAt.getTime() + 86_400_000),
    end: new Date(startedAt.getTime() + 90_000_000),
    requiredAttendees: [TRAINER],
  }),
};

let exchange: Sandbox;
let runner: ImpersonationRunner;

beforeAll(async () => {
  exchange = await startSandbox({
    mailboxes: [
      { address: ALFRED, aliases: ['freddie@contoso.com'], principalName: 'alfred@corp.local' },
      { address: 'berta@contoso.com' },
      { address: TRAINER },
      { address: PRESIDENT },
    ],
    serviceAccounts: [{ user: 'svc', password: SECRET, impersonates: ['*@contoso.com', `!${PRESIDENT}`] }],
  });
  runner = await createRunner({ transport: transportTo(exchange.ewsUrl) });
});

afterAll(async () => {
  await runner.close();
  await exchange.close();
});

it('preflight asks Exchange who is there, who may be acted for and who is the same person, and writes nothing', async () => {
  const mailboxes = [ALFRED, { upn: 'alfred@corp.local' }, 'nobody@contoso.com', PRESIDENT, 'berta@contoso.com'];
  const plan = await runner.preflight({ mailboxes, factory: lesson });
  expect(plan.findings).toMatchObject([
    { severity: 'error', code: 'same_mailbox', message: `rows 1 and 2 are the same mailbox, ${ALFRED}` },
    { severity: 'error', code: 'server_rejected', row: 3, serverCode: 'ErrorNonExistentMailbox' },
    { severity: 'error', code: 'server_rejected', row: 4, serverCode: 'ErrorImpersonateUserDenied' },
  ]);
  expect(plan.counts).toMatchObject({ mailboxes: 5, invitations: 5, recipients: 1 });
  expect(plan.topRecipients).toEqual([{ address: TRAINER, invitations: 5 }]);
  for (const mailbox of [ALFRED, 'berta@contoso.com', TRAINER]) expect(exchange.items(mailbox)).toEqual([]);
});

it('a run does what a preflight has planned, and nothing else', async () => {
  const options = { id: 'lessons', mailboxes: [ALFRED, 'berta@contoso.com'], factory: lesson };
  const plan = await runner.preflight(options);
  expect(plan.findings).toEqual([]);
  const other = await runner.run({ ...options, mailboxes: [ALFRED], plan: plan.hash });
  expect(other.stopped).toMatchObject({ code: 'plan_changed' });
  expect(exchange.items(ALFRED)).toEqual([]);
  const { counts, startedAt } = await runner.run({ ...options, plan: plan.hash });
  expect(counts).toMatchObject({ done: 2 });
  expect(startedAt.toISOString()).toBe(plan.startedAt);
  expect(exchange.items(ALFRED).map(({ subject }) => subject)).toEqual([`Lesson of ${ALFRED}`]);
});

it('preflight makes no plan where the server does not let the service account in', async () => {
  const credentials = basic({ user: 'svc', password: 'wrong' });
  await using locked = await createRunner({ transport: transportTo(exchange.ewsUrl, { credentials }) });
  const plan = locked.preflight({ mailboxes: [ALFRED], factory: lesson });
  await expect(plan).rejects.toMatchObject({ code: 'sign_in_failed' });
});
