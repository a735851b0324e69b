import {
  type Enrolment,
  type MailboxKind,
  type Mark,
  type PlacementRow,
  type PlacementState,
  placementUid,
  type Receipt,
  type Task,
} from '@appointed/core';
import type { Value } from './ledger-file.js';
import { type PackedDigests, packDigests, unpackDigests } from './pack-digests.js';
import { type PackedText, packText, unpackText } from './pack-text.js';

/** The numbers that stand for states in the file; never to be changed. */
export const STATE_NUMBERS: Readonly<Record<PlacementState, number>> = {
  waiting: 0,
  claimed: 1,
  deferred: 2,
  unknown: 3,
  rejected: 4,
  done: 5,
  removed: 6,
};
const STATES = Object.keys(STATE_NUMBERS) as readonly PlacementState[];
/** The numbers that stand for tasks in the file; never to be changed. */
export const TASK_NUMBERS: Readonly<Record<Task, number>> = { place: 0, update: 1, remove: 2 };
const TASKS = Object.keys(TASK_NUMBERS) as readonly Task[];
const KIND_NUMBERS: Readonly<Record<MailboxKind, number>> = { smtp: 0, upn: 1, sid: 2 };
const KINDS = Object.keys(KIND_NUMBERS) as readonly MailboxKind[];

/** Stands for a UID that is made of the key. */
const UID_OF_KEY = new Uint8Array();

/** The columns that {@link readRecord} reads, of `placement` and, joined to it, `outcome`. */
export const RECORD_COLUMNS = `id, fence, list_row, key, slot, kind, mailbox, attributes, task, state, attempts, due_at,
  claimed_at, item_id, change_key, ical_uid, request_id, written, error`;

/** One row of {@link RECORD_COLUMNS}. */
export type PlacementRecord = readonly [
  id: number,
  fence: number,
  row: number,
  key: PackedText,
  slot: PackedText,
  kind: number,
  mailbox: PackedText,
  attributes: string | null,
  task: number,
  state: number,
  attempts: number,
  dueAt: number | null,
  claimedAt: number,
  itemId: PackedText | null,
  changeKey: PackedText | null,
  iCalUid: PackedText | null,
  requestId: PackedText | null,
  written: PackedDigests | null,
  error: string | null,
];

/** States as one number: a bit for each. */
export function maskOf(states: readonly PlacementState[]): number {
  return states.reduce((mask, state) => mask | (1 << STATE_NUMBERS[state]), 0);
}

/** key, list_row, slot, kind, mailbox, attributes, task */
export function enrolmentValues({ key, row, slot, mailbox, task = 'place' }: Enrolment): readonly Value[] {
  const { kind, id, attributes } = mailbox;
  const json = JSON.stringify(attributes);
  const packedAttributes = json === '{}' ? null : json;
  return [packText(key), row, packText(slot), KIND_NUMBERS[kind], packText(id), packedAttributes, TASK_NUMBERS[task]];
}

/** item_id, change_key, ical_uid, request_id, written, error; undefined where there is none of them */
export function outcomeValues({ key, receipt, written, error }: Mark): readonly Value[] | undefined {
  if (receipt === undefined && written === undefined && error === undefined) return undefined;
  const { itemId, changeKey, iCalUid, requestId } = receipt ?? {};
  return [
    packOptional(itemId),
    packOptional(changeKey),
    iCalUid === placementUid(key) ? UID_OF_KEY : packOptional(iCalUid),
    packOptional(requestId),
    written === undefined ? null : packDigests(written),
    error === undefined ? null : JSON.stringify(error),
  ];
}

export function readState(state: number | undefined): PlacementState {
  return known(state === undefined ? undefined : STATES[state]);
}

export function readRecord(record: PlacementRecord): PlacementRow {
  const [, fence, row, packedKey, slot, kind, mailbox, attributes, task, state, attempts, dueAt, claimedAt] = record;
  const key = unpackText(packedKey);
  const [written, error] = [record[17], record[18]];
  return {
    key,
    row,
    mailbox: {
      kind: known(KINDS[kind]),
      id: unpackText(mailbox),
      attributes: attributes === null ? {} : JSON.parse(attributes),
    },
    slot: unpackText(slot),
    task: known(TASKS[task]),
    state: readState(state),
    attempts,
    ...(dueAt === null ? undefined : { dueAt }),
    ...(fence === 0 ? undefined : { claimedAt }),
    ...readReceipt(record, key),
    ...(written === null ? undefined : { written: unpackDigests(written) }),
    ...(error === null ? undefined : { error: JSON.parse(error) }),
  };
}

function readReceipt(record: PlacementRecord, key: string): { readonly receipt: Receipt } | undefined {
  const [itemId, changeKey, iCalUid, requestId] = [record[13], record[14], record[15], record[16]];
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
