import { AppointedError, type Call, type Failure, type Mailbox, type Outcome } from '@appointed/core';
import { StoreError } from './store.js';

/** Asks the store within the limits of a call: an outcome for whatever happens. */
export async function ask<T>(mailbox: Mailbox, call: Call, work: () => Promise<T>): Promise<Outcome<T>> {
  if (call.signal.aborted) return deferred(mailbox, 'aborted', 'the run was aborted');
  if (Date.now() > call.sendBy) return deferred(mailbox, 'timed_out', 'it is too late to begin');
  const waited = new AbortController();
  try {
    return await Promise.race([
      givenUp(mailbox, call, waited.signal),
      work().then((value) => ({ kind: 'done', value }) as const),
    ]);
  } catch (cause) {
    return failureOf(mailbox, cause);
  } finally {
    waited.abort();
  }
}

/** Resolves as soon as nobody waits any more: what was asked may have been done all the same. */
function givenUp({ id }: Mailbox, { signal, timeoutMs }: Call, waited: AbortSignal): Promise<Failure> {
  return new Promise((resolve) => {
    const giveUp = (code: 'aborted' | 'timed_out', why: string): void =>
      resolve({ kind: 'unknown', error: new AppointedError(code, `${id}: ${why}`, { mailbox: id }) });
    const timer = setTimeout(() => giveUp('timed_out', `no answer in ${timeoutMs} ms`), timeoutMs);
    waited.addEventListener('abort', () => clearTimeout(timer));
    signal.addEventListener('abort', () => giveUp('aborted', 'given up, since the run was aborted'), {
      signal: waited,
    });
  });
}

function deferred({ id }: Mailbox, code: 'aborted' | 'timed_out', why: string): Failure {
  return { kind: 'deferred', error: new AppointedError(code, `${id}: ${why}`, { mailbox: id }) };
}

/** Which of the four a failure is: whether it was certainly not done, and whether to try again. */
function failureOf({ id }: Mailbox, cause: unknown): Failure {
  const why = cause instanceof Error ? cause.message : String(cause);
  if (!(cause instanceof StoreError)) {
    const error = new AppointedError('server_failed', `${id}: ${why}`, { mailbox: id, cause });
    return { kind: 'unknown', error };
  }
  const { code } = cause;
  if (code === 'Unreachable') {
    const error = new AppointedError('connection_failed', `${id}: ${why}`, { mailbox: id, cause });
    return { kind: 'deferred', error };
  }
  const error = new AppointedError('server_rejected', `${id}: ${why}`, { mailbox: id, server: { code }, cause });
  return { kind: 'rejected', scope: 'mailbox', error };
}
