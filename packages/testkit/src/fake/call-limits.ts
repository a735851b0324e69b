import { AppointedError, type Call, type Failure, type Mailbox } from '@appointed/core';

/**
 * Waits until the promise is settled, the call's signal is aborted or its time is over, and leaves no timer behind.
 * @returns the outcome of a call that was given up, or undefined
 */
export async function waitFor(
  after: Promise<unknown> | 'never',
  { id }: Mailbox,
  { signal, timeoutMs }: Call,
): Promise<Failure | undefined> {
  let giveUp: (() => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  const givenUp = new Promise<Failure>((resolve) => {
    const unknown = (code: 'aborted' | 'timed_out', complaint: string): void =>
      resolve({ kind: 'unknown', error: new AppointedError(code, `${id}: ${complaint}`, { mailbox: id }) });
    giveUp = () => unknown('aborted', 'given up, since the run was aborted');
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
    timer = setTimeout(() => unknown('timed_out', `no answer in ${timeoutMs} ms`), timeoutMs);
  });
  const settled = after === 'never' ? [] : [after.then(nothing, nothing)];
  try {
    return await Promise.race([givenUp, ...settled]);
  } finally {
    clearTimeout(timer);
    if (giveUp !== undefined) signal.removeEventListener('abort', giveUp);
  }
}

function nothing(): undefined {
  return undefined;
}
