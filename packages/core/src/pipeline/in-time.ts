import { abortable } from './abortable.js';

/**
 * The promise's value, if it comes in time.
 * @throws Error when it does not; the signal's reason; what the promise rejects with
 */
export async function inTime<T>(promise: PromiseLike<T>, ms: number, signal: AbortSignal): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing within ${ms} ms`)), ms);
  });
  try {
    return await abortable(Promise.race([promise, late]), signal);
  } finally {
    clearTimeout(timer);
  }
}
