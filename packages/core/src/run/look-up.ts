import { AppointedError } from '../error/appointed-error.js';
import type { Claim } from '../ledger/run-ledger.js';
import type { Found, Receipt, Route } from '../transport/appointment-transport.js';
import type { Failure, Outcome } from '../transport/outcome.js';
import { request } from './request.js';
import type { Run } from './run.js';
import { cutOff, settle, settleFound } from './settle.js';

/**
 * Looks up on the server those placements that may be saved already, and settles what is found.
 * @returns the claims that are certainly not saved, and are to be placed
 */
export async function lookUp(run: Run, route: Route, claims: readonly Claim[]): Promise<readonly Claim[]> {
  const doubtful = claims.filter((claim) => mayBeSaved(run, claim));
  if (doubtful.length === 0) return claims;
  const certain = claims.filter((claim) => !doubtful.includes(claim));
  const keys = doubtful.map(({ placement }) => placement.key);
  const [answer] = (await request(run, route, doubtful, async (mailbox, call) => {
    const found = await run.parts.transport.find(mailbox, keys, call);
    return doubtful.map(() => found);
  })) ?? [undefined];
  if (answer === undefined) {
    await Promise.all(doubtful.map((claim) => cutOff(run, claim)));
    return certain;
  }
  const toPlace = await Promise.all(doubtful.map((claim) => judge(run, claim, answer)));
  return [...certain, ...toPlace.filter((claim) => claim !== undefined)];
}

function mayBeSaved(run: Run, claim: Claim): boolean {
  return mayHaveBeenSent(claim) || (run.looksUpFirst && claim.placement.attempts === 0);
}

/** Its last outcome is unknown, or was never recorded. */
export function mayHaveBeenSent({ before }: Claim): boolean {
  return before === 'claimed' || before === 'unknown';
}

/** @returns the claim, if it is to be placed */
async function judge(run: Run, claim: Claim, answer: Outcome<readonly Found[]>): Promise<Claim | undefined> {
  if (answer.kind !== 'done') {
    await settleUnseen(run, claim, answer);
    return undefined;
  }
  const matches = answer.value.filter(({ key }) => key === claim.placement.key);
  const [first, ...more] = matches;
  if (first !== undefined) {
    await settleFound(run, claim, [receiptOf(first), ...more.map(receiptOf)]);
    return undefined;
  }
  // Whoever continues a run asks for one more try at least.
  if (claim.placement.attempts < run.settings.maxAttempts || run.isContinued) return claim;
  await settle(run, claim, { outcome: { kind: 'deferred', error: exhausted(claim) }, tried: false });
  return undefined;
}

/**
 * A look-up that failed says nothing: the placement is looked up again, and not sent before. Only of one that this run
 * never sent a rejection is the last word, since the mailbox refuses to be written then, too.
 */
function settleUnseen(run: Run, claim: Claim, failure: Failure): Promise<void> {
  if (failure.kind === 'rejected' && failure.again === undefined && !mayHaveBeenSent(claim)) {
    return settle(run, claim, { outcome: failure, tried: false });
  }
  run.note(claim.placement.row, failure);
  const unseenMs = askedMs(failure);
  return settle(run, claim, { outcome: { kind: 'unknown', error: failure.error }, tried: true, unseenMs });
}

function askedMs(failure: Failure): number {
  if (failure.kind === 'deferred') return failure.pause?.ms ?? 0;
  const again = failure.kind === 'rejected' ? failure.again : undefined;
  return again !== undefined && 'afterMs' in again ? again.afterMs : 0;
}

function receiptOf({ itemId, changeKey, iCalUid }: Found): Receipt {
  return {
    itemId,
    ...(changeKey === undefined ? {} : { changeKey }),
    ...(iCalUid === undefined ? {} : { iCalUid }),
  };
}

function exhausted({ placement }: Claim): AppointedError {
  const { id } = placement.mailbox;
  const message = `${id}: sent ${placement.attempts} times without an answer, and not found on the server`;
  return new AppointedError(placement.error?.code ?? 'server_failed', message, {
    mailbox: id,
    hint: 'Continue the run when the server is well again.',
  });
}
