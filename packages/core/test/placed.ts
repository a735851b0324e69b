import {
  type AppointmentInput,
  createRunner,
  type ImpersonationRunner,
  memoryLedger,
  type RunLedger,
} from '@appointed/core';
import { type FakeScript, type FakeTransport, fakeTransport } from '@appointed/testkit';
import { addresses, LESSON, lessonWith } from './lesson.js';
import { passTime } from './passing-time.js';

/** The id of the run in {@link placed}. */
export const RUN = 'spring';
export const [ONE, TWO, THREE] = ['person-1@contoso.com', 'person-2@contoso.com', 'person-3@contoso.com'] as const;

/** A run that has placed a lesson in three calendars. */
export interface Placed {
  readonly transport: FakeTransport;
  readonly ledger: RunLedger;
  readonly runner: ImpersonationRunner;
}

/** Places the lesson, with other fields if wanted. */
export async function placed(fields: Partial<AppointmentInput> = {}, script?: FakeScript): Promise<Placed> {
  const transport = fakeTransport(script === undefined ? {} : { script });
  const ledger = memoryLedger();
  const runner = await createRunner({ transport, ledger, maxInFlight: 2 });
  const factory = lessonWith({ ...LESSON, ...fields });
  await passTime(runner.run({ id: RUN, lookup: 'never', mailboxes: addresses(3), factory }));
  return { transport, ledger, runner };
}

/** The id of the only item that a mailbox has. */
export function itemOf(transport: FakeTransport, mailbox: string): string {
  const [item, ...more] = transport.stored(mailbox);
  if (item === undefined || more.length > 0)
    throw new Error(`${mailbox} has ${transport.stored(mailbox).length} items`);
  return item.itemId;
}
