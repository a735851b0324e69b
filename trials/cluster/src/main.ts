import { parseArgs } from 'node:util';
import { NO_OWN_REDIS } from '@appointed-testing/redis';
import type { Kind } from './servers.js';
import { TRIALS } from './trials.js';

const { values } = parseArgs({
  options: {
    trials: { type: 'string', default: 'kills,loss,drain,speed' },
    backends: { type: 'string', default: 'redis,postgres' },
    mailboxes: { type: 'string', default: '20000' },
  },
});

let failed = 0;
for (const name of values.trials.split(',')) {
  const trial = TRIALS[name];
  if (trial === undefined) throw new Error(`${name} is no trial: ${Object.keys(TRIALS).join(', ')}`);
  for (const kind of values.backends.split(',') as Kind[]) {
    if (name === 'loss' && kind !== 'redis') continue;
    if (kind === 'redis' && NO_OWN_REDIS !== undefined) {
      console.log(`${name} on redis: skipped, ${NO_OWN_REDIS}`);
      continue;
    }
    const { told, wrong } = await trial(kind, Number(values.mailboxes));
    console.log(`${name} on ${kind}: ${told}, ${wrong.length === 0 ? 'all as promised' : 'WRONG'}`);
    for (const line of wrong.slice(0, 20)) console.log(`  ${line}`);
    if (wrong.length > 0) failed += 1;
  }
}
process.exitCode = failed === 0 ? 0 : 1;
