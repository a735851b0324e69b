import { createRunner } from '@appointed/core';
import { sqliteLedger } from '@appointed/ledger-sqlite';
import { allStored, type Ground, itemsOf, onGround } from './ground.js';
import { IMPATIENT, IN_FLIGHT, LATE_FAULTS, lessonFor, RUN_ID } from './settings.js';
import { transportTo } from './transport.js';
import type { TrialResult } from './trial.js';

/**
 * A run whose settle time is shorter than the server takes over requests that were given up: there may be duplicates.
 * `verify` must find every one of them, and repair them.
 */
export function lateTrial(seed: number, mailboxes: number): Promise<TrialResult> {
  return onGround({ transport: 'ews', mailboxes, faults: LATE_FAULTS, seed }, async (ground) => {
    const ledger = sqliteLedger({ path: ground.path });
    const transport = transportTo(ground.transport, ground.addresses);
    await using runner = await createRunner({ transport, ledger, maxInFlight: IN_FLIGHT });
    const factory = { getAppointment: lessonFor };
    await runner.run({ id: RUN_ID, mailboxes: ground.mailboxes, factory, ...IMPATIENT });
    await allStored(ground);
    const doubled = surplus(ground);
    const found = await runner.verify(RUN_ID, { repair: true });
    await ledger.close();
    const wrong = [
      ...(doubled > 0 ? [] : ['nobody had it twice: the trial has shown nothing']),
      ...(found.counts.double === doubled
        ? []
        : [`${doubled} mailboxes had too many, ${found.counts.double} were found`]),
      ...(found.counts.missing + found.counts.foreign === 0 ? [] : [`also found: ${JSON.stringify(found.counts)}`]),
      ...(surplus(ground) === 0 ? [] : [`${surplus(ground)} mailboxes have too many still`]),
      ...ground.mailboxes.flatMap((one) => (itemsOf(ground, one).length > 0 ? [] : [`${one} has nothing`])),
    ];
    return { told: `${doubled} mailboxes had it twice, ${found.counts.double} were found`, wrong };
  });
}

function surplus(ground: Ground): number {
  return ground.mailboxes.filter((address) => itemsOf(ground, address).length > 1).length;
}
