import { createHash } from 'node:crypto';
import { AppointedError, type Mailbox, type MailboxInput, parseMailbox } from '@appointed/core';
import type { DoctorFinding } from './doctor-finding.js';

/** More rows than these that are no mailbox are counted only. */
const MOST_ROWS_NAMED = 10;

/** Some mailboxes of a list, and what was wrong with the list. */
export interface Sample {
  readonly mailboxes: readonly Mailbox[];
  readonly findings: readonly DoctorFinding[];
}

/**
 * Draws some mailboxes out of a list of any length, as if by lot: those whose names have the smallest hashes. The same
 * list gives the same sample, so that what was mended can be seen to be.
 */
export async function drawSample(rows: AsyncIterable<MailboxInput>, size: number): Promise<Sample> {
  const drawn = new Map<string, { readonly mailbox: Mailbox; readonly row: number }>();
  const findings: DoctorFinding[] = [];
  let last: string | undefined;
  let row = 0;
  let bad = 0;
  for await (const input of rows) {
    row += 1;
    try {
      const mailbox = parseMailbox(input, row);
      const rank = rankOf(mailbox);
      if (drawn.has(rank) || (last !== undefined && rank > last)) continue;
      drawn.set(rank, { mailbox, row });
      if (drawn.size > size && last !== undefined) drawn.delete(last);
      if (drawn.size === size) last = [...drawn.keys()].reduce((one, other) => (one > other ? one : other));
    } catch (error) {
      if (!AppointedError.is(error)) throw error;
      bad += 1;
      if (bad <= MOST_ROWS_NAMED) findings.push(unusable(`row ${row}`, saidOf(error, row)));
    }
  }
  if (bad > MOST_ROWS_NAMED) findings.push(unusable('the list', `has ${bad - MOST_ROWS_NAMED} more such rows`));
  const inOrder = [...drawn.values()].sort((one, other) => one.row - other.row);
  return { mailboxes: inOrder.map(({ mailbox }) => mailbox), findings };
}

function rankOf({ kind, id }: Mailbox): string {
  return createHash('sha256').update(`${kind}:${id.toLowerCase()}`).digest('hex');
}

function saidOf({ code, message }: AppointedError, row: number): string {
  return message.replace(`[${code}] row ${row} `, '');
}

function unusable(subject: string, message: string): DoctorFinding {
  const advice = 'Correct it, or take it out of the list; a run skips it.';
  return { code: 'row_unusable', level: 'problem', subject, message: `${message}.`, advice };
}
