import type { Access, AppointmentTransport, Call, Mailbox, Outcome } from '@appointed/core';
import type { Side } from './hybrid-options.js';

/** The two transports, by their sides. */
export type Sides = Readonly<Record<Side, AppointmentTransport>>;

export function otherSide(side: Side): Side {
  return side === 'exchange' ? 'online' : 'exchange';
}

/** The server does not serve this mailbox, and another may. */
export function isNotThere(outcome: Outcome<unknown>): boolean {
  return outcome.kind === 'rejected' && outcome.scope === 'mailbox' && outcome.again === undefined;
}

/** It is a mailbox that may be acted for, and no entry of the directory that stands for one elsewhere. */
export function isMailbox(access: Outcome<Access>): boolean {
  return access.kind === 'done' && (access.value.kind ?? 'mailbox') === 'mailbox';
}

/** Asks both sides for a mailbox, that on premises first. @returns undefined where neither has it, or none can tell */
export async function locate(sides: Sides, mailbox: Mailbox, call: Call): Promise<Side | undefined> {
  for (const side of ['exchange', 'online'] as const) {
    const access = await sides[side].check(mailbox, call);
    if (isMailbox(access)) return side;
    const primary = primaryIn(access);
    if (primary === undefined) continue;
    if (isMailbox(await sides[side].check({ ...mailbox, kind: 'smtp', id: primary }, call))) return side;
  }
  return undefined;
}

/** By which name the server wants to be asked again. */
function primaryIn(outcome: Outcome<unknown>): string | undefined {
  const again = outcome.kind === 'rejected' ? outcome.again : undefined;
  return again !== undefined && 'primaryAddress' in again ? again.primaryAddress : undefined;
}
