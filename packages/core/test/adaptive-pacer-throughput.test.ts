import { adaptivePacer } from '@appointed/core';
import { describe, expect, it } from 'vitest';
import { SimulatedServer } from './simulated-server.js';
import { randomFrom } from './random-from.js';
import { VirtualTime } from './virtual-time.js';

// Clients never lack, and the cap is far above every limit: nobody tells the pacer anything.
const CAP = 200;
const LATENCIES = [5, 50, 200];

/** A million mailboxes are 10,000 round trips of 100: what is lost at the beginning counts for more here. */
const ROUND_TRIPS = { 4: 1000, 27: 250, 100: 150 };

interface Measured {
  /** What was done, as a share of what could be done at most. */
  readonly share: number;
  /** The refused share of requests in the last quarter of the time or, before a change, in the second: what is more. */
  readonly refused: number;
  readonly mostInService: number;
}

interface Circumstances {
  readonly latencyMs: number;
  readonly before: number;
  readonly after?: number;
  readonly roundTrips: number;
}

/** A server that refuses what is more than its limit. */
async function refusing({ latencyMs, before, after = before, roundTrips }: Circumstances): Promise<Measured> {
  const durationMs = roundTrips * latencyMs;
  const limit = (now: number): number => (now < durationMs / 2 ? before : after);
  return measure({ latencyMs: () => latencyMs, limit }, durationMs, (((before + after) / 2) * durationMs) / latencyMs);
}

async function measure(
  traits: ConstructorParameters<typeof SimulatedServer>[0],
  durationMs: number,
  most: number,
): Promise<Measured> {
  const time = new VirtualTime();
  const server = new SimulatedServer(traits, adaptivePacer({ maxInFlight: CAP }), time);
  server.open(CAP);
  await time.pass(durationMs);
  const quarters = [server.tally(durationMs / 4, durationMs / 2), server.tally((3 * durationMs) / 4, durationMs)];
  return {
    // No concurrency, however chosen, gets more done than a server that is always as full as it may be.
    share: server.tally(0, durationMs).done / most,
    refused: Math.max(...quarters.map(({ done, refused }) => refused / (done + refused))),
    mostInService: server.mostInService,
  };
}

describe.each(LATENCIES)('with a server that takes %i ms, adaptivePacer', (latencyMs) => {
  it.each([4, 27, 100] as const)('finds a limit of %i', async (before) => {
    const { share, refused } = await refusing({ latencyMs, before, roundTrips: ROUND_TRIPS[before] });
    expect(share).toBeGreaterThan(0.9);
    expect(refused).toBeLessThan(0.01);
  });

  it.each([
    [4, 27, 1000],
    [27, 4, 600],
    [27, 100, 400],
    [100, 27, 300],
    [4, 100, 1000],
    [100, 4, 300],
  ])('notices that a limit of %i has become %i', async (before, after, roundTrips) => {
    const { share, refused } = await refusing({ latencyMs, before, after, roundTrips });
    expect(share).toBeGreaterThan(0.9);
    expect(refused).toBeLessThan(0.01);
  });
});

describe('adaptivePacer', () => {
  it.each([1, 2, 3])(
    'bears that some requests take much longer than others, in one way or another (%i)',
    async (seed) => {
      const random = randomFrom(seed);
      const [latencyMs, limit, roundTrips] = [50, 27, 400];
      // Half of them take less than 44 ms, one in a hundred more than 140; and they overtake each other on their way.
      const lognormal = (): number => latencyMs * Math.exp(random.normal() / 2 - 1 / 8);
      const wayMs = (): number => random.uniform() * 10;
      const durationMs = roundTrips * latencyMs;
      const most = (limit * durationMs) / (latencyMs + 5);
      const { share, refused } = await measure({ latencyMs: lognormal, wayMs, limit: () => limit }, durationMs, most);
      expect(share).toBeGreaterThan(0.9);
      expect(refused).toBeLessThan(0.01);
    },
  );

  it.each([4, 27])(
    'fills %i workers of a server that lets the others wait, and keeps the queue short',
    async (workers) => {
      const latencyMs = 50;
      const durationMs = 500 * latencyMs;
      const traits = { latencyMs: () => latencyMs, workers: () => workers };
      const { share, mostInService } = await measure(traits, durationMs, (workers * durationMs) / latencyMs);
      expect(share).toBeGreaterThan(0.9);
      expect(mostInService).toBeLessThanOrEqual(4 * workers);
    },
  );

  it('never has more in flight than its cap, where a server bears everything', async () => {
    const { mostInService } = await measure({ latencyMs: () => 50 }, 5000, 1);
    expect(mostInService).toBe(CAP);
  });
});
