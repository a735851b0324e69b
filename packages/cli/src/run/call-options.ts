import type { CallOptions, MailboxInput, RunOptions } from '@appointed/core';
import { type CallFlags, listOf, type PlaceFlags } from '../commands/flags.js';
import { readMailboxes } from '../list/read-mailboxes.js';

/** What the flags of a verb mean for core. */
export async function callOptions(flags: CallFlags): Promise<CallOptions> {
  return given({
    exclude: flags.exclude === undefined ? undefined : await excluded(flags.exclude),
    notAfter: flags.notAfter,
    maxFailureRate: flags.stopAtFailures,
    stopAfterRejections: flags.stopAfterRejections,
    settleMs: flags.settle,
    requestTimeoutMs: flags.timeout,
    maxAttempts: flags.attempts,
  });
}

/** What the flags of a command that places mean for core. */
export async function placeOptions(flags: PlaceFlags): Promise<Omit<RunOptions, 'factory' | 'id'>> {
  const list = listOf(flags);
  return {
    ...(await callOptions(flags)),
    ...given({
      mailboxes: list && readMailboxes(list),
      sendMode: flags.sendMode,
      maxMailboxes: flags.maxMailboxes,
      maxInvitations: flags.maxInvitations,
      maxOnlineMeetings: flags.maxOnlineMeetings,
      fallbackTimeZone: flags.timeZone,
      unlessExists: flags.unlessExists,
      dryRun: flags.dryRun,
    }),
  };
}

/** Without what is undefined: core refuses some options that are there and undefined. */
export function given<T extends object>(options: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

async function excluded(source: string): Promise<readonly MailboxInput[]> {
  const mailboxes: MailboxInput[] = [];
  for await (const mailbox of readMailboxes({ source })) mailboxes.push(mailbox);
  return mailboxes;
}
