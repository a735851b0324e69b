// Marks placements as done, one after another, and tells which are durable, until it is killed.
import { postgresLedger } from '@appointed/ledger-postgres';
import { done, RUN } from './run.js';

const [connectionString = '', schema = ''] = process.argv.slice(2);
const ledger = postgresLedger({ connectionString, schema });
const owner = { id: `pid ${process.pid}`, name: 'the marking process' };
await ledger.hold(RUN, owner);

for (;;) {
  const { claims } = await ledger.claim(RUN, owner, 64, 60_000);
  await Promise.all(
    claims.map(async (claim) => {
      await ledger.mark([done(claim)]);
      // Written at once, and not lost when the process is killed.
      process.stdout.write(`${claim.placement.row}\n`);
    }),
  );
}
