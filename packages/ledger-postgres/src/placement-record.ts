import type { Mailbox, MailboxKind, PlacementRow, PlacementState, Receipt, Task } from '@appointed/core';
import type { LedgerClock } from './ledger-clock.js';
import { storedText } from './storable-text.js';

/**
 * The columns that {@link readRecord} reads, of the tables `placement` and `progress` under the names `given` and
 * `stands`.
 */
export const RECORD_COLUMNS = `given.id, given.list_row, given.key, given.slot, given.kind, given.mailbox, given.attributes,
  stands.task, stands.state, stands.attempts, stands.due_at, stands.claimed_at,
  stands.item_id, stands.change_key, stands.ical_uid, stands.request_id, stands.written, stands.error`;

/** One row of {@link RECORD_COLUMNS}. */
export type PlacementRecord = readonly [
  id: number,
  row: number,
  key: string,
  slot: string,
  kind: MailboxKind,
  mailbox: string,
  attributes: Mailbox['attributes'] | null,
  task: Task,
  state: PlacementState,
  attempts: number,
  dueAt: number | null,
  claimedAt: number | null,
  itemId: string | null,
  changeKey: string | null,
  iCalUid: string | null,
  requestId: string | null,
  written: NonNullable<PlacementRow['written']> | null,
  error: NonNullable<PlacementRow['error']> | null,
];

export function readRecord(record: PlacementRecord, clock: LedgerClock): PlacementRow {
  const [, row, key, slot, kind, mailbox, attributes, task, state, attempts, dueAt, claimedAt] = record;
  const [written, error] = [record[16], record[17]];
  return {
    key: storedText(key),
    row,
    mailbox: { kind, id: storedText(mailbox), attributes: attributes ?? {} },
    slot: storedText(slot),
    task,
    state,
    attempts,
    ...(dueAt === null ? undefined : { dueAt: clock.toLocal(dueAt) }),
    ...(claimedAt === null ? undefined : { claimedAt: clock.toLocal(claimedAt) }),
    ...readReceipt(record),
    ...(written === null ? undefined : { written }),
    ...(error === null ? undefined : { error }),
  };
}

function readReceipt(record: PlacementRecord): { readonly receipt: Receipt } | undefined {
  const [itemId, changeKey, iCalUid, requestId] = [record[12], record[13], record[14], record[15]];
  if (itemId === null) return undefined;
  return {
    receipt: {
      itemId: storedText(itemId),
      ...(changeKey === null ? undefined : { changeKey: storedText(changeKey) }),
      ...(iCalUid === null ? undefined : { iCalUid: storedText(iCalUid) }),
      ...(requestId === null ? undefined : { requestId: storedText(requestId) }),
    },
  };
}
