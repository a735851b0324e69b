import { AppointedError } from '../error/appointed-error.js';
import type { PlacementRow } from '../ledger/placement-row.js';
import { requestFor } from '../pipeline/request.js';
import type { Run } from '../pipeline/run.js';
import type { Finding, VerifyReport } from '../run/verify-report.js';
import type { Found, Route } from '../transport/appointment-transport.js';
import type { Outcome } from '../transport/outcome.js';
import { findRoute } from './find-route.js';
import { isOfGeneration, type Matches, matchesOf } from './matches.js';
import { searchKey } from './search-key.js';
import { VerifyTally } from './verify-tally.js';

/** Placements of one mailbox: at least one. */
type Rows = readonly [PlacementRow, ...PlacementRow[]];

/** Compares each placement of a run with the server. */
export async function verify(run: Run, repair: boolean): Promise<VerifyReport> {
  const tally = new VerifyTally(run);
  const underWay = new Set<Promise<void>>();
  try {
    for await (const rows of byMailbox(run)) {
      if (run.halted.aborted) break;
      const turn = verifyMailbox(run, rows, repair, tally).finally(() => underWay.delete(turn));
      underWay.add(turn);
      if (underWay.size >= run.parts.maxInFlight) await Promise.race(underWay);
    }
  } catch (error) {
    run.fail(error);
  }
  for (const turn of await Promise.allSettled(underWay)) if (turn.status === 'rejected') run.fail(turn.reason);
  return tally.report();
}

/** The placements that were tried; the slots of a mailbox stand next to each other, and go together. */
async function* byMailbox({ parts, runId, settings }: Run): AsyncGenerator<Rows> {
  let group: PlacementRow[] = [];
  for await (const row of parts.ledger.rows(runId)) {
    if (row.claimedAt === undefined || settings.exclusions.has(row.mailbox)) continue;
    const [first] = group;
    if (first !== undefined && !isSameMailbox(first, row)) {
      yield group as unknown as Rows;
      group = [];
    }
    group.push(row);
  }
  if (group.length > 0) yield group as unknown as Rows;
}

/** Not by the row: a list that has changed gives rows anew. */
function isSameMailbox(one: PlacementRow, other: PlacementRow): boolean {
  return one.mailbox.kind === other.mailbox.kind && one.mailbox.id === other.mailbox.id;
}

async function verifyMailbox(run: Run, rows: Rows, repair: boolean, tally: VerifyTally): Promise<void> {
  const route = await findRoute(run, rows[0].mailbox);
  if (route === undefined) return;
  if (AppointedError.is(route)) return tally.unread(rows, route);
  const answer = await find(run, route, rows);
  if (answer === undefined) return;
  if (answer.kind !== 'done') return tally.unread(rows, answer.error);
  for (const row of rows) {
    const key = searchKey(run, row);
    const found = answer.value.filter((item) => item.key === key);
    const matches = matchesOf(row, found);
    const finding = findingOf(row, matches);
    const isRepaired = finding?.kind === 'double' && repair;
    tally.compared(row, isRepaired ? await removeSurplus(run, route, row, matches) : finding);
  }
}

/** @returns undefined when the call was stopped */
async function find(run: Run, route: Route, rows: Rows): Promise<Outcome<readonly Found[]> | undefined> {
  const keys = rows.map((row) => searchKey(run, row));
  for (let attempt = 1; ; attempt += 1) {
    const errand = { mailbox: rows[0].mailbox, answers: 1, sendBy: Number.POSITIVE_INFINITY };
    const outcomes = await requestFor(run, route, errand, async (mailbox, call) => [
      await run.parts.transport.find(mailbox, keys, call),
    ]);
    const outcome = outcomes?.[0];
    const mayRepeat = outcome?.kind === 'deferred' || outcome?.kind === 'unknown';
    if (!mayRepeat || attempt >= run.settings.maxAttempts) return outcome;
  }
}

type Difference = Pick<Finding, 'kind' | 'tooMany' | 'removed' | 'error'>;

/** @returns undefined, where it is as the ledger says */
function findingOf(row: PlacementRow, { live, deleted }: Matches): Difference | undefined {
  const { receipt } = row;
  // What was placed anew has a row of its own.
  if (receipt === undefined) return live.some((item) => isOfGeneration(row, item)) ? { kind: 'foreign' } : undefined;
  if (live.length > 1) return { kind: 'double', tooMany: live.length - 1, removed: 0 };
  if (live.length > 0) return undefined;
  return { kind: deleted.length > 0 ? 'deleted' : 'missing' };
}

/** Leaves the first one. Silently: a cancellation of the others would be understood as one of the first. */
async function removeSurplus(run: Run, route: Route, row: PlacementRow, { live }: Matches): Promise<Difference> {
  const [, ...surplus] = live;
  let removed = 0;
  let error: AppointedError | undefined;
  for (const { itemId } of surplus) {
    const errand = { mailbox: row.mailbox, answers: 1, sendBy: Number.POSITIVE_INFINITY };
    const outcomes = await requestFor(run, route, errand, async (mailbox, call) => [
      await run.parts.transport.remove(mailbox, { itemId, sendMode: 'none' }, call),
    ]);
    const outcome = outcomes?.[0];
    if (outcome?.kind === 'done') removed += 1;
    else error = outcome?.error;
  }
  return { kind: 'double', tooMany: surplus.length, removed, ...(error && { error }) };
}
