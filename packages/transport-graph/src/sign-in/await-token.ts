import { once } from 'node:events';
import { AppointedError, type Failure, type Mailbox } from '@appointed/core';

/** No token came in time. */
class TooLate extends Error {}

/** @throws what the credential throws; TooLate when the time is over; the signal's reason */
export async function inTime(
  ask: () => string | Promise<string>,
  deadline: number,
  signal: AbortSignal,
): Promise<string> {
  signal.throwIfAborted();
  const token = ask();
  if (typeof token === 'string') return token;
  const ms = Math.max(deadline - Date.now(), 0);
  const settled = new AbortController();
  const over = AbortSignal.any([signal, AbortSignal.timeout(ms)]);
  const tooLate = once(over, 'abort', { signal: settled.signal }).then(() => {
    throw new TooLate(`the credential gave none within ${ms} ms`);
  });
  try {
    return await Promise.race([token, tooLate]);
  } finally {
    settled.abort();
  }
}

/** What a request comes to for which there was no token. Nothing was sent to Graph. */
export function withoutToken(cause: unknown, { id }: Mailbox, signal: AbortSignal): Failure {
  const about = { mailbox: id, cause };
  if (signal.aborted) {
    return { kind: 'deferred', error: new AppointedError('aborted', `${id}: aborted before it was sent`, about) };
  }
  const message = `${id}: no access token could be had: ${cause instanceof Error ? cause.message : String(cause)}`;
  if (cause instanceof TooLate) return { kind: 'deferred', error: new AppointedError('timed_out', message, about) };
  if (isOfNetwork(cause)) return { kind: 'deferred', error: new AppointedError('connection_failed', message, about) };
  return { kind: 'rejected', error: new AppointedError('sign_in_failed', message, about), scope: 'run' };
}

/** Codes of Node, of undici and of the Azure SDK: whoever gives the tokens was not reached. */
const OF_NETWORK = /^(?:E[A-Z]{3,}|UND_ERR_\w+|REQUEST_SEND_ERROR)$/;

function isOfNetwork(error: unknown): boolean {
  const { code, cause } = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>;
  return (typeof code === 'string' && OF_NETWORK.test(code)) || (cause !== undefined && isOfNetwork(cause));
}
