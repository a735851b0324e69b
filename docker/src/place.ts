// Places a tennis lesson in twenty calendars, by the workers.
import { clusterRunner } from '@appointed/cluster';
import { settings } from './settings.js';

const { factories, ...common } = settings();
const runner = await clusterRunner(common);
const mailboxes = Array.from({ length: 20 }, (_, n) => `person-${n + 1}@contoso.com`);
const { counts, stopped } = await runner.run({ id: 'lessons', mailboxes, factories });
await runner.close();
await common.ledger.close();

console.log(`${counts.done + counts.already} of ${counts.rows} have the lesson.`);
if (stopped !== undefined) console.error(stopped.message);
process.exitCode = stopped === undefined ? 0 : 1;
