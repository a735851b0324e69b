import {
  type Enrolment,
  type MailboxKind,
  type Mark,
  type PlacementRow,
  type PlacementState,
  placementUid,
  type Receipt,
} from '@appointed/core';
import type { Value } from './ledger-file.js';
import { type PackedText, packText, unpackText } from './pack-text.js';

/** The numbers that stand for states in the file; never to be changed. */
export const STATE_NUMBERS: Readonly<Record<PlacementState, number>> = {
  waiting: 0,
  claimed: 1,
  deferred: 2,
  unknown: 3,
  rejected: 4,
  done: 5,
};
const STATES = Object.keys(STATE_NUMBERS) as readonly PlacementState[];
const KIND_NUMBERS: Readonly<Record<MailboxKind, number>> = { smtp: 0, upn: 1, sid: 2 };
const KINDS = Object.keys(KIND_NUMBERS) as readonly MailboxKind[];

/** Stands for a UID that is made of the key. */
const UID_OF_KEY = new Uint8Array();

/** The columns that {@link readRecord} reads, of `placement` and, joined to it, `outcome`. */
export const RECORD_COLUMNS = `id, key, list_row, slot, kind, mailbox, attributes, state, attempts, fence, due_at,
  claimed_at, item_id, change_key, ical_uid, request_id, error`;

/** One row of {@link RECORD_COLUMNS}. */
export type PlacementRecord = readonly [
  id: number,
  key: PackedText,
  row: number,
  slot: PackedText,
  kind: number,
  mailbox: PackedText,
  attributes: string | null,
  state: number,
  attempts: number,
  fence: number,
  dueAt: number | null,
  claimedAt: number,
  itemId: PackedText | null,
  changeKey: PackedText | null,
  iCalUid: PackedText | null,
  requestId: PackedText | null,
  error: string | null,
];

/** key, list_row, slot, kind, mailbox, attributes */
export function enrolmentValues({ key, row, slot, mailbox }: Enrolment): readonly Value[] {
  const { kind, id, attributes } = mailbox;
  const json = JSON.stringify(attributes);
  return [packText(key), row, packText(slot), KIND_NUMBERS[kind], packText(id), json === '{}' ? null : json];
}

/** item_id, change_key, ical_uid, request_id, error; undefined where there is neither receipt nor error */
export function outcomeValues({ key, receipt, error }: Mark): readonly Value[] | undefined {
  if (receipt === undefined && error === undefined) return undefined;
  const { itemId, changeKey, iCalUid, requestId } = receipt ?? {};
  return [
    packOptional(itemId),
    packOptional(changeKey),
    iCalUid === placementUid(key) ? UID_OF_KEY : packOptional(iCalUid),
    packOptional(requestId),
    error === undefined ? null : JSON.stringify(error),
  ];
}

export function readState(state: number | undefined): PlacementState {
  return known(state === undefined ? undefined : STATES[state]);
}

export function readRecord(record: PlacementRecord): PlacementRow {
  const [, packedKey, row, slot, kind, mailbox, attributes, state, attempts, fence, dueAt, claimedAt] = record;
  const key = unpackText(packedKey);
  const error = record[16];
  return {
    key,
    row,
    mailbox: {
      kind: known(KINDS[kind]),
      id: unpackText(mailbox),
      attributes: attributes === null ? {} : JSON.parse(attributes),
    },
    slot: unpackText(slot),
    state: readState(state),
    attempts,
    ...(dueAt === null ? undefined : { dueAt }),
    ...(fence === 0 ? undefined : { claimedAt }),
    ...readReceipt(record, key),
    ...(error === null ? undefined : { error: JSON.parse(error) }),
  };
}

function readReceipt(record: PlacementRecord, key: string): { readonly receipt: Receipt } | undefined {
  const [itemId, changeKey, iCalUid, requestId] = [record[12], record[13], record[14], record[15]];
  if (itemId === null) return undefined;
  return {
    receipt: {
      itemId: unpackText(itemId),
      ...(changeKey === null ? undefined : { changeKey: unpackText(changeKey) }),
      ...(iCalUid === null ? undefined : { iCalUid: unpackUid(iCalUid, key) }),
      ...(requestId === null ? undefined : { requestId: unpackText(requestId) }),
    },
  };
}

function unpackUid(packed: PackedText, key: string): string {
  return typeof packed !== 'string' && packed.length === 0 ? placementUid(key) : unpackText(packed);
}

function packOptional(text: string | undefined): PackedText | null {
  return text === undefined ? null : packText(text);
}

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a row holds a number that stands for nothing');
  return value;
}
