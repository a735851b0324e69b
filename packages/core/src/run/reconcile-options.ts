import type { MailboxList } from './call-options.js';
import type { ResolveFactory } from './factory-options.js';
import { readRunOptions, type RunOptions } from './run-options.js';
import { refuse } from './refuse.js';
import type { RunSettings } from './run-settings.js';

/** How a run is brought in line with a list that has changed. */
export interface ReconcileOptions extends Omit<RunOptions, 'id' | 'mailboxes' | 'plan' | 'canary'> {
  /** Who is to have the appointments now. Read to its end before anything is placed or removed. */
  readonly mailboxes: MailboxList;
  /** What becomes of the appointments of those who are not in the list any more. By default `keep`. */
  readonly leavers?: 'keep' | 'remove';
}

/** @throws AppointedError `invalid_options`, and what `resolve` throws */
export function readReconcileOptions(runId: string, options: ReconcileOptions, resolve: ResolveFactory): RunSettings {
  const { leavers = 'keep', ...others } = options;
  if (leavers !== 'keep' && leavers !== 'remove') throw refuse('leavers', 'is neither keep nor remove');
  if (options.mailboxes === undefined) throw refuse('mailboxes', 'is missing');
  return { ...readRunOptions({ ...others, id: runId }, resolve), listFirst: true };
}
