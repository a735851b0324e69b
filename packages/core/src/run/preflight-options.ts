import type { MailboxList } from './call-options.js';
import type { ResolveFactory } from './factory-options.js';
import { checkOptions } from './known-options.js';
import { refuse } from './refuse.js';
import { readRunOptions, RUN_OPTIONS, type RunOptions } from './run-options.js';
import type { RunSettings } from './run-settings.js';

/**
 * The options of the run that is meant, so that the same object can be given to both. Those that say how is placed
 * (`onPlacement`, `canary`, `lookup` ...) change nothing here.
 */
export interface PreflightOptions extends Omit<RunOptions, 'mailboxes' | 'plan'> {
  /** Read as the preflight goes, never collected. */
  readonly mailboxes: MailboxList;
  /**
   * `all` asks the server about every mailbox; `content` asks factories only, and needs no server: the hash is the same.
   * By default `all`.
   */
  readonly check?: 'all' | 'content';
}

const OPTIONS: readonly (keyof PreflightOptions)[] = [...RUN_OPTIONS.filter((name) => name !== 'plan'), 'check'];

/** What a preflight was told, checked. */
export interface PreflightSettings extends RunSettings {
  readonly mailboxes: MailboxList;
  readonly check: 'all' | 'content';
}

/** @throws AppointedError `invalid_options`, and what `resolve` throws */
export function readPreflightOptions(options: PreflightOptions, resolve: ResolveFactory): PreflightSettings {
  checkOptions(options, OPTIONS);
  const { check = 'all', mailboxes, ...others } = options;
  if (check !== 'all' && check !== 'content') throw refuse('check', 'is neither all nor content');
  if (mailboxes === undefined) throw refuse('mailboxes', 'is missing');
  return { ...readRunOptions({ ...others, mailboxes }, resolve), mailboxes, check };
}
