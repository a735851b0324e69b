/**
 * Does the adaptive pacer find a server's limit? A local Exchange in a process of its own refuses more requests at once
 * than its limit (it is simulated: `ErrorExceededConnectionCount`, without a word for how long) and takes a fixed time for
 * each; our EWS transport places appointments, with fixed concurrencies, one of which is the best in hindsight, and with
 * the adaptive pacer, which is told nothing.
 */
import { adaptivePacer, fixedPacer } from '@appointed/core';
import { Exchange } from './exchange.js';
import { place } from './place.js';
import type { Sample } from './recording-pacer.js';

const LIMITS = [4, 27, 100];
/** The best in hindsight is among them: as many at once as the limit allows. */
const FIXED = LIMITS;
/** How long a request takes, and how long is measured, in milliseconds. */
const LATENCIES: readonly (readonly [number, number])[] = [
  [5, 4000],
  [50, 6000],
  [200, 30_000],
];
const CAP = 150;

/** How a run went, with one pacer. */
interface Pace {
  readonly perSecond: number;
  /** Part of the requests. */
  readonly refused: number;
}

/** Pacers beside each other, for one limit of the server. */
export interface PacingResult {
  readonly limit: number;
  readonly latencyMs: number;
  readonly fixed: readonly (Pace & { readonly inFlight: number })[];
  readonly adaptive: Pace & { readonly refusedInSecondHalf: number };
}

export async function measurePacing(): Promise<readonly PacingResult[]> {
  const exchange = await Exchange.start();
  await exchange.limit(1000, 0);
  // What is loaded and compiled first should not be measured.
  await place(exchange, fixedPacer(10), 10, 3000);
  const results: PacingResult[] = [];
  for (const [latencyMs, ms] of LATENCIES) {
    for (const limit of LIMITS) {
      process.stderr.write(`pacing: limit ${limit}, ${latencyMs} ms\n`);
      await exchange.limit(limit, latencyMs);
      const fixed: PacingResult['fixed'][number][] = [];
      for (const inFlight of FIXED) {
        fixed.push({ inFlight, ...paceOf(await place(exchange, fixedPacer(inFlight), inFlight, ms), ms) });
      }
      const samples = await place(exchange, adaptivePacer({ maxInFlight: CAP }), CAP, ms);
      const refusedInSecondHalf = refused(samples.filter(({ at }) => at > ms / 2));
      results.push({ limit, latencyMs, fixed, adaptive: { ...paceOf(samples, ms), refusedInSecondHalf } });
    }
  }
  await exchange.stop();
  return results;
}

function paceOf(samples: readonly Sample[], ms: number): Pace {
  const well = samples.filter(({ went }) => went === 'well').length;
  return { perSecond: well / (ms / 1000), refused: refused(samples) };
}

/** Part of them. */
export function refused(samples: readonly Sample[]): number {
  return samples.filter(({ went }) => went === 'busy').length / samples.length;
}

/** For people: appointments a second, and the part of the requests that was refused. */
export function pacingTable(results: readonly PacingResult[]): readonly Readonly<Record<string, unknown>>[] {
  return results.map(({ limit, latencyMs, fixed, adaptive }) => ({
    limit,
    latency: `${latencyMs} ms`,
    ...Object.fromEntries(fixed.map((pace) => [`fixed ${pace.inFlight}`, written(pace, 0)])),
    adaptive: written(adaptive, 1),
    'of the best': percent(adaptive.perSecond / Math.max(...fixed.map(({ perSecond }) => perSecond)), 0),
    'refused, second half': percent(adaptive.refusedInSecondHalf, 2),
  }));
}

function written(pace: Pace, digits: number): string {
  return `${pace.perSecond.toFixed(0)} (${percent(pace.refused, digits)})`;
}

function percent(share: number, digits: number): string {
  return `${(100 * share).toFixed(digits)} %`;
}
