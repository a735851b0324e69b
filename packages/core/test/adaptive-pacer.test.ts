import { adaptivePacer, type Feedback, type Lane, type PaceChange, type Pacer, type Permit } from '@appointed/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SimulatedServer } from './simulated-server.js';
import type { Time } from './virtual-time.js';

const { signal } = new AbortController();
const identity: Lane = { id: 'identity', shared: true };
const well: Feedback = { latencyMs: 1, went: 'well' };
const busy: Feedback = { latencyMs: 1, went: 'busy' };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const soon = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

/** Asks for so many permits on a lane, each for another mailbox. @returns those that are given, as they are */
async function ask(pacer: Pacer, count: number, lane: Lane = identity): Promise<Permit[]> {
  const given: Permit[] = [];
  for (let index = 0; index < count; index += 1) {
    void pacer.acquire([lane, { id: `mailbox-${index}` }], signal).then((permit) => given.push(permit));
  }
  await soon();
  return given;
}

/** Works off what is asked for, one round trip after the other. @returns how many were in flight in each of them */
async function roundTrips(given: Permit[], feedback: Feedback = well): Promise<number[]> {
  const sizes: number[] = [];
  while (given.length > 0) {
    sizes.push(given.length);
    for (const permit of given.splice(0)) permit.release(feedback);
    await soon();
  }
  return sizes;
}

/** When each of so many requests was sent, in milliseconds. */
async function sendings(pacer: Pacer, lane: Lane, count: number): Promise<number[]> {
  const start = performance.now();
  const sentAt: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const sent = (permit: Permit): void => {
      sentAt.push(performance.now() - start);
      permit.release(well);
    };
    void pacer.acquire([lane], signal).then(sent);
  }
  await vi.advanceTimersByTimeAsync(60_000);
  return sentAt;
}

const timersTime: Time = {
  now: () => performance.now(),
  after: (ms, happen) => void setTimeout(happen, ms),
};

describe('a shared lane', () => {
  it('begins with two requests in flight, and doubles them up to the cap', async () => {
    const sizes = await roundTrips(await ask(adaptivePacer({ maxInFlight: 20 }), 150));
    expect(sizes[0]).toBe(2);
    expect([...new Set(sizes.slice(0, -1))]).toEqual([2, 4, 8, 16, 20]);
  });

  it('has ten requests in flight at most unless told otherwise', async () => {
    expect(Math.max(...(await roundTrips(await ask(adaptivePacer(), 100))))).toBe(10);
  });

  it('never has more in flight than it says itself', async () => {
    const sizes = await roundTrips(await ask(adaptivePacer(), 100, { ...identity, maxInFlight: 3 }));
    expect(Math.max(...sizes)).toBe(3);
  });

  it('halves when several requests are refused, and climbs back', async () => {
    const pacer = adaptivePacer({ maxInFlight: 16 });
    const told: PaceChange[] = [];
    const given = await ask(pacer, 60);
    await roundTrips(given);
    const full = await ask(pacer, 400);
    expect(full).toHaveLength(16);
    pacer.listen?.((change) => told.push(change));
    for (const permit of full.splice(-3)) permit.release(busy);
    expect(told).toEqual([{ lane: 'identity', limit: 8, reason: 'busy' }]);
    const sizes = await roundTrips(full);
    expect(sizes.slice(1, 4)).toEqual([8, 13, 13]);
    expect(told[1]).toEqual({ lane: 'identity', limit: 13, reason: 'recovered' });
  });

  it('takes no notice of one mailbox that is busy', async () => {
    const pacer = adaptivePacer({ maxInFlight: 16 });
    await roundTrips(await ask(pacer, 60));
    const told: PaceChange[] = [];
    pacer.listen?.((change) => told.push(change));
    const [one, ...others] = await ask(pacer, 40);
    one?.release({ ...busy, pause: { lane: 'mailbox-0', ms: 5000 } });
    await soon();
    expect(told).toEqual([{ lane: 'mailbox-0', limit: 0, reason: 'quiet', quietMs: 5000 }]);
    expect(others).toHaveLength(15);
  });

  it('halves as well when answers are lost', async () => {
    const pacer = adaptivePacer({ maxInFlight: 16 });
    await roundTrips(await ask(pacer, 60));
    const told: PaceChange[] = [];
    pacer.listen?.((change) => told.push(change));
    for (const permit of (await ask(pacer, 30)).slice(0, 3)) permit.release({ latencyMs: 1, went: 'failed' });
    expect(told).toEqual([{ lane: 'identity', limit: 8, reason: 'failed' }]);
  });

  it('learns nothing from what was not sent', async () => {
    const pacer = adaptivePacer();
    const told: PaceChange[] = [];
    pacer.listen?.((change) => told.push(change));
    await roundTrips(await ask(pacer, 50), { latencyMs: 0 });
    expect(told).toEqual([]);
  });
});

