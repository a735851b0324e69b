// Marks placements as done, one after another, and tells which are durable, until it is killed.
import { sqliteLedger } from '@appointed/ledger-sqlite';
import { RUN } from './run.js';

const [path = ''] = process.argv.slice(2);
const ledger = sqliteLedger({ path });
await ledger.hold(RUN, { id: `pid ${process.pid}`, name: 'the marking process' });
const owner = { id: `pid ${process.pid}`, name: '' };

for (;;) {
  const { claims } = await ledger.claim(RUN, owner, 64, 60_000);
  await Promise.all(
    claims.map(async ({ placement: { key, row }, fence }) => {
      const receipt = { itemId: `item-${row}` };
      await ledger.mark([{ runId: RUN, key, fence, state: 'done', attempts: 1, receipt }]);
      // Written at once, and not lost when the process is killed.
      process.stdout.write(`${row}\n`);
    }),
  );
}
