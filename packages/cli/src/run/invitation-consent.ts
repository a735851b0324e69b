import type { RunReport } from '@appointed/core';
import { CommandError } from '../command-error.js';
import type { PlaceFlags } from '../commands/flags.js';
import type { Output } from '../output/output.js';
import { ask, canAsk } from './ask.js';

/** So many may be mailed without a question. */
const USUAL = 500;

/**
 * A limit above the usual one is a decision: somebody says yes to it, or has said so by `--yes`.
 * @throws CommandError `not_confirmed`
 */
export async function checkInvitationLimit(
  { maxInvitations = 0, yes }: Pick<PlaceFlags, 'maxInvitations' | 'yes'>,
  output: Output,
): Promise<void> {
  if (maxInvitations <= USUAL || yes === true) return;
  const question = `Up to ${maxInvitations} invitations may be mailed. Is that meant?`;
  if (canAsk(output) && (await ask(output, question)) === true) return;
  const hint = 'Add --yes if they are all meant.';
  throw new CommandError('not_confirmed', `up to ${maxInvitations} invitations, and nobody said yes`, hint);
}

/** After a run was stopped by the limit, with nothing mailed: may they be mailed all the same? */
export async function consentsToMore({ stopped }: RunReport, output: Output, signal: AbortSignal): Promise<boolean> {
  if (stopped?.code !== 'too_many_invitations' || !canAsk(output)) return false;
  output.note(stopped.message, 'doubtful');
  return (await ask(output, 'Nothing was mailed. Mail them all?', signal)) === true;
}