describe('quiet', () => {
  it('is one mailbox, as long as the server asked, and the others go on', async () => {
    const pacer = adaptivePacer();
    const [permit] = await ask(pacer, 1);
    permit?.release({ ...busy, pause: { lane: 'mailbox-0', ms: 5000 } });
    const again = await ask(pacer, 1);
    expect(again).toHaveLength(0);
    const other = pacer.acquire([identity, { id: 'mailbox-9' }], signal);
    await expect(other).resolves.toBeDefined();
    await vi.advanceTimersByTimeAsync(4999);
    expect(again).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(again).toHaveLength(1);
  });

  it('is the identity once several mailboxes are, and nobody stampedes afterwards', async () => {
    const pacer = adaptivePacer({ maxInFlight: 32 });
    await roundTrips(await ask(pacer, 150));
    const full = await ask(pacer, 32);
    expect(full).toHaveLength(32);
    for (const [index, permit] of full.entries()) {
      permit.release({ ...busy, pause: { lane: `mailbox-${index}`, ms: 5000 + index } });
    }
    const later: Permit[] = [];
    for (let index = 100; index < 200; index += 1) {
      void pacer.acquire([identity, { id: `mailbox-${index}` }], signal).then((permit) => later.push(permit));
    }
    await vi.advanceTimersByTimeAsync(4999);
    expect(later).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(later).toHaveLength(2);
    expect((await roundTrips(later)).slice(0, 4)).toEqual([2, 4, 8, 16]);
  });

  it('is a lane that the server refuses everything on without a word for how long, longer each time', async () => {
    const start = performance.now();
    const limit = (now: number): number => (now - start < 30_000 ? 0 : 100);
    const server = new SimulatedServer({ latencyMs: () => 50, limit }, adaptivePacer(), timersTime);
    server.open(10);
    await vi.advanceTimersByTimeAsync(30_000);
    // Without any rest that would be 300,000.
    expect(server.tally(start, start + 30_000).refused).toBeLessThan(100);
    await vi.advanceTimersByTimeAsync(11_000);
    expect(server.tally(start + 30_000, start + 41_000).done).toBeGreaterThan(0);
  });

  it('costs little where a server names a time to each mailbox that comes when it is full', async () => {
    const traits = { latencyMs: () => 50, limit: () => 8, backOffMs: 2000 };
    const server = new SimulatedServer(traits, adaptivePacer({ maxInFlight: 20 }), timersTime);
    const start = performance.now();
    server.open(20);
    await vi.advanceTimersByTimeAsync(40_000);
    const { done, refused } = server.tally(start, start + 40_000);
    expect(done / ((8 * 40_000) / 50)).toBeGreaterThan(0.9);
    expect(refused / (done + refused)).toBeLessThan(0.01);
  });
});

