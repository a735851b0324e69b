import type { AppointmentInput, FactoryContext } from '@appointed/core';
import type { FaultRule } from '@appointed/sandbox';

export const RUN_ID = 'kill-and-resume';
export const CREDENTIALS = { user: 'svc', password: 'only-for-the-trial' };
export const APPLICATION = { clientId: 'app', clientSecret: 'only-for-the-trial' };
export const IN_FLIGHT = 16;
/** How long after the client has given up the server may still store. */
const LATE_MS = 300;
/** From its claim on a placement has this long until it must be sent; each of its requests may take as long. */
const REQUEST_TIMEOUT_MS = 1500;

/** A request that was given up settles within the settle time: what is promised holds for that. */
export const PATIENT = { requestTimeoutMs: REQUEST_TIMEOUT_MS, settleMs: 800, maxAttempts: 20 };
/** It does not: there may be duplicates, and they must be found. */
export const IMPATIENT = { ...PATIENT, settleMs: 20 };

const WRITES = [
  'CreateItem',
  'UpdateItem',
  'DeleteItem',
  'POST /users/{id}/events',
  'PATCH /users/{id}/events/{event}',
  'DELETE /users/{id}/events/{event}',
];
const READS = [
  'FindItem',
  'GetItem',
  'GET /users/{id}/calendars',
  'GET /users/{id}/events',
  'GET /users/{id}/events/{event}',
];

/** A tenth of all writes goes wrong, half of those with the item stored. */
export const FAULTS: readonly FaultRule[] = [
  { fault: 'latency', ms: { min: 0, max: 20 } },
  ...WRITES.flatMap((operation): readonly FaultRule[] => [
    { operation, probability: 0.03, fault: 'reset', stored: 'before' },
    { operation, probability: 0.01, fault: 'reset', stored: 'late', lateMs: LATE_MS },
    { operation, probability: 0.01, fault: 'silence', stored: 'late', lateMs: LATE_MS },
    { operation, probability: 0.01, fault: 'status', status: 503, stored: 'before' },
    { operation, probability: 0.01, fault: 'cut' },
    { operation, probability: 0.01, fault: 'reset' },
    { operation, probability: 0.02, fault: 'busy', backOffMs: 50 },
  ]),
  ...READS.map((operation): FaultRule => ({ operation, probability: 0.05, fault: 'reset' })),
];

/** What is given up is stored much later, and nothing else goes wrong. */
export const LATE_FAULTS: readonly FaultRule[] = [
  { operation: 'CreateItem', probability: 0.1, fault: 'reset', stored: 'late', lateMs: 5000 },
];

export function addressesOf(mailboxes: number): readonly string[] {
  return Array.from({ length: mailboxes }, (_, n) => `user${n}@contoso.com`);
}

export function lessonFor({ mailbox }: FactoryContext): AppointmentInput {
  return {
    subject: lessonOf(mailbox.id),
    start: new Date('2027-01-15T09:00:00Z'),
    end: new Date('2027-01-15T10:00:00Z'),
  };
}

export function matchFor(context: FactoryContext): AppointmentInput {
  return { ...lessonFor(context), subject: matchOf(context.mailbox.id) };
}

export function lessonOf(address: string): string {
  return `Lesson for ${address}`;
}

export function matchOf(address: string): string {
  return `Match of ${address}`;
}
