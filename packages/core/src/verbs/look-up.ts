import { AppointedError } from '../error/appointed-error.js';
import type { FieldDigests } from '../appointment/field-digests.js';
import type { Claim } from '../ledger/run-ledger.js';
import type { Run } from '../pipeline/run.js';
import { placementOf, setBack, settle, skip } from '../pipeline/settle.js';
import type { Route } from '../transport/appointment-transport.js';
import type { Failure } from '../transport/outcome.js';
import { askFactory } from './ask-factory.js';
import { findPlacements, type Located } from './find-placements.js';
import { receiptOf } from './matches.js';
import { removedByOwner } from './removed-by-owner.js';
import { searchKey } from './search-key.js';
import { writtenOf } from './written.js';

/**
 * Looks up on the server those placements that may be saved already, and settles what is found.
 * @returns the claims that are certainly not saved, and are to be placed
 */
export async function lookUp(run: Run, route: Route, claims: readonly Claim[]): Promise<readonly Claim[]> {
  const doubtful = claims.filter((claim) => mayBeSaved(run, claim));
  if (doubtful.length === 0) return claims;
  const certain = claims.filter((claim) => !doubtful.includes(claim));
  const located = await findPlacements(run, route, doubtful, (claim, failure) => settleUnseen(run, claim, failure));
  const toPlace = await Promise.all(located.map((one) => judge(run, one)));
  return [...certain, ...toPlace.filter((claim) => claim !== undefined)];
}

/** Is it to be looked up before it is placed? */
export function mayBeSaved(run: Run, claim: Claim): boolean {
  if (mayHaveBeenSent(claim) || claim.placement.receipt !== undefined) return true;
  // It was taken back before, and its owner may have taken it out of the deleted items again.
  if (claim.placement.key !== searchKey(run, claim.placement)) return true;
  if (claim.placement.attempts === 0) return run.looksUpFirst;
  // What was looked up in vain, by an earlier call or before it was held back, may have been stored after that.
  return (claim.before === 'deferred' || claim.before === 'waiting') && run.isContinued;
}

/** Its last outcome is unknown, or was never recorded. */
export function mayHaveBeenSent({ before }: Claim): boolean {
  return before === 'claimed' || before === 'unknown';
}

/** @returns the claim, if it is to be placed */
async function judge(run: Run, { claim, matches }: Located): Promise<Claim | undefined> {
  const [first] = [...matches.live, ...matches.copies];
  if (first !== undefined) {
    await settleFound(run, claim, matches.live.length > 0 ? matches.live.map(receiptOf) : [receiptOf(first)]);
    return undefined;
  }
  if (matches.deleted.length > 0) {
    await skip(run, claim, { state: 'done' }, removedByOwner(claim));
    return undefined;
  }
  // Whoever continues a run asks for one more try at least.
  if (claim.placement.attempts < run.settings.maxAttempts || run.isContinued) return claim;
  await setBack(run, claim, { failure: { kind: 'deferred', error: exhausted(claim) }, tried: false });
  return undefined;
}

async function settleFound(run: Run, claim: Claim, receipts: ReturnType<typeof receiptOf>[]): Promise<void> {
  const [receipt] = receipts;
  if (receipt === undefined) throw new Error('there is no receipt of what was found');
  const written = claim.placement.written ?? (await writtenBefore(run, claim));
  const standing = { state: 'done', receipt, ...(written && { written }) } as const;
  await settle(run, claim, { standing, tried: false, value: receipt }, (placement) => {
    run.tally.duplicates(receipts.length - 1);
    if (receipts.length > 1) run.parts.events.emit('duplicatesFound', () => ({ ...placement, receipts }));
    run.parts.events.emit('placementFound', () => ({ ...placement, receipt }));
  });
}

/** What its factory says was written: it was saved before that could be recorded. */
async function writtenBefore(run: Run, claim: Claim): Promise<FieldDigests | undefined> {
  if (!run.parts.keepsRuns) return undefined;
  try {
    return writtenOf(claim, await askFactory(run, placementOf(run, claim)));
  } catch {
    // Nothing is known of it then. It is there, which counts; a factory that fails is told of when it is to be placed.
    return undefined;
  }
}

/**
 * A look-up that failed says nothing: the placement is looked up again, and not sent before. Only of one that this run
 * never sent a rejection is the last word, since the mailbox refuses to be written then, too.
 */
function settleUnseen(run: Run, claim: Claim, failure: Failure): Promise<void> {
  if (failure.kind === 'rejected' && failure.again === undefined && !mayHaveBeenSent(claim)) {
    return setBack(run, claim, { failure, tried: false });
  }
  run.note(claim.placement.row, failure);
  const unknown = { kind: 'unknown', error: failure.error } as const;
  return setBack(run, claim, { failure: unknown, tried: true, unseenMs: askedMs(failure) });
}

function askedMs(failure: Failure): number {
  if (failure.kind === 'deferred') return failure.pause?.ms ?? 0;
  const again = failure.kind === 'rejected' ? failure.again : undefined;
  return again !== undefined && 'afterMs' in again ? again.afterMs : 0;
}

function exhausted({ placement }: Claim): AppointedError {
  const { id } = placement.mailbox;
  const message = `${id}: sent ${placement.attempts} times without an answer, and not found on the server`;
  return new AppointedError(placement.error?.code ?? 'server_failed', message, {
    mailbox: id,
    hint: 'Continue the run when the server is well again.',
  });
}
