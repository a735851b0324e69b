import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sqliteLedger } from '@appointed/ledger-sqlite';
import { type Sandbox, startSandbox } from '@appointed/sandbox';
import { CREDENTIALS, FAULTS, RUN_ID } from './settings.js';

/** What one trial came to. */
export interface TrialResult {
  readonly kills: number;
  /** One line for each thing that is not as it must be. */
  readonly wrong: readonly string[];
}

/** One run over a server with faults, killed and continued until it ends by itself. */
export async function trial(seed: number, mailboxes: number, mostKills: number): Promise<TrialResult> {
  const folder = await mkdtemp(join(tmpdir(), 'appointed-trial-'));
  const path = join(folder, 'ledger.sqlite');
  await using exchange = await startSandbox({
    mailboxes: Array.from({ length: mailboxes }, (_, n) => ({ address: `user${n}@contoso.com` })),
    serviceAccounts: [{ ...CREDENTIALS, impersonates: ['*'] }],
    faults: FAULTS,
    randomSeed: seed,
  });
  try {
    const kills = await placeAndKill([exchange.ewsUrl, path, String(mailboxes)], seed, mostKills);
    while (exchange.control.report().lateStores > 0) await sleep(10);
    return { kills, wrong: [...wrongOnServer(exchange), ...(await wrongInLedger(exchange, path, mailboxes))] };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function placeAndKill(args: readonly string[], seed: number, mostKills: number): Promise<number> {
  for (let kills = 0; ; kills += 1) {
    const worker = startWorker(args);
    const ended = once(worker, 'exit');
    // From before its first request to far into the run.
    const moment = kills < mostKills ? 400 + random(seed, kills) * 1600 : undefined;
    const timer = moment === undefined ? undefined : setTimeout(() => worker.kill('SIGKILL'), moment);
    const [code] = await ended;
    clearTimeout(timer);
    if (code === 0) return kills;
    if (code !== null) throw new Error(`the run failed with exit code ${code}`);
  }
}

function startWorker(args: readonly string[]): ChildProcess {
  const program = fileURLToPath(new URL('./place.ts', import.meta.url));
  return spawn(process.execPath, ['--conditions=@appointed/source', '--import', 'tsx', program, ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

function wrongOnServer(exchange: Sandbox): readonly string[] {
  return exchange.control.mailboxes().flatMap((address) => {
    const subjects = exchange.items(address).map(({ subject }) => subject);
    const isRight = subjects.length === 1 && subjects[0] === `Lesson for ${address}`;
    return isRight ? [] : [`${address} has ${subjects.length === 0 ? 'nothing' : subjects.join(', ')}`];
  });
}

async function wrongInLedger(exchange: Sandbox, path: string, mailboxes: number): Promise<readonly string[]> {
  const ledger = sqliteLedger({ path });
  const wrong: string[] = [];
  let rows = 0;
  for await (const { mailbox, state, receipt } of ledger.rows(RUN_ID)) {
    rows += 1;
    const isThere = exchange.items(mailbox.id).some(({ id }) => id === receipt?.itemId);
    if (state !== 'done' || !isThere) wrong.push(`the ledger says of ${mailbox.id}: ${state}, ${receipt?.itemId}`);
  }
  await ledger.close();
  return rows === mailboxes ? wrong : [...wrong, `the ledger has ${rows} placements`];
}

/** A number from 0 to 1 that is the same for the same seed. */
function random(seed: number, n: number): number {
  return createHash('sha256').update(`${seed}/${n}`).digest().readUInt32BE() / 2 ** 32;
}
