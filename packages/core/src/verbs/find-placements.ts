import type { Claim } from '../ledger/run-ledger.js';
import { inquire } from '../pipeline/request.js';
import type { Run } from '../pipeline/run.js';
import { cutOff, setBack } from '../pipeline/settle.js';
import type { Route } from '../transport/appointment-transport.js';
import type { Failure } from '../transport/outcome.js';
import { type Matches, matchesOf } from './matches.js';
import { searchKey } from './search-key.js';

/** A claimed placement, and what was found of it. */
export interface Located {
  readonly claim: Claim;
  readonly matches: Matches;
}

/**
 * Looks for the placements of one mailbox on the server.
 * @param onFailure what becomes of a placement that could not be looked for. By default it is looked for again
 * @returns what was found, of those that could be looked for
 */
export async function findPlacements(
  run: Run,
  route: Route,
  claims: readonly Claim[],
  onFailure: (claim: Claim, failure: Failure) => Promise<void> = (claim, failure) => lookAgain(run, claim, failure),
): Promise<readonly Located[]> {
  if (claims.length === 0) return [];
  const keys = claims.map(({ placement }) => searchKey(run, placement));
  const [answer] = (await inquire(run, route, claims, async (mailbox, call) => {
    const found = await run.parts.transport.find(mailbox, keys, call);
    return claims.map(() => found);
  })) ?? [undefined];
  if (answer?.kind === 'done') {
    return claims.map((claim, index) => {
      const found = answer.value.filter(({ key }) => key === keys[index]);
      return { claim, matches: matchesOf(claim.placement, found) };
    });
  }
  await Promise.all(claims.map((claim) => (answer === undefined ? cutOff(run, claim) : onFailure(claim, answer))));
  return [];
}

/** Nothing was changed, and nothing is known: it is tried again as the server allows. */
function lookAgain(run: Run, claim: Claim, failure: Failure): Promise<void> {
  const again: Failure = failure.kind === 'unknown' ? { kind: 'deferred', error: failure.error } : failure;
  return setBack(run, claim, { failure: again, tried: true });
}
