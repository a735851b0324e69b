import { setImmediate as nextTurn } from 'node:timers/promises';
import { vi } from 'vitest';

/** From now on time passes only as {@link passTime} lets it. */
export function stopTime(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
}

/** Lets time jump from timer to timer until the promise is settled, and never while something else is under way. */
export async function passTime<T>(promise: Promise<T>): Promise<T> {
  let isSettled = false;
  const settled = (): boolean => (isSettled = true);
  promise.then(settled, settled);
  for (;;) {
    do await nextTurn();
    while (process.getActiveResourcesInfo().includes('Immediate'));
    if (isSettled) return promise;
    vi.advanceTimersToNextTimer();
  }
}
