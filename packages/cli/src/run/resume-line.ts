import type { RunReport } from '@appointed/core';
import type { CommonFlags, PlaceFlags } from '../commands/flags.js';
import type { OpenConfig } from '../config/open-config.js';
import { findRun } from './find-run.js';
import { contentWords, factoryWords, listWords } from './repeated-flags.js';
import { shellLine } from './shell-line.js';

/** The command that continues a run of which something is left; undefined where nothing can be continued. */
export async function resumeLine(
  { runId, stopped, counts, isDryRun }: RunReport,
  flags: PlaceFlags & CommonFlags,
  open: OpenConfig,
): Promise<string | undefined> {
  if (isDryRun) return undefined;
  const manifest = await findRun(await open.ledger(), runId);
  if (manifest === undefined) return undefined;
  const isOver = stopped === undefined && counts.deferred + counts.unknown === 0;
  const words = ['appointed', 'resume', runId, ...factoryWords(flags)];
  if (!manifest.audienceComplete) words.push(...listWords(flags));
  words.push(...contentWords(flags));
  if (isOver && counts.rejected > 0) words.push('--retry-rejected');
  if (stopped?.code === 'too_many_invitations') return `${shellLine(words)} --yes --max-invitations N`;
  return isOver && counts.rejected === 0 ? undefined : shellLine(words);
}
