/** Places appointments for some seconds, over our own transport, and says how its requests went. */
import { createRunner, type Pacer, PACER, provide } from '@appointed/core';
import { basic, ews } from '@appointed/transport-ews';
import { address, type Exchange, MAILBOXES } from './exchange.js';
import { RecordingPacer, type Sample } from './recording-pacer.js';

/** @param wanted how many requests wait for their turn or are sent, at any time */
export async function place(exchange: Exchange, pacer: Pacer, wanted: number, ms: number): Promise<readonly Sample[]> {
  const recording = new RecordingPacer(pacer);
  await using runner = await createRunner({
    transport: ews({ url: exchange.url, credentials: basic({ user: 'svc', password: 'secret' }) }),
    plugins: [{ name: 'recording', register: (container) => provide(container, PACER, () => recording) }],
    maxInFlight: wanted,
  });
  const stop = new AbortController();
  setTimeout(() => stop.abort(), ms);
  const start = performance.now();
  const { stopped } = await runner.run({ mailboxes: mailboxes(), factory: { getAppointment }, signal: stop.signal });
  if (stopped?.code !== 'aborted') throw stopped ?? new Error('there are too few mailboxes');
  const samples = recording.samples.map((sample) => ({ ...sample, at: sample.at - start }));
  return samples.filter(({ at }) => at <= ms);
}

function* mailboxes(): Generator<string> {
  for (let index = 0; index < MAILBOXES; index += 1) yield address(index);
}

function getAppointment(): { subject: string; start: Date; end: Date } {
  return {
    subject: 'Tennis lesson',
    start: new Date(Date.UTC(2027, 0, 15, 9)),
    end: new Date(Date.UTC(2027, 0, 15, 10)),
  };
}
