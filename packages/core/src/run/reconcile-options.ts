import type { MailboxList } from './call-options.js';
import type { ResolveFactory } from './factory-options.js';
import { checkOptions } from './known-options.js';
import { readRunOptions, RUN_OPTIONS, type RunOptions } from './run-options.js';
import { refuse } from './refuse.js';
import type { RunSettings } from './run-settings.js';

/** How a run is brought in line with a list that has changed. */
export interface ReconcileOptions extends Omit<RunOptions, 'id' | 'mailboxes' | 'plan' | 'canary'> {
  /**
   * Who is to have the appointments now. Read to its end before anything is placed or removed. Who is not in it gets
   * nothing more, and is asked to give back nothing unless `leavers` says so.
   */
  readonly mailboxes: MailboxList;
  /** What becomes of the appointments of those who are not in the list any more. By default `keep`. */
  readonly leavers?: 'keep' | 'remove';
  /**
   * The most placements that may be taken from those who are not in the list any more: an empty list is a mistake more
   * often than a wish. More stop the call with `too_many_leavers`, and nothing was changed. By default 500.
   */
  readonly maxLeavers?: number;
}

const DEFAULT_MAX_LEAVERS = 500;

const STRANGE: ReadonlySet<string> = new Set(['id', 'plan', 'canary']);
const OPTIONS: readonly string[] = [...RUN_OPTIONS.filter((name) => !STRANGE.has(name)), 'leavers', 'maxLeavers'];

/** @throws AppointedError `invalid_options`, and what `resolve` throws */
export function readReconcileOptions(runId: string, options: ReconcileOptions, resolve: ResolveFactory): RunSettings {
  checkOptions(options, OPTIONS);
  const { leavers = 'keep', maxLeavers: _, ...others } = options;
  if (leavers !== 'keep' && leavers !== 'remove') throw refuse('leavers', 'is neither keep nor remove');
  if (options.mailboxes === undefined) throw refuse('mailboxes', 'is missing');
  return { ...readRunOptions({ ...others, id: runId }, resolve), listFirst: true };
}

/** How many may be removed: none where leavers are kept. @throws AppointedError `invalid_options` */
export function readMaxLeavers({ leavers, maxLeavers = DEFAULT_MAX_LEAVERS }: ReconcileOptions): number {
  if (typeof maxLeavers !== 'number' || !(maxLeavers >= 0)) throw refuse('maxLeavers', 'is not a number from 0 on');
  return leavers === 'remove' ? maxLeavers : 0;
}
