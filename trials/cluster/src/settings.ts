import type { IAppointmentFactory } from '@appointed/core';
import type { FaultRule } from '@appointed/sandbox';

export const RUN_ID = 'cluster';
export const ACCOUNT = { user: 'svc', password: 'only-for-the-trial' };
/** What the server bears. */
export const LIMIT = 27;
/** A request that was given up settles within the settle time. */
export const PATIENT = { requestTimeoutMs: 3000, settleMs: 1000, maxAttempts: 50 };

export const LATENCY: FaultRule = { fault: 'latency', ms: 20 };
/** So slow that workers can be replaced meanwhile. */
export const SLOWNESS: FaultRule = { fault: 'latency', ms: 200 };
export const FAULTS: readonly FaultRule[] = [
  { fault: 'latency', ms: { min: 0, max: 20 } },
  { operation: 'CreateItem', probability: 0.05, fault: 'busy', backOffMs: 100 },
  { operation: 'CreateItem', probability: 0.02, fault: 'reset', stored: 'before' },
];

export const LESSON: IAppointmentFactory = {
  version: '1',
  getAppointment: ({ mailbox }) => ({
    subject: `Lesson for ${mailbox.id}`,
    start: new Date('2027-01-15T09:00:00Z'),
    end: new Date('2027-01-15T10:00:00Z'),
  }),
};

export function addressesOf(mailboxes: number): readonly string[] {
  return Array.from({ length: mailboxes }, (_, n) => `user${n}@contoso.com`);
}
