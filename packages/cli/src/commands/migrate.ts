import { Command } from 'commander';
import { CommandError } from '../command-error.js';
import { readLedgerPlace } from '../config/named-ledger.js';
import type { ExitCode } from '../exit-code.js';
import type { Output } from '../output/output.js';
import { done, perform } from '../run/perform.js';
import type { CommonFlags } from './flags.js';

const EXAMPLES = `
Examples:
  $ appointed migrate --ledger postgres://appointed@db.contoso.com/appointed`;

/** `appointed migrate` */
export function migrateCommand(): Command {
  return new Command('migrate')
    .description('make the tables of a ledger in PostgreSQL, or bring them up to date; what is stored stays')
    .addHelpText('after', EXAMPLES)
    .action((_flags, called: Command) => {
      const flags = called.optsWithGlobals<CommonFlags>();
      return perform(flags, (output) => migrateLedger(flags, output));
    });
}

async function migrateLedger({ ledger }: CommonFlags, output: Output): Promise<ExitCode> {
  const place = ledger === undefined ? undefined : readLedgerPlace(ledger);
  if (place?.kind !== 'postgres') {
    const hint = 'Add --ledger postgres://user@host/database; files need no migration by hand.';
    throw new CommandError('usage', 'nobody said which database', hint);
  }
  const { migrate } = await import('@appointed/ledger-postgres');
  await migrate({ connectionString: place.connectionString });
  output.say('The tables are ready.');
  return done();
}
