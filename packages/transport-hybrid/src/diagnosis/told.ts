import type { Diagnosis } from '@appointed/core';

/** What one side has found about mailboxes, by what they are called. */
export type Told = ReadonlyMap<string, readonly Diagnosis[]>;

export function findingsOn(told: Told, mailbox: string): readonly Diagnosis[] {
  return told.get(mailbox) ?? [];
}
