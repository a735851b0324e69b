import type { PlacementState } from '@appointed/core';
import { sqliteLedger } from '@appointed/ledger-sqlite';
import type { Sandbox } from '@appointed/sandbox';
import { killAndRestart } from './kill-and-restart.js';
import { FAULTS, lessonOf, matchOf, RUN_ID } from './settings.js';
import { allStored, itemsOf, withServer } from './server.js';

/** How large a trial is. */
export interface TrialOptions {
  readonly mailboxes: number;
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
export function trial(seed: number, { mailboxes, kills: mostKills, verbs }: TrialOptions): Promise<TrialResult> {
  return withServer(seed, mailboxes, FAULTS, async (exchange, path) => {
    let kills = 0;
    const wrong: string[] = [];
    for (const [verb, subjectOf, state] of STAGES.slice(0, verbs)) {
      kills += await killAndRestart([verb, exchange.ewsUrl, path, String(mailboxes)], `${seed}/${verb}`, mostKills);
      await allStored(exchange);
      const found = [...wrongOnServer(exchange, subjectOf), ...(await wrongInLedger(exchange, path, mailboxes, state))];
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

function wrongOnServer(exchange: Sandbox, subjectOf: ((address: string) => string) | undefined): readonly string[] {
  return exchange.control.mailboxes().flatMap((address) => {
    const subjects = itemsOf(exchange, address).map(({ subject }) => subject);
    const wanted = subjectOf === undefined ? [] : [subjectOf(address)];
    const isRight = JSON.stringify(subjects) === JSON.stringify(wanted);
    return isRight ? [] : [`${address} has ${subjects.length === 0 ? 'nothing' : subjects.join(', ')}`];
  });
}

async function wrongInLedger(
  exchange: Sandbox,
  path: string,
  mailboxes: number,
  expected: PlacementState,
): Promise<readonly string[]> {
  const ledger = sqliteLedger({ path });
  const wrong: string[] = [];
  let rows = 0;
  for await (const { mailbox, state, receipt } of ledger.rows(RUN_ID)) {
    rows += 1;
    const isThere = itemsOf(exchange, mailbox.id).some(({ id }) => id === receipt?.itemId);
    if (state !== expected || isThere !== (expected === 'done')) {
      wrong.push(`the ledger says of ${mailbox.id}: ${state}, ${receipt?.itemId}`);
    }
  }
  await ledger.close();
  return rows === mailboxes ? wrong : [...wrong, `the ledger has ${rows} placements`];
}
