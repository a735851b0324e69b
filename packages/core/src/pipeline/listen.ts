import { AppointedError } from '../error/appointed-error.js';
import { at } from './at.js';
import type { OpenRun } from './open-run.js';
import type { Run } from './run.js';

/** Stops the run for what comes from outside. @returns what ends that */
export function listen(run: Run, { hold }: OpenRun): () => void {
  const { signal, pause, notAfter } = run.settings;
  const onLost = (): void => run.stop(lost(hold.lost.reason));
  const onAbort = (): void => run.abort(signal.reason);
  const onPause = (): void => run.stop(paused(pause.reason));
  hear(hold.lost, onLost);
  hear(signal, onAbort);
  hear(pause, onPause);
  const stopClock = at(notAfter, () => run.stop(timeIsUp(notAfter)));
  return () => {
    hold.lost.removeEventListener('abort', onLost);
    signal.removeEventListener('abort', onAbort);
    pause.removeEventListener('abort', onPause);
    stopClock();
  };
}

function hear(signal: AbortSignal, listener: () => void): void {
  if (signal.aborted) listener();
  else signal.addEventListener('abort', listener, { once: true });
}

function paused(cause: unknown): AppointedError {
  const hint = 'Continue it when it is to go on.';
  return new AppointedError('paused', 'the run was paused', { field: 'pause', hint, cause });
}

function timeIsUp(notAfter: number): AppointedError {
  const hint = 'Continue the run when its time has come again.';
  return new AppointedError('time_is_up', `it is past ${new Date(notAfter).toISOString()}`, {
    field: 'notAfter',
    hint,
  });
}

function lost(cause: unknown): AppointedError {
  return AppointedError.is(cause)
    ? cause
    : new AppointedError('claim_lost', 'somebody else works on the run', { cause });
}
