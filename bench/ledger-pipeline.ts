// How fast a run is with a ledger: the durable one against the one in memory, as core's dispatcher uses them.
import { setTimeout as sleep } from 'node:timers/promises';
import { type Claim, memoryLedger, type RunLedger } from '@appointed/core';
import { sqliteLedger } from '@appointed/ledger-sqlite';
import { done, enrolments, openRun, OWNER, RUN } from './ledger-run.js';

const ROUNDS = 5;
const ROUND_MS = 1500;

/** Placements a second with both ledgers, in rounds that alternate, since others use the machine as well. */
export async function comparePipelines(newPath: () => string, inFlight: number, serverMs: number): Promise<void> {
  const count = Math.round((inFlight / serverMs) * ROUND_MS);
  const [memory, sqlite]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    memory.push(await placementsPerSecond(memoryLedger(), count, inFlight, serverMs));
    sqlite.push(await placementsPerSecond(sqliteLedger({ path: newPath() }), count, inFlight, serverMs));
  }
  const ratios = sqlite.map((rate, round) => rate / (memory[round] ?? Number.NaN));
  console.log(
    `${inFlight} in flight, server ${serverMs} ms: memory ${median(memory).toFixed(0)}, sqlite ${median(sqlite).toFixed(0)}` +
      ` placements/s; ratio ${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`,
  );
}

async function placementsPerSecond(
  ledger: RunLedger,
  count: number,
  inFlight: number,
  serverMs: number,
): Promise<number> {
  await openRun(ledger);
  const began = performance.now();
  await new Pipeline(ledger, count, inFlight, serverMs).run();
  const seconds = (performance.now() - began) / 1000;
  await ledger.close();
  return count / seconds;
}

/** Enrols, claims ahead, waits for a server that takes so many at a time, and marks. */
class Pipeline {
  readonly #ledger: RunLedger;
  readonly #count: number;
  readonly #inFlight: number;
  readonly #serverMs: number;
  readonly #atOnce: number;
  readonly #queue: Claim[] = [];
  readonly #waitingForServer: (() => void)[] = [];
  #free: number;
  #active = 0;
  #enrolled = 0;
  #begun = 0;
  #enrolling = false;
  #claiming = false;
  #settled = 0;
  #end: () => void = () => undefined;
  #fail: (error: unknown) => void = () => undefined;

  constructor(ledger: RunLedger, count: number, inFlight: number, serverMs: number) {
    this.#ledger = ledger;
    this.#count = count;
    this.#inFlight = inFlight;
    this.#serverMs = serverMs;
    this.#atOnce = ledger.durable ? 2 * inFlight : inFlight;
    this.#free = inFlight;
  }

  run(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#end = resolve;
      this.#fail = reject;
      this.#go();
    });
  }

  #go(): void {
    Promise.all([this.#enrol(), this.#claim()]).catch(this.#fail);
    while (this.#active < this.#atOnce) {
      const claim = this.#queue.shift();
      if (claim === undefined) return;
      this.#active += 1;
      this.#begun += 1;
      this.#place(claim).catch(this.#fail);
    }
  }

  async #enrol(): Promise<void> {
    const waiting = this.#enrolled - this.#begun;
    const size = Math.min(2 * this.#inFlight, this.#count - this.#enrolled);
    if (this.#enrolling || size === 0 || waiting >= 2 * this.#inFlight) return;
    this.#enrolling = true;
    await this.#ledger.enrol(RUN, enrolments(this.#enrolled + 1, size));
    this.#enrolled += size;
    this.#enrolling = false;
    this.#go();
  }

  async #claim(): Promise<void> {
    const isAnyLeft = this.#enrolled > this.#begun + this.#queue.length;
    if (this.#claiming || this.#queue.length >= this.#inFlight || !isAnyLeft) return;
    this.#claiming = true;
    const { claims } = await this.#ledger.claim(RUN, OWNER, this.#atOnce, 600_000);
    this.#queue.push(...claims);
    this.#claiming = false;
    this.#go();
  }

  async #place(claim: Claim): Promise<void> {
    await this.#askServer();
    await this.#ledger.mark([done(claim)]);
    this.#active -= 1;
    this.#settled += 1;
    if (this.#settled === this.#count) this.#end();
    else this.#go();
  }

  async #askServer(): Promise<void> {
    if (this.#free === 0) await new Promise<void>((resolve) => this.#waitingForServer.push(resolve));
    else this.#free -= 1;
    await sleep(this.#serverMs);
    const next = this.#waitingForServer.shift();
    if (next === undefined) this.#free += 1;
    else next();
  }
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
