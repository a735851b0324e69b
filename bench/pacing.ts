/**
 * Does the adaptive pacer find a server's limit? A local Exchange in a process of its own refuses more requests at once
 * than its limit (it is simulated: `ErrorExceededConnectionCount`, without a word for how long) and takes a fixed time for
 * each; our EWS transport places appointments, with fixed concurrencies, one of which is the best in hindsight, and with
 * the adaptive pacer, which is told nothing. Then the limit changes while it works, and docs/pacing.svg shows what it does.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { adaptivePacer, fixedPacer } from '@appointed/core';
import { Exchange } from './pacing/exchange.js';
import { picture } from './pacing/picture.js';
import { place } from './pacing/place.js';
import type { Sample } from './pacing/recording-pacer.js';

const LIMITS = [4, 27, 100];
/** The best in hindsight is among them: as many at once as the limit allows. */
const FIXED = LIMITS;
/** How long a request takes, and how long is measured, in milliseconds. */
const LATENCIES: readonly (readonly [number, number])[] = [
  [5, 4000],
  [50, 6000],
  [200, 15_000],
];
const CAP = 150;
const SVG = fileURLToPath(new URL('../docs/pacing.svg', import.meta.url));

const exchange = await Exchange.start();
const perSecond = (samples: readonly Sample[], ms: number): number =>
  samples.filter(({ went }) => went === 'well').length / (ms / 1000);
const refused = (samples: readonly Sample[]): number =>
  samples.filter(({ went }) => went === 'busy').length / samples.length;
const percent = (share: number, digits: number): string => `${(100 * share).toFixed(digits)} %`;

await exchange.limit(1000, 0);
// What is loaded and compiled first should not be measured.
await place(exchange, fixedPacer(10), 10, 3000);

const rows: Record<string, string>[] = [];
for (const [latencyMs, ms] of LATENCIES) {
  for (const limit of LIMITS) {
    await exchange.limit(limit, latencyMs);
    const row: Record<string, string> = { limit: String(limit), latency: `${latencyMs} ms` };
    let best = 0;
    for (const inFlight of FIXED) {
      const samples = await place(exchange, fixedPacer(inFlight), inFlight, ms);
      best = Math.max(best, perSecond(samples, ms));
      row[`fixed ${inFlight}`] = `${perSecond(samples, ms).toFixed(0)} (${percent(refused(samples), 0)})`;
    }
    const samples = await place(exchange, adaptivePacer({ maxInFlight: CAP }), CAP, ms);
    row['adaptive'] = `${perSecond(samples, ms).toFixed(0)} (${percent(refused(samples), 1)})`;
    row['of the best'] = percent(perSecond(samples, ms) / best, 0);
    row['refused, second half'] = percent(refused(samples.filter(({ at }) => at > ms / 2)), 2);
    rows.push(row);
    console.error(row);
  }
}

console.log(`Saved in a second (refused); Node ${process.version}, ${cpus().length} cores`);
console.table(rows);

/** From when on it has which limit, in milliseconds. */
const changes = [
  { at: 0, limit: 27 },
  { at: 8000, limit: 8 },
  { at: 16_000, limit: 60 },
];
const LATENCY_MS = 50;
const PICTURE_MS = 24_000;
await exchange.limit(27, LATENCY_MS);
for (const { at, limit } of changes) setTimeout(() => void exchange.limit(limit, LATENCY_MS), at);
const samples = await place(exchange, adaptivePacer({ maxInFlight: CAP }), CAP, PICTURE_MS);
writeFileSync(SVG, picture({ samples, changes, durationMs: PICTURE_MS }));
console.log(`${SVG} shows ${samples.length} requests, ${percent(refused(samples), 2)} of them refused.`);
await exchange.stop();