describe('a budget', () => {
  const budgeted: Lane = { id: 'app', budget: { requests: 20, perMs: 10_000 } };

  it('is never exceeded in any stretch of its time, and nearly used up', async () => {
    const sentAt = await sendings(adaptivePacer(), budgeted, 100);
    expect(sentAt).toHaveLength(100);
    const most = Math.max(...sentAt.map((from) => sentAt.filter((at) => at >= from && at < from + 10_000).length));
    expect(most).toBeLessThanOrEqual(20);
    expect(most).toBeGreaterThanOrEqual(19);
  });

  it('is not spent at once, but for a tenth of it', async () => {
    const sentAt = await sendings(adaptivePacer(), budgeted, 10);
    expect(sentAt.filter((at) => at === 0)).toHaveLength(2);
    expect(new Set(sentAt).size).toBe(9);
  });

  it('of one request is one request in its time', async () => {
    const sentAt = await sendings(adaptivePacer(), { id: 'app', budget: { requests: 1, perMs: 1000 } }, 4);
    expect(sentAt).toEqual([0, 1000, 2000, 3000]);
  });

  it('is remembered while nobody sends', async () => {
    const pacer = adaptivePacer();
    const lane: Lane = { id: 'app', budget: { requests: 1, perMs: 5000 } };
    (await pacer.acquire([lane], signal)).release(well);
    await vi.advanceTimersByTimeAsync(1000);
    expect(await sendings(pacer, lane, 1)).toEqual([4000]);
  });

  it('holds up nobody on other lanes', async () => {
    const pacer = adaptivePacer();
    await ask(pacer, 10, budgeted);
    await expect(pacer.acquire([{ id: 'another' }], signal)).resolves.toBeDefined();
  });
});

describe('adaptivePacer', () => {
  it.each([0, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses a cap of %s', (maxInFlight) => {
    expect(() => adaptivePacer({ maxInFlight })).toThrow(
      expect.objectContaining({ code: 'invalid_options', field: 'maxInFlight' }),
    );
  });

  it('leaves no timer and no listener behind when those who wait give up', async () => {
    const pacer = adaptivePacer();
    const [permit] = await ask(pacer, 1);
    permit?.release({ ...busy, pause: { lane: 'identity', ms: 5000 } });
    const run = new AbortController();
    const removed = vi.spyOn(run.signal, 'removeEventListener');
    const added = vi.spyOn(run.signal, 'addEventListener');
    const waiting = [1, 2, 3].map((mailbox) => pacer.acquire([identity, { id: `mailbox-${mailbox}` }], run.signal));
    expect(vi.getTimerCount()).toBe(1);
    expect(added).toHaveBeenCalledTimes(1);
    run.abort(new Error('enough'));
    for (const each of waiting) await expect(each).rejects.toThrow('enough');
    expect(vi.getTimerCount()).toBe(0);
    const another = new AbortController();
    const removedLater = vi.spyOn(another.signal, 'removeEventListener');
    const served = pacer.acquire([identity, { id: 'mailbox-4' }], another.signal);
    await vi.advanceTimersByTimeAsync(5000);
    (await served).release(well);
    expect(removedLater).toHaveBeenCalledTimes(1);
    expect(removed).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('tells nothing any more to who has ended listening', async () => {
    const pacer = adaptivePacer();
    const told: PaceChange[] = [];
    pacer.listen?.((change) => told.push(change))();
    await roundTrips(await ask(pacer, 50));
    expect(told).toEqual([]);
  });

  it('is quiet where another process was told to be, and begins with few afterwards', async () => {
    const pacer = adaptivePacer({ maxInFlight: 100 });
    expect(await roundTrips(await ask(pacer, 30))).toContain(8);
    pacer.quiet?.(identity.id, 500);
    const start = performance.now();
    const given = await ask(pacer, 10);
    expect(given).toEqual([]);
    expect(await ask(pacer, 1, { id: 'another' })).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(500);
    expect(given).toHaveLength(2);
    expect(performance.now() - start).toBeGreaterThanOrEqual(500);
  });
});
