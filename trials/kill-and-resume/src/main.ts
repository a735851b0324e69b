import { parseArgs } from 'node:util';
import { trial } from './trial.js';

const { values } = parseArgs({
  options: {
    trials: { type: 'string', default: '3' },
    mailboxes: { type: 'string', default: '300' },
    kills: { type: 'string', default: '2' },
    seed: { type: 'string', default: '1' },
  },
});

let failed = 0;
for (let n = 0; n < Number(values.trials); n += 1) {
  const seed = Number(values.seed) + n;
  const { kills, wrong } = await trial(seed, Number(values.mailboxes), Number(values.kills));
  console.log(`seed ${seed}: killed ${kills} times, ${wrong.length === 0 ? 'everybody has it once' : 'WRONG'}`);
  for (const line of wrong) console.log(`  ${line}`);
  if (wrong.length > 0) failed += 1;
}
console.log(`${values.trials} trials of ${values.mailboxes} mailboxes, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
