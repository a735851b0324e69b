// What a ledger costs: `npm run bench:ledger`, or `npm run bench:ledger -- 100000` for fewer rows than a million.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureLargeRun } from './ledger-large-run.js';
import { comparePipelines } from './ledger-pipeline.js';

const rows = Number(process.argv[2] ?? 1_000_000);
const directory = mkdtempSync(join(tmpdir(), 'appointed-bench-'));
let files = 0;
const newPath = (): string => join(directory, `${(files += 1)}.db`);
try {
  for (const inFlight of [32, 64]) {
    for (const serverMs of [5, 20]) await comparePipelines(newPath, inFlight, serverMs);
  }
  await measureLargeRun(newPath(), rows);
} finally {
  rmSync(directory, { recursive: true });
}
