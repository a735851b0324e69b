/**
 * What placing appointments costs: throughput beside the floor and Microsoft's sample, memory over long lists, and what
 * the pacer makes of servers' limits; all in one run. `--json` prints the measurements; `--rounds n` (3) says how many rounds
 * of throughput, `--mailboxes n` (1,000,000) how long the longest list is; `--chart` draws docs/speed.svg.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measureMemory, memoryTable } from './memory/measure.js';
import { measurePacing, pacingTable } from './pacing/measure.js';
import { placingChart } from './placing/chart.js';
import { measurePlacing } from './placing/measure.js';
import { placingTable } from './placing/table.js';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '3' },
    mailboxes: { type: 'string', default: '1000000' },
    chart: { type: 'boolean', default: false },
  },
});
const most = Number(values.mailboxes);

const placing = await measurePlacing(Number(values.rounds));
const memory = await measureMemory([10_000, 100_000, 1_000_000].filter((count) => count <= most));
const pacing = await measurePacing();
if (values.chart) writeFileSync(fileURLToPath(new URL('../docs/speed.svg', import.meta.url)), placingChart(placing));

if (values.json) {
  console.log(JSON.stringify({ node: process.version, processors: cpus().length, placing, memory, pacing }));
} else {
  console.log(`Node ${process.version}, ${cpus().length} processors`);
  console.log(`What a placement costs: medians (least to most) of ${values.rounds} rounds in turn`);
  console.table(placingTable(placing));
  console.log('What long lists hold in memory');
  console.table(memoryTable(memory));
  console.log('What the pacer makes of limits: appointments a second (refused)');
  console.table(pacingTable(pacing));
}
