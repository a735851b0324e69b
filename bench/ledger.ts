// What a ledger costs: `npm run bench:ledger`, or `npm run bench:ledger -- 100000` for fewer rows than a million.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { type Claim, type Enrolment, memoryLedger, parseMailbox, placementKey, type RunLedger } from '@appointed/core';
import { sqliteLedger } from '@appointed/ledger-sqlite';

const RUN = 'bench';
const OWNER = { id: 'bench', name: 'bench' };
const CHUNK = 500;
const REQUEST_ID = '2c9e1c3f-6f8e-4b0b-9a64-0a4d3a4d5e6f';

const [argument = '1000000', path] = process.argv.slice(2);
if (argument === 'resume') await resume(path ?? '');
else await measure(Number(argument));

async function measure(rows: number): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'appointed-bench-'));
  try {
    for (const waiting of [1, 32, 1000]) {
      await marks('memory', memoryLedger(), waiting);
      await marks('sqlite', sqliteLedger({ path: join(directory, `${waiting}.db`) }), waiting);
    }
    await million(join(directory, 'million.db'), rows);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Durable marks a second, when so many wait at once. */
async function marks(name: string, ledger: RunLedger, waiting: number): Promise<void> {
  const count = waiting === 1 ? 1000 : 30_000;
  await begin(ledger, count);
  const { claims } = await ledger.claim(RUN, OWNER, count, 600_000);
  const times: number[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let claim = claims[next++]; claim !== undefined; claim = claims[next++]) {
      const began = performance.now();
      await ledger.mark([done(claim)]);
      times.push(performance.now() - began);
    }
  };
  const blocked = monitorEventLoopDelay({ resolution: 1 });
  blocked.enable();
  const began = performance.now();
  await Promise.all(Array.from({ length: waiting }, work));
  const seconds = (performance.now() - began) / 1000;
  blocked.disable();
  await ledger.close();
  times.sort((one, other) => one - other);
  const at = (share: number): string => `${times[Math.floor(times.length * share)]?.toFixed(2)} ms`;
  console.log(
    `${name}, ${waiting} waiting: ${Math.round(count / seconds)} marks/s, median ${at(0.5)}, 99% ${at(0.99)}` +
      (ledger.durable ? `; event loop blocked for ${(blocked.percentile(99) / 1e6).toFixed(1)} ms (99%)` : ''),
  );
}

async function million(path: string, rows: number): Promise<void> {
  const ledger = sqliteLedger({ path });
  let began = performance.now();
  await begin(ledger, rows);
  console.log(`${rows} enrolled in ${since(began)}`);
  began = performance.now();
  // A tenth is left, so that there is something to resume.
  for (let placed = 0; placed < rows * 0.9;) {
    const { claims } = await ledger.claim(RUN, OWNER, 1000, 600_000);
    await ledger.mark(claims.map(done));
    placed += claims.length;
  }
  console.log(`${rows * 0.9} claimed and marked in ${since(began)}, 1000 at once`);
  await ledger.close();
  console.log(`${(statSync(path).size / 1e6).toFixed(0)} MB on disk`);
  const again = [...process.execArgv, fileURLToPath(import.meta.url), 'resume', path];
  spawnSync(process.execPath, again, { stdio: 'inherit' });
}

/** In a process of its own, so that its memory can be seen. */
async function resume(path: string): Promise<void> {
  const before = process.memoryUsage().rss;
  let began = performance.now();
  const ledger = sqliteLedger({ path });
  await ledger.hold(RUN, OWNER);
  const { claims } = await ledger.claim(RUN, OWNER, 64, 60_000);
  console.log(`opened, held and ${claims.length} claimed in ${since(began)}`);
  began = performance.now();
  let rows = 0;
  let most = 0;
  for await (const { row } of ledger.rows(RUN)) {
    rows += 1;
    if (row % 10_000 === 0) most = Math.max(most, process.memoryUsage().rss);
  }
  console.log(`${rows} rows read in ${since(began)}; at most ${mb(most)} RSS, ${mb(most - before)} of it for that`);
  began = performance.now();
  let failed = 0;
  for await (const { state } of ledger.rows(RUN, { states: ['rejected'] })) failed += state === 'rejected' ? 1 : 0;
  console.log(`${failed} rejected ones found in ${since(began)}`);
  await ledger.close();
}

async function begin(ledger: RunLedger, rows: number): Promise<void> {
  const slots = [{ name: 'default', version: '' }];
  await ledger.open({ format: 1, runId: RUN, startedAt: 1, transport: 'bench', slots, audienceComplete: false });
  for (let first = 1; first <= rows; first += CHUNK) {
    await ledger.enrol(
      RUN,
      Array.from({ length: Math.min(CHUNK, rows - first + 1) }, (_, n) => enrolment(first + n)),
    );
  }
}

function enrolment(row: number): Enrolment {
  const mailbox = parseMailbox(`firstname.lastname${row}@contoso.com`);
  return { key: placementKey(RUN, 'default', mailbox), row, mailbox, slot: 'default' };
}

/** With a receipt of the size that Exchange sends: 152 characters of item id, 40 of change key, a GUID. */
function done({ placement, fence }: Claim) {
  const digest = createHash('sha512').update(placement.key).digest();
  const receipt = {
    itemId: Buffer.concat([digest, digest.subarray(14)]).toString('base64'),
    changeKey: digest.subarray(0, 30).toString('base64'),
    iCalUid: `${placement.key}@appointed`,
    requestId: REQUEST_ID,
  };
  return { runId: RUN, key: placement.key, fence, state: 'done', attempts: 1, receipt } as const;
}

function since(began: number): string {
  return `${((performance.now() - began) / 1000).toFixed(2)} s`;
}

function mb(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}
