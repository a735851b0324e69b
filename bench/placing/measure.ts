/**
 * What a placement costs: Appointed beside the floor (the same bytes, posted by undici) and Microsoft's sample on
 * ews-javascript-api, at several latencies of the server. Rounds in turn, since machines are noisy; client and server are
 * processes of their own.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const SECONDS = 3;

interface Case {
  readonly contender: string;
  readonly latencyMs: number;
  readonly inFlight: number;
  /** Every mailbox gets another appointment. */
  readonly isVaried: boolean;
}

/** What one contender did in one round. */
interface Measurement {
  readonly perSecond: number;
  readonly cpuMicroseconds: number;
}

/** All rounds of one contender under the same conditions. */
export interface PlacingResult extends Case {
  readonly rounds: readonly Measurement[];
}

/** About as many a second as each can do where the server is no limit: a round is to last some seconds. */
const EXPECTED: Readonly<Record<string, number>> = {
  floor: 20_000,
  appointed: 14_000,
  appointedOnDisk: 6000,
  sampleLoop: 300,
  sampleLoops: 600,
};

const LATENCIES = [0, 1, 20];
const IN_FLIGHT = [32, 128];

/** @param rounds how many, at least 1 */
export async function measurePlacing(rounds: number): Promise<readonly PlacingResult[]> {
  const results = cases().map((one) => ({ ...one, rounds: [] as Measurement[] }));
  for (let round = 1; round <= rounds; round += 1) {
    for (const result of results) {
      const { contender, latencyMs, inFlight } = result;
      process.stderr.write(`round ${round}: ${contender}, ${latencyMs} ms, ${inFlight} in flight\n`);
      result.rounds.push(await measure(result));
    }
  }
  return results;
}

function cases(): readonly Case[] {
  return LATENCIES.flatMap((latencyMs) => [
    ...IN_FLIGHT.flatMap((inFlight) => [
      { contender: 'floor', latencyMs, inFlight, isVaried: false },
      ...['appointed', 'appointedOnDisk'].flatMap((contender) =>
        [false, true].map((isVaried) => ({ contender, latencyMs, inFlight, isVaried })),
      ),
      { contender: 'sampleLoops', latencyMs, inFlight, isVaried: true },
    ]),
    { contender: 'sampleLoop', latencyMs, inFlight: 1, isVaried: true },
  ]);
}

async function measure(one: Case): Promise<Measurement> {
  const { port, stop } = await cannedServer(one.latencyMs);
  const args = [one.contender, port, one.inFlight, one.isVaried, countOf(one)].map(String);
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', here('load.ts'), ...args]);
  await stop();
  return JSON.parse(stdout) as Measurement;
}

function countOf({ contender, latencyMs, inFlight }: Case): number {
  const byServer = latencyMs === 0 ? Number.POSITIVE_INFINITY : (1000 / latencyMs) * inFlight;
  return Math.ceil(SECONDS * Math.min(EXPECTED[contender] ?? 1000, byServer));
}

/** Starts a server that costs next to nothing, in a process of its own. */
export async function cannedServer(
  latencyMs: number,
): Promise<{ readonly port: number; readonly stop: () => Promise<void> }> {
  const server = spawn(process.execPath, ['--import', 'tsx', here('canned-server.ts'), String(latencyMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = await once(server.stdout, 'data');
  const stop = async (): Promise<void> => {
    const ended = once(server, 'exit');
    server.kill();
    await ended;
  };
  return { port: Number(String(port)), stop };
}

function here(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}
