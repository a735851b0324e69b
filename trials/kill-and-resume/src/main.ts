import { parseArgs } from 'node:util';
import { lateTrial } from './late-trial.js';
import { TRANSPORTS } from './transport.js';
import { trial } from './trial.js';

const { values } = parseArgs({
  options: {
    trials: { type: 'string', default: '3' },
    mailboxes: { type: 'string', default: '300' },
    kills: { type: 'string', default: '2' },
    seed: { type: 'string', default: '1' },
    /** How many of run, revise and retract. */
    verbs: { type: 'string', default: '3' },
    late: { type: 'boolean', default: false },
    transport: { type: 'string', default: 'ews' },
  },
});
const transport = TRANSPORTS.find((name) => name === values.transport);
if (transport === undefined) throw new Error(`--transport is one of ${TRANSPORTS.join(', ')}`);

let failed = 0;
for (let n = 0; n < Number(values.trials); n += 1) {
  const seed = Number(values.seed) + n;
  const { told, wrong } = values.late
    ? await lateTrial(seed, Number(values.mailboxes))
    : await trial(seed, {
        transport,
        mailboxes: Number(values.mailboxes),
        kills: Number(values.kills),
        verbs: Number(values.verbs),
      });
  console.log(`seed ${seed}: ${told}, ${wrong.length === 0 ? 'all as promised' : 'WRONG'}`);
  for (const line of wrong) console.log(`  ${line}`);
  if (wrong.length > 0) failed += 1;
}
console.log(`${values.trials} trials over ${transport} of ${values.mailboxes} mailboxes, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
