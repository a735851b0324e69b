import { createRunner } from '@appointed/core';
import { type FaultRule, startSandbox } from '@appointed/sandbox';
import { ntlm } from '@appointed/transport-ews';
import { expect, it } from 'vitest';
import { address } from './contoso.js';
import { SECRET, transportTo } from './placing.js';

const MAILBOXES = Array.from({ length: 60 }, (_, n) => address(n));
const ACCOUNT = { user: 'CONTOSO\\svc', password: SECRET };

/** Connections come to an end, so that handshakes are many. */
const SHORT_LIVED: FaultRule = { fault: 'close', operation: 'CreateItem', per: 'connection', after: 4 };

it.each<[name: string, rule: FaultRule]>([
  ['are reset before the challenge', { fault: 'reset', operation: 'NtlmNegotiate', every: 3 }],
  ['are closed after the challenge', { fault: 'close', operation: 'NtlmNegotiate', every: 3 }],
  ['are reset at their end, nothing stored', { fault: 'reset', operation: 'NtlmAuthenticate', every: 3 }],
  ['are cut at their end, the item stored', { fault: 'cut', operation: 'NtlmAuthenticate', every: 3 }],
])('everybody gets one appointment where handshakes %s', async (_, rule) => {
  await using exchange = await startSandbox({
    mailboxes: MAILBOXES.map((mailbox) => ({ address: mailbox })),
    serviceAccounts: [{ ...ACCOUNT, impersonates: ['*'] }],
    signIn: ['negotiate', 'ntlm'],
    faults: [rule, SHORT_LIVED],
  });
  const transport = transportTo(exchange.ewsUrl, { credentials: ntlm(ACCOUNT) });
  await using runner = await createRunner({ transport, maxInFlight: 8 });
  const start = new Date('2027-01-15T09:00Z');
  const factory = { getAppointment: () => ({ subject: 'Lesson', start, end: new Date('2027-01-15T10:00Z') }) };

  const { counts } = await runner.run({ mailboxes: MAILBOXES, factory, settleMs: 10 });

  expect(counts).toMatchObject({ done: MAILBOXES.length });
  expect(MAILBOXES.map((mailbox) => exchange.items(mailbox).length)).toEqual(MAILBOXES.map(() => 1));
  expect(exchange.control.report().requests.byFault[rule.fault]).toBeGreaterThan(2);
  // What was broken is no wrong password, and nothing was tried as if it were.
  expect(exchange.control.signIns().refused).toEqual({});
});
