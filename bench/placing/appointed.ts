/** Appointed as it is used: keys, validation, events and a ledger. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRunner, type IAppointmentFactory, type RunLedger } from '@appointed/core';
import { sqliteLedger } from '@appointed/ledger-sqlite';
import { basic, ews } from '@appointed/transport-ews';
import type { Conditions, Contender, MakeContender } from './contender.js';

const START = Date.UTC(2027, 0, 15, 9);
const MINUTE_MS = 60_000;

export const appointed: MakeContender = (conditions) => contender(conditions, undefined, () => undefined);

export function appointedOnDisk(conditions: Conditions): Promise<Contender> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-placing-'));
  return contender(conditions, sqliteLedger({ path: join(folder, 'ledger.sqlite') }), () =>
    rmSync(folder, { recursive: true }),
  );
}

async function contender(
  { port, inFlight, isVaried }: Conditions,
  ledger: RunLedger | undefined,
  clean: () => void,
): Promise<Contender> {
  const runner = await createRunner({
    transport: ews({
      url: `http://127.0.0.1:${port}/EWS/Exchange.asmx`,
      credentials: basic({ user: 'svc', password: 'secret' }),
    }),
    maxInFlight: inFlight,
    ...(ledger === undefined ? {} : { ledger }),
  });
  let started = 0;
  let saved = 0;
  runner.on('placementStarted', () => (started += 1)).on('placementSaved', () => (saved += 1));
  return {
    async save(count) {
      [started, saved] = [0, 0];
      const { counts, failures } = await runner.run({ mailboxes: mailboxes(count), factory: factory(isVaried) });
      const [first] = failures;
      if (first !== undefined) throw first.error;
      if (counts.done !== count || started !== count || saved !== count) throw new Error('some were not saved');
    },
    async close() {
      await runner.close();
      await ledger?.close();
      clean();
    },
  };
}

export function* mailboxes(count: number): Generator<string> {
  for (let index = 0; index < count; index += 1) yield `user${index}@contoso.com`;
}

export function factory(isVaried: boolean): IAppointmentFactory {
  let made = 0;
  return {
    version: '1',
    getAppointment: ({ mailbox }) => {
      made += isVaried ? 1 : 0;
      const start = START + (made % 100_000) * MINUTE_MS;
      return {
        subject: isVaried ? `Tennis lesson of ${mailbox.id}` : 'Tennis lesson',
        body: isVaried ? `Lesson ${made}: bring a racket.` : 'Bring a racket.',
        start: new Date(start),
        end: new Date(start + 60 * MINUTE_MS),
        location: 'Tennis club',
        reminder: { minutesBefore: 15 },
      };
    },
  };
}
