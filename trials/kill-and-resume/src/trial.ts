import type { PlacementState } from '@appointed/core';
import { sqliteLedger } from '@appointed/ledger-sqlite';
import { killAndRestart } from './kill-and-restart.js';
import { allStored, type Ground, type GroundOptions, itemsOf, onGround } from './ground.js';
import { FAULTS, lessonOf, matchOf, RUN_ID } from './settings.js';

/** How large a trial is. */
export interface TrialOptions extends Pick<GroundOptions, 'transport' | 'mailboxes'> {
  /** How often each verb is killed, at most. */
  readonly kills: number;
  /** How many of the verbs, in their order. */
  readonly verbs: number;
}

/** What one trial came to. */
export interface TrialResult {
  readonly told: string;
  /** One line for each thing that is not as it must be. */
  readonly wrong: readonly string[];
}

/** A run over a server with faults, then revised, then taken back; each killed and called again until it ends by itself. */
export function trial(
  seed: number,
  { transport, mailboxes, kills: mostKills, verbs }: TrialOptions,
): Promise<TrialResult> {
  return onGround({ transport, mailboxes, faults: FAULTS, seed }, async (ground) => {
    const { addresses, path } = ground;
    const way = [transport, JSON.stringify(addresses), path, String(mailboxes)];
    let kills = 0;
    const wrong: string[] = [];
    for (const [verb, subjectOf, state] of STAGES.slice(0, verbs)) {
      kills += await killAndRestart([verb, ...way], `${seed}/${verb}`, mostKills);
      await allStored(ground);
      const found = [...wrongOnServer(ground, subjectOf), ...(await wrongInLedger(ground, state))];
      wrong.push(...found.map((line) => `after ${verb}: ${line}`));
    }
    return { told: `killed ${kills} times`, wrong };
  });
}

const STAGES: readonly (readonly [string, ((address: string) => string) | undefined, PlacementState])[] = [
  ['run', lessonOf, 'done'],
  ['revise', matchOf, 'done'],
  ['retract', undefined, 'removed'],
];

function wrongOnServer(ground: Ground, subjectOf: ((address: string) => string) | undefined): readonly string[] {
  return ground.mailboxes.flatMap((address) => {
    const subjects = itemsOf(ground, address).map(({ subject }) => subject);
    const wanted = subjectOf === undefined ? [] : [subjectOf(address)];
    const isRight = JSON.stringify(subjects) === JSON.stringify(wanted);
    return isRight ? [] : [`${address} has ${subjects.length === 0 ? 'nothing' : subjects.join(', ')}`];
  });
}

async function wrongInLedger(ground: Ground, expected: PlacementState): Promise<readonly string[]> {
  const ledger = sqliteLedger({ path: ground.path });
  const wrong: string[] = [];
  let rows = 0;
  for await (const { mailbox, state, receipt } of ledger.rows(RUN_ID)) {
    rows += 1;
    const isThere = itemsOf(ground, mailbox.id).some(({ id }) => isSame(id, receipt?.itemId));
    if (state !== expected || isThere !== (expected === 'done')) {
      wrong.push(`the ledger says of ${mailbox.id}: ${state}, ${receipt?.itemId}`);
    }
  }
  await ledger.close();
  return rows === ground.mailboxes.length ? wrong : [...wrong, `the ledger has ${rows} placements`];
}

/** Graph's ids are those of EWS, but for two characters. */
function isSame(id: string, itemId: string | undefined): boolean {
  return itemId === id || itemId === id.replaceAll('/', '-').replaceAll('+', '_');
}
