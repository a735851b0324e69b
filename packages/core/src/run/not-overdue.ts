import type { Call } from '../transport/appointment-transport.js';

/** Longer than a transport that keeps the contract needs to settle a call that is over, even on a busy machine. */
const GRACE_MS = 5000;

/**
 * The transport's answer. A transport that has none some seconds after the time of the call is over or its signal was
 * aborted breaks the contract, and must not hold the run.
 * @throws Error when the answer is overdue; what the transport throws
 */
export async function notOverdue<T>(answer: Promise<T>, { signal, timeoutMs }: Call): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let onAbort: (() => void) | undefined;
  const overdue = new Promise<never>((_resolve, reject) => {
    const within = (ms: number): void => {
      clearTimeout(timer);
      timer = setTimeout(() => reject(new Error('it gave no outcome in time')), ms);
    };
    onAbort = () => within(GRACE_MS);
    within(timeoutMs + GRACE_MS);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([answer, overdue]);
  } finally {
    clearTimeout(timer);
    if (onAbort !== undefined) signal.removeEventListener('abort', onAbort);
  }
}
