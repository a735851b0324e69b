import { abortable } from '../pipeline/abortable.js';
import { at } from '../pipeline/at.js';
import type { Mailbox } from '../mailbox/mailbox.js';
import { requestFor } from '../pipeline/request.js';
import { backoff } from '../pipeline/retry.js';
import type { Run } from '../pipeline/run.js';
import type { Access, Route } from '../transport/appointment-transport.js';
import type { Outcome } from '../transport/outcome.js';

/**
 * Asks whether a mailbox may be acted for, and again while the server does not answer: nothing is written by it.
 * @returns undefined when the call was stopped
 */
export async function askAccess(run: Run, route: Route, mailbox: Mailbox): Promise<Outcome<Access> | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await ask(run, route, mailbox);
    const ms = outcome === undefined ? undefined : restMs(outcome, attempt, run.settings.maxAttempts);
    if (ms === undefined || !(await rest(ms, run.halted))) return outcome;
  }
}

async function ask(run: Run, route: Route, mailbox: Mailbox): Promise<Outcome<Access> | undefined> {
  const errand = { mailbox, answers: 1, sendBy: Number.POSITIVE_INFINITY };
  const answers = await requestFor(run, route, errand, async (asked, call) => [
    await run.parts.transport.check(asked, call),
  ]);
  return answers?.[0];
}

/** @returns undefined when it is not worth to be asked again */
function restMs(outcome: Outcome<Access>, attempt: number, maxAttempts: number): number | undefined {
  if (attempt >= maxAttempts || outcome.kind === 'done') return undefined;
  if (outcome.kind !== 'rejected') return backoff(attempt);
  const { again } = outcome;
  return attempt === 1 && again !== undefined && 'afterMs' in again ? again.afterMs : undefined;
}

/** @returns false when the call was stopped meanwhile */
async function rest(ms: number, halted: AbortSignal): Promise<boolean> {
  let cancel: (() => void) | undefined;
  const over = new Promise<void>((resolve) => {
    cancel = at(Date.now() + ms, resolve);
  });
  try {
    await abortable(over, halted);
    return true;
  } catch {
    return false;
  } finally {
    cancel?.();
  }
}
