import assert from 'node:assert/strict';
import {
  AppointedError,
  type Claim,
  type Enrolment,
  type ErrorCode,
  LEDGER_FORMAT,
  type LedgerOwner,
  type Mailbox,
  type Mark,
  parseMailbox,
  placementKey,
  type PlacementRow,
  type RowFilter,
  type RunLedger,
  type RunManifest,
  type SettledCounts,
} from '@appointed/core';
import { patiently } from '../suite/patiently.js';
import type { LedgerHarness, LedgerUnderTest } from './ledger-harness.js';

const DEFAULT_PATIENCE_MS = 10_000;

/** The run of most tests. */
export const RUN = 'lessons-2027';
export const ALICE: LedgerOwner = { id: 'alice', name: 'pid 1 on host alpha' };
export const BOB: LedgerOwner = { id: 'bob', name: 'pid 2 on host beta' };
export const LEASE_MS = 60_000;

/** A clock that stands until a test moves it. */
class TestClock {
  now = 1_800_000_000_000;
  readonly read = (): number => this.now;
}

/** What a test of the suite works with. */
export interface LedgerBench {
  readonly under: LedgerUnderTest;
  readonly ledger: RunLedger;
  readonly clock: TestClock;
}

/** Declares one test of the suite. */
export type LedgerTest = (name: string, body: (bench: LedgerBench) => Promise<void>) => void;

/** Runs one test, and fails it when it takes longer than the harness has patience. */
export async function ledgerBench(harness: LedgerHarness, body: (bench: LedgerBench) => Promise<void>): Promise<void> {
  const clock = new TestClock();
  const under = await harness.open(clock.read);
  try {
    await patiently(body({ under, ledger: under.ledger, clock }), harness.patienceMs ?? DEFAULT_PATIENCE_MS);
  } finally {
    await under.close();
  }
}

export function manifest(fields: Partial<RunManifest> = {}): RunManifest {
  return {
    format: LEDGER_FORMAT,
    runId: RUN,
    startedAt: 1_799_999_999_000,
    transport: 'fake',
    slots: [{ name: 'default', version: '' }],
    audienceComplete: false,
    ...fields,
  };
}

/** The nth placement of a run, counted from 1. */
export function enrolment(n: number, slot = 'default', mailbox: Mailbox = mailboxOf(n)): Enrolment {
  return { key: placementKey(RUN, slot, mailbox), row: n, mailbox, slot };
}

function mailboxOf(n: number): Mailbox {
  return parseMailbox({ smtp: `mailbox-${n}@contoso.com`, attributes: { room: `Room ${n}` } });
}

export function enrolments(count: number, first = 1): readonly Enrolment[] {
  return Array.from({ length: count }, (_, index) => enrolment(first + index));
}

/** A run with that many placements, all waiting. */
export async function begin(ledger: RunLedger, count: number): Promise<void> {
  await ledger.open(manifest());
  await ledger.enrol(RUN, enrolments(count));
}

/** Claims one placement, and fails unless one is due. */
export async function claimOne(ledger: RunLedger, owner: LedgerOwner = ALICE): Promise<Claim> {
  const { claims } = await ledger.claim(RUN, owner, 1, LEASE_MS);
  const [claim] = claims;
  assert.ok(claim, 'nothing could be claimed');
  return claim;
}

/** Marks a claim `done`, or as told. */
export function mark({ placement, fence }: Claim, fields: Partial<Mark> = {}): Mark {
  return { runId: RUN, key: placement.key, fence, state: 'done', attempts: placement.attempts + 1, ...fields };
}

/** How many are settled in these states; none in the others. */
export function counts(fields: Partial<SettledCounts>): SettledCounts {
  return { waiting: 0, deferred: 0, unknown: 0, rejected: 0, done: 0, removed: 0, ...fields };
}

export async function rowsOf(ledger: RunLedger, filter?: RowFilter): Promise<readonly PlacementRow[]> {
  const rows: PlacementRow[] = [];
  for await (const row of ledger.rows(RUN, filter)) rows.push(row);
  return rows;
}

/** Fails unless the promise is rejected with this code. */
export async function rejected(promise: Promise<unknown>, code: ErrorCode): Promise<AppointedError> {
  const error = await promise.then(
    () => assert.fail(`it was not rejected with ${code}`),
    (error: unknown) => error,
  );
  assert.ok(AppointedError.is(error), `it was rejected with ${String(error)}`);
  assert.equal(error.code, code);
  return error;
}
