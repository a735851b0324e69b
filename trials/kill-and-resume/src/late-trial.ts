import { createRunner } from '@appointed/core';
import { sqliteLedger } from '@appointed/ledger-sqlite';
import type { Sandbox } from '@appointed/sandbox';
import { basic, ews } from '@appointed/transport-ews';
import { allStored, itemsOf, withServer } from './server.js';
import { addressesOf, CREDENTIALS, IMPATIENT, IN_FLIGHT, LATE_FAULTS, lessonFor, RUN_ID } from './settings.js';
import type { TrialResult } from './trial.js';

/**
 * A run whose settle time is shorter than the server takes over requests that were given up: there may be duplicates.
 * `verify` must find every one of them, and repair them.
 */
export function lateTrial(seed: number, mailboxes: number): Promise<TrialResult> {
  return withServer(seed, mailboxes, LATE_FAULTS, async (exchange, path) => {
    const ledger = sqliteLedger({ path });
    const transport = ews({ url: exchange.ewsUrl, credentials: basic(CREDENTIALS) });
    await using runner = await createRunner({ transport, ledger, maxInFlight: IN_FLIGHT });
    const factory = { getAppointment: lessonFor };
    await runner.run({ id: RUN_ID, mailboxes: addressesOf(mailboxes), factory, ...IMPATIENT });
    await allStored(exchange);
    const doubled = surplus(exchange);
    const found = await runner.verify(RUN_ID, { repair: true });
    await ledger.close();
    const wrong = [
      ...(doubled > 0 ? [] : ['nobody had it twice: the trial has shown nothing']),
      ...(found.counts.double === doubled
        ? []
        : [`${doubled} mailboxes had too many, ${found.counts.double} were found`]),
      ...(found.counts.missing + found.counts.foreign === 0 ? [] : [`also found: ${JSON.stringify(found.counts)}`]),
      ...(surplus(exchange) === 0 ? [] : [`${surplus(exchange)} mailboxes have too many still`]),
      ...exchange.control
        .mailboxes()
        .flatMap((one) => (itemsOf(exchange, one).length > 0 ? [] : [`${one} has nothing`])),
    ];
    return { told: `${doubled} mailboxes had it twice, ${found.counts.double} were found`, wrong };
  });
}

function surplus(exchange: Sandbox): number {
  return exchange.control.mailboxes().filter((address) => itemsOf(exchange, address).length > 1).length;
}
