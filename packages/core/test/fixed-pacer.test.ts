import { fixedPacer, type Lane, type Permit } from '@appointed/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const { signal } = new AbortController();
const lane: Lane = { id: 'mailbox' };
const narrow: Lane = { id: 'identity', maxInFlight: 1 };
const done = { latencyMs: 1 };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Asks for a permit and tells whether it was given. */
function asking(acquired: Promise<Permit>): { readonly granted: () => boolean } {
  let granted = false;
  void acquired.then(
    () => (granted = true),
    () => undefined,
  );
  return { granted: () => granted };
}

const soon = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

describe('fixedPacer', () => {
  it('gives as many permits as its cap, and the next when one is given back', async () => {
    const pacer = fixedPacer(2);
    const first = await pacer.acquire([lane], signal);
    await pacer.acquire([lane], signal);
    const third = asking(pacer.acquire([lane], signal));
    await soon();
    expect(third.granted()).toBe(false);
    first.release(done);
    await soon();
    expect(third.granted()).toBe(true);
  });

  it('counts a permit that is given back twice once', async () => {
    const pacer = fixedPacer(1);
    const permit = await pacer.acquire([lane], signal);
    permit.release(done);
    permit.release(done);
    await pacer.acquire([lane], signal);
    const next = asking(pacer.acquire([lane], signal));
    await soon();
    expect(next.granted()).toBe(false);
  });

  it('holds back who has waited for another lane, when the server asks for quiet meanwhile', async () => {
    const pacer = fixedPacer(1);
    const first = await pacer.acquire([lane], signal);
    const second = asking(pacer.acquire([lane], signal));
    first.release({ ...done, went: 'busy', pause: { lane: lane.id, ms: 800 } });
    await vi.advanceTimersByTimeAsync(799);
    expect(second.granted()).toBe(false);
    await vi.advanceTimersByTimeAsync(2);
    expect(second.granted()).toBe(true);
  });

  it('keeps to the cap of a lane, and other lanes pass', async () => {
    const pacer = fixedPacer(10);
    const first = await pacer.acquire([narrow, lane], signal);
    const second = asking(pacer.acquire([narrow], signal));
    await pacer.acquire([lane], signal);
    expect(second.granted()).toBe(false);
    first.release(done);
    await soon();
    expect(second.granted()).toBe(true);
  });

  it('leaves a lane quiet for as long as the server asked, and other lanes pass', async () => {
    const pacer = fixedPacer(10);
    const permit = await pacer.acquire([lane], signal);
    permit.release({ ...done, pause: { lane: lane.id, ms: 5000 } });
    const next = asking(pacer.acquire([lane], signal));
    await pacer.acquire([narrow], signal);
    await vi.advanceTimersByTimeAsync(4999);
    expect(next.granted()).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(next.granted()).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('takes the longer of two pauses', async () => {
    const pacer = fixedPacer(10);
    const [one, other] = [await pacer.acquire([lane], signal), await pacer.acquire([lane], signal)];
    one?.release({ ...done, pause: { lane: lane.id, ms: 5000 } });
    other?.release({ ...done, pause: { lane: lane.id, ms: 1000 } });
    const next = asking(pacer.acquire([lane], signal));
    await vi.advanceTimersByTimeAsync(4999);
    expect(next.granted()).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(next.granted()).toBe(true);
  });

  it('may be asked for a pause longer than a timer can be', async () => {
    const pacer = fixedPacer(10);
    const permit = await pacer.acquire([lane], signal);
    const months = 60 * 24 * 3_600_000;
    permit.release({ ...done, pause: { lane: lane.id, ms: months } });
    const next = asking(pacer.acquire([lane], signal));
    await vi.advanceTimersByTimeAsync(months - 1);
    expect(next.granted()).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(next.granted()).toBe(true);
  });

  it('sets no timer while nobody waits', async () => {
    const pacer = fixedPacer(10);
    const permit = await pacer.acquire([lane], signal);
    permit.release({ ...done, pause: { lane: lane.id, ms: 5000 } });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('refuses at once when the signal was aborted before', async () => {
    const reason = new Error('enough');
    await expect(fixedPacer(1).acquire([lane], AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  it('lets those go who wait when the signal is aborted, and keeps no timer and no place for them', async () => {
    const pacer = fixedPacer(1);
    const permit = await pacer.acquire([lane], signal);
    permit.release({ ...done, pause: { lane: lane.id, ms: 5000 } });
    const run = new AbortController();
    const waiting = [pacer.acquire([lane], run.signal), pacer.acquire([lane], run.signal)];
    const reason = new Error('enough');
    run.abort(reason);
    for (const acquired of waiting) await expect(acquired).rejects.toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
    const next = asking(pacer.acquire([narrow], signal));
    await soon();
    expect(next.granted()).toBe(true);
  });

  it('leaves no listener on the signal of those whom it granted', async () => {
    const pacer = fixedPacer(1);
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    const first = await pacer.acquire([lane], signal);
    const second = pacer.acquire([lane], signal);
    first.release(done);
    await second;
    expect(removed.mock.calls.map(([, listener]) => listener)).toEqual(
      added.mock.calls.map(([, listener]) => listener),
    );
    expect(added).toHaveBeenCalledTimes(1);
  });

  it('grants in the order of asking', async () => {
    const pacer = fixedPacer(1);
    const order: number[] = [];
    const first = await pacer.acquire([lane], signal);
    const turns = [1, 2, 3].map(async (n) => {
      const permit = await pacer.acquire([lane], signal);
      order.push(n);
      permit.release(done);
    });
    first.release(done);
    await Promise.all(turns);
    expect(order).toEqual([1, 2, 3]);
  });
});
