import { setTimeout as delay } from 'node:timers/promises';

/**
 * A token, if it comes in time.
 * @throws what the provider throws; Error when the time is over or the signal aborted
 */
export async function awaitToken<T>(token: Promise<T>, timeoutMs: number, signal: AbortSignal): Promise<T> {
  const settled = new AbortController();
  const over = delay(timeoutMs, undefined, { signal: AbortSignal.any([signal, settled.signal]) });
  try {
    return await Promise.race([
      token,
      over.then(() => {
        throw new Error(`the token provider gave none within ${timeoutMs} ms`);
      }),
    ]);
  } finally {
    settled.abort();
  }
}
