import { setImmediate as nextTurn } from 'node:timers/promises';
import { vi } from 'vitest';

/** From now on time passes only as {@link passTime} lets it. */
export function stopTime(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
}

/** Who still waits after so long waits for ever. */
const LONGEST_MS = 20 * 86_400_000;

/**
 * Lets time jump from timer to timer until the promise is settled, and never while something else is under way.
 * @throws Error when that takes weeks: a deadlock must not hold the tests
 */
export async function passTime<T>(promise: Promise<T>): Promise<T> {
  const began = Date.now();
  let isSettled = false;
  const settled = (): boolean => (isSettled = true);
  promise.then(settled, settled);
  for (;;) {
    do await nextTurn();
    while (process.getActiveResourcesInfo().includes('Immediate'));
    if (isSettled) return promise;
    if (Date.now() - began > LONGEST_MS) throw new Error('it waits for what never comes');
    vi.advanceTimersToNextTimer();
  }
}
