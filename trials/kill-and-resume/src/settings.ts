import type { AppointmentInput, FactoryContext } from '@appointed/core';
import type { FaultRule } from '@appointed/sandbox';

export const RUN_ID = 'kill-and-resume';
export const CREDENTIALS = { user: 'svc', password: 'only-for-the-trial' };
export const IN_FLIGHT = 16;

/** Milliseconds. A request that was given up settles within the settle time: what is promised holds for that. */
export const TIMES = { requestTimeoutMs: 400, settleMs: 700 };
const LATE_MS = 300;

/** A tenth of all writes goes wrong, half of those with the item stored. */
export const FAULTS: readonly FaultRule[] = [
  { fault: 'latency', ms: { min: 0, max: 20 } },
  { operation: 'CreateItem', probability: 0.03, fault: 'reset', stored: 'before' },
  { operation: 'CreateItem', probability: 0.01, fault: 'reset', stored: 'late', lateMs: LATE_MS },
  { operation: 'CreateItem', probability: 0.01, fault: 'silence', stored: 'late', lateMs: LATE_MS },
  { operation: 'CreateItem', probability: 0.01, fault: 'status', status: 503, stored: 'before' },
  { operation: 'CreateItem', probability: 0.01, fault: 'cut' },
  { operation: 'CreateItem', probability: 0.01, fault: 'reset' },
  { operation: 'CreateItem', probability: 0.02, fault: 'busy', backOffMs: 50 },
  { operation: 'FindItem', probability: 0.05, fault: 'reset' },
];

export function lessonFor({ mailbox }: FactoryContext): AppointmentInput {
  return {
    subject: `Lesson for ${mailbox.id}`,
    start: new Date('2027-01-15T09:00:00Z'),
    end: new Date('2027-01-15T10:00:00Z'),
  };
}
