import { setTimeout as sleep } from 'node:timers/promises';
import type { RunReport } from '@appointed/core';
import { addressesOf, FAULTS, LATENCY, LESSON, LIMIT, PATIENT, RUN_ID, SLOWNESS } from './settings.js';
import { memoryTrial } from './memory-trial.js';
import { type Kind, type Servers, withServers, wrongIn } from './servers.js';

/** What one trial came to. */
export interface TrialResult {
  readonly told: string;
  /** One line for each thing that is not as it must be. */
  readonly wrong: readonly string[];
}

/** Trials by name: with a back end, and so many mailboxes. */
export const TRIALS: Readonly<Record<string, (kind: Kind, mailboxes: number) => Promise<TrialResult>>> = {
  kills: killTrial,
  loss: lossTrial,
  drain: drainTrial,
  speed: speedTrial,
  memory: memoryTrial,
};

const WORKERS = 4;
const KILLS = 10;
/** So few that neither the machine nor the server is what limits: all share it. */
const FEW = 2;

/** Workers are killed at random moments, while the server is busy now and then and loses answers. */
function killTrial(kind: Kind, mailboxes: number): Promise<TrialResult> {
  const scale = { kind, mailboxes, faults: FAULTS, maxInFlight: LIMIT, maxInFlightOverall: LIMIT };
  return withServers(scale, async (servers) => {
    await servers.crew.hire(WORKERS);
    const runner = await servers.runner();
    const began = performance.now();
    const running = runner.run({ id: RUN_ID, mailboxes: addressesOf(mailboxes), factory: LESSON, ...PATIENT });
    let kills = 0;
    while (kills < KILLS) {
      await sleep(500 + Math.random() * 2000);
      if (await hasEnded(running)) break;
      await servers.crew.replace(Math.floor(Math.random() * WORKERS));
      kills += 1;
    }
    const report = await running;
    await runner.close();
    const seconds = (performance.now() - began) / 1000;
    return judge(servers, report, mailboxes, `killed ${kills} times, ${seconds.toFixed(0)} s`);
  });
}

/** Redis is killed in the middle and comes back empty; the run is cancelled, and continued by another runner. */
function lossTrial(_kind: Kind, mailboxes: number): Promise<TrialResult> {
  const scale = { kind: 'redis', mailboxes, faults: FAULTS, maxInFlight: LIMIT, maxInFlightOverall: LIMIT } as const;
  return withServers(scale, async (servers) => {
    await servers.crew.hire(WORKERS);
    const runner = await servers.runner();
    const abort = new AbortController();
    const options = { mailboxes: addressesOf(mailboxes), factory: LESSON, ...PATIENT };
    const isUnderWay = new Promise<void>((resolve) => {
      let saved = 0;
      runner.on('placementSaved', () => {
        saved += 1;
        if (saved > mailboxes / 4) resolve();
      });
    });
    const running = runner.run({ id: RUN_ID, ...options, signal: abort.signal });
    await isUnderWay;
    await servers.redis?.kill();
    abort.abort();
    await sleep(1000);
    await servers.redis?.start();
    const first = await running;
    await runner.close();
    const second = await servers.runner();
    const report = await second.resume(RUN_ID, options);
    await second.close();
    const told = `${first.counts.done} done before Redis was lost, ${report.counts.done} after`;
    const counts = { ...report.counts, done: report.counts.done + report.counts.already };
    return judge(servers, { ...report, counts }, mailboxes, told);
  });
}

/** Every worker is replaced while a run is under way. */
function drainTrial(kind: Kind, mailboxes: number): Promise<TrialResult> {
  const scale = { kind, mailboxes, faults: [SLOWNESS], maxInFlight: LIMIT, maxInFlightOverall: LIMIT };
  return withServers(scale, async (servers) => {
    await servers.crew.hire(WORKERS);
    const runner = await servers.runner();
    const options = { mailboxes: addressesOf(mailboxes), factory: LESSON, lookup: 'never', ...PATIENT } as const;
    const running = runner.run({ id: RUN_ID, ...options });
    await sleep(1000);
    await servers.crew.renew();
    const isLater = !(await hasEnded(running));
    const report = await running;
    await runner.close();
    const { requests } = servers.exchange.control.report();
    const result = await judge(servers, report, mailboxes, `${WORKERS} workers replaced, ${requests.total} requests`);
    const wrong = [
      ...result.wrong,
      ...(isLater ? [] : ['the run had ended before all were replaced: the trial has shown too little']),
      ...servers.crew.ends.flatMap((code) => (code === 0 ? [] : [`a worker ended with ${String(code)}`])),
      // What was in doubt would have been looked up.
      ...(requests.byOperation['FindItem'] === undefined ? [] : [JSON.stringify(requests.byOperation)]),
    ];
    return { ...result, wrong };
  });
}

/** One worker, and then two: how many placements a second each way. */
async function speedTrial(kind: Kind, mailboxes: number): Promise<TrialResult> {
  const rates: number[] = [];
  const wrong: string[] = [];
  for (const workers of [1, 2]) {
    const scale = { kind, mailboxes, faults: [LATENCY], maxInFlight: FEW };
    await withServers(scale, async (servers) => {
      await servers.crew.hire(workers);
      const runner = await servers.runner();
      const began = performance.now();
      const options = { mailboxes: addressesOf(mailboxes), factory: LESSON, lookup: 'never', ...PATIENT } as const;
      const report = await runner.run({ id: RUN_ID, ...options });
      rates.push((1000 * mailboxes) / (performance.now() - began));
      await runner.close();
      wrong.push(...(await judge(servers, report, mailboxes, '')).wrong);
    });
  }
  const [one = 0, two = 0] = rates;
  const told = `${one.toFixed(0)} and ${two.toFixed(0)} placements a second, ${(two / one).toFixed(2)} times`;
  return { told, wrong: two >= 1.9 * one ? wrong : [...wrong, 'less than 1.9 times'] };
}

async function judge(
  { exchange, ledger }: Servers,
  { counts, stopped }: RunReport,
  mailboxes: number,
  told: string,
): Promise<TrialResult> {
  const { requests } = exchange.control.report();
  const settled = await ledger.settled(RUN_ID);
  return {
    told: `${told}, at most ${requests.mostInFlight} in flight`,
    wrong: [
      ...(counts.done === mailboxes ? [] : [`the report says ${JSON.stringify(counts)}`]),
      ...(settled.done === mailboxes ? [] : [`the ledger says ${JSON.stringify(settled)}`]),
      ...(stopped === undefined ? [] : [stopped.message]),
      ...wrongIn(exchange),
      ...(requests.mostInFlight <= LIMIT ? [] : [`${requests.mostInFlight} were in flight`]),
    ],
  };
}

function hasEnded(running: Promise<unknown>): Promise<boolean> {
  return Promise.race([running.then(() => true), sleep(0, false)]);
}
