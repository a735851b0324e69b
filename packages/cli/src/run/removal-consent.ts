import { CommandError } from '../command-error.js';
import type { Output } from '../output/output.js';
import { ask, canAsk } from './ask.js';

/** What stands for an answer. */
interface Consent {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
}

/**
 * What many people have is removed only where somebody says that it is meant.
 * @param what would be removed
 * @throws CommandError `not_confirmed`
 */
export async function checkRemoval(what: string, { yes, dryRun }: Consent, output: Output): Promise<void> {
  if (yes === true || dryRun === true) return;
  if (canAsk(output) && (await ask(output, `Remove ${what}?`)) === true) return;
  throw new CommandError('not_confirmed', `${what} would be removed, and nobody said yes`, 'Add --yes if it is meant.');
}
