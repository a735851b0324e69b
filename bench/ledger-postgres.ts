// What a ledger in PostgreSQL costs: `npm run bench:ledger-postgres`, or with fewer rows than a million: `-- 100000`.
import { migrate, postgresLedger } from '@appointed/ledger-postgres';
import { startPostgres } from '@appointed-testing/postgres';
import type { RunLedger } from '@appointed/core';
import { Pool } from 'pg';
import { begin, done, OWNER, RUN } from './ledger-run.js';
import { mb, timed } from './timed.js';

const rows = Number(process.argv[2] ?? 1_000_000);
const WORKERS = 4;

const server = await startPostgres('fsync=on', 'full_page_writes=on', 'shared_buffers=256MB', 'max_wal_size=4GB');
const pool = new Pool({ connectionString: server.url });
// The server ends before the process does.
pool.on('error', () => undefined);
try {
  await migrate({ pool });
  const ledger = postgresLedger({ pool });
  await timed(`${rows} enrolled, 500 at once`, () => begin(ledger, rows));
  await timed(`a half of them claimed and marked, 100 at once`, () => place(ledger, rows / 2));
  await timed(`the rest, by ${WORKERS} workers at once`, () => placeTogether(rows / 2 - 1000));
  await tellSize();
  await timed('held, counted, reopened and 64 claimed', () => resume(ledger));
  await timed('read', () => readAll(ledger));
  await timed('assigned another task', () => ledger.assign(RUN, 'remove'));
  await ledger.close();
  const again = postgresLedger({ pool });
  await timed('forgotten', () => again.forget(RUN));
} finally {
  await pool.end();
  await server.stop();
}

/** As workers of a cluster do: chunks of a hundred, each marked when all of it is done. */
async function place(ledger: RunLedger, count: number, owner = OWNER): Promise<void> {
  for (let placed = 0; placed < count;) {
    const { claims } = await ledger.claim(RUN, owner, 100, 600_000);
    if (claims.length === 0) return;
    await ledger.mark(claims.map(done));
    placed += claims.length;
  }
}

async function placeTogether(count: number): Promise<void> {
  const owners = Array.from({ length: WORKERS }, (_, n) => ({ id: `worker ${n}`, name: `worker ${n}` }));
  const work = owners.map((owner) => place(postgresLedger({ pool }), count / WORKERS, owner));
  await Promise.all(work);
}

async function tellSize(): Promise<void> {
  const { rows: tables } = await pool.query<{ name: string; bytes: string; live: string; dead: string }>(
    `SELECT relname AS name, pg_total_relation_size(relid) AS bytes, n_live_tup AS live, n_dead_tup AS dead
     FROM pg_stat_user_tables WHERE schemaname = 'appointed' ORDER BY relid`,
  );
  for (const { name, bytes, live, dead } of tables) {
    console.log(`${name}: ${mb(Number(bytes))}, ${live} rows, ${dead} dead`);
  }
  const total = tables.reduce((sum, { bytes }) => sum + Number(bytes), 0);
  console.log(`${mb(total)} on disk, ${(total / rows).toFixed(0)} bytes for each placement`);
}

async function resume(ledger: RunLedger): Promise<void> {
  await ledger.hold(RUN, OWNER);
  await ledger.settled(RUN);
  await ledger.reopen(RUN, ['deferred', 'unknown'], 'place');
  await ledger.claim(RUN, OWNER, 64, 60_000);
}

async function readAll(ledger: RunLedger): Promise<void> {
  const before = process.memoryUsage().rss;
  let most = 0;
  for await (const { row } of ledger.rows(RUN)) {
    if (row % 10_000 === 0) most = Math.max(most, process.memoryUsage().rss);
  }
  console.log(`at most ${mb(most)} RSS while all rows are read, ${mb(most - before)} more than before`);
}
